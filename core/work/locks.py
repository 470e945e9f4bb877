"""The review lock: one person reviews a request at a time; it ends by itself and can be taken over."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from attrs import frozen

from core.fields.problem import Reason, Refused
from core.records import ApplicationRow, Person, ReviewLock
from core.store.prepared import PreparedRead
from core.store.upsert import upserting
from core.values import Actor, Application
from core.work.registers import CourtDefaults, settings_for
from core.work.transaction import Transaction

_HELD = PreparedRead(
    sa.select(ReviewLock.person_id, ReviewLock.until, Person.name)
    .join(Person, Person.id == ReviewLock.person_id)
    .where(ReviewLock.application_id == sa.bindparam("application"))
)
_ALONE = PreparedRead(
    sa.select(ApplicationRow.id).where(ApplicationRow.id == sa.bindparam("application")).with_for_update()
)
"""Of two who come at once the second waits here, and then finds the lock of the first."""
_CONTENT = ("court_code", "person_id", "until")
_TAKE = upserting(
    ReviewLock,
    ["application_id"],
    _CONTENT,
    {name: sa.literal_column(f"excluded.{name}") for name in _CONTENT},
)


@frozen
class Lock:
    """Who is reviewing, until when."""

    person_id: int
    name: str
    until: datetime


def take_lock(tx: Transaction, application: Application, *, by_force: bool) -> Lock:
    """Take the lock where it is free, one's own, run out, or taken by force; return who holds it then."""
    _ALONE.scalar(tx.connection, {"application": application.id})
    held = _HELD.first(tx.connection, {"application": application.id})
    if held is not None and held.person_id != tx.actor.person and held.until > tx.at and not by_force:
        return Lock(held.person_id, held.name, held.until)
    minutes = settings_for(tx.connection, tx.court, "core", CourtDefaults).lock_minutes
    until = tx.at + timedelta(minutes=minutes)
    content = {"court_code": tx.court, "person_id": tx.actor.person, "until": until}
    _TAKE.run(tx.connection, {"application_id": application.id, **content})
    assert tx.actor.person is not None
    return Lock(tx.actor.person, tx.actor.name, until)


def must_hold(lock: Lock, actor: Actor) -> None:
    """Refuse where somebody else holds the lock.

    Raises:
        Refused: naming the holder.
    """
    if lock.person_id != actor.person:
        raise Refused(
            Reason.CONFLICT,
            "locked",
            (
                f"{lock.name}正在审查此件；如需由您办理，请先点“接手”。",
                f"{lock.name} is reviewing this; press “Take over” first if you are to handle it.",
            ),
            shown=lock,
        )
