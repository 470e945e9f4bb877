"""The change feed: everything the outside platform must show, in order, never twice under one cursor."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.engine import Connection

from core.gate import enabled
from core.records import Change, ChangeCursor
from core.store.upsert import upsert
from core.work.house import House

_PAGE = 100


@frozen
class ChangeEntry:
    """One change; ``cursor`` is what to ask after next."""

    cursor: int
    serial_no: str
    module: str
    what: str
    at: datetime
    data: Any


def read_changes(house: House, court: str, client: int, after: int) -> list[ChangeEntry]:
    """Return up to 100 changes of the client's requests in ``court`` after the cursor.

    Changes of a module that is off are held back with everything behind them, so that none is skipped when
    it is on again.
    """

    def work(connection: Connection) -> list[ChangeEntry]:
        _number(connection, court)
        on = enabled(connection, court)
        rows = connection.execute(
            sa.select(Change.__table__)
            .where(Change.court_code == court, Change.client_id == client, Change.number > after)
            .order_by(Change.number)
            .limit(_PAGE)
        )
        entries = []
        for row in rows:
            if row.module not in on:
                break
            entries.append(ChangeEntry(row.number, row.serial_no, row.module, row.what, row.at, row.data))
        return entries

    return house.store.write(work)


def as_told(entry: ChangeEntry) -> dict[str, Any]:
    """Return a change as the feed and the webhooks tell it."""
    told = {
        "cursor": entry.cursor,
        "serial_no": entry.serial_no,
        "what": entry.what,
        "at": entry.at.isoformat(),
    }
    return {**told, **entry.data}


def _number(connection: Connection, court: str) -> None:
    """Give numbers to what has committed since; the cursor's row lets one reader at a time do it."""
    upsert(connection, ChangeCursor, {"court_code": court}, {"last": 0}, {})
    select = sa.select(ChangeCursor.last).where(ChangeCursor.court_code == court).with_for_update()
    last = connection.scalars(select).one()
    fresh = connection.scalars(
        sa.select(Change.id).where(Change.court_code == court, Change.number.is_(None)).order_by(Change.id)
    ).all()
    if not fresh:
        return
    connection.execute(
        sa.update(Change).where(Change.id == sa.bindparam("key")).values(number=sa.bindparam("given")),
        [{"key": key, "given": last + place} for place, key in enumerate(fresh, 1)],
    )
    connection.execute(
        sa.update(ChangeCursor).where(ChangeCursor.court_code == court).values(last=last + len(fresh))
    )
