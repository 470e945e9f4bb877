"""Time limits of requests: started by events, ended by states, counted with the court's calendar."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from core.fields.bind import to_json
from core.fields.condition import FieldRef
from core.law.dates import SHANGHAI
from core.law.errors import LawError
from core.law.periods import deadline, end_instant, explain
from core.module import MESSAGE, RECEIVED, Flow, Limit
from core.records import DeadlineRow
from core.values import Application
from core.work.transaction import Transaction


def event_happened(
    tx: Transaction, flow: Flow, before: Application | None, after: Application, event: str, data: Mapping[str, Any],
    meets: Collection[str] = (),
) -> datetime | None:  # fmt: skip
    """Close and start the limits an event closes and starts; return when the court's next one is over.

    ``data`` is what the step filled in, JSON-like.
    """
    if before is not None:
        _close(tx, flow, after, event, meets)
    values = to_json(after.fields) | dict(data)
    for rule in flow.limits:
        if rule.since == event and (rule.when is None or rule.when.holds(values)):
            _start(tx, after, rule, values, _event_name(flow, event))
    return due_of(tx, after.id)


def ends_of(tx: Transaction, key: int) -> datetime | None:
    """Return when the limit ends that was started last, at this very moment; None where none was, or it has no date."""
    ends: datetime | None = tx.connection.scalar(
        sa.select(DeadlineRow.ends_at)
        .where(
            DeadlineRow.application_id == key,
            DeadlineRow.status == "running",
            DeadlineRow.created_at == tx.at,
        )
        .order_by(DeadlineRow.applicant.desc(), DeadlineRow.ends_at)
        .limit(1)
    )
    return ends


def due_of(tx: Transaction, key: int) -> datetime | None:
    """Return when the court's next running limit for request ``key`` is over."""
    due: datetime | None = tx.connection.scalar(
        sa.select(sa.func.min(DeadlineRow.ends_at)).where(
            DeadlineRow.application_id == key,
            DeadlineRow.status == "running",
            DeadlineRow.applicant.is_(False),
        )
    )
    return due


def _close(tx: Transaction, flow: Flow, after: Application, event: str, meets: Collection[str]) -> None:
    rules = {rule.id: rule for rule in flow.limits}
    rows = tx.connection.execute(
        sa.select(DeadlineRow.id, DeadlineRow.rule).where(
            DeadlineRow.application_id == after.id, DeadlineRow.status == "running"
        )
    ).all()
    for row in rows:
        rule = rules.get(row.rule)
        status = _closing(flow, rule, row.rule, after.state, event, meets)
        if status:
            tx.connection.execute(
                sa.update(DeadlineRow).where(DeadlineRow.id == row.id).values(status=status, closed_at=tx.at)
            )


def _closing(
    flow: Flow, rule: Limit | None, name: str, state: str, event: str, meets: Collection[str]
) -> str:
    if name in meets:
        return "met"
    if rule is None or state not in flow.during(rule):
        return "met"
    return "ended" if rule.since == event else ""


def _event_name(flow: Flow, event: str) -> tuple[str, str]:
    names = {RECEIVED: ("收到", "Received"), MESSAGE: ("投诉", "Complaint")}
    return (names | {step.code: (step.zh, step.en) for step in flow.transitions})[event]


def _start(
    tx: Transaction, after: Application, rule: Limit, values: Mapping[str, Any], name: tuple[str, str]
) -> None:
    length = values.get(rule.length.name) if isinstance(rule.length, FieldRef) else rule.length
    started = tx.at
    if rule.start is not None:
        started = _start_of_day(values.get(rule.start.name), tx)
    if length is None:
        return
    row = {
        "application_id": after.id, "court_code": after.court, "rule": rule.id, "basis": rule.basis,
        "applicant": rule.applicant, "started_at": started, "length": int(length), "unit": rule.unit, "status": "running", "created_at": tx.at,
    }  # fmt: skip
    tx.connection.execute(
        sa.insert(DeadlineRow).values(**row, **reckon(tx, started, int(length), rule.unit, name))
    )


def _start_of_day(given: Any, tx: Transaction) -> datetime:
    day = date.fromisoformat(given) if isinstance(given, str) else tx.today
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)  # noon in Shanghai: the day is what counts


def reckon(tx: Transaction, started: datetime, length: int, unit: Any, name: Sequence[str]) -> dict[str, Any]:
    """Return when a limit is over and how that was reached; no date where the calendar does not reach.

    ``name`` is what the event it counts from is called, in both languages.
    """
    kept = {"event": list(name)}
    try:
        start = started if unit == "hours" else started.astimezone(SHANGHAI).date()
        found = deadline(start, length, unit, tx.calendar, start_label=(name[0], name[1]))
    except LawError as error:
        return {"ends_at": None, "explanation": kept | {"zh": error.message_zh, "en": error.message_en}}
    return {
        "ends_at": end_instant(found.end),
        "explanation": kept
        | {"zh": explain(found, "zh"), "en": explain(found, "en"), "end": found.end.isoformat()},
    }


def complaint_answered(tx: Transaction, flow: Flow, key: int) -> None:
    """End the limits that count from a complaint: the court has answered."""
    rules = [rule.id for rule in flow.limits if rule.since == MESSAGE]
    if rules:
        tx.connection.execute(
            sa.update(DeadlineRow)
            .where(
                DeadlineRow.application_id == key,
                DeadlineRow.status == "running",
                DeadlineRow.rule.in_(rules),
            )
            .values(status="met", closed_at=tx.at)
        )
