"""What is measured, and how: works side by side in one run, never one after the other.

A shared machine drifts by half within minutes; the ratio of two works that take turns does not.
"""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from attrs import frozen

Unit = Literal["x", "us", "ms", "s", "MB"]
_WORDS: Mapping[Unit, str] = {"x": "×", "us": "µs", "ms": "ms", "s": "s", "MB": "MB"}


@frozen(kw_only=True)
class Row:
    """One line of the table: what was reached, and what is to be reached."""

    work: str
    got: float
    unit: Unit
    target: float
    better: Literal["lower", "higher"]
    note: str = ""
    """What it was measured against, and the absolute figures of this machine."""

    @property
    def met(self) -> bool:
        """Whether the target is reached."""
        return self.got <= self.target if self.better == "lower" else self.got >= self.target

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        """The line as text: work, reached, target, verdict, note."""
        sign = "≤" if self.better == "lower" else "≥"
        unit = _WORDS[self.unit]
        return (
            self.work, f"{self.got:,.2f} {unit}", f"{sign} {self.target:g} {unit}", "yes" if self.met else "no", self.note,
        )  # fmt: skip


def interleaved(
    works: Mapping[str, Callable[[], object]], rounds: int, seconds: float = 0.0
) -> dict[str, list[float]]:
    """Run the works in turn, ``rounds`` times after three that do not count; return the seconds each took.

    A turn is one run, or as many as fill ``seconds``. Where one takes a hundred times the other, the quick one would else be
    measured with a processor that has just forgotten it, as nobody meets it who asks it again and again.
    """
    took: dict[str, list[float]] = {name: [] for name in works}
    for place in range(rounds + 3):
        for name, work in works.items():
            begun = ended = time.perf_counter()
            while ended == begun or ended - begun < seconds:
                last = ended
                work()
                ended = time.perf_counter()
                if place >= 3:
                    took[name].append(ended - last)
    return took


def median(took: Sequence[float]) -> float:
    """Return the p50."""
    return statistics.median(took)


def p99(took: Sequence[float]) -> float:
    """Return the 99th of a hundred."""
    ordered = sorted(took)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]


def resident(pid: int, which: Literal["VmRSS", "VmHWM"] = "VmRSS") -> float:
    """Return the memory a process holds, or the most it has held so far (``VmHWM``), in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(which)) / 1024
