"""Moments as days of the court."""

from datetime import date, datetime, timedelta

from core.law.dates import SHANGHAI


def court_day(moment: datetime) -> date:
    """Return the day in Shanghai."""
    return moment.astimezone(SHANGHAI).date()


def last_day(over: datetime) -> date:
    """Return the last day of a period that is over at ``over``: midnight still belongs to the day before."""
    return court_day(over - timedelta(microseconds=1))


def start_of_day(day: date) -> datetime:
    """Return the moment a day begins in Shanghai."""
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
