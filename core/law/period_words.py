"""The sentences that explain a time limit, in Chinese and in English."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

import attrs

from core.law.calendar import CourtCalendar

Unit = Literal["hours", "days", "months", "years", "workdays"]
Label = tuple[str, str]

UNIT_LABELS: dict[Unit, Label] = {
    "hours": ("小时", "hours"),
    "days": ("日", "days"),
    "months": ("个月", "months"),
    "years": ("年", "years"),
    "workdays": ("个工作日", "working days"),
}
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@attrs.frozen(slots=True)
class Step:
    """One clause of an explanation, in Chinese and in English."""

    zh: str
    en: str


def clock(moment: datetime) -> str:
    """Return a moment to the minute, as read on the court's clock."""
    return moment.strftime("%Y-%m-%d %H:%M")


def counting_days(label: Label, start: date, length: int, unit: Unit, before: bool) -> Step:
    """Say from which event, and how, days, months, years or working days are counted."""
    (zh, en), (unit_zh, unit_en) = label, UNIT_LABELS[unit]
    if before:
        return Step(f"{zh} {start}，向前 {length} {unit_zh}", f"{en} {start}, {length} {unit_en} back")
    return Step(
        f"{zh} {start}，次日起算 {length} {unit_zh}",
        f"{en} {start}, {length} {unit_en} counted from the next day",
    )


def counting_hours(label: Label, moment: datetime, first: datetime, length: int, before: bool) -> Step:
    """Say from which moment hours are counted; ``first`` is the hour at which the count begins."""
    zh, en = label
    if before:
        return Step(f"{zh} {clock(moment)}，向前 {length} 小时", f"{en} {clock(moment)}, {length} hours back")
    return Step(
        f"{zh} {clock(moment)}，次时 {clock(first)} 起算 {length} 小时",
        f"{en} {clock(moment)}, {length} hours counted from the next hour {clock(first)}",
    )


def ends_on(end: str, rolls: bool) -> Step:
    """Say the end of a period to which rolling does not matter or, with ``rolls`` false, does not apply."""
    return (
        Step(f"届满 {end}", f"ends {end}")
        if rolls
        else Step(f"届满 {end}，不顺延", f"ends {end}, no rolling")
    )


def rolling(raw_end: date, end: date, calendar: CourtCalendar) -> tuple[Step, ...]:
    """Say whether the counted end is a rest day, and to which working day it moves."""
    if raw_end != end:
        zh, en = ("提前", "moved earlier") if end < raw_end else ("顺延", "rolls over")
        return (
            Step(
                f"届满 {raw_end} 为{calendar.name(raw_end)}",
                f"ends {raw_end}, {_rest_name(raw_end, calendar)}",
            ),
            Step(f"{zh}至 {end}", f"{en} to {end}"),
        )
    if calendar.is_makeup_workday(end):
        return (
            Step(
                f"届满 {end} 为{calendar.name(end)}，不顺延",
                f"ends {end}, a weekend on which the courts work, no rolling",
            ),
        )
    return (ends_on(str(end), rolls=True),)


def _rest_name(day: date, calendar: CourtCalendar) -> str:
    if day in calendar.days and calendar.days[day].kind == "rest":
        return f"a public holiday ({calendar.name(day)})"
    return f"a {_WEEKDAYS_EN[day.weekday()]}"
