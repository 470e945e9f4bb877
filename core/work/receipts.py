"""A receipt of the trial system moves the request it is about, once."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.law import case_number as case_numbers
from core.law.errors import LawError
from core.module import ReceiptStep
from core.records import CaseAgent, CaseParty, CaseRow, Delivery, Person
from core.values import Actor, Application, Receipt
from core.work.context import around, exists
from core.work.hearings import RESCHEDULE, reschedule
from core.work.house import House
from core.work.snapshots import by_id
from core.work.steps import Taken, take_step
from core.work.transaction import Transaction

SYSTEM = "审判系统"


def apply_receipt(
    house: House,
    application_id: int,
    delivery: int,
    operation: str,
    receipt: Receipt,
    *,
    unanswered: bool = False,
) -> None:
    """Close the delivery and take the step its receipt stands for, in one transaction; of ``reschedule`` the hearing moves
    with it.

    A repeated receipt finds the delivery closed, or the request moved on, and changes nothing.
    """

    def work(connection: Connection) -> None:
        now = house.clock()
        status = "done" if receipt.done else "given_up" if unanswered else "refused"
        closed = connection.execute(
            sa.update(Delivery)
            .where(Delivery.id == delivery, Delivery.status == "waiting")
            .values(status=status, done_at=now, reference=receipt.reference, error=receipt.reason)
        )
        if closed.rowcount != 1:
            return
        application = by_id(connection, house.modules, application_id)
        tx = Transaction(house, connection, Actor(court=application.court, name=SYSTEM), now)
        payload = connection.scalars(sa.select(Delivery.payload).where(Delivery.id == delivery)).one()[
            "payload"
        ]
        # Only what is in no case yet is docketed by a receipt; what is says nothing new with its number.
        answer, number = _understood(receipt) if application.case_id is None else (receipt, None)
        step = _step(tx, application, operation, answer.done)
        if step is not None and answer.done and operation == RESCHEDULE:
            answer = _rescheduled(tx, application, step, payload, answer)
            step = _step(tx, application, operation, answer.done)
        if step is None:
            return
        if not answer.done:
            take_step(tx, application, step, Taken(reason=answer.reason, data={"failure": answer.reason}))
            return
        case = _open_case(tx, answer.data, payload, number) if number else None
        data = {"docketed_on": answer.data.get("docketed_on", tx.today.isoformat())} if number else {}
        changes: dict[str, Any] = {"case_id": case, "case_number": str(number)} if number else {}
        take_step(tx, application, step, Taken(changes=changes, data=data))

    house.store.write(work)


def _understood(receipt: Receipt) -> tuple[Receipt, case_numbers.CaseNumber | None]:
    """Return the receipt and its case number; a number no court could give makes it a refusal."""
    given = receipt.data.get("case_number")
    if not receipt.done or given is None:
        return receipt, None
    try:
        return receipt, case_numbers.parse(str(given))
    except LawError as error:
        return Receipt(reason=f"审判系统返回的案号“{given}”有误：{error.message_zh}"), None


def _rescheduled(
    tx: Transaction, application: Application, step: ReceiptStep, payload: Mapping[str, Any], answer: Receipt
) -> Receipt:
    """Move the hearing that the trial system has moved; where there is none such, the operation has failed."""
    if application.case_id is None:
        return answer
    tells = step.participants is not None
    against = reschedule(tx, application.case_id, payload, by=application.id, tell=not tells)
    return Receipt(reason=against) if against else answer


def _step(tx: Transaction, application: Application, operation: str, done: bool) -> ReceiptStep | None:
    flow = tx.house.modules.sides[application.kind].flow
    offered = (
        step
        for step in flow.steps
        if isinstance(step, ReceiptStep) and step.of == operation and step.done is done
    )
    context = around(tx, flow, application)
    return next(
        (one for one in offered if one.leads_from(application.state) and exists(one, application, context)),
        None,
    )


def _open_case(
    tx: Transaction, data: Mapping[str, Any], payload: Mapping[str, Any],
    number: case_numbers.CaseNumber,
) -> int:  # fmt: skip
    """Record the case the trial system opened; one that is there already is only joined."""
    there = tx.connection.scalar(
        sa.select(CaseRow.id).where(CaseRow.court_code == tx.court, CaseRow.case_number == str(number))
    )
    if there is not None:
        return int(there)
    handler = tx.connection.scalar(
        sa.select(Person.id).where(Person.court_code == tx.court, Person.username == data.get("handler", ""))
    )
    case = tx.connection.execute(
        sa.insert(CaseRow)
        .values(
            court_code=tx.court, case_number=str(number), year=number.year, court_prefix=number.court,
            case_type=number.type, sequence=number.seq, cause=payload.get("cause", ""),
            title=str(payload.get("title", ""))[:200], handler_id=handler,
            docketed_on=_day(data.get("docketed_on"), tx.today),
        )
        .returning(CaseRow.id)
    ).scalar_one()  # fmt: skip
    common = {"case_id": case, "court_code": tx.court}
    parties = [
        common | {"standing": one.get("role", ""), "name": one.get("name", ""), "facts": one}
        for one in payload.get("parties", [])
    ]
    agents = [
        common | {"party_name": one.get("party", ""), "name": one.get("name", ""), "facts": one}
        for one in payload.get("agents", [])
    ]
    if parties:
        tx.connection.execute(sa.insert(CaseParty), parties)
    if agents:
        tx.connection.execute(sa.insert(CaseAgent), agents)
    return int(case)


def _day(given: Any, otherwise: date) -> date:
    try:
        return date.fromisoformat(given)
    except (TypeError, ValueError):
        return otherwise
