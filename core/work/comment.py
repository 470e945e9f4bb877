"""A message from the court to the applicant; possible in every state."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.records import Comment
from core.values import Actor, Message
from core.work.access import may_comment, needs, see
from core.work.deadlines import complaint_answered, keep_due
from core.work.feed import tell_outside
from core.work.house import House
from core.work.notices import MESSAGE_SENT, tell_applicant
from core.work.outside import message_text
from core.work.transaction import Transaction


def send_comment(house: House, actor: Actor, module: str, serial_no: str, text: str) -> None:
    """Send ``text`` (1 to 500 characters) to the applicant.

    Raises:
        Refused: not mine to see or to write on, or the text does not fit.
    """

    def work(connection: Connection) -> None:
        tx = Transaction(house, connection, actor, house.clock())
        application, flow = see(house, connection, actor, module, serial_no)
        needs(may_comment(flow, actor, application), "给申请人留言", "write to the applicant")
        message = Message(message_text(text), from_court=True, author=actor.name)
        message = house.hooks.comment(tx.on, application.module, application, message)
        connection.execute(
            sa.insert(Comment).values(
                application_id=application.id,
                court_code=tx.court,
                at=tx.at,
                from_court=True,
                author=message.author,
                author_id=actor.person,
                text=message.text,
            )
        )
        complaint_answered(tx, flow, application.id)
        keep_due(tx, application)
        tx.audit(f"{application.kind}.message", serial_no)
        tell_applicant(tx, flow, application, MESSAGE_SENT)
        tell_outside(tx, application, "message", {"from_court": True})

    house.store.write(work)
