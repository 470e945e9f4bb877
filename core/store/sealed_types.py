"""Column types of personal data: what is bound is sealed, what is read is opened; statements need not know.

Each names its place, ``table.column``. In a place that is renamed nothing opens: a migration that renames one seals it anew.
"""

import json
from collections.abc import Callable, Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

from core.store.sealed import MARK, ring
from core.store.types import json_text


class SealedText(TypeDecorator[str]):
    """Text that only the holder of the keys reads. Empty text is kept as it is."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        """Return ``value`` sealed."""
        return ring().seal(self.place, value) if value else value

    def bind_processor(self, dialect: sa.Dialect) -> Callable[[Any], Any]:
        """Return what seals a parameter: plain text is what every driver takes."""
        place = self.place
        return lambda value: ring().seal(place, value) if value else value

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> str | None:
        """Return the stored value opened."""
        return ring().open(self.place, value) if value else value

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Callable[[Any], Any]:
        """Return what opens a cell: plain text is what every driver gives."""
        place = self.place
        return lambda value: ring().open(place, value) if value else value


class SealedJson(TypeDecorator[Any]):
    """JSON that is sealed whole, as one JSON string; what is empty is kept as it is."""

    impl = sa.JSON
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def load_dialect_impl(self, dialect: sa.Dialect) -> Any:
        """Return the plain type of the brand."""
        return dialect.type_descriptor(JSONB() if dialect.name == "postgresql" else sa.JSON())

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> Any:
        """Return ``value`` sealed."""
        return ring().seal(self.place, json_text(value)) if value else value

    def bind_processor(self, dialect: sa.Dialect) -> Callable[[Any], Any] | None:
        """Return what seals a parameter: on SQLite nothing else is to be done with one JSON string."""
        if dialect.name != "sqlite":
            return super().bind_processor(dialect)
        place = self.place
        return lambda value: f'"{ring().seal(place, json_text(value))}"' if value else json_text(value)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Any:
        """Return the stored value opened."""
        sealed = isinstance(value, str) and value.startswith(MARK)
        return json.loads(ring().open(self.place, value)) if sealed else value


class PartlySealedJson(TypeDecorator[Any]):
    """A JSON object of which only the members ``names`` are sealed; the others are there for whoever lists it."""

    impl = sa.JSON
    cache_ok = True

    def __init__(self, place: str, names: Collection[str]) -> None:
        super().__init__()
        self.place = place
        self.names = tuple(names)

    def load_dialect_impl(self, dialect: sa.Dialect) -> Any:
        """Return the plain type of the brand."""
        return dialect.type_descriptor(JSONB() if dialect.name == "postgresql" else sa.JSON())

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> Any:
        """Return ``value`` with the members sealed."""
        return self._each(value, ring().seal)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Any:
        """Return the stored value with the members opened."""
        return self._each(value, ring().open)

    def _each(self, value: Any, turn: Any) -> Any:
        if not isinstance(value, dict):
            return value
        held = {name: turn(f"{self.place}.{name}", one) for name in self.names if (one := value.get(name))}
        return value | held
