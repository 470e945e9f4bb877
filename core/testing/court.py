"""The court that a test is given."""

from datetime import datetime
from typing import Any

from attrs import frozen

from core.module import Module
from core.testing.browsing import Browser
from core.testing.cases import NUMBER
from core.testing.houses import Fixture
from core.testing.outside import Outside
from core.values import Application
from core.work.alarms import remind_due
from core.work.assign import assign
from core.work.clock import clock_due
from core.work.deliver import deliver_due
from core.work.house import House
from core.work.jobs import Jobs
from core.work.snapshots import by_serial
from core.work.webhooks import push_due


@frozen
class CourtClock:
    """The clock of a court under test."""

    fixture: Fixture

    @property
    def now(self) -> datetime:
        """The moment it shows, aware."""
        return self.fixture.clock.now

    def set(self, moment: datetime) -> None:
        """Put it to ``moment``, aware, and let all that is due happen."""
        self.fixture.clock.now = moment
        self.run()

    def move(self, **by: float) -> None:
        """Move it on (``days=3``, ``hours=1``), and let all that is due happen."""
        self.fixture.clock.move(**by)
        self.run()

    def run(self) -> None:
        """Do what the worker does: deliver, let time limits run out, remind, run the jobs of modules."""
        for job in (deliver_due, clock_due, remind_due, push_due):
            while job(self.fixture.house):
                pass
        jobs = Jobs(self.fixture.house)
        for one in jobs.due():
            jobs.run(one)


@frozen
class TestCourt:
    """A court with two judges, an assistant, a clerk, reviewers, a president and administrators; and one case.

    ``fixture.people`` has the person numbers by user name: judge, judge2, assistant, clerk, panel, reviewer, reviewer2,
    content, president, supervisor, sysadmin, secadmin, auditadmin.
    """

    __test__ = False  # no test, though its name says so

    fixture: Fixture
    outside: Outside
    application: Any
    module: Module

    @property
    def house(self) -> House:
        """The house behind it."""
        return self.fixture.house

    @property
    def clock(self) -> CourtClock:
        """Its clock."""
        return CourtClock(self.fixture)

    @property
    def case_number(self) -> str:
        """The number of the case that the judge handles."""
        return NUMBER

    def browser(self, name: str) -> Browser:
        """Return the browser of the person ``name``, logged in."""
        return Browser(self.application).log_in(name)

    def read(self, serial_no: str) -> Application:
        """Return a request as it stands."""
        with self.house.store.read() as connection:
            return by_serial(connection, self.house.modules, self.outside.court, serial_no)

    def give(self, serial_no: str, name: str = "judge") -> None:
        """Give a request to a judge, as the president would."""
        held = self.read(serial_no)
        actor = self.fixture.actor("president")
        assign(self.house, actor, held.module, serial_no, self.fixture.people[name], held.version)
