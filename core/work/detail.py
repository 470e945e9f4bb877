"""One request with everything a person needs to judge it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.engine import Connection

from core.appointment import Engagement
from core.fields.label import Label
from core.law.identity import mask_phone
from core.module import Decision, Flow, Limit
from core.records import ApplicationRow, CaseRow, Comment, DeadlineRow, Delivery, History, Person, ReviewLock
from core.roles import Sight
from core.store.prepared import PreparedRead
from core.transitions import OWN_STEPS
from core.values import Actor, Application
from core.work.access import may_comment, may_draft, offered, see, sight
from core.work.advice import begin_with, hints_of, reviewing_choices
from core.work.agenda import appointment_of
from core.work.context import around
from core.work.hiding import as_seen, binds, not_hidden
from core.work.house import House
from core.work.locks import Lock
from core.work.paper_files import IssuedPaper, papers_of
from core.work.registers import CourtDefaults, settings_for
from core.work.remaining import Remaining, remaining
from core.work.times import last_day
from core.work.transaction import Transaction

_LIMITS = PreparedRead(
    sa.select(DeadlineRow.__table__)
    .where(DeadlineRow.application_id == sa.bindparam("application"))
    .order_by(DeadlineRow.id)
)


@frozen
class Event:
    """One step in the history."""

    at: datetime
    actor: str
    step: Label
    from_state: Label | None
    to_state: Label
    reason: str
    revision: int
    data: Mapping[str, Any]
    code: str


@frozen
class Said:
    """One message, to or from the applicant."""

    at: datetime
    from_court: bool
    author: str
    text: str
    complaint: bool


@frozen
class Due:
    """One time limit: when it ends, how that was reached, and what is left of it while it runs."""

    rule: str
    label: Label
    basis: str
    applicant: bool
    other: Label | None
    """Whom it binds where that is neither the court nor the applicant."""
    ends_at: datetime | None
    last: date | None
    hours: bool
    """Whether it counts hours: then the minute matters, not only the day."""
    remaining: Remaining | None
    status: str
    explanation: Label


@frozen
class Sent:
    """One notice, and what became of it."""

    at: datetime
    channel: str
    to: str
    """Whom it went to beside the applicant, with the telephone masked; empty for the applicant's own."""
    text: str
    status: str
    attempts: int
    error: str
    done_at: datetime | None


@frozen
class Child:
    """A request inside this one."""

    serial_no: str
    kind: str
    state: str
    applicant: str
    submitted_at: datetime


@frozen
class Detail:
    """Everything the page of one request shows."""

    application: Application
    flow: Flow
    handler: str
    reviewer: str
    docketed_on: date | None
    case_handler: str
    history: tuple[Event, ...]
    messages: tuple[Said, ...]
    deadlines: tuple[Due, ...]
    notices: tuple[Sent, ...]
    children: tuple[Child, ...]
    lock: Lock | None
    offered: tuple[Decision, ...]
    appointment: Engagement | None
    """What the request came to."""
    begun: Mapping[str, Mapping[str, Any]]
    """By direct decision: the JSON-like values its form begins with."""
    may_review: bool
    may_comment: bool
    hints: tuple[Label, ...]
    people: Mapping[int, str]
    """The names of the court's judges, for what steps say of them."""
    papers: tuple[IssuedPaper, ...] = ()


def read_detail(house: House, actor: Actor, module: str, serial_no: str) -> Detail:
    """Return the request with all that belongs to it; that it was looked at is recorded.

    Raises:
        Refused: not found, or not mine.
    """

    def work(connection: Connection) -> Detail:
        tx = Transaction(house, connection, actor, house.clock())
        application, flow = see(house, connection, actor, module, serial_no)
        tx.audit(f"{application.kind}.view", serial_no)
        context = around(tx, flow, application)
        choices = reviewing_choices(flow, application, context)
        offers = offered(flow, actor, application, context)
        case = _case(connection, application)
        whole_court = sight(flow, actor) is Sight.COURT
        return Detail(
            application=as_seen(actor, application, whole_court=whole_court),
            flow=flow,
            handler=_name(connection, application.handler),
            reviewer=_name(connection, application.reviewed_by),
            docketed_on=case.docketed_on if case else None,
            case_handler=_name(connection, case.handler_id) if case else "",
            history=_history(connection, flow, application),
            messages=_messages(connection, application),
            deadlines=deadlines_of(tx, flow, application),
            notices=_notices(connection, application),
            children=_children(connection, actor, application),
            lock=_lock(connection, application, tx.at),
            offered=tuple(offers),
            appointment=appointment_of(connection, flow, application),
            begun={
                one.code: begin_with(one, application, context) for one in offers if one.direct and one.fields
            },
            may_review=bool(choices) and may_draft(flow, actor, application.handler, choices),
            may_comment=may_comment(flow, actor, application),
            papers=papers_of(connection, application.id),
            hints=hints_of(flow, application, context),
            people=dict(tx.registers.judges()),
        )

    return house.store.write(work)


def _name(connection: Connection, person: int | None) -> str:
    if person is None:
        return ""
    return connection.scalar(sa.select(Person.name).where(Person.id == person)) or ""


def _case(connection: Connection, application: Application) -> Any:
    if application.case_id is None:
        return None
    return connection.execute(
        sa.select(CaseRow.docketed_on, CaseRow.handler_id).where(CaseRow.id == application.case_id)
    ).one_or_none()


def _history(connection: Connection, flow: Flow, application: Application) -> tuple[Event, ...]:
    names = {step.code: step.label for step in flow.transitions} | OWN_STEPS
    rows = connection.execute(
        sa.select(History.__table__).where(History.application_id == application.id).order_by(History.id)
    )
    return tuple(
        Event(
            row.at,
            row.actor,
            names.get(row.step, Label(row.step, row.step)),
            flow.state(row.from_state).label if row.from_state else None,
            flow.state(row.to_state).label,
            row.reason,
            row.revision,
            row.data,
            row.step,
        )
        for row in rows
    )


def _messages(connection: Connection, application: Application) -> tuple[Said, ...]:
    rows = connection.execute(
        sa.select(Comment.__table__).where(Comment.application_id == application.id).order_by(Comment.id)
    )
    return tuple(Said(row.at, row.from_court, row.author, row.text, row.complaint) for row in rows)


def deadlines_of(tx: Transaction, flow: Flow, application: Application) -> tuple[Due, ...]:
    """Return the request's time limits in the order they began, with what is left of the running ones."""
    near = settings_for(tx.connection, tx.court, "core", CourtDefaults).near_days
    return dues_of(flow, _LIMITS.all(tx.connection, {"application": application.id}), tx.at, near)


def dues_of(flow: Flow, rows: Iterable[Any], now: datetime, near: int) -> tuple[Due, ...]:
    """Return the time limits of a request of ``flow``, given its rows; ``near`` as in ``core.work.remaining``."""
    rules = {rule.id: rule for rule in flow.limits}
    return tuple(_due(row, rules.get(row.rule), now, near) for row in rows)


def _due(row: Any, rule: Limit | None, now: datetime, near: int) -> Due:
    label, other = (rule.label, rule.binds) if rule else (Label(row.rule, row.rule), None)
    hours = row.unit == "hours"
    last = last_day(row.ends_at) if row.ends_at else None
    left = remaining(row.ends_at if row.status == "running" else None, now, near, hours=hours)
    told = Label(row.explanation.get("zh", ""), row.explanation.get("en", ""))
    applicant = row.applicant and other is None
    return Due(row.rule, label, row.basis, applicant, other, row.ends_at, last, hours, left, row.status, told)


def _notices(connection: Connection, application: Application) -> tuple[Sent, ...]:
    rows = connection.execute(
        sa.select(Delivery.__table__).where(Delivery.application_id == application.id).order_by(Delivery.id)
    )
    return tuple(
        Sent(
            row.created_at, row.channel, _other(row.payload, application), row.payload.get("text", row.payload.get("name", "")), row.status,
            row.attempts, row.error, row.done_at,
        )
        for row in rows
    )  # fmt: skip


def _other(payload: Any, application: Application) -> str:
    phone = str(payload.get("to_phone") or "")
    if not phone or phone == application.submitter.phone or application.anonymous:
        return ""
    return f"{payload.get('to_name', '')} {mask_phone(phone)}"


def _children(connection: Connection, actor: Actor, application: Application) -> tuple[Child, ...]:
    rows = connection.execute(
        sa.select(ApplicationRow.__table__)
        .where(ApplicationRow.parent_id == application.id, *not_hidden(ApplicationRow.hidden_from))
        .order_by(ApplicationRow.id),
        binds(actor),
    )
    return tuple(Child(row.serial_no, row.kind, row.state, row.applicant, row.submitted_at) for row in rows)


def _lock(connection: Connection, application: Application, now: datetime) -> Lock | None:
    row = connection.execute(
        sa.select(ReviewLock.person_id, ReviewLock.until, Person.name)
        .join(Person, Person.id == ReviewLock.person_id)
        .where(ReviewLock.application_id == application.id, ReviewLock.until > now)
    ).one_or_none()
    return Lock(row.person_id, row.name, row.until) if row else None
