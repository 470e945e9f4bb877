"""A Context for tests of a module's own functions, without a database: what is not given is ordinary."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from attrs import Factory, frozen

from core.context import Case, Hearing
from core.law.calendar import CourtCalendar
from core.law.calendar_seed import seed_calendar
from core.law.dates import court_date
from core.law.periods import Deadline, deadline
from core.values import Application, Submitter
from tests.support.houses import COURT, START

CALENDAR = seed_calendar(2024, 2026)


@frozen(kw_only=True)
class Given:
    """The context a test describes."""

    court: str = COURT
    court_name: str = "广东省虚构市第一人民法院"
    now: datetime = START
    submitted_at: datetime = START
    calendar: CourtCalendar = CALENDAR
    settings: Any = None
    submitter: Submitter = Submitter(role="party", name="甲某某", phone="19900000001")
    data: Mapping[str, Any] = Factory(dict)
    case: Case | None = None
    before: Mapping[str, tuple[Application, ...]] = Factory(dict)
    busy: tuple[Hearing, ...] = ()

    @property
    def today(self) -> date:
        return court_date(self.now)

    def deadline(
        self, start: date, length: int, unit: Any, *, before: bool = False, roll: bool = True
    ) -> Deadline:
        return deadline(start, length, unit, self.calendar, before=before, roll=roll)

    def earlier(self, kind: str) -> tuple[Application, ...]:
        return self.before.get(kind, ())

    def clashes(self, *args: Any, **more: Any) -> tuple[Hearing, ...]:
        return self.busy
