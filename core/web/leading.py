"""The process that leads several workers: it opens the socket, starts them, starts again one that dies, and ends with them."""

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from time import monotonic

from attrs import define, field

from core.fields.problem import Reason, Refused
from core.metrics.counted import WORKER_RESTARTS
from core.metrics.shared import Share, clean
from core.web.listening import Seats, hand_on
from core.web.notify import VARIABLES, Watchdog, notify, watchdog_seconds

log = logging.getLogger("benchside.server")

BACKLOG = 128
"""So many connections wait to be accepted; more are told to try again."""
LONGEST_PAUSE = 30.0
STOOD = 60.0
"""Seconds after which a worker that stands is forgiven how often it died before."""
_LOOK = 0.2
_SLACK = 5.0
"""Seconds beyond its own time to stop that a worker has to end."""


@define
class Place:
    """One of the workers, whichever process it is just now, and how often it died lately."""

    number: int
    since: float = 0.0
    """When the process that runs began, on the clock of ``time.monotonic``."""
    again_at: float = 0.0
    ever: bool = False
    """Whether it has ever answered."""
    deaths: int = 0
    process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)

    def died(self, now: float) -> float:
        """Note that its process died, and return the seconds until the next begins: 0, 1, 2, 4 … up to a cap."""
        if now - self.since >= STOOD:
            self.deaths = 0
        pause = min(2.0 ** (self.deaths - 1), LONGEST_PAUSE) if self.deaths else 0.0
        self.deaths = min(self.deaths + 1, 16)
        self.again_at = now + pause
        return pause


def at_once(number: int) -> None:
    """End this process here and now, of the signal ``number``: what was committed is there, the rest never happened."""
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)


def cannot_listen(host: str, port: int, error: OSError) -> Refused:
    """Return the refusal to serve at an address that somebody else has, or that is not ours."""
    return Refused(Reason.CONFLICT, "cannot_listen", (f"无法监听 {host}:{port}：{error.strerror or error}。", f"Cannot listen on {host}:{port}: {error.strerror or error}."))  # fmt: skip


def serve_many(workers: int, host: str, port: int, command: list[str], metrics: Path, stop_seconds: float) -> bool:  # fmt: skip
    """Run ``workers`` processes of ``command`` on one socket until a signal; tell whether each finished what it had accepted.

    The socket is opened here, once: what waits to be accepted outlives the worker that would have accepted it.

    Raises:
        Refused: the address cannot be listened on, or a worker ended before it ever answered.
    """
    clean(metrics)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        opened = socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise cannot_listen(host, port, error) from error
    with opened as shared:
        # Connections inherit it: an answer's last bytes do not wait for the browser's word on the first.
        shared.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return _Leader(workers, command, shared, Share(metrics), stop_seconds).lead()


class _Leader:
    def __init__(self, workers: int, command: list[str], shared: socket.socket, share: Share, stop_seconds: float) -> None:  # fmt: skip
        self._command = [sys.executable, *command]
        self._shared, self._share, self._stop_seconds = shared, share, stop_seconds
        self._seats = Seats.new(workers)
        self._places = [Place(number) for number in range(workers)]
        self._ending = threading.Event()
        self._watchdog, self._patience = Watchdog(), watchdog_seconds()

    def lead(self) -> bool:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self._end)
        told = False
        try:
            while not self._ending.wait(_LOOK):
                for place in self._places:
                    self._look_after(place, monotonic())
                if not told and all(place.ever for place in self._places):
                    told = True
                    notify("READY=1")
                if not self._patience or self._seats.silent() < self._patience:
                    self._watchdog.feed()
        finally:
            whole = self._finish()
        return whole

    def _end(self, number: int, _: object) -> None:
        if self._ending.is_set():
            self._send(signal.SIGKILL)
            at_once(number)
        self._ending.set()

    def _send(self, number: int) -> None:
        for place in self._places:
            if place.process is not None:
                place.process.send_signal(number)

    def _look_after(self, place: Place, now: float) -> None:
        """See how one worker is, and begin it where it is time."""
        if place.process is None:
            if now >= place.again_at and not self._ending.is_set():
                place.since, place.process = now, self._begin(place.number)
            return
        place.ever = place.ever or self._seats.here(place.number)
        status = place.process.poll()
        if status is None:
            return
        place.process = None
        self._seats.leave(place.number)
        if not place.ever:
            raise Refused(Reason.CONFLICT, "worker_cannot_start", (f"第{place.number + 1}个工作进程无法启动（退出状态{status}），原因见上文。", f"Worker {place.number + 1} cannot start (status {status}); it told the reason above."))  # fmt: skip
        pause = place.died(now)
        log.error("worker %d died with status %d and is started again in %g s", place.number + 1, status, pause)  # fmt: skip
        WORKER_RESTARTS.add()
        try:
            self._share.publish()
        except OSError:
            log.exception("the count of restarts cannot be written")

    def _begin(self, place: int) -> "subprocess.Popen[bytes]":
        handed_on, told = hand_on(self._shared, self._seats, place)
        mine = {name: value for name, value in os.environ.items() if name not in VARIABLES}
        return subprocess.Popen(self._command, env={**mine, **told}, pass_fds=handed_on)  # noqa: S603 - our own program again

    def _finish(self) -> bool:
        """Have the workers finish, and tell whether each did; one that does not end is ended."""
        notify("STOPPING=1")
        self._send(signal.SIGTERM)
        self._shared.close()  # theirs are open until they have accepted all who wait
        until, whole = monotonic() + self._stop_seconds + _SLACK, True
        for place in self._places:
            if place.process is None:
                continue
            try:
                status = place.process.wait(max(0.1, until - monotonic()))
            except subprocess.TimeoutExpired:
                place.process.kill()
                status = place.process.wait()
            asked_early = status == -signal.SIGTERM and not self._seats.here(place.number)
            whole = whole and (status == 0 or asked_early)
        return whole
