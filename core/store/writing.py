"""What a thread writes on while it has SQLite's one turn: known once, instead of being asked of the connection at each statement."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from attrs import frozen
from sqlalchemy.engine import Connection


@frozen
class Turn:
    """A transaction that has begun, on its own driver."""

    connection: Connection
    driver: Any
    let_pass: Callable[[], None]
    """Called before each statement: who is to be let pass is."""


class _Here(threading.local):
    turn: Turn | None = None


HERE = _Here()
"""Of this thread."""


@contextmanager
def writing(connection: Connection, let_pass: Callable[[], None]) -> Iterator[Any]:
    """Have the turn within; give the driver."""
    driver: Any = connection.connection.driver_connection
    HERE.turn = Turn(connection, driver, let_pass)
    try:
        yield driver
    finally:
        HERE.turn = None
