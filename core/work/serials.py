"""Serial numbers: module letters, the whole court, the day, a running number. No two courts ever collide."""

from datetime import date

from sqlalchemy.engine import Connection

from core.law.provinces import court_digits
from core.records import SerialCounter
from core.store.upsert import upserting

_NEXT = upserting(SerialCounter, ("stem",), ("last",), {"last": SerialCounter.last + 1}, SerialCounter.last)


def next_serial(connection: Connection, prefix: str, court: str, day: date) -> str:
    """Return the next serial number, such as LA44019920261123000001.

    The counter's row is locked until the transaction ends, so numbers are unique and none is given twice.
    """
    stem = f"{prefix}{court_digits(court)}{day:%Y%m%d}"
    return f"{stem}{_NEXT.returning(connection, {'stem': stem, 'last': 1}).last:06d}"
