"""The 12368 reminders (待处理提醒) of one person."""

from datetime import datetime

import sqlalchemy as sa
from attrs import frozen

from core.fields.label import Label
from core.gate import enabled
from core.records import ApplicationRow, Reminder
from core.values import Actor
from core.work.hiding import binds, not_hidden
from core.work.house import House

PAGE = 30


@frozen
class ReminderLine:
    """One reminder, and the request it leads to."""

    id: int
    text: Label
    at: datetime
    unread: bool
    module: str
    serial_no: str


def list_reminders(house: House, actor: Actor, after: int | None = None) -> tuple[list[ReminderLine], str]:
    """Return a page of reminders, newest first, and the next cursor; those of modules that are off are held."""
    query = (
        sa.select(Reminder.__table__, ApplicationRow.serial_no)
        .join(ApplicationRow, ApplicationRow.id == Reminder.application_id)
        .where(Reminder.person_id == actor.person, *not_hidden(ApplicationRow.hidden_from))
    )
    if after is not None:
        query = query.where(Reminder.id < after)
    with house.store.read() as connection:
        on = enabled(connection, actor.court)
        rows = connection.execute(
            query.where(Reminder.module.in_(sorted(on))).order_by(Reminder.id.desc()).limit(PAGE + 1),
            binds(actor),
        ).all()
    lines = [
        ReminderLine(
            row.id, Label(row.text_zh, row.text_en), row.at, row.read_at is None, row.module, row.serial_no
        )
        for row in rows[:PAGE]
    ]
    return lines, str(lines[-1].id) if len(rows) > PAGE else ""


def mark_read(house: House, actor: Actor, reminder: int | None = None) -> None:
    """Mark one reminder of the actor as read, or all."""
    change = sa.update(Reminder).where(Reminder.person_id == actor.person, Reminder.read_at.is_(None))
    if reminder is not None:
        change = change.where(Reminder.id == reminder)
    house.store.write(lambda connection: connection.execute(change.values(read_at=house.clock())))
