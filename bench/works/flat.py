"""A page costs the same however many filings there are, however far back it lies, whatever it asks.

Three comparisons, each of the whole ``Queues.page`` in turns with its reference: every condition in every order on these filings
against the same on a thousand; a page far back against the first; and, with a target of its own, every condition against none in
the same order. Only full pages are set against full pages: twenty rows cost more than three.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from bench.listing import Listing, combined, deep
from bench.measure import Row, interleaved, median
from bench.place import Place, place_of
from bench.postgres import postgres_place

ROUNDS = 40
TARGET, ASKED_MORE = 1.2, 2.5
"""What asks more may cost more, but never by the number of filings."""
FEW, DEEP = 1_000, 40_000
FULL = 20


def rows(place: Place, rounds: int = ROUNDS) -> Iterator[Row]:
    """Measure both brands."""
    yield from lines(place, place_of(FEW), "SQLite", rounds)
    with (
        postgres_place(place.rows) as many,
        postgres_place(FEW, Path(f"{many.folder.parent.parent}-few")) as few,
    ):
        yield from lines(many, few, "PostgreSQL", rounds)


def lines(place: Place, few: Place, brand: str, rounds: int = ROUNDS) -> Iterator[Row]:
    """Give the worst of each comparison."""
    large, small = Listing(place), Listing(few)
    reader, other = place.actor("reviewer"), few.actor("reviewer")
    asked = [(name, given) for name, given in combined(large.flow, place.person("judge")) if len(large.page(reader, given).rows) == FULL]  # fmt: skip
    sizes = {
        name: ratio(partial(large.page, reader, given), partial(small.page, other, given), rounds)
        for name, given in asked
        if len(small.page(other, given).rows) == FULL
    }
    yield worst(f"flat on {brand}: {few.rows:,} → {place.rows:,} filings", sizes)
    last = min(DEEP, int(place.rows * 0.9 / FULL) - 2)
    far = {}
    for name, given in asked:
        back = {**given, "after": deep(place, given["order"], last)}
        if len(large.page(reader, back).rows) == FULL:
            far[name] = ratio(partial(large.page, reader, back), partial(large.page, reader, given), rounds)
    yield worst(f"flat on {brand}: page 1 → page {last:,}", far)
    conditions = {
        name: ratio(partial(large.page, reader, given), partial(large.page, reader, {"order": given["order"]}), rounds)
        for name, given in asked
    }  # fmt: skip
    yield worst(f"flat on {brand}: no condition → each", conditions, ASKED_MORE)


def ratio(work: Callable[[], object], reference: Callable[[], object], rounds: int) -> float:
    """Return how many times its reference a page takes: the least of each, since the worst of a hundred medians is noise."""
    took = interleaved({"work": work, "reference": reference}, rounds)
    return min(took["work"]) / min(took["reference"])


def worst(work: str, found: Mapping[str, float], target: float = TARGET) -> Row:
    """Return the line of the worst of ratios."""
    order = sorted(found, key=lambda name: -found[name])
    over = sum(value > target for value in found.values())
    return Row(
        work=work, got=found[order[0]], unit="x", target=target, better="lower",
        note=f"{len(found)} compared, p50 {median(list(found.values())):.2f} ×, {over} over; "
        + "; ".join(f"{name} {found[name]:.2f} ×" for name in order[:6]),
    )  # fmt: skip
