"""Declared limits for every day of 2024 to 2026, against counting on fingers: the end, and every word of the reasons.

The slow side knows nothing of the fast one: it walks day by day, asks a plain table of holidays, and where it has to
ask about a year that nobody published it gives up, as the fast one must.
"""

from datetime import date, datetime, timedelta
from itertools import product

import pytest
from attrs import evolve, frozen

from core import field, limit
from core.law.calendar_seed import seed_calendar
from core.law.dates import SHANGHAI
from core.law.errors import YearUnknown
from core.law.periods import explain

CALENDAR = seed_calendar(2023, 2026)
DAY = timedelta(days=1)
EVERY_DAY = [date(2024, 1, 1) + number * DAY for number in range(366 + 365 + 365)]
HOLIDAYS = {day: (one.kind, one.name) for day, one in CALENDAR.days.items()}
WEEK_ZH = "星期一 星期二 星期三 星期四 星期五 星期六 星期日".split()
WEEK_EN = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
UNITS = {
    "days": ("日", "days"),
    "workdays": ("个工作日", "working days"),
    "months": ("个月", "months"),
    "years": ("年", "years"),
}


class Unpublished(Exception):
    """The slow side had to ask about a year nobody published."""


@frozen
class Slow:
    """What counting on fingers finds."""

    raw: date
    end: date
    zh: str
    en: str


def rests(day: date) -> bool:
    if day.year not in (2023, 2024, 2025, 2026):
        raise Unpublished
    kind, _ = HOLIDAYS.get(day, ("", ""))
    return kind == "rest" or (kind == "" and day.weekday() >= 5)


def walked(start: date, length: int, unit: str, step: int) -> date:
    """Walk to the counted end: days one by one, months by the wall calendar, working days past the others."""
    day = start
    if unit == "days":
        for _ in range(length):
            day += step * DAY
    elif unit == "workdays":
        while length:
            day += step * DAY
            length -= not rests(day)
    else:
        months = [(year, month) for year in range(2015, 2035) for month in range(1, 13)]
        place = months.index((start.year, start.month)) + step * length * (12 if unit == "years" else 1)
        year, month = months[place]
        number = start.day
        while True:
            try:
                return date(year, month, number)
            except ValueError:
                number -= 1
    return day


def slowly(start: date, length: int, unit: str, *, before: bool, roll: bool) -> Slow:
    """Count a limit that begins with 送达 (Served), and say every word of how."""
    zh_unit, en_unit = UNITS[unit]
    if before:
        begun = f"送达 {start}，向前 {length} {zh_unit}", f"Served {start}, {length} {en_unit} back"
    else:
        begun = (
            f"送达 {start}，次日起算 {length} {zh_unit}",
            f"Served {start}, {length} {en_unit} counted from the next day",
        )
    step = -1 if before else 1
    raw = end = walked(start, length, unit, step)
    if unit == "workdays":
        return Slow(raw, end, f"{begun[0]}，届满 {end}", f"{begun[1]}; ends {end}")
    if not roll:
        return Slow(raw, end, f"{begun[0]}，届满 {end}，不顺延", f"{begun[1]}; ends {end}, no rolling")
    while rests(end):
        end += step * DAY
    zh, en = rolled(raw, end)
    return Slow(raw, end, f"{begun[0]}，{zh}", f"{begun[1]}; {en}")


def rolled(raw: date, end: date) -> tuple[str, str]:
    """Say what became of the counted end."""
    kind, name = HOLIDAYS.get(raw, ("", ""))
    if raw == end:
        if raw.weekday() >= 5:
            return (
                f"届满 {raw} 为{name}，不顺延",
                f"ends {raw}, a weekend on which the courts work, no rolling",
            )
        return f"届满 {raw}", f"ends {raw}"
    called = f"a public holiday ({name})" if kind else f"a {WEEK_EN[raw.weekday()]}"
    zh, en = ("提前", "moved earlier") if end < raw else ("顺延", "rolls over")
    return (
        f"届满 {raw} 为{name or WEEK_ZH[raw.weekday()]}，{zh}至 {end}",
        f"ends {raw}, {called}; {en} to {end}",
    )


def agrees(rule, start: date, **how) -> bool:
    """Tell whether both sides find the same, to the word; True only where a date was found."""
    try:
        expected = slowly(start, rule.length, rule.unit, before=rule.before, roll=rule.roll)
    except Unpublished:
        with pytest.raises(YearUnknown):
            rule.reckon(start, CALENDAR)
        return False
    found = rule.reckon(start, CALENDAR)
    assert Slow(found.raw_end, found.end, explain(found, "zh"), explain(found, "en")) == expected, (
        rule.id,
        start,
    )
    return True


LENGTHS = {"days": (1, 3, 5, 7, 10, 15, 30), "workdays": (1, 2, 5, 7), "months": (1, 3, 6), "years": (1, 2)}


@pytest.mark.parametrize("unit", LENGTHS)
@pytest.mark.parametrize("before", [False, True], ids=["on", "back"])
@pytest.mark.parametrize("roll", [True, False], ids=["rolls", "stands"])
def test_every_day_counted_on_fingers(unit, before, roll):
    """Lengths of the law and of courts, on and back, rolling and not; the reasons are the same to the word."""
    known = 0
    for length in LENGTHS[unit]:
        rule = limit(
            f"{length} {unit}", since="received", basis="x", start=field("served_on"), before=before, roll=roll,
            event=("送达", "Served"), **{unit: length},
        )  # fmt: skip
        known += sum(agrees(rule, start) for start in EVERY_DAY)
    assert known > len(EVERY_DAY) * len(LENGTHS[unit]) * (0.3 if unit == "years" else 0.7)


def test_a_day_that_was_set_stands_on_every_day_and_rolls_only_where_declared():
    stands = limit(
        "U", since="received", basis="x", until=field("expires_on"), event=("有效期至", "Valid until")
    )
    rolls = evolve(stands, roll=True)
    for day in EVERY_DAY:
        found = stands.reckon(day, CALENDAR)
        assert (found.raw_end, found.end) == (day, day)
        assert explain(found) == f"有效期至 {day}，届满 {day}，不顺延"
        assert explain(found, "en") == f"Valid until {day}; ends {day}, no rolling"
        end = day
        try:
            while rests(end):
                end += DAY
        except Unpublished:
            with pytest.raises(YearUnknown):
                rolls.reckon(day, CALENDAR)
            continue
        moved = rolls.reckon(day, CALENDAR)
        zh, en = rolled(day, end)
        assert (moved.raw_end, moved.end) == (day, end)
        assert (explain(moved), explain(moved, "en")) == (f"有效期至 {day}，{zh}", f"Valid until {day}; {en}")


@pytest.mark.parametrize("before", [False, True], ids=["on", "back"])
def test_hours_run_through_every_day(before):
    """From a quarter past each of several hours of every day, hour by hour on a clock that knows no holiday."""
    rules = [
        limit(
            f"{hours} h",
            since="received",
            basis="x",
            hours=hours,
            before=before,
            start=field("at") if before else None,
        )
        for hours in (4, 24, 48)
    ]
    for day, hour, rule in product(EVERY_DAY, (0, 9, 16, 23), rules):
        start = datetime(day.year, day.month, day.day, hour, 15, tzinfo=SHANGHAI)
        end = start.replace(minute=0)
        for _ in range(rule.length + (0 if before else 1)):
            end = end - timedelta(hours=1) if before else end + timedelta(hours=1)
        assert rule.reckon(start, CALENDAR).end == end


def test_reminders_of_every_day_come_on_working_mornings_and_never_late():
    """Each is on the last working day that is at least so many days before the end."""
    rule = limit("R", since="received", basis="x", days=15, remind=(7, 3, 1))
    for end in EVERY_DAY:
        expected = set()
        for ahead in rule.remind:
            day = end - ahead * DAY
            while rests(day):
                day -= DAY
            expected.add(datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI))
        assert list(rule.alarms(end, CALENDAR)) == sorted(expected)
