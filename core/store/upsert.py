"""Insert, or change what is there: one statement on every brand."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from core.store.prepared import PreparedWrite

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


def upserting(
    table: Any,
    key: Sequence[str],
    values: Sequence[str] = (),
    changes: Mapping[str, Any] | None = None,
    returning: Any = None,
) -> PreparedWrite:
    """Return the prepared form of ``upsert``: ``key`` and ``values`` are names, bound by themselves.

    ``changes`` are expressions by column, which may have ``bindparam``s of their own; with ``returning`` the column
    as it stands afterwards comes back.
    """

    def build(brand: str) -> Any:
        statement = _INSERT[brand](table.__table__)
        if changes:
            statement = statement.on_conflict_do_update(index_elements=list(key), set_=dict(changes))
        else:
            statement = statement.on_conflict_do_nothing(index_elements=list(key))
        return statement.inline() if returning is None else statement.returning(returning)

    return PreparedWrite(build, [*key, *values])
