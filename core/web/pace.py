"""How fast a client must be: the bytes of a connection, in and out, each with a time by which they have to come.

A timeout of the socket begins anew with each byte; so who sends one a second would hold a thread for ever. Here the time
runs from the beginning of the request, and only what was really moved makes it longer.
"""

import os
import socket
from time import monotonic
from typing import Any

from attrs import define, field, frozen
from cheroot import makefile

from core.request import TooSlow


@frozen
class Patience:
    """What a client is given."""

    head_seconds: float = 20
    """For the head of a request, with its body where that is small."""
    grace_seconds: float = 20
    """For a large body, and for taking an answer, whatever comes."""
    bytes_a_second: int = 16 * 1024
    """How fast, on average, a large body or an answer must move when the grace is over."""
    small: int = 64 * 1024
    """Bodies up to so many bytes are waited for without a thread."""
    waiting: int = 400
    """So many connections may be in the middle of a request that no thread has; then the oldest of them goes."""
    parting_seconds: float = 3
    """For letting a client finish what it sends in vain, so that it reads the answer."""


@define
class Pace:
    """The time that is left for moving bytes in one direction."""

    sock: Any
    patience: Patience
    silence: float
    """Seconds after which a connection that moves nothing is given up."""
    began: float = field(factory=monotonic)
    moved: int = 0

    def begin(self) -> None:
        """Count from here: a request begins."""
        self.began, self.moved = monotonic(), 0

    def left(self) -> float:
        """Return the seconds that are left.

        Raises:
            TooSlow: there are none.
        """
        patience = self.patience
        until = self.began + patience.grace_seconds + self.moved / patience.bytes_a_second
        left = until - monotonic()
        if left <= 0:
            raise TooSlow
        return left

    def allow(self) -> None:
        """Let the socket wait as long as there is time.

        Raises:
            TooSlow: there is none.
        """
        left = self.left()
        if left < self.silence or self.sock.gettimeout() != self.silence:
            self.sock.settimeout(min(left, self.silence))


class Inlet(socket.SocketIO):
    """What comes in: first what was read ahead, then the socket's bytes."""

    def __init__(self, sock: socket.socket, pace: Pace) -> None:
        super().__init__(sock, "r")
        self.ahead = bytearray()
        self.pace = pace

    def readinto(self, target: Any) -> int | None:
        """Read some bytes; none where the peer is gone.

        Raises:
            TooSlow: they did not come in time.
        """
        if self.ahead:
            taken = min(len(target), len(self.ahead))
            target[:taken] = self.ahead[:taken]
            del self.ahead[:taken]
            return taken
        self.pace.allow()
        try:
            count = super().readinto(target)
        except TimeoutError:
            raise TooSlow from None
        except ConnectionError:
            return 0
        self.pace.moved += count or 0
        return count


class Outlet(socket.SocketIO):
    """What goes out."""

    def __init__(self, sock: socket.socket, pace: Pace) -> None:
        super().__init__(sock, "w")
        self.pace = pace

    def write(self, data: Any) -> int | None:
        """Write some bytes.

        Raises:
            TooSlow: the peer does not take them in time.
        """
        self.pace.left()
        try:
            # The socket never blocks; what Python does before it writes to one is a turn for other threads, twice.
            count: int | None = os.write(self.fileno(), data)
        except BlockingIOError:
            count = self._waited(data)
        self.pace.moved += count or 0
        return count

    def _waited(self, data: Any) -> int | None:
        self.pace.allow()
        try:
            return super().write(data)
        except TimeoutError:
            raise TooSlow from None


class Reader(makefile.StreamReader):
    """cheroot's reader of a connection, over an inlet."""

    def __init__(self, inlet: Inlet, size: int) -> None:
        super(makefile.StreamReader, self).__init__(inlet, size)
        self.bytes_read = 0

    def readline(self, size: int | None = -1) -> bytes:
        """Read a line, at once where it was read ahead: the base, in Python, peeks and joins for each of a head."""
        base: Any = self  # published without types
        if not base.has_data():
            base.peek(1)
        held, at = base._read_buf, base._read_pos  # noqa: SLF001 - the base is a class of Python's own, meant to be extended
        end = held.find(b"\n", at) + 1
        if not end or (size is not None and 0 <= size < end - at):
            return super().readline(size)
        base._read_pos = end  # noqa: SLF001 - the same
        self.bytes_read += end - at
        return bytes(held[at:end])

    def rest(self) -> bytes:
        """Take out what was read and not used: the beginning of a next request."""
        held: bytes = self.peek(1) if self.has_data() else b""  # type: ignore[no-untyped-call]  # published without types
        return bytes(super(makefile.StreamReader, self).read(len(held))) if held else b""


class Writer(makefile.StreamWriter):
    """cheroot's writer of a connection, over an outlet."""

    def __init__(self, outlet: Outlet, size: int) -> None:
        super(makefile.StreamWriter, self).__init__(outlet, size)
        self.bytes_written = 0
        self.holding = False
        """Whether what is written is kept back, to go out with what comes next."""

    def _flush_unlocked(self) -> None:
        if not self.holding:
            super()._flush_unlocked()  # type: ignore[misc]  # published without it

    def release(self) -> None:
        """Send what was kept back and is still here."""
        with self._write_lock:  # type: ignore[attr-defined]  # the base is written in Python
            self._flush_unlocked()
