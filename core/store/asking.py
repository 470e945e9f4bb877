"""Single statements that need no others beside them: what each request asks first must cost little."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.engine import Engine

from core.store.prepared import PreparedRead


class Asking:
    """Asks on connections of its own: on SQLite without pool and transaction, which cost more than a statement."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._free: list[Any] = []

    def rows(self, statement: PreparedRead, values: Mapping[str, Any]) -> list[Any]:
        """Return the rows of one statement; nothing in them is sealed."""
        if self._engine.dialect.name != "sqlite":
            with self._engine.connect() as connection:
                return statement.all(connection, values)
        try:
            driver = self._free.pop()
        except IndexError:
            driver = self._own()
        rows = statement.alone(driver, self._engine.dialect, values)
        self._free.append(driver)
        return rows

    def close(self) -> None:
        """Let the connections go; the next question opens another."""
        while self._free:
            self._free.pop().close()

    def _own(self) -> Any:
        """Return a connection of SQLite's own, which no pool takes back."""
        taken = self._engine.raw_connection()
        driver = taken.driver_connection
        taken.detach()
        return driver
