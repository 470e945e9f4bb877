"""Time limits of requests: started by events, ended by states, counted with the court's calendar."""

from collections import ChainMap
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from attrs import field, fields, frozen

from core.attributes import changed, reader
from core.fields.condition import FieldRef
from core.law.calendar import CourtCalendar
from core.law.dates import SHANGHAI
from core.law.errors import LawError
from core.law.periods import end_instant, explain
from core.module import MESSAGE, Flow, Limit
from core.records import ApplicationRow, DeadlineRow
from core.store.prepared import PreparedRead, PreparedWrite, inserting
from core.values import Application
from core.work.context import around, values_of
from core.work.opened import Started
from core.work.transaction import Transaction

_NOON = time(12)
_AMONG = (DeadlineRow.application_id == sa.bindparam("application"), DeadlineRow.status == "running")
_ENDS = sa.select(DeadlineRow.ends_at, DeadlineRow.unit).where(*_AMONG).limit(1)
_STARTED = PreparedRead(
    _ENDS.where(DeadlineRow.created_at == sa.bindparam("at", type_=DeadlineRow.created_at.type)).order_by(
        DeadlineRow.applicant.desc(), DeadlineRow.ends_at
    )
)
_NEXT = PreparedRead(
    _ENDS.where(DeadlineRow.applicant.is_(False), DeadlineRow.ends_at.is_not(None)).order_by(
        DeadlineRow.ends_at
    )
)
_RUNNING = PreparedRead(sa.select(DeadlineRow.id, DeadlineRow.rule).where(*_AMONG))
_STARTED_COLUMNS = tuple(attribute.name for attribute in fields(Started))
_CELLS = reader(_STARTED_COLUMNS)
_START = inserting(DeadlineRow, *_STARTED_COLUMNS)
_KEEP = PreparedWrite(
    sa.update(ApplicationRow)
    .where(ApplicationRow.id == sa.bindparam("key"))
    .values(
        due_at=sa.bindparam("at", type_=ApplicationRow.due_at.type),
        due_hours=sa.bindparam("hours", type_=ApplicationRow.due_hours.type),
    )
)


def event_happened(
    tx: Transaction, flow: Flow, before: Application | None, after: Application, event: str, data: Mapping[str, Any],
    meets: Collection[str] = (), *, at: datetime | None = None,
) -> Application:  # fmt: skip
    """Close and start the limits an event closes and starts; return the request with the court's next one.

    ``data`` is what the step filled in, JSON-like. A limit may also name what the court has set (``settings.days``).
    ``at`` is when the event happened, where that is not now.
    """
    if before is not None:
        _close(tx, flow, after, event, meets)
    write_limits(tx, starting(tx, flow, after, event, data, at=at))
    return keep_due(tx, after)


def starting(
    tx: Transaction, flow: Flow, after: Application, event: str, data: Mapping[str, Any],
    *, at: datetime | None = None,
) -> list[Started]:  # fmt: skip
    """Return the limits that an event starts, reckoned but not written yet."""
    rules = [rule for rule in flow.limits if event in rule.since]
    if not rules:
        return []
    known = values_of(after, around(tx, flow, after))
    values = ChainMap(dict(data), known) if data else known  # type: ignore[arg-type]  # nobody writes in it
    held = (rule for rule in rules if rule.when is None or rule.when.holds(values))
    found = (_started(tx, after, rule, values, at or tx.at) for rule in held)
    return [one for one in found if one is not None]


def write_limits(tx: Transaction, limits: Sequence[Started]) -> None:
    """Write limits that have begun."""
    _START.later(tx.connection, *map(_CELLS, limits))


def first_due(limits: Sequence[Started]) -> tuple[datetime | None, bool]:
    """Return when the court's first of a new request's ``limits`` is over, and whether it counts hours."""
    ours = [one for one in limits if not one.applicant and one.ends_at is not None]
    return _end(min(ours, key=_end_of)) or (None, False) if ours else (None, False)


def ends_of(
    tx: Transaction, key: int, limits: Sequence[Started] | None = None
) -> tuple[datetime, bool] | None:
    """Return when the limit ends that was started last, at this very moment, and whether it counts hours.

    None where none was started, or where it has no date. ``limits`` are those that were started, where that is known.
    """
    if limits is not None:
        dated = [one for one in limits if one.ends_at is not None]
        return _end(min(dated, key=lambda one: (not one.applicant, _end_of(one)))) if dated else None
    return _end(_STARTED.first(tx.connection, {"application": key, "at": tx.at}))


def keep_due(tx: Transaction, application: Application) -> Application:
    """Write down when the court's next running limit is over, and return the request with that."""
    at, hours = _end(_NEXT.first(tx.connection, {"application": application.id})) or (None, False)
    if (at, hours) == (application.due_at, application.due_hours):
        return application
    _KEEP.run(tx.connection, {"key": application.id, "at": at, "hours": hours})
    return changed(application, due_at=at, due_hours=hours)


def _end_of(one: Started) -> datetime:
    assert one.ends_at is not None
    return one.ends_at


def _end(row: Any) -> tuple[datetime, bool] | None:
    return (row.ends_at, row.unit == "hours") if row is not None and row.ends_at is not None else None


def _close(tx: Transaction, flow: Flow, after: Application, event: str, meets: Collection[str]) -> None:
    rules = {rule.id: rule for rule in flow.limits}
    for row in _RUNNING.all(tx.connection, {"application": after.id}):
        rule = rules.get(row.rule)
        status = _closing(flow, rule, row.rule, after.state, event, meets)
        if status:
            close_limit(tx, status, DeadlineRow.id == row.id)


def _closing(
    flow: Flow, rule: Limit | None, name: str, state: str, event: str, meets: Collection[str]
) -> str:
    if name in meets:
        return "met"
    if rule is None or state not in flow.during(rule):
        return "met"
    return "ended" if event in rule.since else ""


def close_limit(tx: Transaction, status: str, *which: Any) -> None:
    """End limits that run; nobody is reminded of them any more."""
    tx.connection.execute(
        sa.update(DeadlineRow)
        .where(DeadlineRow.status == "running", *which)
        .values(status=status, closed_at=tx.at, remind_at=None)
    )


def _started(
    tx: Transaction, after: Application, rule: Limit, values: Mapping[str, Any], at: datetime
) -> Started | None:
    """Return a limit that begins; one whose length, start or end was left empty does not."""
    length: int | None = 0
    if rule.until is None:
        length = values.get(rule.length.name) if isinstance(rule.length, FieldRef) else rule.length
    named = rule.until or rule.start
    started = _moment(values.get(named.name)) if named is not None else at
    if length is None or started is None:
        return None
    by_hour = rule.until is not None and isinstance(_day_or_moment(values[rule.until.name]), datetime)
    unit = "hours" if by_hour else rule.unit
    return Started(
        application_id=after.id, court_code=after.court, rule=rule.id, basis=rule.basis, applicant=not rule.ours,
        started_at=started, length=int(length), unit=unit, status="running", created_at=tx.at,
        **reckon(tx, rule, started, int(length), unit),
    )  # fmt: skip


def _day_or_moment(given: Any) -> date | None:
    if not isinstance(given, str):
        return None
    return datetime.fromisoformat(given) if "T" in given else date.fromisoformat(given)


def _moment(given: Any) -> datetime | None:
    """Return what a field says as a moment; a day is kept as its noon, for the day is what counts."""
    found = _day_or_moment(given)
    if found is None or isinstance(found, datetime):
        return found
    return datetime.combine(found, _NOON, SHANGHAI).astimezone(UTC)


def reckon(tx: Transaction, rule: Limit, started: datetime, length: int, unit: str) -> dict[str, Any]:
    """Return when a limit is over, how that was reached, and who is reminded when; no date where the calendar does not reach."""
    try:
        start = started if unit == "hours" else started.astimezone(SHANGHAI).date()
        end, over, told = _reckoned(_Asked(rule, tx.calendar, start, length))
        remind_at = rule.next_alarm(end, tx.calendar, tx.at)
    except LawError as error:
        failed = {"zh": error.message_zh, "en": error.message_en}
        return {"ends_at": None, "remind_at": None, "explanation": failed}
    return {"ends_at": over, "remind_at": remind_at, "explanation": dict(told)}


@frozen
class _Asked:
    """What the end of a limit follows from; rule and calendar are the same where they are the very same."""

    rule: Limit = field(eq=id)
    calendar: CourtCalendar = field(eq=id)
    start: date
    length: int


@lru_cache(maxsize=512)
def _reckoned(asked: _Asked) -> tuple[date, datetime, Mapping[str, str]]:
    """Return the end of a limit, the moment it is over, and how that was reached: alike for all that a day brings."""
    found = asked.rule.reckon(asked.start, asked.calendar, length=asked.length)
    told = {"zh": explain(found, "zh"), "en": explain(found, "en"), "end": found.end.isoformat()}
    return found.end, end_instant(found.end), told


def complaint_answered(tx: Transaction, flow: Flow, key: int) -> None:
    """End the limits that count from a complaint: the court has answered."""
    rules = [rule.id for rule in flow.limits if MESSAGE in rule.since]
    if rules:
        close_limit(tx, "met", DeadlineRow.application_id == key, DeadlineRow.rule.in_(rules))
