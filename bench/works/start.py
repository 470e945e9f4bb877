"""From the command to the first answer; memory of a worker, and whether it grows with the pages it serves."""

import statistics
import time
from collections.abc import Iterator

from bench.client import reader
from bench.measure import Row, resident
from bench.place import Place

STARTS = 5
FIRST, LAST = 100, 1_000


def rows(place: Place, starts: int = STARTS) -> Iterator[Row]:
    """Start it several times, and have the last one serve a thousand pages of the list, each another one."""
    cookie = place.cookie()
    took = [_started(place) for _ in range(starts)]
    yield Row(
        work="start: from the command to the first page", got=statistics.median(took), unit="s", target=2.5, better="lower",
        note=f"p50 of {starts}, the slowest {max(took):.2f} s",
    )  # fmt: skip
    last = max(1, place.rows // 40)
    with place.serve() as served, reader(served.port, cookie) as ask:
        held = []
        for number in range(1, LAST + 1):
            ask(f"/m/filing/?view=all&after={place.page(number * 41 % last + 1)}")
            if number in (FIRST, LAST):
                held.append(resident(served.pid))
    yield Row(
        work="memory of a worker",
        got=held[-1],
        unit="MB",
        target=130,
        better="lower",
        note=f"resident, after {LAST:,} pages",
    )
    yield Row(
        work=f"memory: growth from page {FIRST} to page {LAST:,}", got=held[-1] - held[0], unit="MB", target=10, better="lower",
        note=f"{held[0]:.1f} MB after {FIRST} pages",
    )  # fmt: skip


def _started(place: Place) -> float:
    begun = time.perf_counter()
    with place.serve() as served, reader(served.port, "") as ask:
        ask("/login")
        return time.perf_counter() - begun
