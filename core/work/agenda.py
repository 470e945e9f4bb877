"""What fills a judge's day: the hearings, and the appointments that requests came to."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.appointment import Engagement
from core.fields.label import Label
from core.loader import Modules
from core.module import Flow
from core.records import ApplicationRow, CaseRow, HearingRow, Person
from core.records.sides import Side
from core.values import Actor, Application
from core.work.hearing_facts import LONGEST
from core.work.hiding import binds, not_hidden

_HEARING = Label("开庭", "Hearing")


def engagements(
    connection: Connection, modules: Modules, actor: Actor, judges: Collection[int], starts_at: datetime, ends_at: datetime,
    on: Collection[str],
) -> tuple[Engagement, ...]:  # fmt: skip
    """Return what ``judges`` have between two moments, by its beginning; appointments of the modules ``on``.

    What is hidden from the actor is not among it.
    """
    if not judges:
        return ()
    found = list(_hearings(connection, actor.court, judges, starts_at, ends_at))
    for kind, side in modules.sides.items():
        if side.flow.appointment is not None and modules.owner[kind] in on:
            found += _appointments(connection, modules.owner[kind], side, actor, judges, starts_at, ends_at)
    return tuple(sorted(found, key=lambda one: (one.starts_at, one.uid)))


def appointment_of(connection: Connection, flow: Flow, application: Application) -> Engagement | None:
    """Return the appointment a request came to, as it stands now, or None."""
    if flow.appointment is None:
        return None
    starts_at, minutes, place = (getattr(application.fields, name) for name in flow.appointment.names)
    if starts_at is None:
        return None
    name = connection.scalar(sa.select(Person.name).where(Person.id == application.handler)) or ""
    return Engagement(
        uid=_uid(application.serial_no), title=flow.appointment.title, starts_at=starts_at, ends_at=_end(starts_at, minutes),
        place=place or "", case_number=application.case_number, judge=application.handler, judge_name=name,
        applicant=application.applicant, serial_no=application.serial_no, request=application.id, module=application.module,
        version=application.version,
    )  # fmt: skip


def _hearings(
    connection: Connection, court: str, judges: Collection[int], starts_at: datetime, ends_at: datetime
) -> Iterator[Engagement]:
    rows = connection.execute(
        sa.select(
            HearingRow.id, HearingRow.starts_at, HearingRow.ends_at, HearingRow.courtroom, HearingRow.judge_id,
            CaseRow.case_number, Person.name,
        )
        .join(CaseRow, CaseRow.id == HearingRow.case_id)
        .join(Person, Person.id == HearingRow.judge_id)
        .where(
            HearingRow.court_code == court,
            HearingRow.judge_id.in_(sorted(judges)),
            HearingRow.starts_at > starts_at - LONGEST,
            HearingRow.starts_at < ends_at,
            HearingRow.ends_at > starts_at,
            HearingRow.state == "scheduled",
        )
    )  # fmt: skip
    for row in rows:
        yield Engagement(
            uid=f"hearing-{row.id}@benchside", title=_HEARING, starts_at=row.starts_at, ends_at=row.ends_at,
            place=row.courtroom, case_number=row.case_number, judge=row.judge_id, judge_name=row.name,
        )  # fmt: skip


def _appointments(
    connection: Connection, module: str, side: Side, actor: Actor, judges: Collection[int], starts_at: datetime, ends_at: datetime
) -> Iterator[Engagement]:  # fmt: skip
    declared = side.flow.appointment
    assert declared is not None
    column = side.table.c
    begins, minutes, place = (column[name] for name in declared.names)
    rows: Any = connection.execute(
        sa.select(
            ApplicationRow.id, ApplicationRow.serial_no, ApplicationRow.applicant, ApplicationRow.handler_id, ApplicationRow.version,
            CaseRow.case_number, Person.name, begins.label("begins"), minutes.label("minutes"), place.label("place"),
        )
        .join(ApplicationRow, ApplicationRow.id == column.id)
        .join(Person, Person.id == ApplicationRow.handler_id)
        .outerjoin(CaseRow, CaseRow.id == ApplicationRow.case_id)
        .where(
            column.court_code == actor.court, begins > starts_at - LONGEST, begins < ends_at,
            ApplicationRow.handler_id.in_(sorted(judges)), *not_hidden(ApplicationRow.hidden_from),
        ),
        binds(actor),
    )  # fmt: skip
    for row in rows:
        over = _end(row.begins, row.minutes)
        if over > starts_at:
            yield Engagement(
                uid=_uid(row.serial_no), title=declared.title, starts_at=row.begins, ends_at=over, place=row.place or "",
                case_number=row.case_number, judge=row.handler_id, judge_name=row.name, applicant=row.applicant,
                serial_no=row.serial_no, request=row.id, module=module, version=row.version,
            )  # fmt: skip


def _end(starts_at: datetime, minutes: int | None) -> datetime:
    return starts_at + timedelta(minutes=minutes or 0)


def _uid(serial_no: str) -> str:
    return f"{serial_no}@benchside"
