"""What is sent to the database while something is done, whichever way it goes to the driver."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.pool import Pool

_ASIDE = (
    "BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SELECT pg_catalog", "-- ", "SELECT k, v FROM 'main'.'application_terms_config'",
)  # fmt: skip
"""Not asked by us: the frame of a transaction, what a pool asks, and what SQLite's search index asks of its own tables: the
last when a connection first uses it, everything else as a part (--) of what we ask.
"""


class Statement(str):
    """A statement as it was sent: to SQLite with its values and the driver's connection, to PostgreSQL with its ``parameters``."""

    __slots__ = ("driver", "parameters")
    driver: Any
    parameters: Any


@contextmanager
def _traced(place: Any, note: Callable[[Any, str], None]) -> Iterator[None]:
    """Have SQLite tell ``note`` (connection, statement) what this thread sends on what it takes out of ``place``.

    A connection that another thread has is left alone: SQLite's lock and Python's would wait for each other for ever.
    """
    held: dict[int, Any] = {}
    asking = threading.get_ident()

    def out(driver: Any, *more: Any) -> None:
        if threading.get_ident() == asking:
            driver.set_trace_callback(partial(note, driver))
            held[id(driver)] = driver

    def back(driver: Any, *more: Any) -> None:
        if held.pop(id(driver), None) is not None:
            driver.set_trace_callback(None)

    event.listen(place, "checkout", out)
    event.listen(place, "checkin", back)
    try:
        yield
    finally:
        event.remove(place, "checkout", out)
        event.remove(place, "checkin", back)
        for one in held.values():
            one.set_trace_callback(None)


@contextmanager
def sent_on_sqlite() -> Iterator[list[Statement]]:
    """Give the list in which the statements to every SQLite database gather, also to those that a module opened by itself.

    Only those of the thread that asks: others may be at work for somebody else.
    """
    sent: list[Statement] = []

    def note(driver: Any, text: str) -> None:
        if not text.startswith(_ASIDE):
            sent.append(Statement(text))
            sent[-1].driver = driver

    with _traced(Pool, note):
        yield sent


@contextmanager
def sent_to(engine: Engine) -> Iterator[list[Statement]]:
    """Give the list in which the statements gather."""
    sent: list[Statement] = []

    def note(_: Any, statement: str, parameters: Any = None) -> None:
        if not statement.startswith(_ASIDE):
            sent.append(Statement(statement))
            sent[-1].parameters = parameters

    if engine.dialect.name == "sqlite":
        # Prepared statements go by the driver's own cursor, past SQLAlchemy's events.
        with _traced(engine, note):
            yield sent
        return

    def executed(connection: Any, cursor: Any, statement: str, parameters: Any, *more: Any) -> None:
        note(connection, statement, parameters)

    event.listen(engine, "before_cursor_execute", executed)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", executed)
