"""The court calendar: which days are rest days (法定休假日) and which are working days.

民事诉讼法第85条；休假日 = 国务院办公厅通知的放假日（含调休放假）∪（周六、周日 − 调休上班日）。
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

import attrs

from core.law.dates import add_days
from core.law.errors import YearUnknown

WEEKDAYS_ZH = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
SATURDAY = 5


@attrs.frozen(slots=True)
class Day:
    """One exception from the weekly rule: a holiday (``rest``) or a make-up working day (``work``)."""

    kind: Literal["rest", "work"]
    name: str
    source: str


def _is_weekend(day: date) -> bool:
    return day.weekday() >= SATURDAY


@attrs.frozen(slots=True)
class CourtCalendar:
    """``days`` are the exceptions from the weekly rule, by date; ``known_years`` those whose exceptions are completely entered.

    A year that is not in ``known_years`` is never guessed: every question about it raises YearUnknown.
    ``makeup_workday_is_working=False`` treats a make-up working weekend as the weekend it falls on.
    """

    days: Mapping[date, Day] = attrs.field(factory=dict)
    known_years: frozenset[int] = frozenset()
    makeup_workday_is_working: bool = True

    def is_rest(self, day: date) -> bool:
        """Return whether ``day`` is a rest day; YearUnknown when its year is not entered."""
        if day.year not in self.known_years:
            raise YearUnknown(day.year)
        exception = self.days.get(day)
        if exception is None or (exception.kind == "work" and not self.makeup_workday_is_working):
            return _is_weekend(day)
        return exception.kind == "rest"

    def rests(self, day: date) -> bool:
        """Tell whether the courts rest on ``day``; of a year that is not entered, whether it is a weekend.

        For advice and plans, where a likely answer is better than none; periods need ``is_rest``.
        """
        return self.is_rest(day) if day.year in self.known_years else _is_weekend(day)

    def name(self, day: date) -> str:
        """Return what the day is called: the holiday, the make-up working day, else the day of the week."""
        exception = self.days.get(day)
        return exception.name if exception else WEEKDAYS_ZH[day.weekday()]

    def is_makeup_workday(self, day: date) -> bool:
        """Return whether ``day`` is a weekend on which the courts work (调休上班)."""
        return _is_weekend(day) and not self.is_rest(day)

    def next_working(self, day: date) -> date:
        """Return the first day on or after ``day`` that is not a rest day."""
        while self.is_rest(day):
            day = add_days(day, 1)
        return day

    def previous_working(self, day: date) -> date:
        """Return the last day on or before ``day`` that is not a rest day."""
        while self.is_rest(day):
            day = add_days(day, -1)
        return day

    def with_days(self, days: Mapping[date, Day], *, known_years: Iterable[int] = ()) -> CourtCalendar:
        """Return a copy with ``days`` added or replaced and ``known_years`` also taken as known."""
        return attrs.evolve(
            self, days={**self.days, **days}, known_years=self.known_years | frozenset(known_years)
        )

    def without_days(self, days: Iterable[date]) -> CourtCalendar:
        """Return a copy in which the weekly rule applies again to ``days``."""
        dropped = frozenset(days)
        kept = {day: exception for day, exception in self.days.items() if day not in dropped}
        return attrs.evolve(self, days=kept)
