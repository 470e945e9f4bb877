"""会见日历: a week of the judge's meetings and hearings, as a table and as a calendar file; today's on the desk."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from core import Card, CardLine, Desk, Engagement, Label, MenuItem, Page, calendar_file, hookimpl

from . import rules

TITLE = Label("会见日历", "Meetings")
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
        "contact/calendar.html", week=tuple(zip(week, DAYS, strict=True)), halves=HALVES, found=found,
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


@hookimpl
def cards(desk: Desk) -> Iterable[Card]:
    """Return what there is today, meetings and the hearings between them; on a day without any there is no card."""
    today = desk.engagements(rules.midnight(desk.today), rules.midnight(desk.today + timedelta(days=1)))
    lines = [_line(one) for one in today]
    return (Card(("今日会见和开庭", "Today's meetings and hearings"), lines, "/m/contact/calendar", icon="calendar-event"),)  # fmt: skip


def _line(one: Engagement) -> CardLine:
    about = "　".join(filter(None, [one.applicant or one.case_number, one.place]))
    href = f"/m/{one.module}/{one.serial_no}" if one.serial_no else ""
    return CardLine(Label(f"{rules.times(one)} {one.title.zh}　{about}", f"{rules.times(one)} {one.title.en}　{about}"), href)  # fmt: skip
