"""The court's registers as the law and the fields ask for them: calendar, causes of action, settings."""

import secrets
from collections.abc import Mapping
from datetime import date
from functools import lru_cache, reduce
from typing import Any, Literal, TypeVar

import sqlalchemy as sa
from attrs import define
from sqlalchemy.engine import Connection

from core.fields.declare import request_fields, whole
from core.fields.spec import specs_of
from core.law import causes
from core.law.calendar import CourtCalendar, Day
from core.law.errors import LawError
from core.records import CalendarDay, CalendarYear, CauseRow, CourtSetting, KnownCourt, Person, PersonRole
from core.roles import Role
from core.store.prepared import PreparedRead
from core.store.upsert import upsert

T = TypeVar("T")


def court_calendar(connection: Connection, court: str) -> CourtCalendar:
    """Return the calendar a court keeps.

    It is read again only where it was changed: its mark, which is read each time, is another one then.
    """
    mark = _MARK.scalar(connection, {"court": court})
    held = _KEPT.get(court)
    if held is None or mark is None or held[0] != mark:
        held = _KEPT[court] = mark, _calendar(*_KEPT_DAYS.first(connection, {"court": court}))
    return held[1]


def calendar_changed(connection: Connection, court: str) -> None:
    """Give the calendar of a court another mark: who writes in it calls this in the same transaction."""
    key = {"court_code": court, "module": _MARKED[0], "name": _MARKED[1]}
    mark = secrets.token_hex(8)
    upsert(connection, CourtSetting, key, {"value": mark}, {"value": mark})


_KEPT: dict[str, tuple[str | None, CourtCalendar]] = {}
"""By court: the calendar that was read last, and its mark."""
_MARKED = ("calendar", "mark")
"""Module and name of the setting that holds a calendar's mark."""
_MARK = PreparedRead(
    sa.select(CourtSetting.value).where(
        CourtSetting.court_code == sa.bindparam("court"), CourtSetting.module == _MARKED[0], CourtSetting.name == _MARKED[1]
    ),
    common=True,
)  # fmt: skip


@lru_cache(maxsize=64)
def _calendar(years: str | None, days: str | None) -> CourtCalendar:
    rows = [row.split(_CELL) for row in days.split(_ROW)] if days else []
    return CourtCalendar(
        days={date.fromisoformat(day): Day(_KINDS[kind], name, source) for day, kind, name, source in rows},
        known_years=frozenset(map(int, years.split(_ROW))) if years else frozenset(),
    )


_JUDGES = PreparedRead(
    sa.select(Person.id, Person.name)
    .join(PersonRole, PersonRole.person_id == Person.id)
    .where(
        Person.court_code == sa.bindparam("court"),
        Person.active.is_(True),
        PersonRole.role == Role.HANDLING_JUDGE.value,
    )
    .order_by(Person.id)
)


def judges_of(connection: Connection, court: str) -> list[tuple[int, str]]:
    """Return (id, name) of those who handle cases in ``court``."""
    return [(row.id, row.name) for row in _JUDGES.all(connection, {"court": court})]


@define
class Registers:
    """Lookups over the court's tables."""

    connection: Connection
    court: str
    today: date

    def cause_name(self, code: str) -> str | None:
        """Return the name of a cause in force today, or None."""
        version = self._version()
        asked = {"court": self.court, "version": version, "code": code}
        name: str | None = _CAUSE.scalar(self.connection, asked)
        return name

    def sample_cause(self) -> str:
        """Return the code of some cause in force today."""
        found = self.connection.scalar(
            sa.select(CauseRow.code)
            .where(
                CauseRow.court_code == self.court, CauseRow.version == self._version(), CauseRow.level >= 3
            )
            .order_by(CauseRow.code)
            .limit(1)
        )
        return str(found or "")

    def judges(self) -> list[tuple[int, str]]:
        """Return (id, name) of the court's handling judges."""
        return judges_of(self.connection, self.court)

    def court_name(self, prefix: str) -> str | None:
        """Return the name of the court whose case numbers begin with ``prefix``, where it is known."""
        name: str | None = self.connection.scalar(
            sa.select(KnownCourt.name).where(KnownCourt.prefix == prefix)
        )
        return name

    def causes(self) -> list[tuple[str, str]]:
        """Return (code, name) of every cause in force today that may be chosen, in the list's order."""
        rows = self.connection.execute(
            sa.select(CauseRow.code, CauseRow.name)
            .where(
                CauseRow.court_code == self.court, CauseRow.version == self._version(), CauseRow.level >= 3
            )
            .order_by(CauseRow.code)
        )
        return [(row.code, row.name) for row in rows]

    def _version(self) -> int:
        try:
            return causes.version_for(self.today)
        except LawError:
            return 0


@request_fields
class CourtDefaults:
    """The host's own settings of a court."""

    lock_minutes: int = whole(
        "审查锁时长（分钟）", "Review lock (minutes)", minimum=1, maximum=480, default=15
    )
    near_days: int = whole("临期提醒（天）", "Due soon within (days)", minimum=0, maximum=30, default=2)


_ROW, _CELL = "\x1e", "\x1f"
"""Control characters, which no name has."""
_KINDS: Mapping[str, Literal["rest", "work"]] = {"rest": "rest", "work": "work"}


_JOIN: Mapping[str, tuple[Any, str]] = {
    "sqlite": (sa.func.group_concat, "char"), "postgresql": (sa.func.string_agg, "chr"),
}  # fmt: skip


def _kept_days(brand: str) -> Any:
    """Return what gives a calendar as two texts: less to read, and to compare with what was read before, than rows."""
    join, char = _JOIN[brand]
    ends_row, ends_cell = (sa.literal_column(f"{char}({ord(one)})", sa.Text) for one in (_ROW, _CELL))

    def joined(court: Any, *cells: Any) -> Any:
        texts: list[Any] = [sa.cast(cell, sa.Text) for cell in cells]
        row = reduce(lambda left, right: left + ends_cell + right, texts)
        return sa.select(join(row, ends_row)).where(court == sa.bindparam("court")).scalar_subquery()

    day = CalendarDay
    return sa.select(
        joined(CalendarYear.court_code, CalendarYear.year).label("years"),
        joined(day.court_code, day.day, day.kind, day.name, day.source).label("days"),
    )


_KEPT_DAYS = PreparedRead(_kept_days)
_CAUSE = PreparedRead(
    sa.select(CauseRow.name).where(
        CauseRow.court_code == sa.bindparam("court"),
        CauseRow.version == sa.bindparam("version"),
        CauseRow.code == sa.bindparam("code"),
        CauseRow.level >= 3,
    )
)
_SETTINGS = PreparedRead(
    sa.select(CourtSetting.name, CourtSetting.value).where(
        CourtSetting.court_code == sa.bindparam("court"), CourtSetting.module == sa.bindparam("module")
    )
)


def settings_for(connection: Connection, court: str, module: str, cls: type[T]) -> T:
    """Return the settings of ``module`` in ``court`` as an instance of ``cls``; what is not set has its default.

    ``cls`` is a ``@request_fields`` class in which every field is optional or has a default.
    """
    rows = _SETTINGS.all(connection, {"court": court, "module": module})
    known = specs_of(cls)
    held = {
        row.name: known[row.name].kind.from_store(row.value)
        for row in rows
        if row.name in known and row.value is not None
    }
    return cls(**held)
