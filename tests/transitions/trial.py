"""A store whose writes are taken back: everything happens as in the house, in one transaction that never commits.

So a request is walked to a state once, and every step is tried on it from there, each as if no other had been tried.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy.engine import Connection

from core.store.engine import KeyTaken, Store

T = TypeVar("T")


class Trial:
    """Stands where a house has its store; ``within`` holds the one transaction open."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._connection: Any = None
        self.url, self.engine, self.brand = store.url, store.engine, store.brand

    @contextmanager
    def within(self) -> Iterator[None]:
        """Hold the transaction open; at the end all is as before."""
        connection = self.engine.connect().execution_options(benchside_write=True)
        with connection, connection.begin() as whole:
            self._connection = connection
            try:
                yield
            finally:
                self._connection = None
                whole.rollback()

    @contextmanager
    def taken_back(self) -> Iterator[None]:
        """Let things happen, then undo them."""
        point = self._connection.begin_nested()
        try:
            yield
        finally:
            point.rollback()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give the connection, as the store does."""
        yield self._connection

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` whole or not at all, as the store does."""
        while True:
            try:
                with self._connection.begin_nested():
                    return work(self._connection)
            except KeyTaken:
                continue

    def close(self) -> None:
        """Leave the real store open: it is not ours."""
