"""The statements of queue pages: one per shape of conditions, built and compiled once.

Every statement has the same two parts. The inner one picks the keys of a page in order, from one index: the
search index where words are asked for, a queue index otherwise, several ranges of it merged where several
states or handlers are asked for. The outer one fetches what the page shows of these keys; ordering so few is
left to the caller, so that no database ever sorts.
"""

from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.orm import aliased

from core.fields.kinds import KINDS
from core.fields.spec import FieldSpec, specs_of
from core.module import Flow
from core.records import ApplicationRow, Person
from core.records.sides import Side
from core.store import terms
from core.store.types import Json
from core.work.hiding import not_hidden

A = ApplicationRow
_REVIEWER, _HANDLER = aliased(Person, name="reviewer"), aliased(Person, name="handler")
_SUBMITTER: Any = sa.type_coerce(A.submitter, Json)["name"].as_string().label("submitter")
"""Its name is read, its sealed numbers are left where they are."""
SHOWN = (
    A.id, A.serial_no, A.kind, A.state, A.applicant, A.case_number, A.submitted_at, A.due_at, A.due_hours, A.version,
    A.reviewed_at, A.handler_id, _SUBMITTER, A.anonymous,
)  # fmt: skip


@frozen
class Shape:
    """What distinguishes one statement from another; values are bound."""

    order: str
    after: bool = False
    lowest: bool = False
    highest: bool = False
    words: bool = False
    states: int = 0
    handlers: int = 0
    due: str = ""
    timeless: bool = False
    """Of the order by time limit the second part: what has none, newest first."""


def columns_of(flow: Flow) -> list[FieldSpec]:
    """Return the fields of ``flow`` that are columns of its queue."""
    return [spec for spec in specs_of(flow.fields).values() if spec.column and spec.kind is not KINDS.group]


def queue_statement(side: Side, shape: Shape, brand: str) -> sa.Select[Any]:
    """Return the statement of one page of ``side``'s queue."""
    keys = _keys(shape, brand).subquery("keys")
    fields = [side.table.c[spec.name].label(f"field_{spec.name}") for spec in columns_of(side.flow)]
    return (
        sa.select(*SHOWN, _REVIEWER.name.label("reviewer"), _HANDLER.name.label("handler"), *fields)
        .select_from(keys)
        .join(A, A.id == keys.c.id)
        .join(side.table, side.table.c.id == keys.c.id)
        .outerjoin(_REVIEWER, _REVIEWER.id == A.reviewed_by)
        .outerjoin(_HANDLER, _HANDLER.id == A.handler_id)
    )


def count_statement(shape: Shape, brand: str) -> sa.Select[Any]:
    """Return the statement that counts what a page of this shape would show; no row is read."""
    return sa.select(sa.func.count()).select_from(_keys(shape, brand).subquery("keys"))


def _keys(shape: Shape, brand: str) -> sa.Select[Any]:
    by_due = shape.order == "due" and not shape.timeless
    if shape.words and not by_due:
        return _by_words(shape, brand)
    states = range(shape.states) if shape.states else [None]
    handlers = range(shape.handlers) if shape.handlers else [None]
    asked = [(state, handler) for state in states for handler in handlers]
    if by_due:
        return _merged([_by_due(shape, brand, *one) for one in asked], _due_order, brand)
    return _merged(
        [_range(shape, *one) for one in asked], lambda columns: [_direction(shape, columns.id)], brand
    )


def _merged(ranges: list[sa.Select[Any]], order: Any, brand: str) -> sa.Select[Any]:
    """Return the head of several ordered ranges of an index, in one order.

    SQLite walks them side by side by itself. PostgreSQL is told that the head of each is enough, or it may
    read them to their end and sort.
    """
    limit = sa.bindparam("limit", type_=sa.Integer)
    if len(ranges) == 1:
        return ranges[0].order_by(*order(ranges[0].selected_columns)).limit(limit)
    if brand == "postgresql":
        heads = [one.order_by(*order(one.selected_columns)).limit(limit).subquery() for one in ranges]
        ranges = [sa.select(*head.c) for head in heads]
    whole: Any = sa.union_all(*ranges)
    # The columns of a union are known by name alone.
    named = SimpleNamespace(id=sa.literal_column("id"), due_at=sa.literal_column("due_at"))
    head: sa.Select[Any] = whole.order_by(*order(named)).limit(limit)
    return head


def _direction(shape: Shape, key: Any) -> Any:
    return key.asc() if shape.order == "oldest" else key.desc()


def _range(shape: Shape, state: int | None, handler: int | None) -> sa.Select[Any]:
    return sa.select(A.id.label("id")).where(
        *_here(), *_in_state(state, handler), *_window(shape, A.id), *_timeless(shape)
    )


def _in_state(state: int | None, handler: int | None) -> list[sa.ColumnElement[bool]]:
    """Return what picks one range of an index: a state, a handler, both or neither."""
    picked = [(A.state, "state", state), (A.handler_id, "handler", handler)]
    return [column == sa.bindparam(f"{name}_{place}") for column, name, place in picked if place is not None]


def _timeless(shape: Shape) -> list[sa.ColumnElement[bool]]:
    """Few have a limit running: what has one is passed by on the way."""
    return [A.due_at.is_(None)] if shape.timeless else []


def _here() -> list[sa.ColumnElement[bool]]:
    return [
        A.court_code == sa.bindparam("court"),
        A.kind == sa.bindparam("kind"),
        *not_hidden(A.hidden_from),
    ]


def _window(shape: Shape, key: Any) -> list[sa.ColumnElement[bool]]:
    number = sa.BigInteger
    bounds = []
    if shape.after:
        after = sa.bindparam("after", type_=number)
        bounds.append(key > after if shape.order == "oldest" else key < after)
    if shape.lowest:
        bounds.append(key >= sa.bindparam("lowest", type_=number))
    if shape.highest:
        bounds.append(key < sa.bindparam("highest", type_=number))
    return bounds


def _by_words(shape: Shape, brand: str) -> sa.Select[Any]:
    key = terms.key_column(brand)
    select = sa.select(key.label("id")).where(
        terms.found(brand, sa.bindparam("words", type_=sa.Text)), *_window(shape, key)
    )
    if shape.timeless:
        select = select.join(A, key == A.id).where(*_timeless(shape))
    return select.order_by(_direction(shape, key)).limit(sa.bindparam("limit", type_=sa.Integer))


def _by_due(shape: Shape, brand: str, state: int | None, handler: int | None) -> sa.Select[Any]:
    """Walk the time limits, nearest first; days and words are checked row by row: few have a limit running."""
    instant = A.due_at.type
    walked = [A.court_code == sa.bindparam("court"), A.kind == sa.bindparam("kind"), A.due_at.is_not(None)]
    walked += _in_state(state, handler)
    checked = [*not_hidden(A.hidden_from)]
    if shape.due == "overdue":
        walked.append(A.due_at <= sa.bindparam("now", type_=instant))
    elif shape.due:
        walked += [
            A.due_at > sa.bindparam("now", type_=instant),
            A.due_at <= sa.bindparam("soon", type_=instant),
        ]
        checked.append(_near(instant))
    if shape.lowest:
        checked.append(A.id >= sa.bindparam("lowest", type_=sa.BigInteger))
    if shape.highest:
        checked.append(A.id < sa.bindparam("highest", type_=sa.BigInteger))
    if shape.after:
        place = sa.tuple_(
            sa.bindparam("after_due", type_=instant), sa.bindparam("after", type_=sa.BigInteger)
        )
        walked.append(sa.tuple_(A.due_at, A.id) > place)
    if shape.words:
        # A list that is found once; asking the index row by row takes a hundred times as long.
        asked = terms.found(brand, sa.bindparam("words", type_=sa.Text))
        checked.append(A.id.in_(sa.select(terms.key_column(brand)).where(asked)))
    if brand == "sqlite":
        # In one piece, behind a function: SQLite must neither begin with another index nor take the walk for so
        # short that a sort costs nothing.
        checked = [sa.func.coalesce(sa.and_(*checked), sa.false())]
    select: Any = sa.select(A.id.label("id"), A.due_at.label("due_at"))
    found: sa.Select[Any] = select.where(*walked, *checked)
    return found


def _near(instant: Any) -> sa.ColumnElement[bool]:
    """Hours and days are near within spans of their own; ``soon`` is the later of both ends."""
    ends = {name: sa.bindparam(name, type_=instant) for name in ("soon_hours", "soon_days")}
    return A.due_at <= sa.case((A.due_hours.is_(True), ends["soon_hours"]), else_=ends["soon_days"])


def _due_order(columns: Any) -> list[Any]:
    return [columns.due_at.asc(), columns.id.asc()]
