"""The tables a flow's declaration asks for: one row of its fields a request, one row an item of each group."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.engine import Connection

from core.attributes import reader
from core.fields.kinds import KINDS, Kind
from core.fields.spec import DeclarationError, FieldSpec, specs_of
from core.module import Flow, Module
from core.records.base import METADATA
from core.store.prepared import PreparedRead, PreparedWrite, inserting
from core.store.sealed_types import SealedText
from core.store.types import COLUMN_TYPES, Key

_NAME_LIMIT = 60


@frozen
class Side:
    """The tables of one flow."""

    flow: Flow
    table: sa.Table
    groups: Mapping[str, sa.Table]

    @property
    def tables(self) -> tuple[sa.Table, ...]:
        """All of them, the main one first."""
        return (self.table, *self.groups.values())

    def insert(self, connection: Connection, key: int, court: str, value: Any) -> None:
        """Write the fields of request ``key``."""
        main, groups = self._writing
        main.later(connection, {"id": key, "court_code": court} | _stored(value))
        for name, insert in groups.items():
            rows = [
                {"application_id": key, "court_code": court, "place": place} | _stored(item)
                for place, item in enumerate(getattr(value, name) or ())
            ]
            insert.later(connection, *rows)

    def replace(self, connection: Connection, key: int, court: str, value: Any) -> None:
        """Write the fields of a new revision in the place of the old ones (history keeps those)."""
        for table in self.groups.values():
            connection.execute(sa.delete(table).where(table.c.application_id == key))
        connection.execute(sa.delete(self.table).where(self.table.c.id == key))
        self.insert(connection, key, court, value)

    def update(self, connection: Connection, key: int, value: Any) -> None:
        """Keep the computed fields of ``value`` as they are now."""
        names = [spec.name for spec in specs_of(self.flow.fields).values() if spec.compute is not None]
        stored = _stored(value)
        connection.execute(
            sa.update(self.table).where(self.table.c.id == key).values({name: stored[name] for name in names})
        )

    def load(self, connection: Connection, key: int) -> Any:
        """Return the typed fields of request ``key``."""
        main, groups = self._reading
        given = {"key": key}
        (row,) = main.all(connection, given)
        values = _restored(self.flow.fields, row)
        for name, (item, select) in groups.items():
            values[name] = tuple([item(**_restored(item, one)) for one in select.all(connection, given)])
        return self.flow.fields(**values)

    @cached_property
    def _writing(self) -> tuple[PreparedWrite, Mapping[str, PreparedWrite]]:
        """The statements of ``insert``, made once; the key of a group's row is the database's to give."""
        groups = {
            name: inserting(table, *(one.key for one in table.c if one.key != "id"))
            for name, table in self.groups.items()
        }
        return inserting(self.table, *self.table.c.keys()), groups

    @cached_property
    def _reading(self) -> tuple[PreparedRead, Mapping[str, tuple[Any, PreparedRead]]]:
        """The statements of ``load``, made once: every page of a request asks them."""
        key: sa.BindParameter[Any] = sa.bindparam("key")
        specs = specs_of(self.flow.fields)
        groups = {}
        for name, table in self.groups.items():
            item: Any = specs[name].item
            mine = sa.select(*_columns(item, table)).where(table.c.application_id == key)
            groups[name] = (item, PreparedRead(mine.order_by(table.c.place)))
        main = sa.select(*_columns(self.flow.fields, self.table)).where(self.table.c.id == key)
        return PreparedRead(main), groups


@lru_cache(maxsize=1024)
def _plain(cls: type) -> tuple[FieldSpec, ...]:
    return tuple(spec for spec in specs_of(cls).values() if spec.kind is not KINDS.group)


@lru_cache(maxsize=1024)
def _turned(cls: type) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """Return the fields that are stored otherwise than they are held, and how."""
    own = ((spec.name, spec.kind) for spec in _plain(cls))
    return tuple((name, kind.to_store) for name, kind in own if type(kind).to_store is not Kind.to_store)


@lru_cache(maxsize=1024)
def _cells(cls: type) -> Callable[[Any], dict[str, Any]]:
    return reader(_names(cls))


def _stored(value: Any) -> dict[str, Any]:
    row = _cells(value.__class__)(value)
    for name, turn in _turned(value.__class__):
        if row[name] is not None:
            row[name] = turn(row[name])
    return row


def _columns(cls: type, table: sa.Table) -> list[sa.ColumnElement[Any]]:
    """Return the columns of the fields of ``cls``, in their order."""
    return [table.c[spec.name] for spec in _plain(cls)]


@lru_cache(maxsize=1024)
def _turned_back(cls: type) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """Return the fields that are held otherwise than they are stored, and how."""
    own = ((spec.name, spec.kind) for spec in _plain(cls))
    return tuple(
        (name, kind.from_store) for name, kind in own if type(kind).from_store is not Kind.from_store
    )


@lru_cache(maxsize=1024)
def _names(cls: type) -> tuple[str, ...]:
    return tuple(spec.name for spec in _plain(cls))


def _restored(cls: type, row: Sequence[Any]) -> dict[str, Any]:
    """Return the values of the fields of ``cls`` from their cells, which ``_columns`` gave."""
    values = dict(zip(_names(cls), row, strict=True))
    for name, turn in _turned_back(cls):
        if values[name] is not None:
            values[name] = turn(values[name])
    return values


def build_sides(module: Module) -> list[Side]:
    """Make the tables of every flow of ``module`` in the shared MetaData.

    Raises:
        DeclarationError: a name is too long for PostgreSQL, or a group holds a group.
    """
    return [_build(module, flow) for flow in module.requests]


def _build(module: Module, flow: Flow) -> Side:
    name = f"{module.name}__{flow.kind}"
    main = _table(
        name,
        flow.fields,
        sa.Column("id", Key, sa.ForeignKey("application.id"), primary_key=True, autoincrement=False),
        sa.Column("court_code", sa.String(16), nullable=False),
    )
    if flow.appointment is not None:
        starts = main.c[flow.appointment.starts]
        sa.Index(f"ix_{name}__{starts.name}", main.c.court_code, starts)
    groups = {}
    for spec in specs_of(flow.fields).values():
        if spec.kind is KINDS.group:
            assert spec.item is not None
            groups[spec.name] = _table(
                f"{name}__{spec.name}",
                spec.item,
                sa.Column("id", Key, primary_key=True),
                sa.Column("application_id", Key, sa.ForeignKey("application.id"), nullable=False, index=True),
                sa.Column("court_code", sa.String(16), nullable=False),
                sa.Column("place", sa.Integer, nullable=False),
                inner=True,
            )
    return Side(flow, main, groups)


def _table(name: str, cls: type, *leading: sa.Column[Any], inner: bool = False) -> sa.Table:
    if len(name) > _NAME_LIMIT:
        raise DeclarationError(f"table {name}: over {_NAME_LIMIT} characters; choose shorter names")
    if name in METADATA.tables:
        METADATA.remove(METADATA.tables[name])  # the module is loaded anew
    taken = {column.name for column in leading}
    columns = []
    for spec in specs_of(cls).values():
        if spec.name in taken:
            raise DeclarationError(f"{cls.__name__}.{spec.name}: the host uses this name; choose another")
        if spec.kind is KINDS.group:
            if inner:
                raise DeclarationError(
                    f"{cls.__name__}.{spec.name}: a group inside a group; make it a flow with parent="
                )
            continue
        held = SealedText(f"{name}.{spec.name}") if spec.sealed else COLUMN_TYPES[spec.kind.storage]
        columns.append(sa.Column(spec.name, held))
    return sa.Table(name, METADATA, *leading, *columns)
