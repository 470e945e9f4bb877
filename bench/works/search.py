"""Searches of the queue: the time their statements take in the database's driver, on SQLite and on PostgreSQL."""

from collections.abc import Callable, Iterator

from bench.bulk import ABSENT, COMMON, RARE
from bench.listing import Given, Listing, noted
from bench.measure import Row, median
from bench.place import Place
from bench.postgres import postgres_place
from core.values import Actor

ROUNDS = 15
TARGET = 10
TERMS: dict[str, Given] = {
    "a rare term": {"q": RARE},
    "a common term": {"q": COMMON},
    "a two-character term": {"q": "张某"},
    "an absent term": {"q": ABSENT},
}


def others(place: Place) -> Iterator[tuple[str, Given]]:
    """Give what else is searched for: longer, several, parts of numbers, with conditions, in other orders."""
    serial = next(place.bulk.rows([place.rows // 2])).serial_no
    yield "a whole number", {"q": serial}
    yield "the end of a number", {"q": serial[-6:]}
    yield "one character", {"q": "张"}
    yield "a long term", {"q": f"示例三{COMMON}有限公司"}
    yield "two words", {"q": f"{COMMON} 李某甲"}
    yield "two words, one absent", {"q": f"{COMMON} {ABSENT}"}
    yield "no such case", {"case_number": "（2026）粤0199民初99999号"}
    for word, given in TERMS.items():
        for order in ("oldest", "due"):
            yield f"{word}, {order}", {**given, "order": order}
        for state in ("DOCKETED", "DOCKET_FAILED", "退"):
            yield f"{word}, state {state}", {**given, "state": state}
            yield f"{word}, state {state}, due", {**given, "state": state, "order": "due"}
        for due in ("near", "overdue"):
            yield f"{word}, {due}", {**given, "due": due}
        yield f"{word}, from a day", {**given, "submitted_from": "2026-10-01"}
        yield f"{word}, second page", {**given, "after": place.page(place.rows // 60)}


Of = Callable[[list[float]], float]


def rows(place: Place, rounds: int = ROUNDS) -> Iterator[Row]:
    """Measure both brands."""
    yield from lines(place, "SQLite", rounds)
    with postgres_place(place.rows) as other:
        yield from lines(other, "PostgreSQL", rounds)


def lines(place: Place, brand: str, rounds: int = ROUNDS, of: Of = median) -> Iterator[Row]:
    """Give a line for each term, and one for the slowest of all other searches by whoever asks."""
    listing, reader = Listing(place), place.actor("reviewer")
    for word, given in TERMS.items():
        took = asked(listing, reader, given, rounds, of)
        yield Row(
            work=f"search on {brand}, {word}", got=took, unit="ms", target=TARGET, better="lower",
            note=f"{len(listing.page(reader, given).rows)} rows; p50 of the page's statements",
        )  # fmt: skip
    found = {
        f"{word} ({actor.name})": asked(listing, actor, given, rounds, of)
        for actor in (reader, place.actor("judge"))
        for word, given in (*TERMS.items(), *others(place))
    }
    slowest = sorted(found, key=lambda name: -found[name])
    yield Row(
        work=f"search on {brand}, the slowest of {len(found)}", got=found[slowest[0]], unit="ms", target=TARGET, better="lower",
        note="; ".join(f"{name} {found[name]:.1f} ms" for name in slowest[:3]),
    )  # fmt: skip


def asked(listing: Listing, actor: Actor, given: Given, rounds: int, of: Of) -> float:
    """Return the milliseconds that a page's statements take together: of several times the p50, or what ``of`` says."""
    took = []
    for place in range(rounds + 1):
        with noted() as statements:
            listing.page(actor, given)
        if place:
            took.append(sum(statements) * 1000)
    return of(took)
