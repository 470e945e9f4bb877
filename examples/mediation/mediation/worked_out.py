"""Who mediates, and until when: what stands in the queue once it is known."""

from datetime import date
from typing import Any

from core import Context, law

DAYS = 30  # 特邀调解规定第27条: 30 days from the day on which the mediator signed for it


def mediator(fields: Any, context: Context) -> str | None:
    """Return who was named when the dispute was assigned."""
    return context.data.get("mediator")


def ends_on(fields: Any, context: Context) -> date | None:
    """Return the last day of a mediation under way."""
    if context.state != "MEDIATING":
        return None
    return last_day(context)


def last_day(context: Context) -> date | None:
    """Return the day it was extended to, else where 30 days lead; None while that year is unknown."""
    if extended := context.data.get("extended_until"):
        return date.fromisoformat(extended)
    received = date.fromisoformat(context.data["received_on"])
    try:
        return context.deadline(received, DAYS, "days").end
    except law.errors.YearUnknown:
        return None
