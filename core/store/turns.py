"""One after the other, where a transaction counts what others are just adding."""

import hashlib

import sqlalchemy as sa
from sqlalchemy.engine import Connection

_SPACE = 0x62656E63
"""Sets these locks apart from others of the same database."""


def take_turn(connection: Connection, name: str) -> None:
    """Wait until no other transaction has its turn at ``name``; it ends with the transaction. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big", signed=True)
        connection.execute(
            sa.select(sa.func.pg_advisory_xact_lock(sa.cast(_SPACE, sa.Integer), sa.cast(number, sa.Integer)))
        )
