"""Time limits (期间): when a period that starts with an event ends.

Sources: 民事诉讼法第85条; 民诉法解释第125条 (the first hour or day is not counted, 次时、次日起算).
Days, months and years that end on a rest day roll to the first working day after it; hours never roll.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import attrs

from core.law.calendar import CourtCalendar
from core.law.dates import SHANGHAI, add_days, add_months, court_date, in_court_time, out_of_range
from core.law.errors import LawError
from core.law.period_words import Label, Step, Unit, clock, counting_days, counting_hours, ends_on, rolling

__all__ = [
    "BASIS",
    "Deadline",
    "Period",
    "Step",
    "Unit",
    "announcement_served",
    "deadline",
    "end_instant",
    "explain",
    "remaining_days",
    "set_end",
]

START_LABEL: Label = ("起算事件", "start event")
BASIS = "民事诉讼法第85条、民诉法解释第125条"
ANNOUNCEMENT_BASIS = {False: "民事诉讼法第95条", True: "民事诉讼法第283条"}
ANNOUNCEMENT_DAYS = {False: 30, True: 60}
_HOUR = timedelta(hours=1)


@attrs.frozen(slots=True)
class Period:
    """A length of time from a start; ``before`` counts back from it (开庭3日前、届满7日前)."""

    start: date
    length: int
    unit: Unit
    before: bool = False

    def deadline(
        self, calendar: CourtCalendar, *, roll: bool = True, start_label: Label = START_LABEL
    ) -> Deadline:
        """Return when this period ends; see :func:`deadline`."""
        return deadline(
            self.start,
            self.length,
            self.unit,
            calendar,
            before=self.before,
            roll=roll,
            start_label=start_label,
        )


@attrs.frozen(slots=True)
class Deadline:
    """The counted end, the end after rolling, and how it came about.

    Both ends are plain dates, valid until 24:00 in Shanghai; for hours both are the same aware moment.
    """

    raw_end: date
    end: date
    steps: tuple[Step, ...]
    basis: str = BASIS

    @property
    def rolled(self) -> bool:
        """Whether the end was moved because the counted end is a rest day."""
        return self.raw_end != self.end


def deadline(
    start: date,
    length: int,
    unit: Unit,
    calendar: CourtCalendar,
    *,
    before: bool = False,
    roll: bool = True,
    start_label: Label = START_LABEL,
) -> Deadline:
    """Return the end of ``length`` units after (or ``before``) ``start``, which itself is not counted.

    * days: natural days; months and years: the corresponding day, or the month's last day;
    * working days: the n-th working day from the next day on (never on a rest day, so no rolling);
    * hours: from the next full hour, without rolling (103、104 条的“四十八小时内”);
    * ``before``: counts back; an end on a rest day moves *earlier*, so that who acts by it is surely in time;
      hours go back exactly and down to the full hour.

    ``start`` is a date, or an aware moment (needed for hours; else its date in Shanghai counts).
    Raises LawError for a length below 1, a moment without zone, a result outside years 1 to 9999,
    and YearUnknown when a rest day must be judged in a year that was not entered.
    """
    if length < 1:
        raise LawError(
            "length_not_positive",
            f"期间长度必须是大于零的整数，现在是 {length}；请更正期间长度。",
            f"The length of the period must be a whole number above zero, not {length}; correct the length.",
        )
    if unit == "hours":
        return _in_hours(start, length, before, start_label)
    first = court_date(start)
    counting = counting_days(start_label, first, length, unit, before)
    if unit == "workdays":
        end = _count_workdays(first, length, calendar, -1 if before else 1)
        return Deadline(end, end, (counting, ends_on(str(end), rolls=True)))
    raw_end = _ADVANCE[unit](first, -length if before else length)
    if not roll:
        return Deadline(raw_end, raw_end, (counting, ends_on(str(raw_end), rolls=False)))
    end = calendar.previous_working(raw_end) if before else calendar.next_working(raw_end)
    return Deadline(raw_end, end, (counting, *rolling(raw_end, end, calendar)))


def set_end(
    end: date, calendar: CourtCalendar, *, roll: bool = False, start_label: Label = START_LABEL
) -> Deadline:
    """Return a period that ends on a day (or at a moment) that somebody set; it rolls only where asked to."""
    zh, en = start_label
    if isinstance(end, datetime):
        moment = in_court_time(end)
        text = clock(moment)
        return Deadline(moment, moment, (Step(f"{zh} {text}", f"{en} {text}"), ends_on(text, rolls=False)))
    named = Step(f"{zh} {end}", f"{en} {end}")
    if not roll:
        return Deadline(end, end, (named, ends_on(str(end), rolls=False)))
    moved = calendar.next_working(end)
    return Deadline(end, moved, (named, *rolling(end, moved, calendar)))


def announcement_served(published: date, *, foreign: bool = False) -> Deadline:
    """Return when a published document counts as served: 30 days on (民诉法95), abroad 60 (民诉法283).

    The day of service is not a time limit for anyone to act, so it never rolls.
    """
    day, length = court_date(published), ANNOUNCEMENT_DAYS[foreign]
    served = add_days(day, length)
    steps = (
        Step(f"发出公告 {day}，经过 {length} 日", f"published {day}, {length} days pass"),
        Step(f"{served} 视为送达，不顺延", f"counts as served on {served}, no rolling"),
    )
    return Deadline(served, served, steps, ANNOUNCEMENT_BASIS[foreign])


def explain(deadline: Deadline, language: str = "zh") -> str:
    """Return the steps as one sentence in ``zh`` or ``en``."""
    if language.startswith("en"):
        return "; ".join(step.en for step in deadline.steps)
    return "，".join(step.zh for step in deadline.steps)


def remaining_days(end: date, today: date) -> int:
    """Return the natural days left: 0 on the last day, negative when overdue."""
    return (court_date(end) - court_date(today)).days


def end_instant(end: date) -> datetime:
    """Return the aware UTC moment at which the period is over: 24:00 in Shanghai, or the hour itself."""
    if isinstance(end, datetime):
        return in_court_time(end).astimezone(UTC)
    midnight = add_days(end, 1)
    return datetime(midnight.year, midnight.month, midnight.day, tzinfo=SHANGHAI).astimezone(UTC)


def _add_years(day: date, count: int) -> date:
    return add_months(day, 12 * count)


_ADVANCE: dict[str, Callable[[date, int], date]] = {
    "days": add_days,
    "months": add_months,
    "years": _add_years,
}


def _count_workdays(day: date, length: int, calendar: CourtCalendar, step: int) -> date:
    for _ in range(length):
        day = add_days(day, step)
        day = calendar.next_working(day) if step > 0 else calendar.previous_working(day)
    return day


def _in_hours(start: date, length: int, before: bool, start_label: Label) -> Deadline:
    if not isinstance(start, datetime):
        raise LawError(
            "hours_need_moment",
            "按小时计算的期间需要起算时刻，只有日期不够；请给出时刻，例如 2026-02-13T16:20+08:00。",
            "A period in hours needs the moment of the event, not only its date; "
            "give one, for example 2026-02-13T16:20+08:00.",
        )
    moment = in_court_time(start)
    full_hour = moment.replace(minute=0, second=0, microsecond=0)
    try:
        first = (full_hour if before else full_hour.astimezone(UTC) + _HOUR).astimezone(SHANGHAI)
        end = (first.astimezone(UTC) + (-length if before else length) * _HOUR).astimezone(SHANGHAI)
    except OverflowError:
        raise out_of_range() from None
    counting = counting_hours(start_label, moment, first, length, before)
    return Deadline(end, end, (counting, ends_on(clock(end), rolls=False)))
