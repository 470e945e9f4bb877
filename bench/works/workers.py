"""``serve --workers 2`` against one worker: the queue page for eight clients, the two servers in turns."""

import statistics
from collections.abc import Iterator

from bench.client import get, run
from bench.measure import Row
from bench.place import Place

CLIENTS = 8
SECONDS = 1.5
ROUNDS = 7


def rows(place: Place) -> Iterator[Row]:
    """Measure the rate of both."""
    cookie = place.cookie()
    with place.serve() as one, place.serve("--workers", "2") as two:
        rates: dict[int, list[float]] = {one.port: [], two.port: []}
        for _ in range(ROUNDS):
            for port, seen in rates.items():
                asked = get("/m/filing/", cookie, port)
                took = run(port, [(lambda asked=asked: asked, b"200")] * CLIENTS, SECONDS)
                seen.append(sum(map(len, took)) / SECONDS)
        single, double = (statistics.median(rates[served.port][1:]) for served in (one, two))
    yield Row(
        work=f"two workers against one, queue page, {CLIENTS} clients", got=double / single, unit="x", target=1.6, better="higher",
        note=f"{double:,.0f} pages/s against {single:,.0f}",
    )  # fmt: skip
