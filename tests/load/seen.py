"""What came of each request of the load: right or wrong, and how long it took from the moment it was due."""

import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping

from attrs import Factory, define, frozen

from bench.measure import median

PAGES, API = "page", "api"


@frozen
class Line:
    """One kind of request in the table; times in milliseconds."""

    kind: str
    sort: str
    asked: int
    right: int
    p50: float
    p95: float
    worst: float


@define
class Seen:
    """Everything asked so far."""

    took: dict[tuple[str, str], list[float]] = Factory(lambda: defaultdict(list))
    wrong: list[str] = Factory(list)
    _wrong_of: dict[tuple[str, str], int] = Factory(lambda: defaultdict(int))
    _lock: threading.Lock = Factory(threading.Lock)

    def note(self, sort: str, kind: str, seconds: float, fault: str | None) -> None:
        """Note one answer."""
        with self._lock:
            self.took[sort, kind].append(seconds * 1000)
            if fault is not None:
                self.wrong.append(f"{kind}: {fault}"[:400])
                self._wrong_of[sort, kind] += 1

    @property
    def asked(self) -> int:
        """How much was asked."""
        return sum(map(len, self.took.values()))

    @property
    def share_right(self) -> float:
        """The share of right answers."""
        return 1 - len(self.wrong) / max(self.asked, 1)

    def lines(self) -> list[Line]:
        """Return the table, pages first."""
        made = []
        for (sort, kind), took in self.took.items():
            ordered = sorted(took)
            p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
            right = len(ordered) - self._wrong_of[sort, kind]
            made.append(Line(kind, sort, len(ordered), right, median(ordered), p95, ordered[-1]))
        return sorted(made, key=lambda line: (line.sort != PAGES, line.kind))

    def table(self, told: Mapping[str, object]) -> Iterator[str]:
        """Give the report, line by line."""
        yield from (f"{name}: {value}" for name, value in told.items())
        yield ""
        yield f"{'kind':34} {'sort':5} {'asked':>7} {'right':>7} {'p50 ms':>8} {'p95 ms':>8} {'worst ms':>9}"
        for one in self.lines():
            yield f"{one.kind:34} {one.sort:5} {one.asked:7} {one.right:7} {one.p50:8.1f} {one.p95:8.1f} {one.worst:9.1f}"
        yield ""
        yield f"asked {self.asked}, right {self.share_right:.4%}"
        yield from (f"wrong: {one}" for one in self.wrong[:50])
