"""The stage of the demo's past: a clock that is moved, and a trial system that answers as the day demands."""

import heapq
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from attrs import define, evolve, field, frozen

from core.gate import Hooks
from core.law.calendar import CourtCalendar
from core.law.dates import SHANGHAI, court_date
from core.values import Operation, Receipt
from core.work.clock import clock_due
from core.work.deliver import deliver_due
from core.work.house import House

Past = Iterator[datetime]
"""A story that is told as its moments come: it says when it goes on, and goes on then."""


@define
class MovedClock:
    """Stands until it is moved; never goes back."""

    now: datetime

    def __call__(self) -> datetime:
        """Return the moment."""
        return self.now

    def move(self, moment: datetime) -> None:
        """Go on to ``moment``."""
        self.now = max(self.now, moment)


@frozen
class Refusing:
    """What the trial system is to say about one request instead of docketing it: a reason, or nothing yet."""

    reason: str = ""


class PastHooks(Hooks):
    """The hooks while the past is made: cases are docketed on the day at hand, and go to the judges in turn."""

    def __init__(self, house: House, clock: Callable[[], datetime], judges: dict[str, list[str]]) -> None:
        super().__init__(house.modules.plugins, house.hooks.traces)
        self._clock = clock
        self._judges = judges
        self.refusing: dict[str, Refusing] = {}

    def trial_system(self, adapter: str, operation: Operation, settings: Any, store: Any) -> Receipt | None:
        """Ask the adapter, save where this request is to wait or to fail."""
        refusing = self.refusing.get(operation.serial_no)
        if refusing is not None:
            return Receipt(reason=refusing.reason) if refusing.reason else Receipt(pending=True)
        receipt = super().trial_system(adapter, operation, settings, store)
        if receipt is None or not receipt.done or operation.name != "docket":
            return receipt
        judges = self._judges[operation.court]
        judges.append(judges.pop(0))
        return evolve(receipt, data={**receipt.data, "handler": judges[-1]})


@define
class Stage:
    """The house while its past is made, its clock, and when the past ends."""

    house: House
    clock: MovedClock
    hooks: PastHooks
    end: datetime
    calendar: CourtCalendar
    uploaded: set[tuple[str, int, str]] = field(factory=set)
    _coming: list[tuple[datetime, int, Past]] = field(factory=list)
    _told: int = 0

    def tell(self, story: Past) -> None:
        """Begin a story: it is told up to its first moment."""
        self._told += 1
        self._wait(story, self._told)

    def play(self) -> None:
        """Let every story happen, in the order of time, with the court's own clockwork between."""
        self.tell(self._nights())
        while self._coming:
            moment, number, story = heapq.heappop(self._coming)
            self.clock.move(moment)
            self._wait(story, number)
            deliver_due(self.house)
        self.clock.move(self.end)
        while deliver_due(self.house):
            pass
        self._promised()

    def rests(self, day: date) -> bool:
        """Tell whether the courts rest on ``day``."""
        return self.calendar.rests(day)

    def _wait(self, story: Past, number: int) -> None:
        moment = next(story, None)
        if moment is not None:
            # What would come later than now comes just before now, each story at its own minute.
            heapq.heappush(
                self._coming, (min(moment, self.end - timedelta(seconds=7 * number)), number, story)
            )

    def _nights(self) -> Past:
        day = court_date(self.clock.now)
        while (moment := at_hour(day, 0, 20)) <= self.end:
            yield moment
            clock_due(self.house)
            day += timedelta(days=1)

    def _promised(self) -> None:
        """What the trial system has promised to answer is asked about again only after working hours."""
        later = self.end + timedelta(hours=8)
        deliver_due(evolve(self.house, clock=lambda: later))


def at_hour(day: date, hour: int, minute: int) -> datetime:
    """Return a moment of a court day."""
    return datetime.combine(day, time(hour, minute), SHANGHAI).astimezone(UTC)


def office(dice: Random, stage: Stage, least: float, most: float) -> datetime:
    """Return a moment of office hours, ``least`` to ``most`` hours from now or at the next desk hour.

    Where that would lie beyond the present (a long holiday), somebody was at the desk all the same.
    """
    wanted = (stage.clock.now + timedelta(hours=dice.uniform(least, most))).astimezone(SHANGHAI)
    hour, minute = dice.randrange(9, 12), dice.randrange(60)
    day = wanted.date() + timedelta(days=wanted.hour >= 17)
    if day == wanted.date() and wanted.hour >= 9 and not stage.rests(day):
        return wanted.astimezone(UTC)
    while stage.rests(day):
        day += timedelta(days=1)
    found = at_hour(day, hour, minute)
    return found if found < stage.end else wanted.astimezone(UTC)
