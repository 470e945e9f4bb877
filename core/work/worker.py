"""The worker: delivers the outbox, lets the clock take its steps and reminds, for as long as the house is open."""

import logging
import threading

from core.work.alarms import remind_due
from core.work.clock import clock_due
from core.work.deliver import deliver_due
from core.work.house import House
from core.work.paper_files import make_due
from core.work.webhooks import push_due

log = logging.getLogger("benchside.worker")


class Worker(threading.Thread):
    """A thread beside the web server. Several may run, also in several processes: leases keep them apart."""

    def __init__(self, house: House) -> None:
        super().__init__(name="benchside-worker", daemon=True)
        self._house = house
        self._stop_asked = threading.Event()

    def run(self) -> None:
        """Work until asked to stop; a failure is logged and work goes on."""
        while not self._stop_asked.is_set():
            busy = 0
            for job in (deliver_due, clock_due, remind_due, make_due, push_due):
                try:
                    busy += job(self._house)
                except Exception:  # the database may be away for a minute; the worker outlives that
                    log.exception("%s failed", job.__name__)
            if not busy:
                self._stop_asked.wait(self._house.settings.delivery_seconds)

    def stop(self, seconds: float = 10) -> None:
        """Ask it to stop and wait for the delivery at hand."""
        self._stop_asked.set()
        self.join(seconds)
