"""What a thread does while it has SQLite's one turn: known once, instead of being asked of the connection at each statement.

Several works are run in one turn. Rows that nothing reads before the commit wait and are added together, and what is
alike for all of them is asked once. Nobody sees that: whatever is sent that may have to do with a table for which
rows wait is sent after them, and who writes into a table that was asked has it asked again.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy.engine import Connection

from core.store.made import Made, execute

_Rows = dict[Made, list[Any]]
"""What waits: the cells of rows, one row after the other, by the statement that adds one."""


class Turn:
    """A transaction that has begun, on its own driver."""

    def __init__(self, connection: Connection, let_pass: Callable[[], None]) -> None:
        self.connection = connection
        self.driver: Any = connection.connection.driver_connection
        self.broken = False
        """Whether rows that waited could not be added, whoever was told of it."""
        self._let_pass = let_pass
        """Called before each statement: who is to be let pass is."""
        self._waiting: _Rows = {}
        """Rows of works that were run before, by what adds them."""
        self._mine: _Rows = {}
        """Those of the work that is run."""
        self._tables: set[str] = set()
        """Those for which rows wait."""
        self._changes = 0
        """Changes that the driver had counted before that work."""
        self._keys: dict[str, int] = {}
        """The last keys that were given ahead, by table."""
        self._known: dict[Any, list[Any]] = {}
        self._asked: set[str] = set()
        """The words of what is known."""

    def begin(self) -> None:
        """Run another work from here on."""
        for made, cells in self._mine.items():
            self._waiting.setdefault(made, []).extend(cells)
        self._mine = {}
        self._changes = self.driver.total_changes

    @property
    def wrote(self) -> bool:
        """Whether that one has changed rows, apart from those that wait."""
        return bool(self.driver.total_changes != self._changes)

    def drop(self) -> None:
        """Forget the rows of that one."""
        self._mine = {}

    def send(self, made: Made, parameters: Any, text: str = "") -> Any:
        """Send a statement (``text``, or its own), after what it might find."""
        changes = made.table is not None and not made.adds
        if changes or not self._tables.isdisjoint(made.words):
            self.settle()
        self._unless_known(made)
        if made.adds and made.table is not None:
            self._keys.pop(made.table.name, None)
        self._let_pass()
        return execute(self.driver, made, text or made.text, parameters)

    def later(self, made: Made, rows: Iterable[Mapping[str, Any]]) -> None:
        """Have ``rows`` added before anybody can miss them."""
        cells = self._mine.get(made)
        if cells is None:
            assert made.table is not None
            cells = self._mine[made] = []
            self._tables.add(made.table.name)
            self._unless_known(made)
        for row in rows:
            cells += made.parameters(row)

    def next_key(self, table: str, last: Callable[[], int | None]) -> int:
        """Return the key of the next row of ``table``, which waits; ``last`` tells that of the last one that is there."""
        held = self._keys.get(table)
        key = self._keys[table] = 1 + ((last() or 0) if held is None else held)
        return key

    def common(self, made: Made, parameters: Sequence[Any]) -> list[Any]:
        """Return the rows of what is asked once for all."""
        key = (made, *parameters)
        found = self._known.get(key)
        if found is None:
            rows = self.send(made, parameters).fetchall()
            found = self._known[key] = [made.read(row) for row in rows]
            self._asked |= made.words
        return found

    def otherwise(self, text: str) -> None:
        """Be ready for a statement that is sent on another way."""
        self.settle()
        if not text.startswith("SELECT"):
            self._known.clear()
            self._keys.clear()

    def settle(self) -> None:
        """Add the rows that wait."""
        before, mine = self._waiting, self._mine
        self._waiting, self._mine = {}, {}
        self._tables.clear()
        try:
            if before:
                counted = self.driver.total_changes
                self._add(before)
                self._changes += self.driver.total_changes - counted
            self._add(mine)
        except BaseException:
            self.broken = True
            raise

    def _add(self, waiting: _Rows) -> None:
        for made, cells in waiting.items():
            for text, parameters in made.in_few(cells):
                self._let_pass()
                execute(self.driver, made, text, parameters)

    def _unless_known(self, made: Made) -> None:
        if made.table is not None and made.table.name in self._asked:
            self._known.clear()


class _Here(threading.local):
    turn: Turn | None = None


_HERE = _Here()


@contextmanager
def writing(connection: Connection, let_pass: Callable[[], None]) -> Iterator[Turn]:
    """Have the turn within, in this thread."""
    turn = _HERE.turn = Turn(connection, let_pass)
    try:
        yield turn
    finally:
        _HERE.turn = None


def turn_of(connection: Connection) -> Turn | None:
    """Return the turn of this thread, where it is on ``connection``."""
    turn = _HERE.turn
    return turn if turn is not None and turn.connection is connection else None


def on_another_way(
    connection: Connection, _cursor: Any, text: str, _parameters: Any, _context: Any, _many: bool
) -> None:
    """Hear of each statement that SQLAlchemy itself sends."""
    turn = turn_of(connection)
    if turn is not None:
        turn.otherwise(text)
