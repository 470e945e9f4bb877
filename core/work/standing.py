"""How the installation stands: what waits in which queue, what waits to be delivered, who is logged in. Numbers only."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from attrs import frozen

from core.records import Delivery, QueueCount, SessionRow
from core.work.deliver import not_held
from core.work.house import House

_OPEN = ("waiting", "given_up", "refused")
"""The statuses of a delivery that is not done; named, so that the index of statuses is used."""


@frozen
class Standing:
    """The figures of one moment."""

    queues: dict[tuple[str, str, str], int]
    """(court, module, state) → requests, those hidden from somebody among them."""
    outbox: dict[str, int]
    """Status → deliveries that are not done."""
    oldest_seconds: float
    """Age of the oldest delivery that waits and that nothing holds back; 0 where there is none."""
    sessions: int
    """Sessions not yet ended by idleness."""


def standing(house: House) -> Standing:
    """Ask the database; a few rows each, from kept counts and indexes."""
    now = house.clock()
    idle = now - timedelta(minutes=house.settings.session_idle_minutes)
    count = QueueCount
    depth = sa.select(count.court_code, count.module, count.state, sa.func.sum(count.count))
    depth = depth.where(count.handler_id <= 0).group_by(count.court_code, count.module, count.state)
    held = sa.select(Delivery.status, sa.func.count()).where(Delivery.status.in_(_OPEN))
    oldest = not_held(sa.select(sa.func.min(Delivery.created_at)).where(Delivery.status == "waiting"))
    alive = sa.select(sa.func.count()).select_from(SessionRow).where(SessionRow.seen_at > idle)
    with house.store.read() as connection:
        queues = {
            (court, module, state): int(number) for court, module, state, number in connection.execute(depth)
        }
        outbox = {
            status: int(number) for status, number in connection.execute(held.group_by(Delivery.status))
        }
        first: datetime | None = connection.scalar(oldest)
        sessions = connection.scalar(alive) or 0
    late = (now - first).total_seconds() if first is not None else 0.0
    return Standing(queues, outbox, max(0.0, late), int(sessions))
