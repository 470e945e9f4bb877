"""Column types that mean the same on every database."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

Key = sa.BigInteger().with_variant(sa.Integer, "sqlite")
"""A primary key: 64 bits everywhere; SQLite's own row id only answers to INTEGER."""


def json_text(value: Any) -> str:
    """Return ``value`` as its JSON column takes it."""
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError:  # half a character: only escaped can it be kept
        return json.dumps(value)


Json = sa.JSON().with_variant(JSONB, "postgresql")


class Instant(TypeDecorator[datetime]):
    """A point in time in UTC, aware on both ways."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Return ``value`` in UTC; a naive one is refused, since nobody can know what it means."""
        if value is None:
            return None
        moved = _in_utc(value)
        return moved if dialect.name == "postgresql" else moved.replace(tzinfo=None)

    def bind_processor(self, dialect: sa.Dialect) -> Callable[[Any], Any] | None:
        """Return what makes a parameter of a time."""
        return _sqlite_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Return the stored time, aware."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """Return what makes a time of a cell."""
        return _of_sqlite if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _of_sqlite(stored: str | None) -> datetime | None:
    """Return the time that SQLite keeps as text."""
    return None if stored is None else datetime.fromisoformat(stored).replace(tzinfo=UTC)


def _in_utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("a stored time needs its zone")
    return value.astimezone(UTC)


@lru_cache(maxsize=256)
def _sqlite_text(value: datetime | None) -> str | None:
    """Return a time as SQLite keeps it. What one act writes carries one moment in a dozen places."""
    return None if value is None else _in_utc(value).replace(tzinfo=None).isoformat(" ", "microseconds")


class Money(TypeDecorator[Decimal]):
    """Yuan with two decimals, stored as whole fen: exact, and summed alike on every database."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: sa.Dialect) -> int | None:
        """Return the fen of ``value`` yuan."""
        return None if value is None else int((value * 100).to_integral_exact())

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Decimal | None:
        """Return the yuan of the stored fen."""
        return None if value is None else Decimal(value).scaleb(-2)

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Callable[[Any], Any]:
        """Return what makes an amount of a cell: every driver gives whole numbers as they are."""
        return lambda value: None if value is None else Decimal(value).scaleb(-2)


COLUMN_TYPES: dict[str, Any] = {
    "text": sa.Text,
    "whole": sa.BigInteger,
    "money": Money,
    "day": sa.Date,
    "moment": Instant,
    "flag": sa.Boolean,
    "list": Json,
}
"""A field kind's storage word → its column type."""
