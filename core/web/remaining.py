"""How much time is left, in words: colour only underlines them."""

from datetime import datetime

from attrs import frozen

from core.fields.label import Label
from core.work.detail import pressing_of
from core.work.times import last_day


@frozen
class Remaining:
    """What a list shows of a time limit."""

    text: Label
    pressing: str
    """``overdue``, ``near`` or empty."""


def remaining(due_at: datetime | None, now: datetime, near_days: int) -> Remaining | None:
    """Return what is left until ``due_at``, or None where no limit runs."""
    if due_at is None:
        return None
    days = (last_day(due_at) - last_day(now)).days
    pressing = pressing_of(due_at, now, near_days)
    if pressing == "overdue":
        late = max(1, -days)
        return Remaining(Label(f"超期{late}天", f"{late} d overdue"), pressing)
    if days == 0:
        return Remaining(Label("今天到期", "Due today"), pressing)
    if pressing == "near":
        return Remaining(Label(f"临期·剩{days}天", f"Soon · {days} d"), pressing)
    return Remaining(Label(f"剩{days}天", f"{days} d left"), "")
