"""A statement as one brand takes it: its text, and how values become its parameters and cells become values."""

import re
import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError

from core.store.types import json_text

Convert = Callable[[Any], Any]
_AT_ONCE = 16
"""Rows in one statement, a power of two."""
SQLITE = "sqlite"
_WORD = re.compile(r"\w+")


def _converter(kind: sa.types.TypeEngine[Any], dialect: Dialect) -> Convert | None:
    return kind.dialect_impl(dialect).result_processor(dialect, None)


def _binder(kind: sa.types.TypeEngine[Any], dialect: Dialect) -> Convert | None:
    if isinstance(kind, sa.Boolean):
        return None  # every driver takes True and False as they are
    if isinstance(kind, sa.JSON) and dialect.name == SQLITE:
        return json_text  # SQLAlchemy's own asks again, for each value, how nothing is written
    return kind.dialect_impl(dialect).bind_processor(dialect)


class Made:
    """See above; ``ordered_by`` names the value by which rows are best added, where they wait for each other."""

    def __init__(
        self, statement: Any, names: Sequence[str] | None, dialect: Dialect, ordered_by: str | None = None
    ) -> None:
        compiled = statement.compile(
            dialect=dialect, column_keys=names, compile_kwargs={"render_postcompile": True}
        )
        self.text = str(compiled)
        self.table: sa.TableClause | None = statement.table if statement.is_dml else None
        """What it writes into; None where it reads."""
        self.adds: bool = statement.is_insert
        self.dialect = dialect
        self._texts: dict[int, str] = {}
        self.places = compiled.positiontup
        self.order = list(compiled.binds) if self.places is None else list(self.places)
        held = compiled.binds.items()
        self.named = {name: bind.value for name, bind in held if not bind.required and name in self.order}
        # What the table says of columns that are not named here: a value, or what makes one.
        left_out = [(column.key, column.default) for column in compiled.insert_prefetch]
        self.named |= {name: default.arg for name, default in left_out if default.is_scalar}
        self.fresh = {name: default.arg for name, default in left_out if default.is_callable}
        self._pick = _picking(self.order)
        self.sort: Callable[[Any], Any] | None = (
            itemgetter(self.order.index(ordered_by)) if ordered_by else None
        )
        found = ((place, compiled.binds[name].type) for place, name in enumerate(self.order))
        binders = [(place, bound) for place, kind in found if (bound := _binder(kind, dialect)) is not None]
        # Most cells of most rows are empty; only JSON makes something of None.
        self.binders = [(place, bound) for place, bound in binders if bound(None) is None]
        self.always = [(place, bound) for place, bound in binders if bound(None) is not None]
        plain = not (binders or self.named or self.fresh) and self.places is not None
        self.parameters: Callable[[Mapping[str, Any]], Any] = self._pick if plain else self._parameters
        """Returns the parameters for values by name."""
        columns = _columns(statement)
        self.columns = tuple(column.key for column in columns)
        self.row = _row_of(self.columns)
        self.converters = [
            (place, convert)
            for place, column in enumerate(columns)
            if (convert := _converter(column.type, dialect)) is not None
        ]

    def _parameters(self, values: Mapping[str, Any]) -> Any:
        if self.fresh:
            made = {name: default(None) for name, default in self.fresh.items() if name not in values}
            values = {**self.named, **made, **values}
        elif self.named:
            values = {**self.named, **values}
        cells = list(self._pick(values))
        for place, convert in self.binders:
            held = cells[place]
            if held is not None:
                cells[place] = convert(held)
        for place, convert in self.always:
            cells[place] = convert(cells[place])
        return cells if self.places is not None else dict(zip(self.order, cells, strict=True))

    @cached_property
    def words(self) -> frozenset[str]:
        """All words of its text, and the tables its own refers to: it has to do with no table that is not among them."""
        found = set(_WORD.findall(self.text))
        if self.table is not None:
            found |= {key.column.table.name for key in self.table.foreign_keys}
        return frozenset(found)

    def in_few(self, cells: list[Any]) -> Iterator[tuple[str, list[Any]]]:
        """Return the texts, and their parameters, that add rows of which ``cells`` are, one row after the other.

        Each statement that SQLite is sent lets go of the interpreter several times, and as often other threads are woken
        for nothing: many rows go in one. They are of few lengths, so that there are few statements.
        """
        wide = len(self.order)
        if self.sort is not None and len(cells) > wide:
            rows = [cells[place : place + wide] for place in range(0, len(cells), wide)]
            cells = list(chain.from_iterable(sorted(rows, key=self.sort)))
        done = 0
        while left := (len(cells) - done) // wide:
            count = min(1 << (left.bit_length() - 1), _AT_ONCE)
            yield self._rows_text(count), cells[done : done + count * wide]
            done += count * wide

    def _rows_text(self, count: int) -> str:
        found = self._texts.get(count)
        if found is None:
            head, values, row = self.text.rpartition(" VALUES ")
            row, conflict, rest = row.partition(" ON CONFLICT")
            found = head + values + ", ".join([row] * count) + conflict + rest
            self._texts[count] = found
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


def execute(driver: Any, made: Made, text: str, parameters: Any) -> Any:
    """Send ``text`` of ``made`` on SQLite's own connection; errors are SQLAlchemy's, without what was bound."""
    try:
        return driver.execute(text, parameters)
    except sqlite3.Error as error:
        raise said(text, error, made.dialect) from error


def said(text: str, error: sqlite3.Error, dialect: Dialect) -> BaseException:
    """Return what SQLite's driver says of ``text`` as SQLAlchemy would, without what was bound."""
    return DBAPIError.instance(text, (), error, sqlite3.Error, hide_parameters=True, dialect=dialect)
