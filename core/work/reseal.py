"""Going over what is stored: what is still in clear, or sealed with an old key, is sealed with the key in use.

One table after the other, in batches of one transaction each, while the house is in use: a value that somebody changed meanwhile
is left as it is, for it was sealed when it was written. Where it stopped it goes on.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.engine import Connection

from core.records import ApplicationRow, SealKey, SealProgress
from core.records.base import METADATA
from core.store.engine import Store
from core.store.sealed import MARK
from core.store.sealed_types import PartlySealedJson, SealedJson, SealedText
from core.store.terms import write_terms
from core.store.upsert import upsert
from core.work.house import House
from core.work.snapshots import by_id
from core.work.tokens import words_of

BATCH = 500
_TYPES = (SealedText, SealedJson, PartlySealedJson)
_WORDS = "application_terms"
Say = Callable[[str], None]


@frozen
class Sealing:
    """A column that is kept sealed."""

    table: sa.Table
    column: sa.Column[Any]

    @property
    def raw(self) -> sa.ColumnElement[str]:
        """The column as it is stored, as text: to be compared, and searched for the mark of a key."""
        return sa.cast(sa.type_coerce(self.column, sa.JSON if _is_json(self.column) else sa.Text), sa.Text)


def _is_json(column: sa.Column[Any]) -> bool:
    return isinstance(column.type, SealedJson | PartlySealedJson)


def sealed_columns() -> list[Sealing]:
    """Return every sealed column of the host and of the modules that work, as their declarations say."""
    tables = sorted(METADATA.tables.values(), key=lambda table: table.name)
    return [
        Sealing(table, column) for table in tables for column in table.c if isinstance(column.type, _TYPES)
    ]


def reseal(house: House, say: Say = lambda _: None) -> int:
    """Go over everything and return how many rows were sealed anew."""
    ring = house.store.ring
    assert ring is not None
    current, done = ring.keys.current.id, 0
    by_table: dict[sa.Table, list[Sealing]] = {}
    for one in sealed_columns():
        by_table.setdefault(one.table, []).append(one)
    for table, columns in by_table.items():
        count = _walk(house.store, table.name, current, lambda connection, after, t=table, c=columns: _batch(connection, t, c, after, current))  # type: ignore[misc]  # fmt: skip
        done += count
        say(f"{table.name}: {count}")
    index = ring.keys.index[-1].id
    say(
        f"{_WORDS}: {_walk(house.store, _WORDS, index, lambda connection, after: _words(house, connection, after))}"
    )
    return done


def _walk(
    store: Store, place: str, key: str, batch: Callable[[Connection, list[Any]], tuple[list[Any], int]]
) -> int:
    """Run ``batch`` from where the last walk with this key ended until it has come to the end; return how many it changed."""
    progress, total = SealProgress, 0
    while True:

        def step(connection: Connection) -> tuple[bool, int]:
            row = connection.execute(
                sa.select(progress.key_id, progress.after, progress.done_at).where(progress.place == place)
            ).one_or_none()
            after = row.after if row and row.key_id == key and row.done_at is None else []
            last, count = batch(connection, after)
            told = {"key_id": key, "after": last, "done_at": None if last else datetime.now(UTC)}
            upsert(connection, progress, {"place": place}, told, told)
            return not last, count

        ended, count = store.write(step)
        total += count
        if ended:
            return total


def _batch(
    connection: Connection, table: sa.Table, columns: list[Sealing], after: list[Any], current: str
) -> tuple[list[Any], int]:
    """Seal the next rows of ``table`` and return the key of the last one (empty: it was the end), and how many changed."""
    keys = list(table.primary_key.columns)
    select = sa.select(
        *keys, *(one.raw.label(f"raw_{one.column.name}") for one in columns), *(one.column for one in columns)
    )
    if after:
        select = select.where(
            sa.tuple_(*keys)
            > sa.tuple_(*(sa.literal(value, key.type) for key, value in zip(keys, after, strict=True)))
        )
    rows = connection.execute(select.order_by(*keys).limit(BATCH)).all()
    changed = 0
    for row in rows:
        raws = row[len(keys) : len(keys) + len(columns)]
        values = row[len(keys) + len(columns) :]
        stale = [
            (one, raw, value)
            for one, raw, value in zip(columns, raws, values, strict=True)
            if _stale(raw, value, one, current)
        ]
        where = [key == value for key, value in zip(keys, row, strict=False)]
        for one, raw, value in stale:
            same = one.raw == raw  # what somebody wrote meanwhile stays
            connection.execute(sa.update(table).where(*where, same).values({one.column.name: value}))
        changed += bool(stale)
    return (list(rows[-1][: len(keys)]) if len(rows) == BATCH else []), changed


def _stale(raw: str | None, value: Any, one: Sealing, current: str) -> bool:
    if raw is None or not value:
        return False
    if isinstance(one.column.type, PartlySealedJson):
        due = sum(bool(value.get(name)) for name in one.column.type.names)
        return raw.count(f'"{MARK}{current}:') < due
    return not raw.removeprefix('"').startswith(f"{MARK}{current}:")


def _words(house: House, connection: Connection, after: list[Any]) -> tuple[list[Any], int]:
    """Write the search words of the next requests anew."""
    row = ApplicationRow
    known = sorted(house.modules.sides)
    select = sa.select(row.id, row.kind).where(row.kind.in_(known), *([row.id > after[0]] if after else []))
    rows = connection.execute(select.order_by(row.id).limit(BATCH)).all()
    for one in rows:
        application = by_id(connection, house.modules, one.id)
        write_terms(
            connection, one.id, words_of(house.modules.sides[one.kind].flow, application), replace=True
        )
    return ([rows[-1].id] if len(rows) == BATCH else []), len(rows)


def uses(store: Store) -> Mapping[str, int]:
    """Return how many values each key of the file seals; under ``""`` how many are in clear."""
    assert store.ring is not None
    names = [key.id for key in store.ring.keys.sealing]
    found = dict.fromkeys([*names, ""], 0)
    with store.read() as connection:
        for one in sealed_columns():
            for name, count in _count(connection, one, names):
                found[name] += count
    return found


def _count(connection: Connection, one: Sealing, names: list[str]) -> Iterator[tuple[str, int]]:
    filled = (one.column.is_not(None), one.raw.not_in(["", "{}", "[]", "null", '""']))
    marks = [one.raw.contains(f"{MARK}{name}:") for name in names]
    counts = connection.execute(
        sa.select(
            *(sa.func.count(sa.case((mark, 1))) for mark in marks),
            sa.func.count(sa.case((~one.raw.contains(MARK), 1))),
        )
        .select_from(one.table)
        .where(*filled)
    ).one()
    yield from zip([*names, ""], counts, strict=True)


def forget_key(store: Store, name: str) -> None:
    """Have the database no longer need the key called ``name``."""
    store.write(lambda connection: connection.execute(sa.delete(SealKey).where(SealKey.id == name)))
