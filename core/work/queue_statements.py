"""The statements of queue pages: one per shape of conditions, built and compiled once.

Every statement has the same two parts. The inner one picks the keys of a page in order, from one index: the
search index where words are looked up, a queue index otherwise, several ranges of it merged where several
states or handlers are asked for. The outer one fetches what the page shows of these keys; ordering so few is
left to the caller. ``core.work.queue_ways`` says which way is taken when.
"""

from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from attrs import evolve, frozen
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased

from core.records import ApplicationRow, Person
from core.records.sides import Side
from core.store import terms
from core.store.types import Json
from core.work.columns import columns_of
from core.work.hiding import not_hidden
from core.work.queue_limits import earliest, near

A = ApplicationRow
_REVIEWER, _HANDLER = aliased(Person, name="reviewer"), aliased(Person, name="handler")
_SUBMITTER: Any = sa.type_coerce(A.submitter, Json)["name"].as_string().label("submitter")
"""Its name is read, its sealed numbers are left where they are."""
SHOWN = (
    A.id, A.serial_no, A.kind, A.state, A.applicant, A.case_number, A.submitted_at, A.due_at, A.due_hours, A.version,
    A.reviewed_at, A.handler_id, _SUBMITTER, A.anonymous,
)  # fmt: skip


_LIMIT = sa.bindparam("limit", type_=sa.Integer)


@frozen
class Shape:
    """What distinguishes one statement from another; values are bound."""

    order: str
    after: bool = False
    lowest: bool = False
    highest: bool = False
    words: int = 0
    """So many questions are put to the search index."""
    states: int = 0
    handlers: int = 0
    due: str = ""
    timeless: bool = False
    """Of the order by time limit the second part: what has none, newest first."""
    way: str = ""
    """``walk``: what is walked is checked row by row, up to a number of rows; ``among``: the rows are a few that were found."""
    picks: tuple[tuple[str, int], ...] = ()
    """Choices that are checked in a walk: the field's column, and how many values it may have."""
    texts: bool = False
    """Words are checked in a walk."""

    @property
    def by_due(self) -> bool:
        """Whether time limits are walked."""
        return self.order == "due" and not self.timeless


def queue_statement(side: Side, shape: Shape, brand: str) -> sa.Select[Any]:
    """Return the statement of one page of ``side``'s queue."""
    keys = _keys(side, shape, brand).subquery("keys")
    fields = [side.table.c[spec.name].label(f"field_{spec.name}") for spec in columns_of(side.flow)]
    return (
        sa.select(*SHOWN, _REVIEWER.name.label("reviewer"), _HANDLER.name.label("handler"), *fields)
        .select_from(keys)
        .join(A, A.id == keys.c.id)
        .join(side.table, side.table.c.id == keys.c.id)
        .outerjoin(_REVIEWER, _REVIEWER.id == A.reviewed_by)
        .outerjoin(_HANDLER, _HANDLER.id == A.handler_id)
    )


def count_statement(side: Side, shape: Shape, brand: str) -> sa.Select[Any]:
    """Return the statement that counts what a page of this shape would show, or would walk; no row is read."""
    if shape.way == "walk":
        return sa.select(sa.func.count()).select_from(_walked(shape, brand, _LIMIT).subquery("keys"))
    return sa.select(sa.func.count()).select_from(_keys(side, shape, brand).subquery("keys"))


def found_statement(_side: Side, shape: Shape, brand: str) -> sa.Select[Any]:
    """Return the statement that looks words up: some of the keys that have them, in no order."""
    key = terms.key_column(brand)
    window = _window(evolve(shape, after=False), key)
    return sa.select(key.label("id")).where(_found(shape, brand), *window).limit(_LIMIT)


def seldom_statement(side: Side, shape: Shape, brand: str) -> sa.Select[Any]:
    """Return the statement that counts, up to a number, the requests that have a word: of any court, of any kind."""
    return sa.select(sa.func.count()).select_from(found_statement(side, shape, brand).subquery("keys"))


def _found(shape: Shape, brand: str) -> sa.ColumnElement[bool]:
    asked = [sa.bindparam(f"words_{place}", type_=sa.Text) for place in range(shape.words)]
    return terms.found(brand, *asked)


def every_timed_statement(_side: Side, shape: Shape, brand: str) -> sa.Select[Any]:
    """Return the statement that tells whether all of at most ``scan`` rows have a time limit: no row is read for it.

    They are counted in the index of all and in that of those with a limit; of more than ``scan`` one more is counted than there.
    """
    scan = sa.bindparam("scan", type_=sa.BigInteger)
    told = []
    for one in _asked(shape):
        here = [A.court_code == sa.bindparam("court"), A.kind == sa.bindparam("kind"), *_in_state(*one)]
        every = sa.select(A.id).where(*here, *_window(shape, A.id))
        timed = every.where(A.due_at.is_not(None))
        if brand == "postgresql":  # or it would read the table where it takes that for less
            every, timed = every.order_by(A.id), timed.order_by(*_due_order(A))
        told.append(_counted(every.limit(scan + 1)) == _counted(timed.limit(scan)))
    return sa.select(sa.and_(*told))


def _counted(some: sa.Select[Any]) -> Any:
    return sa.select(sa.func.count()).select_from(some.subquery("keys")).scalar_subquery()


def _keys(side: Side, shape: Shape, brand: str) -> sa.Select[Any]:
    if shape.words:
        return _by_words(shape, brand)
    if shape.way == "among":
        few = _by_due(shape, brand, None, None) if shape.by_due else _range(shape, None, None)
        order = _due_order(few.selected_columns) if shape.by_due else [_direction(shape, A.id)]
        return few.where(A.id.in_(_given(brand))).order_by(*order).limit(_LIMIT)
    if shape.way == "walk":
        walked = _walked(shape, brand, sa.bindparam("scan", type_=sa.BigInteger)).subquery("walked")
        # In the order in which they are walked, and no further than to the last that is shown.
        return sa.select(walked.c.id).where(*_fits(side, shape, brand, walked.c.id)).limit(_LIMIT)
    return _walked(shape, brand, _LIMIT)


def _walked(shape: Shape, brand: str, limit: Any) -> sa.Select[Any]:
    asked = _asked(shape)
    if shape.by_due:
        return _merged([_by_due(shape, brand, *one) for one in asked], _due_order, brand, limit)
    return _merged(
        [_range(shape, *one) for one in asked], lambda columns: [_direction(shape, columns.id)], brand, limit
    )


def _asked(shape: Shape) -> list[tuple[int | None, int | None]]:
    """Return the ranges of an index: of each (state, handler)."""
    states = range(shape.states) if shape.states else [None]
    handlers = range(shape.handlers) if shape.handlers else [None]
    return [(state, handler) for state in states for handler in handlers]


def _fits(side: Side, shape: Shape, brand: str, key: Any) -> list[sa.ColumnElement[bool]]:
    """Return what is checked of each row that is walked: its choices first, which costs less, then its words.

    Each is a value that is looked up by key. A condition that the planner could turn into a join, it would.
    """
    fits: list[sa.ColumnElement[bool]] = []
    if shape.timeless:
        row = aliased(A, name="timeless")
        fits.append(sa.select(row.due_at.is_(None)).where(row.id == key).scalar_subquery())
    for name, count in shape.picks:
        values = [sa.bindparam(f"pick_{name}_{place}", type_=sa.Text) for place in range(count)]
        mine = aliased(side.table, name="picked")
        fits.append(sa.select(mine.c[name].in_(values)).where(mine.c.id == key).scalar_subquery())
    if shape.texts:
        asked = sa.bindparam("texts", type_=sa.Text)
        row = terms.key_column(brand) == key
        fits.append(sa.select(terms.holds(brand, asked)).where(row).scalar_subquery())
    return fits


def _given(brand: str) -> Any:
    """Return the keys of ``among``, given as one text with commas."""
    keys = sa.bindparam("among", type_=sa.Text)
    if brand == "sqlite":
        return sa.select(sa.column("value")).select_from(sa.func.json_each("[" + keys + "]"))
    numbers = sa.cast(sa.func.string_to_array(keys, ","), ARRAY(sa.BigInteger))
    return sa.select(sa.func.unnest(numbers))


def _merged(ranges: list[sa.Select[Any]], order: Any, brand: str, limit: Any) -> sa.Select[Any]:
    """Return the head of several ordered ranges of an index, in one order.

    SQLite walks them side by side by itself. PostgreSQL is told that the head of each is enough, or it may
    read them to their end and sort.
    """
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
    """Few have a limit running: what has one is passed by on the way; in a walk it counts."""
    return [A.due_at.is_(None)] if shape.timeless and shape.way != "walk" else []


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
    select = sa.select(key.label("id")).where(_found(shape, brand), *_window(shape, key))
    if shape.timeless:
        select = select.join(A, key == A.id).where(*_timeless(shape))
    if brand == "postgresql":
        # It looks for all rows before it gives one; where the walk came to its end, there is nothing to look for.
        scan = sa.bindparam("scan", type_=sa.BigInteger)
        walked = _walked(evolve(shape, words=0, way="walk"), brand, scan).subquery("walked")
        select = select.where(sa.select(sa.func.count()).select_from(walked).scalar_subquery() >= scan)
    return select.order_by(_direction(shape, key)).limit(_LIMIT)


def _by_due(shape: Shape, brand: str, state: int | None, handler: int | None) -> sa.Select[Any]:
    """Walk the time limits, nearest first; days are checked row by row: few have a limit running."""
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
        checked.append(near(instant))
    if shape.lowest and not shape.after and shape.due != "near":  # else there is a nearer beginning
        walked.append(A.due_at >= earliest(instant, brand))
    if shape.after:
        place = sa.tuple_(
            sa.bindparam("after_due", type_=instant), sa.bindparam("after", type_=sa.BigInteger)
        )
        walked.append(sa.tuple_(A.due_at, A.id) > place)
    if brand == "sqlite":
        # In one piece, behind a function: SQLite must neither begin with another index nor take the walk for so
        # short that a sort costs nothing.
        checked = [sa.func.coalesce(sa.and_(*checked), sa.false())]
    within = _window(evolve(shape, after=False), A.id)
    if within and brand == "sqlite":
        # The key stands in the index: the row itself is read of those alone that are within.
        checked = [sa.case((sa.and_(*within), checked[0]), else_=sa.false())]
    elif within:
        checked += within
    select: Any = sa.select(A.id.label("id"), A.due_at.label("due_at"))
    found: sa.Select[Any] = select.where(*walked, *checked)
    return found


def _due_order(columns: Any) -> list[Any]:
    return [columns.due_at.asc(), columns.id.asc()]
