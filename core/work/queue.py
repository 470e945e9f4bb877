"""A queue page: one statement, a page of rows by key, and the module named where its own source failed."""

import threading
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from typing import Any

from attrs import evolve, frozen
from sqlalchemy.engine import Connection

from core.module import Flow
from core.records.sides import Side
from core.roles import Sight
from core.store.prepared import PreparedRead
from core.values import Actor, QueuePlan, QueueQuery, QueueRow, QueueRows
from core.work import hiding
from core.work.access import sight
from core.work.columns import columns_of
from core.work.conditions import Conditions
from core.work.elsewhere import fitting
from core.work.house import House
from core.work.kept import Kept
from core.work.places import place_of
from core.work.queue_statements import (
    Shape,
    count_statement,
    every_timed_statement,
    found_statement,
    queue_statement,
    seldom_statement,
)
from core.work.queue_ways import EPOCH, Learned, ask, handlers_of, rows_of
from core.work.refusals import not_found
from core.work.registers import CourtDefaults, settings_for

PAGE = 20
REMEMBERED = 1000
"""So many rows, and at most twice as many, are kept as values: some fifty first pages."""
_MORE = ("version", "reviewed_at", "reviewer", "handler", "handler_id", "submitter", "anonymous")
_STATEMENTS = {
    "page": queue_statement,
    "count": count_statement,
    "find": found_statement,
    "every_timed": every_timed_statement,
    "seldom": seldom_statement,
}


@frozen
class QueuePage:
    """The rows of a page, the cursor of the next one (empty: none), and the modules that failed to answer."""

    rows: tuple[QueueRow, ...]
    next: str
    failed: tuple[str, ...] = ()


class Queues:
    """Queue pages of one house; keeps each statement compiled."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._statements: dict[tuple[str, str, Shape], PreparedRead] = {}
        self._making = threading.Lock()
        self._made: Kept[QueueRow] = Kept(REMEMBERED)

    def page(
        self, actor: Actor, on: frozenset[str], flow: Flow, conditions: Conditions, limit: int = PAGE, *,
        connection: Connection | None = None,
    ) -> QueuePage:  # fmt: skip
        """Return the page of ``flow``'s queue that ``conditions`` ask for, as far as the actor sees it.

        Who asks for many queues gives the ``connection`` to read on.

        Raises:
            Refused: the module is off, or no role of the actor sees such requests.
        """
        module = self._house.modules.owner[flow.kind]
        if module not in on or sight(flow, actor) is Sight.NONE:
            raise not_found()
        given: list[QueuePlan | QueueRows] = []
        failed: tuple[str, ...] = ()
        if module in self._house.hooks.implements("list_queue"):
            query = QueueQuery(actor, module, flow.kind, place_of(self._house, module, actor.court))
            answers = self._house.hooks.list_queue(on, query, {one.code for one in flow.states})
            given, failed = list(answers.good.values()), answers.failed
        plans = [one for one in given if isinstance(one, QueuePlan)]
        rows: list[QueueRow] = []
        with self._reading(connection) as reading:
            for one in given:
                if isinstance(one, QueueRows):
                    rows += self._elsewhere(reading, actor, flow, conditions, one)
            # Rows from elsewhere stand beside what was filed here; a plan says of which kinds that is shown.
            if not plans or any(flow.kind in one.kinds for one in plans):
                rows += self._own(reading, actor, flow, conditions, limit + 1)
        return evolve(self._cut(rows, limit, conditions), failed=failed)

    def _elsewhere(
        self, connection: Connection, actor: Actor, flow: Flow, conditions: Conditions, given: QueueRows
    ) -> list[QueueRow]:
        days = (
            settings_for(connection, actor.court, "core", CourtDefaults).near_days
            if conditions.due == "near"
            else 0
        )
        handlers = handlers_of(flow, actor, conditions)
        found = fitting(given.rows, flow, actor.court, conditions, handlers, self._house.clock(), days)
        return _after(found, conditions)

    def _reading(self, connection: Connection | None) -> AbstractContextManager[Connection]:
        return nullcontext(connection) if connection is not None else self._house.store.read()

    def count(
        self, actor: Actor, on: frozenset[str], flow: Flow, conditions: Conditions, most: int, *,
        connection: Connection | None = None,
    ) -> int:  # fmt: skip
        """Return how many rows the page of ``most`` would have; ``conditions`` ask for some of the time limits.

        Raises:
            Refused: as ``page``.
        """
        module = self._house.modules.owner[flow.kind]
        if module in self._house.hooks.implements("list_queue"):
            return len(self.page(actor, on, flow, conditions, most, connection=connection).rows)
        if module not in on or sight(flow, actor) is Sight.NONE:
            raise not_found()
        with self._reading(connection) as reading:
            asked = ask(self._house, reading, actor, flow, conditions)
            if asked is None:
                return 0
            if asked.words:
                return len(self._own(reading, actor, flow, conditions, most))
            counting = self._prepared("count", flow, asked.shape)
            return int(counting.scalar(reading, {**asked.values, "limit": most}))

    def _cut(self, rows: Sequence[QueueRow], limit: int, conditions: Conditions) -> QueuePage:
        ordered = sorted(rows, key=lambda row: _place(row.key, row.due_at, conditions.order))
        shown = tuple(ordered[:limit])
        more = len(ordered) > limit
        return QueuePage(shown, _cursor(shown[-1], conditions.order) if more else "")

    def _own(
        self, connection: Connection, actor: Actor, flow: Flow, conditions: Conditions, limit: int
    ) -> list[QueueRow]:
        """Return the rows of the host's table; ordered by time limit, what has none follows what has one."""
        learned = Learned()
        if conditions.order != "due" or conditions.due:
            return self._rows(connection, actor, flow, conditions, limit, learned)
        rows = []
        if conditions.after is None or conditions.after_due is not None:
            rows = self._rows(connection, actor, flow, conditions, limit, learned)
            conditions = evolve(conditions, after=None, after_due=None)
        if len(rows) < limit:
            rows += self._rows(connection, actor, flow, conditions, limit - len(rows), learned, timeless=True)
        return rows

    def _rows(
        self, connection: Connection, actor: Actor, flow: Flow, conditions: Conditions, limit: int, learned: Learned, *,
        timeless: bool = False,
    ) -> list[QueueRow]:  # fmt: skip
        asked = ask(self._house, connection, actor, flow, conditions, timeless=timeless)
        if asked is None:
            return []
        prepared = self.prepared(flow, asked.shape)
        rows = rows_of(
            asked,
            limit,
            lambda what, shape, values: self._prepared(what, flow, shape).raw(connection, values),
            learned,
        )
        whole_court = sight(flow, actor) is Sight.COURT
        columns = prepared.columns(connection.dialect)
        handler, anonymous = (columns.index(name) for name in ("handler_id", "anonymous"))
        made = []
        for row in rows:
            nameless = bool(row[anonymous]) and not hiding.knows_submitter(
                actor, row[handler], whole_court=whole_court
            )
            made.append(self._remembered(prepared, flow, row, nameless=nameless))
        return made

    def _remembered(self, prepared: PreparedRead, flow: Flow, row: Any, *, nameless: bool) -> QueueRow:
        """Return the value of a row: the same one as long as the database answers the same."""
        try:
            key = (flow.kind, nameless, row)
            found = self._made.get(key)
        except TypeError:  # a list among its cells, as PostgreSQL's driver gives them
            key = (flow.kind, nameless, repr(row))
            found = self._made.get(key)
        return found or self._made.put(key, self._value(prepared, flow, row, nameless=nameless))

    def _value(self, prepared: PreparedRead, flow: Flow, row: Any, *, nameless: bool) -> QueueRow:
        held = prepared.named(self._house.store.engine.dialect, row)
        cells = {
            spec.name: None
            if (stored := held[f"field_{spec.name}"]) is None
            else spec.kind.from_store(stored)
            for spec in columns_of(flow)
        }
        more = {name: held[name] for name in _MORE}
        more["submitter"] = {"name": hiding.ANONYMOUS.zh if nameless else held["submitter"] or ""}
        return QueueRow(
            held["serial_no"], self._house.modules.owner[flow.kind], held["kind"], held["state"], held["applicant"],
            held["case_number"], held["submitted_at"], held["due_at"], cells, more, held["due_hours"], key=held["id"],
        )  # fmt: skip

    def prepared(self, flow: Flow, shape: Shape) -> PreparedRead:
        """Return the statement of ``shape``."""
        return self._prepared("page", flow, shape)

    def finding(self, flow: Flow, shape: Shape) -> PreparedRead:
        """Return the statement that gives keys from the search index for ``shape``."""
        return self._prepared("find", flow, shape)

    def _prepared(self, what: str, flow: Flow, shape: Shape) -> PreparedRead:
        found = self._statements.get((what, flow.kind, shape))
        if found is None:
            with self._making:
                side: Side = self._house.modules.sides[flow.kind]
                found = PreparedRead(_STATEMENTS[what](side, shape, self._house.store.brand))
                self._statements[what, flow.kind, shape] = found
        return found


def _place(key: int, due_at: datetime | None, order: str) -> tuple[Any, ...]:
    """Return where a row stands; ordered by time limit, what has none comes last, newest first."""
    if order == "due" and due_at is not None:
        return (0, due_at, key)
    return (1, key) if order == "oldest" else (1, -key)


def _cursor(row: QueueRow, order: str) -> str:
    if order == "due" and row.due_at is not None:
        return f"{row.key}-{(row.due_at - EPOCH) // timedelta(microseconds=1)}"
    return str(row.key)


def _after(rows: Iterable[QueueRow], conditions: Conditions) -> list[QueueRow]:
    if conditions.after is None:
        return list(rows)
    due = None if conditions.after_due is None else EPOCH + timedelta(microseconds=conditions.after_due)
    here = _place(conditions.after, due, conditions.order)
    return [row for row in rows if _place(row.key, row.due_at, conditions.order) > here]
