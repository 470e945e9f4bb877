"""A year of the court's calendar as lines of text: ``2027-01-01 rest 元旦``."""

from collections.abc import Iterable
from datetime import date

from core.fields.label import Label
from core.fields.problem import Problem, invalid
from core.law.calendar import Day

FIRST, LAST = 2000, 2100
NAME = 60
_KINDS = {"rest": "rest", "work": "work", "休": "rest", "班": "work"}


def lines_of(days: Iterable[tuple[date, Day]]) -> str:
    """Return days as the form shows them, one a line."""
    return "\n".join(f"{day.isoformat()} {one.kind} {one.name}".rstrip() for day, one in days)


def read_year(text: str) -> int:
    """Return the year of the form.

    Raises:
        Refused: it is none.
    """
    text = text.strip()
    if text.isascii() and text.isdigit() and FIRST <= int(text[:6]) <= LAST:
        return int(text)
    raise invalid(
        [Problem("year", "not_a_year", Label("年份应写成 2027 的形式。", "Write the year as 2027."))]
    )


def read_lines(text: str) -> dict[date, tuple[str, str]]:
    """Return the days of the form with (``rest`` or ``work``, name).

    Raises:
        Refused: naming every line that cannot be read.
    """
    days: dict[date, tuple[str, str]] = {}
    problems: list[Problem] = []
    for place, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        found = _day(line)
        if found is None:
            problems.append(_wrong(place, "应写成“2027-01-01 rest 元旦”的形式，名称最多60个字。", "write it as “2027-01-01 rest New Year”; the name has at most 60 characters."))  # fmt: skip
        elif found[0] in days:
            problems.append(_wrong(place, f"{found[0]}写了两次。", f"{found[0]} is given twice."))
        else:
            days[found[0]] = found[1]
    if problems:
        raise invalid(problems)
    return days


def _day(line: str) -> tuple[date, tuple[str, str]] | None:
    written, kind, name = (*line.split(None, 2), "", "")[:3]
    name = name.strip()
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    if len(written) != 10 or kind not in _KINDS or len(name) > NAME or not name.isprintable():
        return None
    return day, (_KINDS[kind], name)


def _wrong(place: int, zh: str, en: str) -> Problem:
    return Problem("days", "bad_line", Label(f"第{place}行：{zh}", f"Line {place}: {en}"))
