"""Statements that are built and compiled once and then sent as plain text.

Compiling costs more than most of our statements; queue pages are asked, and requests written, thousands of times in few shapes.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Dialect

from core.store.made import SQLITE, Made, execute
from core.store.writing import turn_of


class _Statement:
    """A statement that is made for each brand when it is first sent to one."""

    def __init__(
        self, statement: Any, names: Iterable[str] | None = None, *, ordered_by: str | None = None
    ) -> None:
        self._build = statement if callable(statement) else lambda _: statement
        self._names = list(names) if names is not None else None
        self._ordered_by = ordered_by
        self._brands: dict[str, Made] = {}

    def made(self, dialect: Dialect) -> Made:
        found = self._brands.get(dialect.name)
        if found is None:
            found = Made(self._build(dialect.name), self._names, dialect, self._ordered_by)
            self._brands[dialect.name] = found
        return found


class PreparedRead(_Statement):
    """A SELECT by ``bindparam``s; rows come as named tuples of Python's own types.

    What a ``common`` one finds is alike for most who ask: who write together ask it once, as long as none of them
    writes into its tables.
    """

    def __init__(self, statement: Any, *, common: bool = False) -> None:
        super().__init__(statement)
        self._common = common

    def all(self, connection: Connection, values: Mapping[str, Any]) -> list[Any]:
        """Return every row for the bound ``values``."""
        made = self.made(connection.dialect)
        parameters = made.parameters(values)
        if self._common and (turn := turn_of(connection)) is not None:
            return list(turn.common(made, parameters))
        return [made.read(row) for row in send(connection, made, parameters).fetchall()]

    def alone(self, driver: sqlite3.Connection, dialect: Dialect, values: Mapping[str, Any]) -> list[Any]:
        """Return every row, asked on SQLite's own connection without what a transaction of several statements needs."""
        made = self.made(dialect)
        return [
            made.read(row) for row in execute(driver, made, made.text, made.parameters(values)).fetchall()
        ]

    def raw(self, connection: Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Return every row as the driver gives it: something to compare with what was read before."""
        made = self.made(connection.dialect)
        return [tuple(row) for row in send(connection, made, made.parameters(values)).fetchall()]

    def named(self, dialect: Dialect, row: Sequence[Any]) -> dict[str, Any]:
        """Return a row that ``raw`` gave, its values under the names of their columns."""
        made = self.made(dialect)
        return dict(zip(made.columns, made.cells(row), strict=True))

    def columns(self, dialect: Dialect) -> tuple[str, ...]:
        """Return the names of the cells of a row, in their order."""
        return self.made(dialect).columns

    def first(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        """Return the first row, or None."""
        if self._common:
            return next(iter(self.all(connection, values)), None)
        made = self.made(connection.dialect)
        row = send(connection, made, made.parameters(values)).fetchone()
        return None if row is None else made.read(row)

    def scalar(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        """Return the first cell of the first row, or None."""
        row = self.first(connection, values)
        return None if row is None else row[0]


class PreparedWrite(_Statement):
    """An INSERT, UPDATE, DELETE or upsert.

    ``names`` are the columns that an INSERT fills, each bound by its own name; what else is bound is a
    ``bindparam`` of the statement. Columns left out take the defaults their table declares. A statement that is
    not said alike on every brand is given as a function of the brand's name. ``ordered_by`` is the column by whose
    value rows that are added together are best added.
    """

    def run(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """Send it once and return how many rows it touched."""
        made = self.made(connection.dialect)
        count: int = send(connection, made, made.parameters(values)).rowcount
        return count

    def later(self, connection: Connection, *rows: Mapping[str, Any]) -> None:
        """Add ``rows``, in their order, before anything is read of their table and at the latest with the commit.

        Who write together on SQLite add the rows of all with one statement. What is wrong with a row may be said only
        where the work has ended; to its own caller, all the same.
        """
        made = self.made(connection.dialect)
        if (turn := turn_of(connection)) is not None:
            turn.later(made, rows)
            return
        given = [made.parameters(row) for row in rows]
        if made.places is not None:
            for text, parameters in made.in_few(list(chain.from_iterable(given))):
                send(connection, made, parameters, text)
        elif given:
            send(connection, made, given if len(given) > 1 else given[0])

    def returning(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        """Send it once and return the row its RETURNING gives, or None where it touched none."""
        made = self.made(connection.dialect)
        row = send(connection, made, made.parameters(values)).fetchone()
        return None if row is None else made.read(row)


class PreparedKeyed:
    """An INSERT of one row into ``table`` that fills the columns ``names``; the key ``id`` is the database's to give."""

    def __init__(self, table: Any, *names: str) -> None:
        self._table: str = table.__tablename__
        self._asking = PreparedWrite(sa.insert(table).returning(table.id), names)
        self._keyed = inserting(table, "id", *names)
        self._last = PreparedRead(sa.select(sa.func.max(table.id)))

    def later(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """Add a row, as ``PreparedWrite.later`` does, and return its key: a writer that is alone knows what it will be."""
        turn = turn_of(connection)
        if turn is None:
            key: int = self._asking.returning(connection, values).id
            return key
        key = turn.next_key(self._table, lambda: self._last.scalar(connection, {}))
        self._keyed.later(connection, {**values, "id": key})
        return key


def inserting(table: Any, *names: str) -> PreparedWrite:
    """Return the INSERT of one row into ``table`` that fills the columns ``names``; it asks for nothing back."""
    return PreparedWrite(sa.insert(getattr(table, "__table__", table)).inline(), names)


def send(connection: Connection, made: Made, parameters: Any, text: str = "") -> Any:
    """Send a statement as text (``text``, or its own): to SQLite on its own cursor, since what lies between costs more than it does.

    Errors are SQLAlchemy's, without what was bound.
    """
    turn = turn_of(connection)
    if turn is not None:
        return turn.send(made, parameters, text)
    if not connection.in_transaction():
        connection.begin()  # so that everything read in one place is read of one state
    if connection.dialect.name != SQLITE:
        return connection.exec_driver_sql(text or made.text, parameters)
    return execute(connection.connection.dbapi_connection, made, text or made.text, parameters)
