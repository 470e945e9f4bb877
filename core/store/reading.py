"""Connections for reading: on SQLite one goes from hand to hand, since pool and wrapping cost more than most statements."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import Connection, Engine


class Reading:
    """Gives connections to one engine; each is as a new one, without a transaction."""

    def __init__(self, engine: Engine, most: int) -> None:
        self._engine = engine
        self._most = most if engine.dialect.name == "sqlite" else 0
        """So many are kept, at most; the others go back to the pool, and the network's all: only the pool sees that they live."""
        self._free: list[Connection] = []

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Give a connection to read on; nothing done on it is kept."""
        taken = self._taken()
        try:
            yield taken
        finally:
            self._put_back(taken)

    def close(self) -> None:
        """Give those that are kept back to the pool."""
        while self._free:
            self._free.pop().close()

    def _taken(self) -> Connection:
        # Who listens at the pool hears of each that goes out.
        if not self._engine.pool.dispatch.checkout:
            try:
                return self._free.pop()
            except IndexError:
                pass
        return self._engine.connect()

    def _put_back(self, connection: Connection) -> None:
        changed = connection.closed or connection.invalidated or connection.get_execution_options()
        if changed or len(self._free) >= self._most or self._engine.pool.dispatch.checkin:
            connection.close()
            return
        try:
            connection.rollback()
        except BaseException:
            connection.close()
            raise
        self._free.append(connection)
