"""What the trial system was asked for, for a test to answer."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.module import ReceiptStep
from core.records import Delivery
from core.values import Application, Receipt
from core.work.notices import put_in_outbox
from core.work.transaction import Transaction


def order_of(tx: Transaction, held: Application, step: ReceiptStep, connection: Connection) -> int:
    """Return the delivery that waits for the answer of ``step``; what was never ordered is ordered now."""
    asked = sa.select(Delivery.id, Delivery.payload).where(
        Delivery.application_id == held.id, Delivery.hook == "trial_system", Delivery.status == "waiting"
    )
    waiting = [row.id for row in connection.execute(asked) if row.payload["name"] == step.of]
    if not waiting:
        content = {"name": step.of, "serial_no": held.serial_no, "payload": {}}
        put_in_outbox(tx, held, "trial_system", "", "trial-order", content)
        waiting = [row.id for row in connection.execute(asked)][-1:]
    return int(waiting[0])


def answer_to(held: Application, step: ReceiptStep) -> Receipt:
    """Return the answer that ``step`` is for; what is in no case is docketed by it."""
    number = {"case_number": f"（2026）{held.court}民初9001号"} if held.case_number is None else {}
    return Receipt(done=True, data=number) if step.done else Receipt(reason="审判系统不予办理")
