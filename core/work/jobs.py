"""The jobs of modules: each at its due time, once in each court where the module is on, whatever the number of workers.

Each module has a thread of its own for them, so that one that hangs holds up nobody else's, nor deliveries, nor the clock.
"""

import logging
import threading
import time
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.engine import Connection

from core.contributions import Job
from core.fields.label import Label, optional_label
from core.gate import enabled
from core.logs import masked
from core.metrics.counted import JOB_RUNS, JOB_SECONDS, WORKER_FAILURES
from core.records import JobRow, ModuleSwitch
from core.store.upsert import upsert
from core.values import Actor
from core.work.house import House
from core.work.places import place_of
from core.work.refusals import not_found
from core.work.transaction import Transaction

LEASE = timedelta(hours=1)
"""After so long a job that has not ended counts as broken off."""
_LENGTH = 300

log = logging.getLogger("benchside.jobs")


@frozen
class Due:
    """One job that is due in one court."""

    court: str
    module: str
    code: str

    def same(self) -> sa.ColumnElement[bool]:
        """Return the condition that picks its row."""
        return sa.and_(
            JobRow.court_code == self.court, JobRow.module == self.module, JobRow.code == self.code
        )


@frozen
class JobLine:
    """One job of a module that is on, as the administrator sees it."""

    module: str
    title: Label
    job: Job
    row: Any
    """Its row, or None where no worker has seen it yet."""


class Jobs:
    """The jobs of the modules that work."""

    def __init__(self, house: House) -> None:
        self._house = house
        given = {name: house.hooks.jobs(name) for name in house.modules.ready}
        self._jobs = {name: {job.code: job for job in jobs} for name, jobs in given.items() if jobs}
        self._threads: dict[str, threading.Thread] = {}

    def start_due(self) -> None:
        """Start what is due, each module's on its thread; one that is still at it goes on."""
        for module in dict.fromkeys(one.module for one in self.due()):
            held = self._threads.get(module)
            if held is None or not held.is_alive():
                self._threads[module] = threading.Thread(
                    target=self._run_all, args=(module,), name=f"benchside-jobs-{module}", daemon=True
                )
                self._threads[module].start()

    def _run_all(self, module: str) -> None:
        try:
            for one in self.due():
                if one.module == module:
                    self.run(one)
        except Exception:  # the database may be away for a minute
            WORKER_FAILURES.add("jobs")
            log.exception("the jobs of %s could not be looked after", module)

    def due(self) -> list[Due]:
        """Return what is due now. A job that was never seen is due at once, or at its next time of the day."""
        if not self._jobs:
            return []
        now = self._house.clock()
        on, held = self._standing()
        found: list[Due] = []
        fresh: list[tuple[Due, datetime]] = []
        for court, module in on:
            for code, job in self._jobs[module].items():
                one, next_at = Due(court, module, code), held.get(Due(court, module, code))
                # Farther off than it can be: the schedule was changed, or the clock was ahead when it was written.
                if next_at is None or next_at > max(job.after(now), now + LEASE):
                    next_at = now if job.every else job.after(now)
                    fresh.append((one, next_at))
                if next_at <= now:
                    found.append(one)
        if fresh:
            self._house.store.write(partial(_note, fresh))
        return found

    def _standing(self) -> tuple[list[tuple[str, str]], Mapping[Due, datetime]]:
        names = sorted(self._jobs)
        on = sa.select(ModuleSwitch.court_code, ModuleSwitch.module).where(
            ModuleSwitch.module.in_(names), ModuleSwitch.enabled.is_(True)
        )
        rows = sa.select(JobRow.court_code, JobRow.module, JobRow.code, JobRow.next_at).where(
            JobRow.module.in_(names)
        )
        with self._house.store.read() as connection:
            held = {Due(court, module, code): at for court, module, code, at in connection.execute(rows)}
            return [(court, module) for court, module in connection.execute(on)], held

    def run(self, one: Due) -> bool:
        """Do a job that is due, unless another worker does it; tell whether it was done here, well or not."""
        house, job = self._house, self._jobs[one.module][one.code]
        begun = house.clock()
        if not house.store.write(partial(_claim, one, begun)):
            return False
        outcome: dict[str, Any]
        started = time.perf_counter()
        try:
            said = optional_label(
                house.hooks.ask("jobs", one.module, job.run, place_of(house, one.module, one.court))
            )
        except Exception as error:
            log.exception("job %s of %s failed", one.code, one.module)
            told = masked(f"{type(error).__name__}: {error}")[:_LENGTH]
            outcome = {"failed_at": house.clock(), "error": told}
        else:
            words = said or Label("", "")
            outcome = {"done_at": house.clock(), "said_zh": words.zh[:_LENGTH], "said_en": words.en[:_LENGTH]}
        JOB_RUNS.add(one.module, one.code, "failed" if "error" in outcome else "done")
        JOB_SECONDS.observe(time.perf_counter() - started, one.module, one.code)
        change = sa.update(JobRow).where(one.same()).values(next_at=job.after(begun), **outcome)
        house.store.write(lambda connection: connection.execute(change))
        return True

    def lines(self, court: str) -> list[JobLine]:
        """Return the jobs of the modules that are on in ``court``, in the order of the menu."""
        with self._house.store.read() as connection:
            on = enabled(connection, court)
            rows = connection.execute(sa.select(JobRow.__table__).where(JobRow.court_code == court)).all()
        held = {(row.module, row.code): row for row in rows}
        return [
            JobLine(name, module.title, job, held.get((name, job.code)))
            for name, module in self._house.modules.ordered()
            if name in on
            for job in self._jobs.get(name, {}).values()
        ]

    def hurry(self, actor: Actor, module: str, code: str) -> None:
        """Have a job run now instead of at its next time.

        Raises:
            Refused: no module that is on in the actor's court has such a job.
        """

        def work(connection: Connection) -> None:
            tx = Transaction(self._house, connection, actor, self._house.clock())
            if module not in tx.on or code not in self._jobs.get(module, {}):
                raise not_found()
            _note([(Due(tx.court, module, code), tx.at)], connection)
            tx.audit("job.hurry", f"{module}.{code}")

        self._house.store.write(work)


def _note(due: list[tuple[Due, datetime]], connection: Connection) -> None:
    for one, at in due:
        key = {"court_code": one.court, "module": one.module, "code": one.code}
        upsert(connection, JobRow, key, {"next_at": at}, {"next_at": at})


def _claim(one: Due, now: datetime, connection: Connection) -> bool:
    """Take a job for the length of the lease; of several that ask, one has it."""
    if one.module not in enabled(connection, one.court):
        return False
    taken = (
        sa.update(JobRow).where(one.same(), JobRow.next_at <= now).values(next_at=now + LEASE, begun_at=now)
    )
    return connection.execute(taken).rowcount == 1


def when(job: Job) -> Label:
    """Return how often a job runs, in words."""
    if job.daily is not None:
        return Label(f"每天{job.daily:%H:%M}", f"Daily at {job.daily:%H:%M}")
    assert job.every is not None
    return Label("每" + "".join(_units(job.every, "zh")), "Every " + " ".join(_units(job.every, "en")))


def _units(length: timedelta, language: str) -> Iterator[str]:
    left = int(length.total_seconds()) // 60
    for minutes, zh, en in ((1440, "天", "d"), (60, "小时", "h"), (1, "分钟", "min")):
        number, left = divmod(left, minutes)
        if number:
            yield f"{number}{zh}" if language == "zh" else f"{number} {en}"
