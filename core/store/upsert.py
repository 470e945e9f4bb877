"""Insert, or change what is there: one statement on every brand."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def upsert(
    connection: Connection,
    table: Any,
    key: Mapping[str, Any],
    values: Mapping[str, Any],
    changes: Mapping[str, Any],
) -> None:
    """Insert ``key`` with ``values``; where the key is taken, set ``changes`` (none: leave it) instead."""
    statement = _INSERT[connection.dialect.name](table).values(**key, **values)
    if changes:
        statement = statement.on_conflict_do_update(index_elements=list(key), set_=dict(changes))
    else:
        statement = statement.on_conflict_do_nothing(index_elements=list(key))
    connection.execute(statement)


def upsert_returning(
    connection: Connection,
    table: Any,
    key: Mapping[str, Any],
    values: Mapping[str, Any],
    changes: Mapping[str, Any],
    column: Any,
) -> Any:
    """Do as ``upsert`` and return ``column`` as it stands afterwards."""
    statement = _INSERT[connection.dialect.name](table).values(**key, **values)
    statement = statement.on_conflict_do_update(index_elements=list(key), set_=dict(changes)).returning(
        column
    )
    return connection.execute(statement).scalar_one()
