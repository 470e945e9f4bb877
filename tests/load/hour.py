"""The hour: journeys that begin whether or not those before are done, at times that chance and a fixed seed give."""

import threading
import time
from collections.abc import Iterator, Mapping
from random import Random

from attrs import frozen

from tests.load.journeys import Journey, Memory, Unfinished

AN_HOUR = 4400
"""Journeys an hour."""
MIXTURE: Mapping[str, int] = {"file": 40, "decide": 27, "read": 20, "talk": 8, "follow": 5}
"""Of a hundred."""
SEED = 4400
PATIENCE = 120
"""Seconds within which the last journeys end."""


@frozen
class Plan:
    """How long, how dense, and how much people pause between two requests."""

    seconds: float
    an_hour: float = AN_HOUR
    pause: float = 3.0

    def arrivals(self) -> Iterator[tuple[float, str]]:
        """Give the second and the kind of each journey: a Poisson process."""
        dice = Random(SEED)
        at = 0.0
        while (at := at + dice.expovariate(self.an_hour / 3600)) < self.seconds:
            yield at, dice.choices(list(MIXTURE), list(MIXTURE.values()))[0]

    @property
    def filings(self) -> int:
        """How many cases suffice for what is filed."""
        return round(self.seconds * self.an_hour / 3600 * MIXTURE["file"] / 100 * 1.1) + 20


def live(plan: Plan, memory: Memory) -> int:
    """Let it all happen; return how many journeys there were."""
    began, threads = time.monotonic(), []
    for number, (at, kind) in enumerate(plan.arrivals()):
        threading.Event().wait(max(0.0, began + at - time.monotonic()))
        journey = Journey(memory, number, began + at, plan.pause)
        thread = threading.Thread(target=_go, args=(journey, kind), daemon=True)
        thread.start()
        threads.append(thread)
    ended = time.monotonic() + PATIENCE + plan.pause * 20
    for thread in threads:
        thread.join(max(0.0, ended - time.monotonic()))
    assert not any(thread.is_alive() for thread in threads), "some journeys never ended"
    return len(threads)


def _go(journey: Journey, kind: str) -> None:
    try:
        getattr(journey, kind)()
    except Unfinished:
        return
    except Exception as error:  # noqa: BLE001 - a fault of the load itself is no right answer either
        journey.memory.seen.note("load", kind, 0, f"{type(error).__name__}: {error}")
