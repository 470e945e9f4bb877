"""A store whose writes are taken back: everything happens as in the house, in one transaction that never commits.

So a request is walked to a state once, and every step is tried on it from there, each as if no other had been tried.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy.engine import Connection

from core.store.engine import Store
from core.store.sealed import at_work

T = TypeVar("T")


class Trial(Store):
    """Stands where a house has its store; ``within`` holds the one transaction open."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._connection: Any = None
        self.url, self.engine, self.brand, self.ring = store.url, store.engine, store.brand, store.ring
        self._group, self.asking = store._group, store.asking

    @contextmanager
    def within(self) -> Iterator[None]:
        """Hold the transaction open; at the end all is as before. One within another takes back its own part."""
        if self._connection is not None:
            with self.taken_back():
                yield
            return
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
        with at_work(self.ring):
            yield self._connection

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` whole or not at all, as the store does."""
        with at_work(self.ring), self._connection.begin_nested():
            return work(self._connection)

    def close(self) -> None:
        """Leave the real store open: it is not ours."""
