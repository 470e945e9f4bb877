"""The engine, and the two ways to use it: read, or write in one transaction that is tried again."""

import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import NoneType
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.pool import QueuePool

from core.metrics.counted import DATABASE_RETRIES, DATABASE_WAIT_SECONDS
from core.store.asking import Asking
from core.store.courtesy import Courtesy
from core.store.group import GroupCommit
from core.store.made import said
from core.store.reading import Reading
from core.store.sealed import Ring, at_work
from core.store.terms import HAS_WORDS, has_words
from core.store.types import json_text
from core.store.writing import on_another_way

T = TypeVar("T")
_TRIES = 8
_PASSING_STATES = frozenset({"40001", "40P01", "55P03"})
"""SQLSTATEs of serialization failure, deadlock and lock time-out: nothing happened, trying again may help."""


class Store:
    """A database and how it is read and written."""

    def __init__(self, url: str, *, pool_size: int = 10, ring: Ring | None = None) -> None:
        self.url = sa.make_url(url)
        self.ring = ring
        """The keys that personal data is sealed with in this database."""
        self.engine = _engine(self.url, pool_size)
        self.brand = self.engine.dialect.name
        self.courtesy = Courtesy()
        """Who makes a page says so here, and is let pass by those who write."""
        self.asking = Asking(self.engine)
        self._reading = Reading(self.engine, pool_size // 2)
        self._group = GroupCommit(self.engine, self.courtesy) if self.brand == "sqlite" else None

    @property
    def in_order(self) -> bool:
        """Whether keys the database gives follow the order of commits: with one writer at a time, as SQLite has, they do."""
        return self._group is not None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection for reading; nothing done on it is kept."""
        begun = time.perf_counter()
        with at_work(self.ring), self._reading.connection() as connection:
            DATABASE_WAIT_SECONDS.observe(time.perf_counter() - begun, "connection")
            yield connection

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run ``work(connection)`` in one transaction and return its answer after commit.

        ``work`` may be run again from the start when the database says that nothing happened, so it keeps
        no effects of its own outside the connection. On SQLite it may be run by another thread that writes
        (in a copy of the caller's context), and becomes durable together with that one's work.
        """
        with at_work(self.ring), self.courtesy.aside():
            return self._write(work)

    def _write(self, work: Callable[[Connection], T]) -> T:
        for attempt in range(_TRIES):
            try:
                if self._group is not None:
                    answer: T = self._group.run(work)
                    return answer
                begun = time.perf_counter()
                connection = self.engine.connect().execution_options(benchside_write=True)
                DATABASE_WAIT_SECONDS.observe(time.perf_counter() - begun, "connection")
                with connection, connection.begin():
                    return work(connection)
            except DBAPIError as error:
                if attempt == _TRIES - 1 or not _passing(error):
                    raise
            DATABASE_RETRIES.add()
            time.sleep(0.005 * 2**attempt * (0.5 + secrets.randbelow(100) / 100))
        raise AssertionError("unreachable")  # pragma: no cover

    def close(self) -> None:
        """Let every connection go."""
        if self._group is not None:
            self._group.close()
        self.asking.close()
        self._reading.close()
        self.engine.dispose()


def _passing(error: Exception) -> bool:
    if isinstance(error, IntegrityError) or not isinstance(error, DBAPIError):
        return False
    if getattr(error.orig, "sqlstate", None) in _PASSING_STATES:
        return True
    return "database is locked" in str(error.orig)


def _engine(url: sa.URL, pool_size: int) -> Engine:
    if url.get_backend_name() == "sqlite":
        # The pool is named: for some SQLite addresses SQLAlchemy would pick one per thread.
        # What was bound stays out of error messages, and so out of the logs.
        engine = sa.create_engine(
            url,
            poolclass=QueuePool,
            pool_size=pool_size,
            pool_use_lifo=True,  # the one used last knows most statements and pages
            hide_parameters=True,
            json_serializer=json_text,
            connect_args={"timeout": 10, "cached_statements": 512},
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        event.listen(engine, "before_cursor_execute", on_another_way)
        return engine
    # Without server-side prepared statements PostgreSQL plans each search for the words at hand.
    return sa.create_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_pre_ping=True,
        hide_parameters=True,
        json_serializer=json_text,
        connect_args={"prepare_threshold": None, "connect_timeout": 5},
    )


# Python's driver looks for an adapter of every value that is neither text nor number, at three times the cost of binding
# it, and most cells of most rows are empty.
sqlite3.register_adapter(NoneType, {}.get)  # type: ignore[arg-type]  # answers None, and is no function of Python's
sqlite3.register_adapter(bool, int)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "temp_store=MEMORY",
        "cache_size=-4000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
    connection.create_function(HAS_WORDS, 2, has_words, deterministic=True)


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get("benchside_write")
    text, driver = "BEGIN IMMEDIATE" if write else "BEGIN", connection.connection.dbapi_connection
    try:
        driver.execute(text)  # type: ignore[union-attr]  # SQLite's own, which needs no cursor
    except sqlite3.Error as error:
        raise said(text, error, connection.dialect) from error
