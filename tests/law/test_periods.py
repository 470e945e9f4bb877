"""Time limits: the samples, the rules one by one, and all of them against counting day by day."""

import calendar as civil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.law.calendar import CourtCalendar
from core.law.calendar_seed import seed_calendar
from core.law.dates import SHANGHAI
from core.law.errors import LawError, YearUnknown
from core.law.periods import (
    Period,
    Unit,
    announcement_served,
    deadline,
    end_instant,
    explain,
    remaining_days,
)

SEED = seed_calendar(2023, 2026)
UNITS: dict[str, Unit] = {"d": "days", "m": "months"}
DAY = timedelta(days=1)
IN_2024_TO_2026 = [date(2024, 1, 1) + n * DAY for n in range(366 + 365 + 365)]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def test_samples(calendar: CourtCalendar, samples: Callable[[str], list[dict[str, str]]]) -> None:
    """Every sample row gives its counted end and its end."""
    for row in samples("periods.csv"):
        result = deadline(date.fromisoformat(row["start"]), int(row["n"]), UNITS[row["unit"]], calendar)
        assert [str(result.raw_end), str(result.end)] == [row["raw_end"], row["end"]], row
        assert result.rolled == (row["raw_end"] != row["end"])


# --- Against slow counting.


def slow_rests(day: date) -> bool:
    exception = SEED.days.get(day)
    return exception.kind == "rest" if exception else day.isoweekday() in (6, 7)


def slow_roll(day: date, step: int) -> date:
    while slow_rests(day):
        day += step * DAY
    return day


def slow_walk(start: date, count: int, step: int, counts: Callable[[date], bool]) -> date:
    day = start
    while count:
        day += step * DAY
        count -= counts(day)
    return day


def slow_months(start: date, count: int, step: int) -> date:
    """Walk month by month, then to the corresponding day or down to the last day of that month."""
    year, month = start.year, start.month
    for _ in range(count):
        month += step
        if month in (0, 13):
            year, month = year + step, 12 if month == 0 else 1
    day = start.day
    while day > max(civil.Calendar().itermonthdays(year, month)):
        day -= 1
    return date(year, month, day)


def known(day: date) -> bool:
    return 2023 <= day.year <= 2026


@pytest.mark.parametrize("before", [False, True])
@pytest.mark.parametrize("length", [1, 3, 7, 15, 30])
def test_days_and_workdays_for_every_start(length: int, before: bool) -> None:
    """From each day of 2024 to 2026, forward and back, the end is what walking day by day finds."""
    step = -1 if before else 1
    for start in IN_2024_TO_2026:
        raw = slow_walk(start, length, step, lambda _: True)
        if known(raw) and known(raw + 12 * DAY) and known(raw - 12 * DAY):
            result = deadline(start, length, "days", SEED, before=before)
            assert (result.raw_end, result.end) == (raw, slow_roll(raw, step)), start
        if known(start + 60 * step * DAY):
            end = slow_walk(start, length, step, lambda day: not slow_rests(day))
            result = deadline(start, length, "workdays", SEED, before=before)
            assert result.raw_end == result.end == end, start


@pytest.mark.parametrize("before", [False, True])
@pytest.mark.parametrize(("length", "unit"), [(1, "months"), (3, "months"), (6, "months"), (1, "years")])
def test_months_and_years_for_every_start(length: int, unit: Unit, before: bool) -> None:
    """From each day of 2024 to 2026, forward and back, the end is the corresponding day, rolled."""
    step = -1 if before else 1
    for start in IN_2024_TO_2026:
        raw = slow_months(start, length * (12 if unit == "years" else 1), step)
        if known(raw) and known(raw + 12 * DAY) and known(raw - 12 * DAY):
            result = deadline(start, length, unit, SEED, before=before)
            assert (result.raw_end, result.end) == (raw, slow_roll(raw, step)), start


@settings(max_examples=60)
@given(start=st.dates(date(2023, 6, 1), date(2026, 6, 30)), length=st.integers(1, 120), before=st.booleans())
def test_ends_are_working_days(start: date, length: int, before: bool) -> None:
    """A rolled end is a working day, on the later side going forward and on the earlier side going back."""
    result = deadline(start, length, "days", SEED, before=before)
    assert not SEED.is_rest(result.end)
    assert (result.end - result.raw_end).days * (-1 if before else 1) >= 0
    assert all(
        SEED.is_rest(result.raw_end + n * (-DAY if before else DAY))
        for n in range(abs((result.end - result.raw_end).days))
    )


# --- Rules one by one.


@pytest.mark.parametrize(
    ("start", "length", "unit", "raw_end"),
    [
        ("2014-05-28", 3, "months", "2014-08-28"),
        ("2024-01-31", 1, "months", "2024-02-29"),
        ("2025-01-31", 1, "months", "2025-02-28"),
        ("2024-02-29", 1, "years", "2025-02-28"),
        ("2024-02-29", 4, "years", "2028-02-29"),
        ("2025-12-31", 2, "months", "2026-02-28"),
    ],
)
def test_corresponding_day(start: str, length: int, unit: Unit, raw_end: str) -> None:
    """Months and years end on the corresponding day or the last of the month; without rolling no year need be known."""
    result = deadline(date.fromisoformat(start), length, unit, CourtCalendar(), roll=False)
    assert str(result.raw_end) == str(result.end) == raw_end
    assert explain(result).endswith("不顺延")


@pytest.mark.parametrize(
    ("moment", "before", "end"),
    [
        ("2026-02-13T16:20", False, "2026-02-15T17:00"),
        ("2026-02-13T16:00", False, "2026-02-15T17:00"),
        ("2026-02-13T16:59:59", False, "2026-02-15T17:00"),
        ("2026-02-13T23:30", False, "2026-02-16T00:00"),
        ("2026-02-13T16:20", True, "2026-02-11T16:00"),
        ("2026-02-13T16:00", True, "2026-02-11T16:00"),
    ],
)
def test_hours(moment: str, before: bool, end: str) -> None:
    """Hours run from the next full hour through rest days; back they go down to the full hour. No calendar is needed."""
    result = deadline(at(moment), 48, "hours", CourtCalendar(), before=before)
    assert result.end == result.raw_end == at(end)


def test_hours_of_another_zone_end_in_court_time() -> None:
    """A moment of another zone is the same moment in Shanghai; with half-hour zones the full hour is Shanghai's."""
    india = datetime(2026, 2, 13, 13, 50, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    assert deadline(india, 48, "hours", CourtCalendar()).end == at("2026-02-15T17:00")


def test_a_moment_counts_as_its_date_in_shanghai(calendar: CourtCalendar) -> None:
    """For days, a moment late in UTC is already the next day of the court."""
    late = datetime(2026, 3, 1, 17, 0, tzinfo=UTC)
    assert deadline(late, 1, "days", calendar).end == date(2026, 3, 3)


@pytest.mark.parametrize("unit", get_args(Unit))
def test_refusals(unit: Unit, calendar: CourtCalendar) -> None:
    """A length below one, a naive moment and an end outside the calendar are refused in every unit."""
    for length in (0, -3):
        with pytest.raises(LawError, match="期间长度必须是大于零的整数"):
            deadline(at("2026-03-02T09:00"), length, unit, calendar)
    with pytest.raises(LawError, match="时刻缺少时区"):
        deadline(datetime(2026, 3, 2, 9), 1, unit, calendar)  # noqa: DTZ001
    for before in (False, True):
        with pytest.raises(LawError):
            deadline(at("2026-03-02T09:00"), 10**12, unit, calendar, before=before)


def test_hours_need_a_moment(calendar: CourtCalendar) -> None:
    """A date alone says nothing about the hour."""
    with pytest.raises(LawError, match="需要起算时刻"):
        deadline(date(2026, 3, 2), 48, "hours", calendar)


def test_unknown_years_are_refused_only_where_they_matter(calendar: CourtCalendar) -> None:
    """An end on the last day of a known year stands; an end in the next year, or counting through it, is refused."""
    assert deadline(date(2026, 12, 16), 15, "days", calendar).end == date(2026, 12, 31)
    for length, unit in ((16, "days"), (1, "years"), (12, "workdays")):
        with pytest.raises(YearUnknown, match="2027"):
            deadline(date(2026, 12, 16), length, unit, calendar)  # type: ignore[arg-type]


def test_explanations(calendar: CourtCalendar) -> None:
    """The explanation names the event, the length, the rest day and the day it rolls to, in both languages."""
    label = ("送达", "served")
    rolled = Period(date(2026, 2, 3), 15, "days").deadline(calendar, start_label=label)
    assert explain(rolled) == "送达 2026-02-03，次日起算 15 日，届满 2026-02-18 为春节假期，顺延至 2026-02-24"
    assert explain(rolled, "en") == (
        "served 2026-02-03, 15 days counted from the next day; ends 2026-02-18, a public holiday (春节假期); "
        "rolls over to 2026-02-24"
    )
    makeup = deadline(date(2026, 1, 30), 15, "days", calendar, start_label=label)
    assert explain(makeup) == "送达 2026-01-30，次日起算 15 日，届满 2026-02-14 为调休上班日，不顺延"
    weekend = deadline(date(2026, 3, 10), 3, "days", calendar, before=True, start_label=("开庭", "hearing"))
    assert explain(weekend) == "开庭 2026-03-10，向前 3 日，届满 2026-03-07 为星期六，提前至 2026-03-06"
    assert "a Saturday; moved earlier to 2026-03-06" in explain(weekend, "en")


def test_announcement() -> None:
    """Service by publication is complete after 30 days, abroad after 60, also on a rest day."""
    assert announcement_served(date(2026, 1, 2)).end == date(2026, 2, 1)
    abroad = announcement_served(date(2026, 1, 2), foreign=True)
    assert abroad.end == date(2026, 3, 3)
    assert abroad.basis == "民事诉讼法第283条"
    assert explain(abroad).endswith("视为送达，不顺延")


def test_remaining_days() -> None:
    """The last day leaves zero days, the day after it is overdue; moments count as their date in Shanghai."""
    end = date(2026, 2, 24)
    assert [remaining_days(end, end + n * DAY) for n in (-2, 0, 1)] == [2, 0, -1]
    assert remaining_days(datetime(2026, 2, 24, 17, tzinfo=UTC), end) == 1


def test_end_instant() -> None:
    """A date is over at midnight in Shanghai, an hour at the hour; both are told in UTC."""
    assert end_instant(date(2026, 2, 24)) == datetime(2026, 2, 24, 16, tzinfo=UTC)
    moment: Any = end_instant(at("2026-02-15T17:00"))
    assert (moment, moment.tzinfo) == (datetime(2026, 2, 15, 9, tzinfo=UTC), UTC)
    with pytest.raises(LawError):
        end_instant(date.max)


def test_extreme_moments_are_refused() -> None:
    """A moment that has no Shanghai time is refused, not a crash."""
    with pytest.raises(LawError):
        deadline(datetime.max.replace(tzinfo=UTC), 1, "hours", CourtCalendar())
    with pytest.raises(LawError):
        deadline(datetime.min.replace(tzinfo=SHANGHAI), 1, "hours", CourtCalendar(), before=True)
