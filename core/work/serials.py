"""Serial numbers: module letters, the whole court, the day, a running number. No two courts ever collide."""

from datetime import date

from sqlalchemy.engine import Connection

from core.law.provinces import court_digits
from core.records import SerialCounter
from core.store.upsert import upsert_returning


def next_serial(connection: Connection, prefix: str, court: str, day: date) -> str:
    """Return the next serial number, such as LA44019920261123000001.

    The counter's row is locked until the transaction ends, so numbers are unique and none is given twice.
    """
    stem = f"{prefix}{court_digits(court)}{day:%Y%m%d}"
    last = upsert_returning(
        connection,
        SerialCounter,
        {"stem": stem},
        {"last": 1},
        {"last": SerialCounter.last + 1},
        SerialCounter.last,
    )
    return f"{stem}{last:06d}"
