"""Days as words of the search index: each date under every beginning of it, so that a range is a few words.

2026-12-03 is found as 2, 20, 202, 2026, 2026-12 and 2026-12-03. What was said of a number line holds here as well:
any range falls into at most a few dozen such pieces, however many years it spans, and a search for words walks one
index in the order of the queue, which a search by range could not.
"""

import calendar
from collections.abc import Iterator
from datetime import date, datetime

from core.work.times import court_day

_LENGTHS = (1, 2, 3, 4, 7, 10)
_EARLIEST = date.min.isoformat()


def beginnings(value: date | datetime) -> list[str]:
    """Return the words of a day, or of the court's day of a moment."""
    day = court_day(value) if isinstance(value, datetime) else value
    text = day.isoformat()
    return [text[:length] for length in _LENGTHS]


def cover(first: date, last: date) -> list[str]:
    """Return the fewest words that stand for the days from ``first`` to ``last``, both included."""
    return list(_cover("", first.isoformat(), last.isoformat()))


def _cover(stem: str, first: str, last: str) -> Iterator[str]:
    for word in _parts(stem):
        begins, ends = _bounds(word)
        if ends < first or begins > last:
            continue
        if first <= begins and ends <= last:
            yield word
        else:
            yield from _cover(word, first, last)


def _parts(stem: str) -> list[str]:
    """Return the next longer beginnings, in order."""
    if len(stem) < 4:
        return [f"{stem}{digit}" for digit in range(10) if f"{stem}{digit}" != "0000"]
    if len(stem) == 4:
        return [f"{stem}-{month:02d}" for month in range(1, 13)]
    _, days = calendar.monthrange(int(stem[:4]), int(stem[5:7]))
    return [f"{stem}-{day:02d}" for day in range(1, days + 1)]


def _bounds(word: str) -> tuple[str, str]:
    """Return the first and the last day that begin with ``word``."""
    if len(word) == 7:
        return f"{word}-01", _parts(word)[-1]
    begins, ends = word + "0000-01-01"[len(word) :], word + "9999-12-31"[len(word) :]
    return max(begins, _EARLIEST), ends
