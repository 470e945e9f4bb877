"""How much time is left of a limit, in words: colour only underlines them.

A limit in days is near from ``near_days`` before its last day on (a setting of the court). A limit in hours does not
wait for a day to turn: it is near in its last twelve hours, and one that is no longer than that from the beginning.
"""

from datetime import datetime, timedelta

from attrs import frozen

from core.fields.label import Label
from core.law.dates import SHANGHAI
from core.work.times import last_day

NEAR_HOURS = 12
_HOUR = timedelta(hours=1)


@frozen
class Remaining:
    """What is left of a running limit."""

    text: Label
    pressing: str
    """``overdue``, ``near`` or empty."""
    hours: bool = False
    """Whether it counts hours."""


def remaining(due_at: datetime | None, now: datetime, near_days: int, *, hours: bool) -> Remaining | None:
    """Return what is left until ``due_at``, or None where no limit runs."""
    if due_at is None:
        return None
    pressing = pressing_of(due_at, now, near_days, hours=hours)
    said = _hours(due_at, now, pressing) if hours else _days(due_at, now, pressing)
    return Remaining(said, pressing, hours)


def pressing_of(ends_at: datetime | None, now: datetime, near_days: int, *, hours: bool) -> str:
    """Return ``overdue``, ``near`` or empty for a limit that ends at ``ends_at``."""
    if ends_at is None:
        return ""
    if ends_at <= now:
        return "overdue"
    if hours:
        return "near" if ends_at - now <= NEAR_HOURS * _HOUR else ""
    return "near" if (last_day(ends_at) - last_day(now)).days <= near_days else ""


def end_words(ends_at: datetime, *, hours: bool) -> str:
    """Return the last day of a limit, or the very minute where it counts hours."""
    return f"{ends_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if hours else last_day(ends_at).isoformat()


def _days(due_at: datetime, now: datetime, pressing: str) -> Label:
    days = (last_day(due_at) - last_day(now)).days
    if pressing == "overdue":
        late = max(1, -days)
        return Label(f"超期{late}天", f"{late} d overdue")
    if days == 0:
        return Label("今天到期", "Due today")
    if pressing == "near":
        return Label(f"临期·剩{days}天", f"Soon · {days} d")
    return Label(f"剩{days}天", f"{days} d left")


def _hours(due_at: datetime, now: datetime, pressing: str) -> Label:
    if pressing == "overdue":
        late = (now - due_at) // _HOUR
        return (
            Label(f"超期{late}小时", f"{late} h overdue")
            if late
            else Label("超期不足1小时", "Under 1 h overdue")
        )
    left = (due_at - now) // _HOUR
    if not left:
        return Label("剩不足1小时", "Under 1 h left")
    return Label(f"剩{left}小时", f"{left} h left")
