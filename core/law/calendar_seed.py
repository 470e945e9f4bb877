"""The seed of a court calendar, from the State Council notices held by the ``holidays`` package.

The package also lists years that were not announced yet, from the statutory days alone. Every notice since
2001 names make-up working days, so a year counts as known only where the package holds some for it.
"""

from __future__ import annotations

from datetime import date, timedelta

from core.law.calendar import SATURDAY, CourtCalendar, Day

MAKEUP_NAME = "调休上班日"
_SUBSTITUTED = "休息日"
_OBSERVED = "（补假）"
_ONE_FESTIVAL = {"农历除夕": "春节", "春节延长假期": "春节"}
_DAY = timedelta(days=1)


def seed_calendar(first_year: int, last_year: int) -> CourtCalendar:
    """Return the calendar of both years and those between; years without a published notice stay unknown."""
    days: dict[date, Day] = {}
    known: set[int] = set()
    for year in range(first_year, last_year + 1):
        published = _published(year)
        if published:
            known.add(year)
            days.update(published)
    return CourtCalendar(days=days, known_years=frozenset(known))


def _published(year: int) -> dict[date, Day]:
    import holidays  # years are entered once; every worker would hold the whole world's

    table = holidays.country_holidays("CN", years=year, language="zh_CN")
    # The package keeps the make-up days that a notice put into the year before in every instance.
    makeup = {day for day in table.weekend_workdays if day.year == year}
    if not makeup:
        return {}
    source = f"国务院办公厅关于{year}年部分节假日安排的通知"
    days = {day: Day("work", MAKEUP_NAME, source) for day in makeup}
    for block in _rest_blocks({day for day in table if day.year == year}, makeup):
        festivals: dict[str, None] = {}
        for day in block:
            festivals.update(dict.fromkeys(_festivals(table.get(day) or "")))
        name = "、".join(festivals)
        label = f"{name}假期" if name else "调休放假"
        days.update((day, Day("rest", label, source)) for day in block)
    return days


def _rest_blocks(listed: set[date], makeup: set[date]) -> list[list[date]]:
    """Join the listed days with the weekends between and beside them, within the year."""

    def rests(day: date) -> bool:
        return day in listed or (day.weekday() >= SATURDAY and day not in makeup)

    blocks: list[list[date]] = []
    done: set[date] = set()
    for start in sorted(listed):
        if start in done:
            continue
        first = start
        while rests(first - _DAY) and (first - _DAY).year == start.year:
            first -= _DAY
        block = [first]
        while rests(block[-1] + _DAY) and (block[-1] + _DAY).year == start.year:
            block.append(block[-1] + _DAY)
        done.update(block)
        blocks.append(block)
    return blocks


def _festivals(label: str) -> list[str]:
    names = (name.removesuffix(_OBSERVED) for name in label.split("; ") if name)
    return [_ONE_FESTIVAL.get(name, name) for name in names if not name.startswith(_SUBSTITUTED)]
