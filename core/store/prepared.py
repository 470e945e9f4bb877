"""Statements that are built and compiled once and then sent as plain text.

Compiling costs more than most of our statements; queue pages are asked, and requests written, thousands of times in few shapes.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import DBAPIError

from core.store.types import json_text
from core.store.writing import HERE

Convert = Callable[[Any], Any]
_AT_ONCE = 16
"""Rows in one statement, a power of two."""
_SQLITE = "sqlite"


def _converter(kind: sa.types.TypeEngine[Any], dialect: Dialect) -> Convert | None:
    return kind.dialect_impl(dialect).result_processor(dialect, None)


def _binder(kind: sa.types.TypeEngine[Any], dialect: Dialect) -> Convert | None:
    if isinstance(kind, sa.Boolean):
        return None  # every driver takes True and False as they are
    if isinstance(kind, sa.JSON) and dialect.name == _SQLITE:
        return json_text  # SQLAlchemy's own asks again, for each value, how nothing is written
    return kind.dialect_impl(dialect).bind_processor(dialect)


class _Made:
    """A statement as one brand takes it: its text, and how values become its parameters and cells become values."""

    def __init__(self, statement: Any, names: Sequence[str] | None, dialect: Dialect) -> None:
        compiled = statement.compile(
            dialect=dialect, column_keys=names, compile_kwargs={"render_postcompile": True}
        )
        self.text = str(compiled)
        self._texts: dict[int, str] = {}
        self.places = compiled.positiontup
        self.named = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
        # What the table says of columns that are not named here: a value, or what makes one.
        left_out = [(column.key, column.default) for column in compiled.insert_prefetch]
        self.named |= {name: default.arg for name, default in left_out if default.is_scalar}
        self.fresh = {name: default.arg for name, default in left_out if default.is_callable}
        self.order = list(compiled.binds) if self.places is None else list(self.places)
        self.pick = _picking(self.order)
        found = ((place, compiled.binds[name].type) for place, name in enumerate(self.order))
        binders = [(place, bound) for place, kind in found if (bound := _binder(kind, dialect)) is not None]
        # Most cells of most rows are empty; only JSON makes something of None.
        self.binders = [(place, bound) for place, bound in binders if bound(None) is None]
        self.always = [(place, bound) for place, bound in binders if bound(None) is not None]
        self.plain = not binders and self.places is not None
        """Whether values are sent as they are."""
        columns = _columns(statement)
        self.columns = tuple(column.key for column in columns)
        self.row = _row_of(self.columns)
        self.converters = [
            (place, convert)
            for place, column in enumerate(columns)
            if (convert := _converter(column.type, dialect)) is not None
        ]

    def parameters(self, values: Mapping[str, Any]) -> Any:
        if self.fresh:
            made = {name: default(None) for name, default in self.fresh.items() if name not in values}
            values = {**self.named, **made, **values}
        elif self.named:
            values = {**self.named, **values}
        if self.plain:
            return self.pick(values)
        cells = list(self.pick(values))
        for place, convert in self.binders:
            held = cells[place]
            if held is not None:
                cells[place] = convert(held)
        for place, convert in self.always:
            cells[place] = convert(cells[place])
        return cells if self.places is not None else dict(zip(self.order, cells, strict=True))

    def rows_text(self, count: int) -> str:
        """Return the text of an INSERT of ``count`` rows."""
        found = self._texts.get(count)
        if found is None:
            head, values, row = self.text.rpartition(" VALUES ")
            found = self._texts[count] = head + values + ", ".join([row] * count)
        return found

    def cells(self, row: Sequence[Any]) -> Sequence[Any]:
        if not self.converters:
            return row
        cells = list(row)
        for place, convert in self.converters:
            cells[place] = convert(cells[place])
        return cells

    def read(self, row: Sequence[Any]) -> Any:
        return _NEW(self.row, self.cells(row))


def _picking(names: Sequence[str]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    """Return what picks the values of ``names`` in their order."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: tuple([values[name] for name in names])


_NEW: Any = tuple.__new__
"""Makes a row of cells that are as many as its names, without counting them again."""


def _row_of(names: Sequence[str]) -> Any:
    return namedtuple("Row", names, rename=True)  # noqa: PYI024 - its fields are the statement's


def _columns(statement: Any) -> list[Any]:
    if isinstance(statement, sa.Select | sa.CompoundSelect):
        return list(statement.selected_columns)
    return list(statement.exported_columns) if statement._returning else []  # noqa: SLF001 - the only place that says so


class _Statement:
    """A statement that is made for each brand when it is first sent to one."""

    def __init__(self, statement: Any, names: Iterable[str] | None = None) -> None:
        self._build = statement if callable(statement) else lambda _: statement
        self._names = list(names) if names is not None else None
        self._brands: dict[str, _Made] = {}

    def made(self, dialect: Dialect) -> _Made:
        found = self._brands.get(dialect.name)
        if found is None:
            found = self._brands[dialect.name] = _Made(self._build(dialect.name), self._names, dialect)
        return found


class PreparedRead(_Statement):
    """A SELECT by ``bindparam``s; rows come as named tuples of Python's own types."""

    def all(self, connection: Connection, values: Mapping[str, Any]) -> list[Any]:
        """Return every row for the bound ``values``."""
        made = self.made(connection.dialect)
        rows = send(connection, made.text, made.parameters(values)).fetchall()
        return [made.read(row) for row in rows]

    def alone(self, driver: sqlite3.Connection, dialect: Dialect, values: Mapping[str, Any]) -> list[Any]:
        """Return every row, asked on SQLite's own connection without what a transaction of several statements needs."""
        made = self.made(dialect)
        try:
            rows = driver.execute(made.text, made.parameters(values)).fetchall()
        except sqlite3.Error as error:
            raise _said(made.text, (), error, dialect) from error
        return [made.read(row) for row in rows]

    def raw(self, connection: Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Return every row as the driver gives it: something to compare with what was read before."""
        made = self.made(connection.dialect)
        return [tuple(row) for row in send(connection, made.text, made.parameters(values)).fetchall()]

    def named(self, dialect: Dialect, row: Sequence[Any]) -> dict[str, Any]:
        """Return a row that ``raw`` gave, its values under the names of their columns."""
        made = self.made(dialect)
        return dict(zip(made.columns, made.cells(row), strict=True))

    def columns(self, dialect: Dialect) -> tuple[str, ...]:
        """Return the names of the cells of a row, in their order."""
        return self.made(dialect).columns

    def first(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        """Return the first row, or None."""
        made = self.made(connection.dialect)
        row = send(connection, made.text, made.parameters(values)).fetchone()
        return None if row is None else made.read(row)

    def scalar(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        """Return the first cell of the first row, or None."""
        row = self.first(connection, values)
        return None if row is None else row[0]


class PreparedWrite(_Statement):
    """An INSERT, UPDATE, DELETE or upsert.

    ``names`` are the columns that an INSERT fills, each bound by its own name; what else is bound is a
    ``bindparam`` of the statement. Columns left out take the defaults their table declares. A statement that is
    not said alike on every brand is given as a function of the brand's name.
    """

    def run(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """Send it once and return how many rows it touched."""
        made = self.made(connection.dialect)
        count: int = send(connection, made.text, made.parameters(values)).rowcount
        return count

    def many(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Send it for each of ``rows``, in their order."""
        if not rows:
            return
        made = self.made(connection.dialect)
        given = [made.parameters(row) for row in rows]
        if made.places is None:
            send(connection, made.text, given if len(given) > 1 else given[0])
            return
        # Each statement that SQLite is sent lets go of the interpreter several times, and as often other threads are woken for
        # nothing: many rows go in one. They are of few lengths, so that there are few statements.
        while given:
            count = min(1 << (len(given).bit_length() - 1), _AT_ONCE)
            send(connection, made.rows_text(count), list(chain.from_iterable(given[:count])))
            given = given[count:]

    def returning(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        """Send it once and return the row its RETURNING gives, or None where it touched none."""
        made = self.made(connection.dialect)
        row = send(connection, made.text, made.parameters(values)).fetchone()
        return None if row is None else made.read(row)


def inserting(table: Any, *names: str) -> PreparedWrite:
    """Return the INSERT of one row into ``table`` that fills the columns ``names``; it asks for nothing back."""
    return PreparedWrite(sa.insert(getattr(table, "__table__", table)).inline(), names)


def send(connection: Connection, text: str, parameters: Any) -> Any:
    """Send a statement that is text already: to SQLite on its own cursor, since what lies between costs more than it does.

    Errors are SQLAlchemy's, without what was bound.
    """
    turn = HERE.turn
    if turn is not None and turn.connection is connection:
        turn.let_pass()
        driver: Any = turn.driver
    else:
        if not connection.in_transaction():
            connection.begin()  # so that everything read in one place is read of one state
        if connection.dialect.name != _SQLITE:
            return connection.exec_driver_sql(text, parameters)
        driver = connection.connection.dbapi_connection
    try:
        return driver.execute(text, parameters)
    except sqlite3.Error as error:
        raise _said(text, parameters, error, connection.dialect) from error


def begin_sqlite(connection: Connection, text: str) -> None:
    """Begin a transaction on SQLite by ``text``."""
    driver: Any = connection.connection.dbapi_connection
    try:
        driver.execute(text)
    except sqlite3.Error as error:
        raise _said(text, (), error, connection.dialect) from error


def _said(text: str, parameters: Any, error: sqlite3.Error, dialect: Dialect) -> BaseException:
    return DBAPIError.instance(text, parameters, error, sqlite3.Error, hide_parameters=True, dialect=dialect)
