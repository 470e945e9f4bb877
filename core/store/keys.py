"""Keys that follow time: ordering by key is ordering by reception, on every database, with no sequence."""

import secrets
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CHANCE_BITS = 20
_LAST = 2**63 - 1
_MILLISECOND = timedelta(milliseconds=1)


def first_key(at: datetime) -> int:
    """Return the lowest key of the millisecond of ``at``: where a range of time begins."""
    return min(max(((at - _EPOCH) // _MILLISECOND) << _CHANCE_BITS, 0), _LAST)


def new_key(at: datetime) -> int:
    """Return a key for something received at ``at``: 43 bits of milliseconds, 20 of chance."""
    return first_key(at) | secrets.randbits(_CHANCE_BITS)


def key_time(key: int) -> datetime:
    """Return the millisecond in which ``key`` was made."""
    return _EPOCH + (key >> _CHANCE_BITS) * _MILLISECOND
