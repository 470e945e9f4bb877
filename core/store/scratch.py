"""A database of its own for a while, made from a copy: to try on it what must not go wrong on the one in use."""

import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import ProgrammingError

from core.store.backup import make_database
from core.store.engine import Store
from core.store.sealed import Ring

PREFIX = "benchside_try_"
_LIKE_THIS = "SELECT pg_encoding_to_char(encoding), datcollate, datctype FROM pg_database WHERE datname = current_database()"


class NotAllowed(Exception):
    """The role may not make a database."""


@contextmanager
def scratch(store: Store, saved: Path, place: Path, ring: Ring | None) -> Iterator[Store]:
    """Give a database of the brand of ``store``, made from what ``snapshot`` ``saved``; it is gone afterwards.

    On SQLite it lies in the folder ``place``; on PostgreSQL it is one of the same server, called ``benchside_try_…``.

    Raises:
        NotAllowed: PostgreSQL does not let this role make one.
    """
    if store.brand == "sqlite":
        with closing(Store(f"sqlite:///{place / 'try.db'}", ring=ring)) as made:
            make_database(made, saved)
            yield made
        return
    name = f"{PREFIX}{secrets.token_hex(6)}"
    _create(store, name)
    try:
        with closing(
            Store(store.url.set(database=name).render_as_string(hide_password=False), ring=ring)
        ) as made:
            make_database(made, saved)
            yield made
    finally:
        _run(store, f'DROP DATABASE "{name}" WITH (FORCE)')


def _create(store: Store, name: str) -> None:
    with store.engine.connect() as connection:
        encoding, *rules = connection.exec_driver_sql(_LIKE_THIS).one()
    collate, kind = (rule.replace("'", "''") for rule in rules)
    try:
        _run(store, f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING '{encoding}' LC_COLLATE '{collate}' LC_CTYPE '{kind}'")  # fmt: skip
    except ProgrammingError as error:
        if getattr(error.orig, "sqlstate", "") != "42501":
            raise
        raise NotAllowed(store.url.username or "") from error


def _run(store: Store, statement: str) -> None:
    """Run what PostgreSQL lets nobody run within a transaction."""
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text(statement))
