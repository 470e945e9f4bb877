"""What a queue page offers to ask, taken from the flow's own declaration, and how long its statements take."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from itertools import product
from typing import Any

from bench.bulk import BEGINS, SPAN
from bench.place import Place
from core.fields.lookups import Lookups
from core.module import Flow
from core.store.prepared import PreparedRead
from core.values import Actor
from core.work.conditions import DUE, ORDERS, names_of, read_conditions, searched
from core.work.queue import QueuePage, Queues
from core.work.registers import Registers
from core.work.times import court_day

Given = Mapping[str, str]
ON = frozenset({"filing"})


class Listing:
    """The queue of a place's filings, as one process reads it again and again."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.flow: Flow = place.bulk.flow
        self._queues = Queues(place.house)

    def page(self, actor: Actor, given: Given) -> QueuePage:
        """Return a page, from the arguments of the address to rows."""
        conditions, problems = read_conditions([self.flow], {name: [value] for name, value in given.items()})
        if problems:
            raise ValueError(f"{given}: {problems}")
        return self._queues.page(actor, ON, self.flow, conditions)

    def lookups(self) -> Lookups:
        """Return what the court has to choose from."""
        with self.place.house.store.read() as connection:
            return Registers(
                connection, self.place.actor("reviewer").court, court_day(self.place.house.clock())
            )


@contextmanager
def noted() -> Iterator[list[float]]:
    """Give a list to which each statement of a page adds the seconds it took in the driver, its rows read."""
    took: list[float] = []
    plain = PreparedRead.raw

    def timed(self: PreparedRead, connection: Any, values: Mapping[str, Any]) -> list[Any]:
        begun = time.perf_counter()
        rows = plain(self, connection, values)
        took.append(time.perf_counter() - begun)
        return rows

    PreparedRead.raw = timed  # type: ignore[method-assign]  # for as long as it is measured
    try:
        yield took
    finally:
        PreparedRead.raw = plain  # type: ignore[method-assign]  # as it was


def filters(flow: Flow, handler: int) -> Iterator[tuple[str, Given]]:
    """Give every condition that the page of ``flow`` offers, by itself: faces, states, views, handler, days, limits, fields."""
    yield "no condition", {}
    yield from ((f"face {face.zh}", {"state": face.zh}) for face in flow.faces())
    yield from ((f"state {state.code}", {"state": state.code}) for state in flow.states)
    yield "handler", {"handler": str(handler)}
    days = [(BEGINS + SPAN * part).date().isoformat() for part in (0.3, 0.6)]
    yield "submitted from", {"submitted_from": days[0]}
    yield "submitted to", {"submitted_to": days[1]}
    yield "submitted between", {"submitted_from": days[0], "submitted_to": days[1]}
    yield from ((f"limit {code}", {"due": code}) for code in DUE)
    for spec in searched(flow):
        if spec.kind.tokens == "days":
            yield f"{spec.name} between", dict(zip(names_of(spec), days, strict=True))
        elif spec.choices:
            yield from ((f"{spec.name} {one.value}", {spec.name: one.value}) for one in spec.choices)


def combined(flow: Flow, handler: int) -> Iterator[tuple[str, Given]]:
    """Give every condition in every order."""
    for (name, given), order in product(filters(flow, handler), ORDERS):
        if "due" not in given or order == "newest":
            yield f"{name}, {order}", {**given, "order": order}


def deep(place: Place, order: str, number: int) -> str:
    """Return the cursor of about page ``number`` of the whole court in an order."""
    if order == "newest":
        return place.page(number)
    if order == "oldest":
        return place.page(int(place.rows * 0.9 / 20) - number)
    due = BEGINS + SPAN / 2 + timedelta(days=7)
    return f"{place.page(place.rows // 40)}-{int(due.timestamp()) * 1_000_000}"
