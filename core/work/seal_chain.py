"""What a seal of the audit log is worked out from: the canonical text of entries, and the link to the seal before."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from attrs import frozen

from core.records import Audit
from core.store.digests import DIGESTS

_SHORT = 16
"""Hex digits of an entry's digest that its seal keeps, to say which entry was changed."""
COLUMNS = tuple(Audit.__table__.columns)
_TIGHT = (",", ":")


@frozen
class Seal:
    """One link as it is stored; ``entries`` is ``id → beginning of its digest``, in order."""

    court: str
    number: int
    first_id: int
    last_id: int
    last_at: datetime
    entries: dict[int, str]
    digest: str
    previous: str
    sealed_at: datetime

    @property
    def algorithm(self) -> str:
        """The name of the digest's algorithm."""
        return self.digest.partition(":")[0]


def entry_digest(algorithm: str, row: Any) -> str:
    """Return the digest of one entry: all its columns, by name, as JSON in one form."""
    told = {column.name: _told(getattr(row, column.name)) for column in COLUMNS}
    return DIGESTS[algorithm](_canonical(told))


def link(algorithm: str, seal: Seal, digests: Iterable[str]) -> str:
    """Return the digest that ``seal`` has if its entries have ``digests``."""
    told = {
        "court": seal.court, "number": seal.number, "first_id": seal.first_id, "last_id": seal.last_id,
        "last_at": _told(seal.last_at), "sealed_at": _told(seal.sealed_at), "previous": seal.previous,
        "ids": list(seal.entries), "digests": list(digests),
    }  # fmt: skip
    return f"{algorithm}:{DIGESTS[algorithm](_canonical(told))}"


def _told(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _canonical(told: Any) -> bytes:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=_TIGHT).encode(
        "utf-8", "surrogatepass"
    )


def short(digest: str) -> str:
    """Return the beginning of an entry's digest that its seal keeps."""
    return digest[:_SHORT]


def stored(seal: Seal) -> dict[str, Any]:
    """Return the seal as a row."""
    return {
        "court_code": seal.court, "number": seal.number, "first_id": seal.first_id, "last_id": seal.last_id,
        "last_at": seal.last_at, "entries": " ".join(f"{key}:{kept}" for key, kept in seal.entries.items()),
        "digest": seal.digest, "previous": seal.previous, "sealed_at": seal.sealed_at,
    }  # fmt: skip


def from_row(row: Any) -> Seal:
    """Return the seal that a row holds.

    Raises:
        ValueError: what it says of its entries was damaged.
    """
    pairs: Sequence[list[str]] = [one.split(":") for one in row.entries.split(" ")]
    entries = {int(key): kept for key, kept in pairs}
    return Seal(
        row.court_code, row.number, row.first_id, row.last_id, row.last_at, entries, row.digest, row.previous, row.sealed_at
    )  # fmt: skip
