"""Counters and histograms of one process. Counting costs about a microsecond, so that a page can afford it.

They are our own because several workers answer for one installation: what a process counted must lie where the others
can read it, and the counting itself must not wait for that (see ``shared``).
"""

import threading
from bisect import bisect_left
from collections.abc import Sequence

Labels = tuple[str, ...]
SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
"""Upper bounds of what is measured in seconds; what takes longer counts in the last, open one."""


class Counter:
    """How often something happened, or how much of it: one number a combination of labels."""

    def __init__(self, name: str, told: str, labels: Sequence[str] = ()) -> None:
        self.name, self.told, self.labels = name, told, tuple(labels)
        self._lock = threading.Lock()
        self._held: dict[Labels, float] = {}

    def add(self, *labels: str, by: float = 1) -> None:
        """Count ``by`` more."""
        with self._lock:
            self._held[labels] = self._held.get(labels, 0) + by

    def held(self) -> dict[Labels, list[float]]:
        """Return what was counted, each number as a row of one."""
        with self._lock:
            return {labels: [value] for labels, value in self._held.items()}


class Histogram:
    """How long something took: per combination of labels how many were in each bucket, and the seconds of all."""

    def __init__(self, name: str, told: str, labels: Sequence[str] = ()) -> None:
        self.name, self.told, self.labels = name, told, tuple(labels)
        self._lock = threading.Lock()
        self._held: dict[Labels, list[float]] = {}

    def observe(self, seconds: float, *labels: str) -> None:
        """Note that it took ``seconds`` once."""
        bucket = bisect_left(SECONDS, seconds)
        with self._lock:
            row = self._held.get(labels)
            if row is None:
                row = self._held[labels] = [0.0] * (len(SECONDS) + 2)
            row[bucket] += 1
            row[-1] += seconds

    def held(self) -> dict[Labels, list[float]]:
        """Return rows of bucket counts with the sum of seconds last."""
        with self._lock:
            return {labels: list(row) for labels, row in self._held.items()}
