"""A queue page: one statement, a page of rows by key, and the module named where its own source failed."""

import threading
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime, timedelta
from typing import Any

from attrs import evolve, frozen
from sqlalchemy.engine import Connection

from core.module import Flow
from core.records.sides import Side
from core.roles import Sight
from core.store.prepared import PreparedRead
from core.store.terms import Phrase, question
from core.values import Actor, QueuePlan, QueueQuery, QueueRow, QueueRows
from core.work import hiding, tokens
from core.work.access import sight
from core.work.conditions import Conditions
from core.work.elsewhere import fitting
from core.work.house import House
from core.work.kept import Kept
from core.work.places import place_of
from core.work.queue_statements import Shape, columns_of, count_statement, queue_statement
from core.work.refusals import not_found
from core.work.registers import CourtDefaults, settings_for
from core.work.remaining import NEAR_HOURS
from core.work.times import last_day, start_of_day

PAGE = 20
REMEMBERED = 1000
"""So many rows, and at most twice as many, are kept as values: some fifty first pages."""
_MORE = ("version", "reviewed_at", "reviewer", "handler", "handler_id", "submitter", "anonymous")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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
        self._prepared: dict[tuple[str, Shape], PreparedRead] = {}
        self._counting: dict[Shape, PreparedRead] = {}
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
        handlers = _handlers(flow, actor, conditions)
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
            values, shape = self._asked(reading, actor, flow, conditions)
            if values is None:
                return 0
            brand = self._house.store.brand
            statement = self._counting.get(shape) or self._counting.setdefault(
                shape, PreparedRead(count_statement(shape, brand))
            )
            return int(statement.scalar(reading, values | {"limit": most}))

    def _cut(self, rows: Sequence[QueueRow], limit: int, conditions: Conditions) -> QueuePage:
        ordered = sorted(rows, key=lambda row: _place(row.key, row.due_at, conditions.order))
        shown = tuple(ordered[:limit])
        more = len(ordered) > limit
        return QueuePage(shown, _cursor(shown[-1], conditions.order) if more else "")

    def _own(
        self, connection: Connection, actor: Actor, flow: Flow, conditions: Conditions, limit: int
    ) -> list[QueueRow]:
        """Return the rows of the host's table; ordered by time limit, what has none follows what has one."""
        if conditions.order != "due" or conditions.due:
            return self._rows(connection, actor, flow, conditions, limit)
        rows = []
        if conditions.after is None or conditions.after_due is not None:
            rows = self._rows(connection, actor, flow, conditions, limit)
            conditions = evolve(conditions, after=None, after_due=None)
        if len(rows) < limit:
            rows += self._rows(connection, actor, flow, conditions, limit - len(rows), timeless=True)
        return rows

    def _rows(
        self, connection: Connection, actor: Actor, flow: Flow, conditions: Conditions, limit: int, *, timeless: bool = False,
    ) -> list[QueueRow]:  # fmt: skip
        values, shape = self._asked(connection, actor, flow, conditions, timeless=timeless)
        if values is None:
            return []
        prepared = self.prepared(flow, shape)
        whole_court = sight(flow, actor) is Sight.COURT
        columns = prepared.columns(connection.dialect)
        handler, anonymous = (columns.index(name) for name in ("handler_id", "anonymous"))
        made = []
        for row in prepared.raw(connection, values | {"limit": limit}):
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
        dialect = self._house.store.engine.dialect
        (cells_held,) = prepared.dressed(dialect, [row])
        held = dict(zip(prepared.columns(dialect), cells_held, strict=True))
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
        found = self._prepared.get((flow.kind, shape))
        if found is None:
            with self._making:
                side: Side = self._house.modules.sides[flow.kind]
                found = PreparedRead(queue_statement(side, shape, self._house.store.brand))
                self._prepared[flow.kind, shape] = found
        return found

    def _asked(
        self,
        connection: Connection,
        actor: Actor,
        flow: Flow,
        conditions: Conditions,
        *,
        timeless: bool = False,
    ) -> tuple[dict[str, Any] | None, Shape]:
        handlers = _handlers(flow, actor, conditions)
        if handlers is not None and not handlers:
            return None, Shape(conditions.order)
        by_due = conditions.order == "due" and not timeless
        phrases = [list(any_of) for any_of in conditions.phrases]
        states, owners = conditions.states, tuple(sorted(handlers or ()))
        # A search takes states and handlers as words too; the time limits are walked in a range of each as well.
        if phrases:
            picked = [("state", states), ("handler", owners)]
            phrases += [
                [(tokens.exact(name, one),) for one in several] for name, several in picked if several
            ]
            phrases.insert(0, [(tokens.place_word(actor.court, flow.kind),)])
            if not by_due:
                states, owners = (), ()
        shape = Shape(
            order=conditions.order,
            after=conditions.after is not None and (not by_due or conditions.after_due is not None),
            lowest=conditions.lowest is not None,
            highest=conditions.highest is not None,
            words=bool(phrases),
            states=len(states),
            handlers=len(owners),
            due=conditions.due,
            timeless=timeless,
        )
        values: dict[str, Any] = {"court": actor.court, "kind": flow.kind, **hiding.binds(actor)}
        values |= {f"state_{place}": state for place, state in enumerate(states)}
        values |= {f"handler_{place}": owner for place, owner in enumerate(owners)}
        values |= self._bounds(connection, actor, conditions, shape, phrases)
        return values, shape

    def _bounds(
        self,
        connection: Connection,
        actor: Actor,
        conditions: Conditions,
        shape: Shape,
        phrases: list[list[Phrase]],
    ) -> dict[str, Any]:
        values: dict[str, Any] = {}
        if shape.words:
            values["words"] = question(self._house.store.brand, phrases, hiding.unwanted(actor))
        for name in ("after", "lowest", "highest"):
            if getattr(shape, name):
                values[name] = getattr(conditions, name)
        if shape.after and shape.order == "due" and not shape.timeless:
            assert conditions.after_due is not None
            values["after_due"] = _EPOCH + timedelta(microseconds=conditions.after_due)
        if shape.due:
            values["now"] = now = self._house.clock()
            if shape.due == "near":
                days = settings_for(connection, actor.court, "core", CourtDefaults).near_days
                # Till the end of the last of these days, as the pages say it.
                values["soon_days"] = start_of_day(last_day(now) + timedelta(days=days + 1))
                values["soon_hours"] = now + timedelta(hours=NEAR_HOURS)
                values["soon"] = max(values["soon_days"], values["soon_hours"])
        return values


def _handlers(flow: Flow, actor: Actor, conditions: Conditions) -> frozenset[int] | None:
    """Return whose requests to show; None shows everybody's."""
    seen = None if sight(flow, actor) is Sight.COURT else actor.handles
    if conditions.handler is None:
        return seen
    asked = frozenset({conditions.handler})
    return asked if seen is None else asked & seen


def _place(key: int, due_at: datetime | None, order: str) -> tuple[Any, ...]:
    """Return where a row stands; ordered by time limit, what has none comes last, newest first."""
    if order == "due" and due_at is not None:
        return (0, due_at, key)
    return (1, key) if order == "oldest" else (1, -key)


def _cursor(row: QueueRow, order: str) -> str:
    if order == "due" and row.due_at is not None:
        return f"{row.key}-{(row.due_at - _EPOCH) // timedelta(microseconds=1)}"
    return str(row.key)


def _after(rows: Iterable[QueueRow], conditions: Conditions) -> list[QueueRow]:
    if conditions.after is None:
        return list(rows)
    due = None if conditions.after_due is None else _EPOCH + timedelta(microseconds=conditions.after_due)
    here = _place(conditions.after, due, conditions.order)
    return [row for row in rows if _place(row.key, row.due_at, conditions.order) > here]
