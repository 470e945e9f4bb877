"""What a service tells systemd, by datagrams to the socket it names (sd_notify(3)); without one, nobody."""

import os
import socket
from contextlib import suppress
from time import monotonic

_SOCKET, _MICROSECONDS, _WHOM = "NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"
VARIABLES = frozenset({_SOCKET, _MICROSECONDS, _WHOM})
"""Not for a worker: the process that was started speaks for all."""


def notify(state: str) -> None:
    """Tell ``state`` (``READY=1``); a manager that is not listening is no reason to stop."""
    address = os.environ.get(_SOCKET, "")
    if not address.startswith(("/", "@")):
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as wire:
        wire.sendto(state.encode(), address.replace("@", "\0", 1) if address[0] == "@" else address)


def watchdog_seconds() -> float:
    """Return the seconds without a sign of life after which the manager would start us again; 0 where it does not look."""
    if os.environ.get(_WHOM, str(os.getpid())) != str(os.getpid()):
        return 0.0
    told = os.environ.get(_MICROSECONDS, "")
    return int(told) / 1e6 if told.isdecimal() else 0.0


class Watchdog:
    """Gives signs of life, twice as often as asked for, however often ``feed`` is called."""

    def __init__(self) -> None:
        self._every = watchdog_seconds() / 2
        self._next = 0.0

    def feed(self) -> None:
        """Give a sign of life, where one is due."""
        now = monotonic()
        if self._every and now >= self._next:
            self._next = now + self._every
            notify("WATCHDOG=1")
