"""What is sent to the database while something is done, whichever way it goes to the driver."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.pool import Pool

_ASIDE = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SELECT pg_catalog", "-- ")
"""Not asked by us: the frame of a transaction, what a pool asks, and (--) what SQLite's search index asks of its own tables."""


class Statement(str):
    """A statement as it was sent, and the driver's connection it was sent on."""

    __slots__ = ("driver",)
    driver: Any


@contextmanager
def sent_on_sqlite() -> Iterator[list[Statement]]:
    """Give the list in which the statements to every SQLite database gather, also to those that a module opened by itself.

    Only those of the thread that asks: others may be at work for somebody else.
    """
    sent: list[Statement] = []
    asking = threading.get_ident()
    traced: list[Any] = []

    def out(driver: Any, *more: Any) -> None:
        def note(text: str) -> None:
            if threading.get_ident() == asking and not text.startswith(_ASIDE):
                sent.append(Statement(text))
                sent[-1].driver = driver

        driver.set_trace_callback(note)
        traced.append(driver)

    event.listen(Pool, "checkout", out)
    try:
        yield sent
    finally:
        event.remove(Pool, "checkout", out)
        for one in traced:
            one.set_trace_callback(None)


@contextmanager
def sent_to(engine: Engine) -> Iterator[list[str]]:
    """Give the list in which the statements gather."""
    sent: list[str] = []

    def note(statement: str) -> None:
        if not statement.startswith(_ASIDE):
            sent.append(statement)

    with ExitStack() as undo:
        if engine.dialect.name == "sqlite":
            # Prepared statements go by the driver's own cursor, past SQLAlchemy's events.
            traced: list[Any] = []

            def out(driver: Any, *more: Any) -> None:
                driver.set_trace_callback(note)
                traced.append(driver)

            event.listen(engine, "checkout", out)
            undo.callback(lambda: [one.set_trace_callback(None) for one in traced])
            undo.callback(event.remove, engine, "checkout", out)
        else:

            def executed(connection: Any, cursor: Any, statement: str, *more: Any) -> None:
                note(statement)

            event.listen(engine, "before_cursor_execute", executed)
            undo.callback(event.remove, engine, "before_cursor_execute", executed)
        yield sent
