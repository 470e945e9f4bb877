"""SQLite's one writer: works that wait are run one after the other and made durable by one commit.

Whoever comes first leads: it runs its own work and those that queue up behind it, commits once (the disk is waited for
once), and then answers all. Who came next leads the next group. So each is served in the order of its coming, and
nobody is answered before what it wrote is on the disk. Where a work fails after it wrote something, all is taken back
and the others run again: a savepoint for each would have the search index written out for each.
"""

import fcntl
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from typing import Any

from sqlalchemy.engine import Connection, Engine

from core.metrics.counted import DATABASE_WAIT_SECONDS
from core.store.courtesy import Courtesy
from core.store.writing import writing

_MOST = 64
"""Works in a group; and the seconds after which no further one is taken into it: a long group makes all its members wait."""
_LONGEST = 0.02
_COURTEOUS = 0.02
"""Seconds that a group waits, in all, for pages that are being made."""
_GATHERING = 0.003
"""Seconds that a group waits for requests that are here, and not yet in it."""
_PATIENCE = 10.0
"""Seconds to wait for another process's turn to end; then the database's own lock decides."""
_MOMENT = 0.0005


class _Lost(Exception):
    """The whole transaction is taken back, and with it what others had done in it."""

    def __init__(self, fault: "_Job | None" = None) -> None:
        super().__init__()
        self.fault = fault
        """The work that wrote and then failed; None where it was the database."""


class _Job:
    """One work that waits, is run, and is answered."""

    __slots__ = ("_context", "_given", "_signal", "_work", "answer", "answered", "error")

    def __init__(self, work: Callable[[Connection], Any]) -> None:
        self._work = work
        self._context = copy_context()
        self._signal = threading.Lock()
        self._signal.acquire()
        self._given = time.perf_counter()
        self.answered = False
        self.answer: Any = None
        self.error: BaseException | None = None

    def run(self, connection: Connection) -> None:
        """Run the work as its own thread would have; keep what it answers or raises."""
        self.answer, self.error = None, None
        DATABASE_WAIT_SECONDS.observe(time.perf_counter() - self._given, "writer")
        try:
            self.answer = self._context.run(self._work, connection)
        except BaseException as error:  # noqa: BLE001 - it is raised where the work was given
            self.error = error

    def wait(self) -> None:
        self._signal.acquire()

    def wake(self) -> None:
        self._signal.release()

    def result(self) -> Any:
        if self.error is None:
            return self.answer
        try:
            raise self.error
        finally:
            self.error = None  # or it would hold itself by its traceback


class GroupCommit:
    """The queue of one process's writers to one SQLite database."""

    def __init__(self, engine: Engine, courtesy: Courtesy) -> None:
        self._engine = engine
        self._courtesy = courtesy
        self._turn = _Turn(engine.url.database)
        self._guard = threading.Lock()
        self._waiting: deque[_Job] = deque()
        self._led = False
        self._leader = 0
        self._held: Connection | None = None

    def run(self, work: Callable[[Connection], Any]) -> Any:
        """Return what ``work`` answers, once it is durable; raise what it raises, with nothing of it kept."""
        if self._leader == threading.get_ident():
            raise RuntimeError("a work that writes cannot wait for another: it would wait for itself")
        job = _Job(work)
        self._courtesy.arrived()
        with self._guard:
            self._waiting.append(job)
            first, self._led = not self._led, True
        if not first:
            job.wait()
        if not job.answered:
            self._courtesy.gather(_GATHERING)
            self._lead()
        return job.result()

    def close(self) -> None:
        """Let go of what is held open; the next work opens it again."""
        self._let_go()
        self._turn.close()

    def _lead(self) -> None:
        """Run one group, the first of which is our own; then let whoever waits lead on, and answer."""
        self._leader = threading.get_ident()
        group: list[_Job] = []
        try:
            self._together(group)
        finally:
            self._leader = 0
            with self._guard:
                heir = self._waiting[0] if self._waiting else None
                self._led = heir is not None
            if heir is not None:
                heir.wake()
            for job in group:
                job.answered = True
                if job is not group[0]:
                    job.wake()

    def _together(self, group: list[_Job]) -> None:
        begun = time.monotonic()
        let_pass, waited = self._courtesy.between(_COURTEOUS)
        try:
            with (
                self._turn.taken(), self._kept() as connection, connection.begin(), writing(connection, let_pass) as turn,
            ):  # fmt: skip
                schema = _schema(turn.driver)
                while (job := self._next(len(group), begun + waited())) is not None:
                    group.append(job)
                    let_pass()
                    turn.begin()
                    job.run(connection)
                    if connection.invalidated or not turn.driver.in_transaction or turn.broken:
                        raise _Lost
                    if job.error is not None:
                        if turn.wrote or _schema(turn.driver) != schema:
                            raise _Lost(job)
                        turn.drop()
                turn.begin()  # all have been run: what waits goes together
                turn.settle()
        except BaseException as error:  # noqa: BLE001 - it is raised in the thread of each of them
            if group:
                fault = error.fault if isinstance(error, _Lost) else None
                again = [job for job in group if job is not fault]
                if again:
                    with self._turn.taken():
                        self._one_by_one(again)
                return
            # It did not begin: that is the answer to all who wait by now.
            with self._guard:
                group += self._waiting
                self._waiting.clear()
            for job in group:
                job.error = error

    def _one_by_one(self, group: list[_Job]) -> None:
        """Run each again, from the start and by itself: the group could not be kept."""
        for job in group:
            try:
                with self._connected() as connection, connection.begin():
                    job.run(connection)
                    if job.error is not None:
                        raise _Lost
            except _Lost:
                continue
            except BaseException as error:  # noqa: BLE001 - it is raised where the work was given
                job.error = job.error or error

    def _next(self, taken: int, begun: float) -> _Job | None:
        if taken and (taken >= _MOST or time.monotonic() - begun > _LONGEST):
            return None
        with self._guard:
            return self._waiting.popleft() if self._waiting else None

    @contextmanager
    def _kept(self) -> Iterator[Connection]:
        """Give the connection that groups write on: the database's pages stay in it while nobody else writes."""
        held = self._held = self._held or self._connected()
        try:
            yield held
        except BaseException:
            self._let_go()
            raise

    def _let_go(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            held.close()

    def _connected(self) -> Connection:
        return self._engine.connect().execution_options(benchside_write=True)


def _schema(driver: Any) -> int:
    """Return a number that changes with the tables: making them counts as no change of rows."""
    version: int = driver.execute("PRAGMA schema_version").fetchone()[0]
    return version


class _Turn:
    """Whose turn it is among processes. SQLite lets those who wait sleep ever longer, and starves them.

    Two locks make a queue: who wants the turn first takes the place next to it, and keeps that until the turn is its
    own; so who has just had it cannot take it again before who waited. They are the kernel's, and end with a process.
    """

    def __init__(self, database: str | None) -> None:
        inside = not database or database == ":memory:" or database.startswith("file:")
        self._paths = () if inside else (f"{database}-next", f"{database}-turn")
        self._handles: list[int] = []

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Hold the turn; after ``_PATIENCE`` go on without it."""
        if not self._opened():
            yield
            return
        place, turn = self._handles
        until = time.monotonic() + _PATIENCE
        _lock(place, until)
        _lock(turn, until)
        fcntl.flock(place, fcntl.LOCK_UN)
        try:
            yield
        finally:
            fcntl.flock(turn, fcntl.LOCK_UN)

    def _opened(self) -> bool:
        if not self._handles:
            try:
                for path in self._paths:
                    self._handles.append(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
            except OSError:
                self.close()  # the database will say better what is wrong with its folder
        return bool(self._handles)

    def close(self) -> None:
        for handle in self._handles:
            os.close(handle)
        self._handles = []


def _lock(handle: int, until: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                return
            time.sleep(_MOMENT)
        else:
            return
