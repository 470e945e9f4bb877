"""A copy of a database as it was at one moment, taken while others write; and a database made from such a copy.

SQLite gives its own file, by its online backup. PostgreSQL gives the rows of every table and the statements that make
the tables (``backup_postgres``): in a form of our own, so that neither pg_dump nor the same release of it is needed.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa

from core.store import backup_postgres
from core.store.engine import Store

_FILE = "database.sqlite3"


_VIRTUAL = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%'"


def _own(names: Iterable[str], virtual: Iterable[str]) -> list[str]:
    """Return the tables without those in which SQLite keeps itself and what its ``virtual`` tables hold."""
    kept = ("sqlite_", *(f"{name}_" for name in virtual))
    return [name for name in names if not name.startswith(kept)]


class Snapshot(Protocol):
    """A database as it was at one moment, saved in a folder."""

    tables: dict[str, int]
    """Table → rows."""

    def ask(self, statement: str) -> Iterator[Any]:
        """Yield the rows that plain ``statement`` gives, as of that moment."""


class _SqliteSnapshot:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        names = [
            row[0] for row in self.ask("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ]
        own = _own(names, (row[0] for row in self.ask(_VIRTUAL)))
        self.tables = {name: next(self.ask(f'SELECT count(*) FROM "{name}"'))[0] for name in own}  # noqa: S608 - names of its own tables

    def ask(self, statement: str) -> Iterator[Any]:
        yield from self._connection.execute(statement)


@contextmanager
def snapshot(store: Store, folder: Path) -> Iterator[Snapshot]:
    """Save the database of ``store`` in ``folder`` and give it to be asked."""
    if store.brand != "sqlite":
        with backup_postgres.snapshot(store.engine, folder) as saved:
            yield saved
        return
    target = folder / _FILE
    with (
        closing(sqlite3.connect(str(store.url.database))) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)  # in one step: one moment, and in WAL mode nobody waits for it
        copy.execute("PRAGMA journal_mode=DELETE")
        yield _SqliteSnapshot(copy)
    _sync(target)


def make_database(store: Store, folder: Path) -> None:
    """Make the database of ``store``, which is empty, from what ``snapshot`` saved in ``folder``."""
    if store.brand != "sqlite":
        backup_postgres.restore(store.engine, folder)
        return
    path = Path(str(store.url.database))
    side = path.with_name(f".{path.name}.restoring")
    path.parent.mkdir(parents=True, exist_ok=True)
    side.unlink(missing_ok=True)
    with closing(sqlite3.connect(folder / _FILE)) as source, closing(sqlite3.connect(side)) as copy:
        source.backup(copy)
    _sync(side)
    store.close()
    side.replace(path)


def is_empty(store: Store) -> bool:
    """Tell whether the database of ``store`` has no table (on SQLite: is not there)."""
    if store.brand == "sqlite" and not Path(str(store.url.database)).exists():
        return True
    with store.read() as connection:
        return not sa.inspect(connection).get_table_names()


def counts(store: Store) -> dict[str, int]:
    """Return the rows of every table."""
    with store.read() as connection:
        preparer = connection.dialect.identifier_preparer
        names = sa.inspect(connection).get_table_names()
        if store.brand == "sqlite":
            names = _own(names, connection.exec_driver_sql(_VIRTUAL).scalars())
        return {
            name: int(connection.exec_driver_sql(f"SELECT count(*) FROM {preparer.quote(name)}").scalar_one())  # noqa: S608 - names of its own tables
            for name in names
        }


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
