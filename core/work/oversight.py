"""What administrators look at: the audit log, and the outbox."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.engine import Connection

from core.records import ApplicationRow, Audit, Delivery
from core.values import Actor
from core.work.hiding import binds, not_hidden
from core.work.house import House
from core.work.transaction import Transaction

PAGE = 50


@frozen
class AuditLine:
    """One entry of the audit log."""

    id: int
    at: datetime
    actor: str
    client: str
    address: str
    action: str
    target: str
    succeeded: bool
    data: Any


@frozen
class DeliveryLine:
    """One delivery of the outbox."""

    id: int
    created_at: datetime
    hook: str
    channel: str
    serial_no: str
    module: str
    status: str
    attempts: int
    next_at: datetime
    error: str


def list_audit(
    house: House, actor: Actor, *, after: int | None = None, action: str = "", target: str = ""
) -> tuple[list[AuditLine], str]:
    """Return a page of the court's audit log, newest first, and the next cursor."""
    query = sa.select(Audit.__table__).where(Audit.court_code == actor.court)
    if after is not None:
        query = query.where(Audit.id < after)
    if action:
        query = query.where(Audit.action == action)
    if target:
        query = query.where(Audit.target == target)
    with house.store.read() as connection:
        rows = connection.execute(query.order_by(Audit.id.desc()).limit(PAGE + 1)).all()
    lines = [
        AuditLine(
            row.id,
            row.at,
            row.actor,
            row.client,
            row.address,
            row.action,
            row.target,
            row.succeeded,
            row.data,
        )
        for row in rows[:PAGE]
    ]
    return lines, str(lines[-1].id) if len(rows) > PAGE else ""


def list_deliveries(
    house: House, actor: Actor, *, status: str = "given_up", after: int | None = None
) -> tuple[list[DeliveryLine], str]:
    """Return a page of the court's outbox in one status, newest first, and the next cursor."""
    query = (
        sa.select(Delivery.__table__, ApplicationRow.serial_no)
        .outerjoin(ApplicationRow, ApplicationRow.id == Delivery.application_id)
        .where(Delivery.court_code == actor.court, Delivery.status == status)
        .where(*not_hidden(ApplicationRow.hidden_from))
    )
    if after is not None:
        query = query.where(Delivery.id < after)
    with house.store.read() as connection:
        rows = connection.execute(query.order_by(Delivery.id.desc()).limit(PAGE + 1), binds(actor)).all()
    lines = [
        DeliveryLine(
            row.id, row.created_at, row.hook, row.channel, row.serial_no or row.payload["serial_no"], row.module, row.status, row.attempts,
            row.next_at, row.error,
        )
        for row in rows[:PAGE]
    ]  # fmt: skip
    return lines, str(lines[-1].id) if len(rows) > PAGE else ""


def send_again(house: House, actor: Actor, delivery: int) -> bool:
    """Give a delivery another round of attempts, and record who did; tell whether there was one."""

    def work(connection: Connection) -> bool:
        tx = Transaction(house, connection, actor, house.clock())
        done = connection.execute(
            sa.update(Delivery)
            .where(Delivery.id == delivery, Delivery.court_code == tx.court, Delivery.status == "given_up")
            .values(status="waiting", attempts=0, next_at=tx.at, error="", done_at=None)
        )
        if done.rowcount == 1:
            tx.audit("delivery.resend", str(delivery))
        return done.rowcount == 1

    return house.store.write(work)
