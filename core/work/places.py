"""The place that a module's own code is given: the court, the moment, its settings there."""

from typing import Any

from core.contributions import Place
from core.work.deliver import module_settings
from core.work.house import House


def place_of(house: House, module: str, court: str) -> Place:
    """Return ``court`` at this moment as ``module`` sees it."""
    return Place(**facts_of(house, module, court))


def facts_of(house: House, module: str, court: str) -> dict[str, Any]:
    """Return what every place says, by the names of its attributes."""
    settings = module_settings(house, court, module)
    return {"court": court, "now": house.clock(), "settings": settings, "store": house.store}
