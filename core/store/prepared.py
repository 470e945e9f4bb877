"""A SELECT that is built and compiled once and then sent as plain text.

Compiling costs more than most of our queries; queue pages are asked thousands of times in few shapes.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Dialect

Convert = Callable[[Any], Any]


class Prepared:
    """One compiled SELECT for one database brand."""

    def __init__(self, statement: sa.Select[Any] | sa.CompoundSelect[Any], dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
        self.text = str(compiled)
        self.columns = tuple(statement.selected_columns.keys())
        self._named: Mapping[str, Any] = dict(compiled.params)
        self._places: Sequence[str] | None = compiled.positiontup
        self._binders = {
            name: bound
            for name, kind in ((bind.key, bind.type) for bind in compiled.binds.values())
            if (bound := kind.dialect_impl(dialect).bind_processor(dialect)) is not None
        }
        self._converters = [
            (place, convert)
            for place, column in enumerate(statement.selected_columns)
            if (convert := _converter(column.type, dialect)) is not None
        ]

    def all(self, connection: Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Return every row for the bound ``values``, converted to Python's own types."""
        rows = connection.exec_driver_sql(self.text, self._parameters(values)).all()
        if not self._converters:
            return [tuple(row) for row in rows]
        answer = []
        for row in rows:
            cells = list(row)
            for place, convert in self._converters:
                cells[place] = convert(cells[place])
            answer.append(tuple(cells))
        return answer

    def _parameters(self, values: Mapping[str, Any]) -> Any:
        bound = {**self._named, **values}
        for name, convert in self._binders.items():
            bound[name] = convert(bound[name])
        return bound if self._places is None else tuple(bound[name] for name in self._places)


def _converter(kind: sa.types.TypeEngine[Any], dialect: Dialect) -> Convert | None:
    return kind.dialect_impl(dialect).result_processor(dialect, None)
