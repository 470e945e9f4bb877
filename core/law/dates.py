"""Steps on dates that refuse to leave the calendar, and the court's clock."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.law.errors import LawError

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""The time of every court in the country (国务院 1949 年起施行的北京时间)."""


def out_of_range() -> LawError:
    """Return the refusal for a date before year 1 or after year 9999."""
    return LawError(
        "date_out_of_range",
        "计算结果超出公历可表示的范围（公元1年至9999年）；请检查起算日和期间长度。",
        "The result lies outside the calendar (years 1 to 9999); check the start and the length.",
    )


def add_days(day: date, count: int) -> date:
    """Return ``day`` moved by ``count`` calendar days; LawError outside years 1 to 9999."""
    try:
        return day + timedelta(days=count)
    except OverflowError:
        raise out_of_range() from None


def add_months(day: date, count: int) -> date:
    """Return the corresponding day ``count`` months on, or that month's last day where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not date.min.year <= year <= date.max.year:
        raise out_of_range()
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def court_date(moment: date) -> date:
    """Return the plain date; an aware moment becomes its date in the court's time, a naive one is refused."""
    return in_court_time(moment).date() if isinstance(moment, datetime) else moment


def in_court_time(moment: datetime) -> datetime:
    """Return an aware moment in Asia/Shanghai; LawError for a moment without a time zone."""
    if moment.utcoffset() is None:
        raise LawError(
            "naive_datetime",
            "时刻缺少时区；请给出带时区的时刻，例如 2026-02-13T16:20+08:00。",
            "The moment has no time zone; give one, for example 2026-02-13T16:20+08:00.",
        )
    try:
        return moment.astimezone(SHANGHAI)
    except OverflowError:
        raise out_of_range() from None
