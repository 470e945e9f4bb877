"""The worker: delivers the outbox, lets the clock take its steps and reminds, for as long as the house is open."""

import logging
import threading
import time
from functools import partial

from core.metrics.counted import WORKER_FAILURES
from core.papers.aside import Aside
from core.work.alarms import remind_due
from core.work.clock import clock_due
from core.work.deliver import deliver_due
from core.work.far import bring_near
from core.work.house import House
from core.work.jobs import Jobs
from core.work.paper_files import make_due
from core.work.seal import Sealer
from core.work.webhooks import push_due

_REST, _LONG_REST = 9, 49
"""So many times as long as it worked it rests: a queue of its own must not take the processor from those who wait for a page;
and so many times where these leave hardly a moment, since Python does one thing at a time."""
_BUSY = 0.7
"""Of a processor, what the rest of the process takes when it leaves hardly a moment."""
_LONGEST = 5.0
"""Seconds that a long rest has at most."""

_MINUTE = 60.0
_JOBS = 10.0

log = logging.getLogger("benchside.worker")


def rest(worked: float, others: float) -> float:
    """Return the seconds to rest after ``worked`` seconds of the processor, beside threads that take ``others`` of it."""
    usual = _REST * worked
    return usual if others < _BUSY else max(usual, min(_LONG_REST * worked, _LONGEST))


class Worker(threading.Thread):
    """A thread beside the web server. Several may run, also in several processes: leases keep them apart."""

    def __init__(self, house: House) -> None:
        super().__init__(name="benchside-worker", daemon=True)
        self._house = house
        self._stop_asked = threading.Event()
        self._sealer = Sealer(house)
        self._jobs = Jobs(house)
        self._seal_at = self._near_at = self._jobs_at = 0.0
        self._looked = (time.monotonic(), time.process_time(), 0.0)
        """When it last looked how busy the process is, and the processor's time of all, and its own, by then."""

    def run(self) -> None:
        """Work until asked to stop; a failure is logged and work goes on."""
        aside = Aside()
        try:
            while not self._stop_asked.is_set():
                self._round(aside)
        finally:
            aside.close()

    def _round(self, aside: Aside) -> None:
        busy, papers = 0, partial(make_due, aside=aside)
        deliver = partial(deliver_due, stopping=self._stop_asked.is_set)
        clock = partial(clock_due, stopping=self._stop_asked.is_set)
        for job in (deliver, clock, remind_due, papers, push_due, self.seal, self.near, self.jobs):
            if self._stop_asked.is_set():
                return
            begun, done = time.thread_time(), 0
            try:
                done = job(self._house)
            except Exception:  # the database may be away for a minute; the worker outlives that
                name: str = getattr(getattr(job, "func", job), "__name__", "job")
                WORKER_FAILURES.add(name)
                log.exception("%s failed", name)
            busy += done
            if done and self._stop_asked.wait(rest(time.thread_time() - begun, self._others())):
                return
        self._house.keep_time()
        aside.rest()
        if not busy:
            self._stop_asked.wait(self._house.settings.delivery_seconds)

    def _others(self) -> float:
        """Return how much of a processor the other threads took since it was last asked."""
        then, self._looked = self._looked, (time.monotonic(), time.process_time(), time.thread_time())
        passed, whole, own = (now - before for now, before in zip(self._looked, then, strict=True))
        return (whole - own) / max(passed, 1e-6)

    def seal(self, house: House) -> int:
        """Seal the audit log, now and then; what was sealed keeps nobody busy."""
        if time.monotonic() >= self._seal_at:
            self._sealer.seal()
            self._seal_at = time.monotonic() + house.settings.seal_seconds
        return 0

    def near(self, house: House) -> int:
        """Look now and then for what waits for a time that is farther off than any pause."""
        if time.monotonic() >= self._near_at:
            bring_near(house)
            self._near_at = time.monotonic() + _MINUTE
        return 0

    def jobs(self, house: House) -> int:
        """Start now and then what jobs of the modules are due; they run beside."""
        del house
        if time.monotonic() >= self._jobs_at:
            self._jobs_at = time.monotonic() + _JOBS
            self._jobs.start_due()
        return 0

    def ask(self) -> None:
        """Ask it to end after the delivery, step or paper at hand."""
        self._stop_asked.set()

    def stop(self, seconds: float = 10) -> bool:
        """Ask it to end, wait so long for it, and tell whether it has."""
        self.ask()
        self.join(seconds)
        return not self.is_alive()
