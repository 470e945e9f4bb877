"""People go first: who writes for a machine lets those pass who wait for a page in the same process, for a moment.

Threads of one process run one at a time. A page takes a millisecond or two; beside writers that are always ready to
run it would take several times that. For the same reason a group of writers waits for those who are just arriving.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_MORE = 0.001
"""Seconds after a page for which the next one is expected: browsers ask for several things in a row, and pages and writers that take
turns too often find nothing of theirs in the processor's caches any more."""
_rest = time.sleep


class _Some:
    """How many there are just now; ``none`` is set while there are none."""

    def __init__(self) -> None:
        self.count = 0
        self.none = threading.Event()
        self.none.set()
        self._guard = threading.Lock()

    def add(self, step: int, told: Callable[[bool], None] | None = None) -> None:
        """Count ``step`` more; ``told`` hears when the first is there, or the last is gone."""
        with self._guard:
            before, self.count = self.count, self.count + step
            if bool(before) == bool(self.count):
                return
            if told is not None:
                told(bool(self.count))
            if self.count:
                self.none.clear()
            else:
                self.none.set()


class Courtesy:
    """Who is let pass just now, and who is waited for."""

    def __init__(self) -> None:
        self._pages = _Some()
        self._arriving = _Some()
        self._until = 0.0
        """Until when more pages are expected; 0 when that is over."""
        self._mine = threading.local()
        self.told: Callable[[bool], None] = lambda pages: None
        """Called whenever the first page is begun, or the last is made; it must not wait."""

    def arriving(self) -> None:
        """Be waited for: a request of the API is here, and may have something to be written."""
        self._mine.arriving = True
        self._arriving.add(1)

    def arrived(self) -> None:
        """Be waited for no longer: it is about to be written, or was answered."""
        if getattr(self._mine, "arriving", False):
            self._mine.arriving = False
            self._arriving.add(-1)

    def gather(self, seconds: float) -> None:
        """Wait for those who arrive, at most ``seconds``.

        Who begins to write while they are still being read takes turns with them, and each change costs all.
        """
        if self._arriving.count:
            self._arriving.none.wait(seconds)

    def coming(self) -> None:
        """Be let pass from now on, in this thread: a request for a page is here."""
        if not getattr(self._mine, "passing", False):
            self._mine.passing = True
            self._count(1)

    def gone(self) -> None:
        """Be let pass no longer."""
        if getattr(self._mine, "passing", False):
            self._mine.passing = False
            self._until = time.monotonic() + _MORE  # before who waits is woken
            self._count(-1)

    @contextmanager
    def first(self) -> Iterator[None]:
        """Be let pass within, if not before."""
        self.coming()
        try:
            yield
        finally:
            self.gone()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Be waited for no longer within: a page that itself waits for a writer would hold it up."""
        if not getattr(self._mine, "passing", False):
            yield
            return
        self._mine.passing = False
        self._count(-1)
        try:
            yield
        finally:
            self._count(1)
            self._mine.passing = True

    def between(self, seconds: float) -> tuple[Callable[[], None], Callable[[], float]]:
        """Return what lets pass, to be called between two steps, at most ``seconds`` in all; and what tells how long that took."""
        waited = 0.0

        def let_pass() -> None:
            nonlocal waited
            if (self._pages.count or self._until) and waited < seconds:
                waited += self._wait(seconds - waited)

        return let_pass, lambda: waited

    def let_pass(self, seconds: float) -> bool:
        """Wait until no page is being made, nor expected, at most ``seconds``; tell whether there was one."""
        there = bool(self._pages.count)
        if there or self._until:
            self._wait(seconds)
        return there

    def _wait(self, seconds: float) -> float:
        """Wait so; return how long that took."""
        begun = now = time.monotonic()
        while (left := begun + seconds - now) > 0:
            if self._pages.count:
                self._pages.none.wait(left)
            elif self._until > now:
                _rest(min(self._until - now, left))
            else:
                self._until = 0.0
                break
            now = time.monotonic()
        return now - begun

    def _count(self, step: int) -> None:
        self._pages.add(step, self.told)
