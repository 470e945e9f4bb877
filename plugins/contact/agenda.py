"""会见日历: a week of the judge's meetings and hearings, as a table and as a calendar file."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from core import Engagement, Label, MenuItem, Page, calendar_file, hookimpl

from . import rules

TITLE = Label("会见日历", "Meetings")
WORDS = {
    "title": TITLE,
    "week": Label("周历", "The week"),
    "previous": Label("上一周", "Previous week"),
    "this": Label("本周", "This week"),
    "next": Label("下一周", "Next week"),
    "go": Label("转到", "Go"),
    "day": Label("日期", "Date"),
    "file": Label("导出本周日历（.ics）", "Calendar file of this week"),
    "one_file": Label("加入日历", "Add to calendar"),
    "today": Label("今天", "Today"),
    "queue": Label("预约法官", "Requests"),
    "nothing": Label("本周没有会见和开庭。", "No meetings or hearings this week."),
}
HALVES = (Label("上午", "Morning"), Label("下午", "Afternoon"))
DAYS = tuple(Label(zh, en) for zh, en in zip("一二三四五六日", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), strict=True))  # fmt: skip


def _asked_day(visit: Any) -> date:
    try:
        day = date.fromisoformat(visit.asked("week"))
        return day if 1 < day.year < 9999 else rules.court_day(visit.now)
    except ValueError:
        return rules.court_day(visit.now)


def _of(visit: Any, week: tuple[date, ...]) -> tuple[Engagement, ...]:
    return tuple(visit.engagements(rules.midnight(week[0]), rules.midnight(week[-1] + timedelta(days=1))))


def show(visit: Any) -> Any:
    """Show the week that is asked for, else this one."""
    week = rules.week_of(_asked_day(visit))
    found = _of(visit, week)
    return visit.render(
        "contact/calendar.html", words=WORDS, week=tuple(zip(week, DAYS, strict=True)), halves=HALVES, found=found,
        cells=rules.by_half_day(found), times=rules.times, today=rules.court_day(visit.now),
        previous=week[0] - timedelta(days=7), following=week[0] + timedelta(days=7), several=len(visit.actor.handles) > 1,
    )  # fmt: skip


def send(visit: Any) -> Any:
    """Send the week as a calendar file."""
    week = rules.week_of(_asked_day(visit))
    body = calendar_file(
        _of(visit, week), court=visit.here.court.name, now=visit.now, language=visit.language
    )
    return visit.download(f"{week[0].isoformat()}.ics", "text/calendar; charset=utf-8", body)


@hookimpl
def pages() -> Iterable[Page]:
    """Return the calendar and its file."""
    return (Page("calendar", TITLE, show), Page("calendar.ics", TITLE, send))


@hookimpl
def menu(court: str) -> Iterable[MenuItem]:
    """Return the way to the calendar."""
    return (MenuItem(TITLE, "/m/contact/calendar", 81, "contact", icon="calendar-event"),)
