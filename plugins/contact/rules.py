"""What can be said of a contact with the judge from values alone: no database, no page."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from core import Case, Engagement, Label, law

SHANGHAI = law.dates.SHANGHAI
OPENS, NOON, CLOSES = time(8, 30), time(12, 30), time(18, 0)
SHORTEST, LONGEST = 10, 240
"""Minutes of a meeting."""
_CUT = 30


def summary(content: str) -> str:
    """Return the beginning of a text, for lists."""
    line = " ".join(content.split())
    return line if len(line) <= _CUT else f"{line[:_CUT]}…"


def said(moment: datetime, place: str) -> str:
    """Return time and place as a notice says them."""
    at = moment.astimezone(SHANGHAI)
    return f"{at.year}年{at.month}月{at.day}日{at:%H:%M}（{place}）"


def minutes_of(starts_at: datetime, ends_at: datetime) -> int:
    """Return how long a meeting in this slot may take, within what a meeting takes at all."""
    return min(max(int((ends_at - starts_at).total_seconds()) // 60, SHORTEST), LONGEST)


def round_of(answers: int, *, answered: bool) -> int:
    """Return in which round a contact is: every follow-up question after an answer begins another."""
    return max(answers, 1) if answered else answers + 1


def standing(case: Case | None, name: str) -> str | None:
    """Return as what ``name`` stands in the case: a party, or the agent of one; None where it is neither."""
    if case is None:
        return None
    held = [law.standings.standing_words(one.standing)[0] for one in case.parties if one.name == name]
    standings = {one.name: law.standings.standing_words(one.standing)[0] for one in case.parties}
    held += [f"{standings.get(one.party, one.party)}代理人" for one in case.agents if one.name == name]
    return "、".join(dict.fromkeys(held)) or None


def next_open(day: date, calendar: Any) -> date:
    """Return the first day from ``day`` on at which the court is open."""
    while calendar.rests(day):
        day += timedelta(days=1)
    return day


def odd_hours(starts_at: datetime, ends_at: datetime, calendar: Any) -> Iterator[Label]:
    """Say where a time lies outside the court's working days and hours; it forbids nothing."""
    begins, ends = starts_at.astimezone(SHANGHAI), ends_at.astimezone(SHANGHAI)
    if calendar.rests(begins.date()):
        name = calendar.name(begins.date())
        yield Label(f"{begins:%Y-%m-%d}不是工作日（{name}）。", f"{begins:%Y-%m-%d} is no working day.")
    if begins.time() < OPENS or ends.time() > CLOSES or ends.date() != begins.date():
        yield Label(f"{begins:%H:%M}–{ends:%H:%M}不在办公时间内。", f"{begins:%H:%M}–{ends:%H:%M} lies outside office hours.")  # fmt: skip


def overlaps(engagements: Iterable[Engagement]) -> Iterator[Label]:
    """Say what the judge has at that time already."""
    for one in engagements:
        begins, ends = one.starts_at.astimezone(SHANGHAI), one.ends_at.astimezone(SHANGHAI)
        about = " ".join(filter(None, [one.case_number, one.applicant]))
        yield Label(
            f"与{one.title.zh}冲突：{begins:%m-%d %H:%M}–{ends:%H:%M} {about}（{one.place}）。",
            f"Clashes with a {one.title.en.lower()}: {begins:%m-%d %H:%M}–{ends:%H:%M} {about} ({one.place}).",
        )


def court_day(moment: datetime) -> date:
    """Return the court's date of a moment."""
    return law.dates.court_date(moment)


def times(one: Engagement) -> str:
    """Return from when to when, as a calendar shows it."""
    return f"{one.starts_at.astimezone(SHANGHAI):%H:%M}–{one.ends_at.astimezone(SHANGHAI):%H:%M}"


def by_half_day(engagements: Iterable[Engagement]) -> dict[tuple[date, int], list[Engagement]]:
    """Return them by day and half of the day (0 before noon, 1 after) in which they begin."""
    held: dict[tuple[date, int], list[Engagement]] = {}
    for one in engagements:
        at = one.starts_at.astimezone(SHANGHAI)
        held.setdefault((at.date(), int(at.time() >= NOON)), []).append(one)
    return held


def week_of(day: date) -> tuple[date, ...]:
    """Return the seven days of the week of ``day``, Monday first."""
    monday = day - timedelta(days=day.weekday())
    return tuple(monday + timedelta(days=place) for place in range(7))


def midnight(day: date) -> datetime:
    """Return when ``day`` begins."""
    return datetime.combine(day, time(), SHANGHAI)
