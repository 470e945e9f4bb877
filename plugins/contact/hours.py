"""When and where the court meets people, for the outside platform to offer times that do."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from core import ApiRequest, ApiRoute, hookimpl

from . import rules

DAYS = 10
_TEXT = {"type": "string"}
ANSWER = {
    "type": "object",
    "properties": {
        "place": _TEXT,
        "minutes": {"type": "integer"},
        "opens": _TEXT,
        "closes": _TEXT,
        "days": {"type": "array", "items": {"type": "string", "format": "date"}},
    },
    "required": ["place", "minutes", "opens", "closes", "days"],
}


def open_days(request: ApiRequest) -> dict[str, Any]:
    """Answer where meetings usually are, how long they take, and on which of the coming days the court is open."""
    days: list[str] = []
    day = request.today
    while len(days) < DAYS:
        day = rules.next_open(day + timedelta(days=1), request.calendar)
        days.append(day.isoformat())
    settings = request.settings
    opens, closes = f"{rules.OPENS:%H:%M}", f"{rules.CLOSES:%H:%M}"
    return {
        "place": settings.meeting_place, "minutes": settings.meeting_minutes, "opens": opens, "closes": closes, "days": days,
    }  # fmt: skip


@hookimpl
def routes() -> Iterable[ApiRoute]:
    """Return the one call."""
    return (ApiRoute("GET", "open-days", ("可预约会见的工作日", "Days on which people are met"), open_days, schema=ANSWER),)  # fmt: skip
