"""What waits for a time that no pause or lock reaches: it was written when the clock was far ahead, and is brought near."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.records import Delivery, ReviewLock, Webhook
from core.work.deliver import LONGEST_PAUSE
from core.work.house import House

_LOCK = timedelta(hours=8)
"""The longest review lock that a court can set."""

_Change = sa.Update | sa.Delete


def bring_near(house: House) -> None:
    """Have such things wait no longer than they honestly may; nothing is written where there are none."""
    looked = _far(house, house.clock())
    with house.store.read() as connection:
        found = [change for table, which, change in looked if _any(connection, table, which)]
    if found:
        house.store.write(lambda connection: _all(connection, found))


def _far(house: House, now: datetime) -> Iterable[tuple[type, sa.ColumnElement[bool], _Change]]:
    settings = house.settings
    lease = timedelta(seconds=settings.delivery_lease_seconds)
    waits = (Delivery.status == "waiting") & (Delivery.next_at > now + LONGEST_PAUSE + lease)
    pushed = Webhook.next_at > now + LONGEST_PAUSE + lease
    # After one lease more: what is being tried at this moment is not tried twice.
    yield Delivery, waits, sa.update(Delivery).where(waits).values(next_at=now + lease)
    yield Webhook, pushed, sa.update(Webhook).where(pushed).values(next_at=now + lease)
    held = ReviewLock.until > now + _LOCK
    yield ReviewLock, held, sa.delete(ReviewLock).where(held)


def _any(connection: Connection, table: type, which: sa.ColumnElement[bool]) -> bool:
    return connection.scalar(sa.select(sa.literal(1)).select_from(table).where(which).limit(1)) is not None


def _all(connection: Connection, changes: Iterable[_Change]) -> None:
    for change in changes:
        connection.execute(change)
