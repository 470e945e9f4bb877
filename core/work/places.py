"""The place that a module's own code is given: the court, the moment, its settings there."""

from functools import cache
from typing import Any

from core.contributions import Place
from core.law.calendar import CourtCalendar
from core.work.deliver import module_settings
from core.work.house import House
from core.work.registers import court_calendar


def place_of(house: House, module: str, court: str) -> Place:
    """Return ``court`` at this moment as ``module`` sees it."""
    return Place(**facts_of(house, module, court))


def facts_of(house: House, module: str, court: str) -> dict[str, Any]:
    """Return what every place says, by the names of its attributes."""

    def calendar() -> CourtCalendar:
        with house.store.read() as connection:
            return court_calendar(connection, court)

    return {
        "court": court, "now": house.clock(), "store": house.store, "calendar": calendar,
        "settings": cache(lambda: module_settings(house, court, module)),
    }  # fmt: skip
