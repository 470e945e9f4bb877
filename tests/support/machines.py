"""A machine whose clock can be set, and time that passes only when a test says so."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from attrs import define, field

from core.work.steady import SteadyClock
from tests.support.houses import START


@define
class Machine:
    """What its clock says, and the seconds since it was started; its processes look at the time every second."""

    says: datetime = START
    passed: float = 1000.0
    boot: str = "first"
    clocks: list[SteadyClock] = field(factory=list)

    def process(self, file: Path | None = None) -> SteadyClock:
        """Return the time of the house as one more process has it."""
        self.clocks.append(SteadyClock(file, lambda: self.says, lambda: self.passed, self.boot))
        self.clocks[-1]()
        return self.clocks[-1]

    def wait(self, seconds: float = 0, *, every: float = 1.0, **by: float) -> None:
        """Let time pass, evenly; every ``every`` seconds somebody looks."""
        left = seconds + timedelta(**by).total_seconds()
        while left > 0:
            step = min(every, left)
            left -= step
            self.passed += step
            self.says += timedelta(seconds=step)
            for one in self.clocks:
                one()

    def set_clock(self, **by: float) -> None:
        """Set the clock: forward, or back."""
        self.says += timedelta(**by)
        for one in self.clocks:
            one()

    def restart(self, **off: float) -> None:
        """Switch the machine off and on; all its processes are gone."""
        self.says += timedelta(**off)
        self.passed, self.boot = 5.0, f"{self.boot}-again"
        self.clocks.clear()


def apart(one: Callable[[], datetime], machine: Machine) -> float:
    """Return the seconds by which the house is ahead of its machine."""
    return (one() - machine.says).total_seconds()
