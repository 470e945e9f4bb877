"""The court calendar against the notices of the State Council, and what is not known."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from core.law.calendar import CourtCalendar, Day
from core.law.calendar_seed import seed_calendar
from core.law.errors import LawError, YearUnknown


def test_every_day_is_as_announced(
    calendar: CourtCalendar, samples: Callable[[str], list[dict[str, str]]]
) -> None:
    """Each day of 2019 to 2026 is a rest day exactly when the notice, or else the week, says so."""
    announced: dict[date, str] = {}
    for row in samples("notices.csv"):
        day = date.fromisoformat(row["first"])
        while day <= date.fromisoformat(row["last"]):
            announced[day] = row["kind"]
            day += timedelta(days=1)
    day = date(2019, 1, 1)
    while day.year < 2027:
        weekend = day.weekday() >= 5
        assert calendar.is_rest(day) == (announced.get(day, "rest" if weekend else "work") == "rest"), day
        assert calendar.is_makeup_workday(day) == (announced.get(day) == "work"), day
        day += timedelta(days=1)


def test_years_without_published_makeup_days_are_unknown(calendar: CourtCalendar) -> None:
    """A year that the package only estimates is refused by name, in both languages, with the cure."""
    assert calendar.known_years == frozenset(range(2019, 2027))
    with pytest.raises(YearUnknown, match="2027年的节假日安排尚未录入") as refused:
        calendar.is_rest(date(2027, 3, 1))
    assert refused.value.year == 2027
    assert "2027" in refused.value.message("en")
    assert "工作日历中录入" in refused.value.message()


def test_a_year_before_the_notices_is_unknown() -> None:
    """No notice of 1999 is held, so that year stays unknown."""
    assert seed_calendar(1999, 1999) == CourtCalendar()


def test_names(calendar: CourtCalendar) -> None:
    """Holidays carry their festival, also on their weekends and substituted days; other days their weekday."""
    names = {
        date(2026, 2, 18): "春节假期",
        date(2026, 2, 15): "春节假期",
        date(2026, 2, 23): "春节假期",
        date(2025, 10, 8): "国庆节、中秋节假期",
        date(2020, 2, 2): "春节假期",
        date(2026, 2, 14): "调休上班日",
        date(2026, 3, 7): "星期六",
        date(2026, 3, 9): "星期一",
    }
    assert {day: calendar.name(day) for day in names} == names


def test_next_and_previous_working(calendar: CourtCalendar) -> None:
    """Working days stay; rest days lead out of the whole holiday."""
    assert calendar.next_working(date(2026, 2, 15)) == date(2026, 2, 24)
    assert calendar.previous_working(date(2026, 2, 23)) == date(2026, 2, 14)
    assert calendar.next_working(date(2026, 2, 24)) == date(2026, 2, 24)
    assert calendar.previous_working(date(2026, 2, 24)) == date(2026, 2, 24)


def test_makeup_days_may_count_as_weekends(calendar: CourtCalendar) -> None:
    """With the switch off, a make-up working weekend is the weekend it falls on."""
    strict = CourtCalendar(calendar.days, calendar.known_years, makeup_workday_is_working=False)
    assert strict.is_rest(date(2026, 2, 14))
    assert not strict.is_makeup_workday(date(2026, 2, 14))
    assert strict.next_working(date(2026, 2, 14)) == date(2026, 2, 24)


def test_a_court_edits_its_calendar(calendar: CourtCalendar) -> None:
    """Days and years are added to a copy and taken away from a copy; the original stays."""
    day = date(2027, 3, 1)
    edited = calendar.with_days({day: Day("rest", "停水", "本院通知")}, known_years=[2027])
    assert edited.is_rest(day)
    assert edited.name(day) == "停水"
    assert not edited.is_rest(date(2027, 3, 2))
    assert not edited.without_days([day]).is_rest(day)
    assert 2027 not in calendar.known_years
    assert day not in calendar.days


def test_rolling_never_leaves_the_known_years_silently(calendar: CourtCalendar) -> None:
    """A rest day at the end of the last known year asks for the next year instead of guessing."""
    closed = calendar.with_days({date(2026, 12, 31): Day("rest", "元旦假期", "试验")})
    with pytest.raises(YearUnknown, match="2027"):
        closed.next_working(date(2026, 12, 31))


def test_the_end_of_the_calendar_is_refused() -> None:
    """The day after 9999-12-31 does not exist, and is refused as such."""
    last = date.max
    closed = CourtCalendar({last: Day("rest", "末日", "试验")}, frozenset({9999}))
    with pytest.raises(LawError) as refused:
        closed.next_working(last)
    assert refused.value.code == "date_out_of_range"
