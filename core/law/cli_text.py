"""What the command line prints: the bare result first, then the reasons with their articles."""

from __future__ import annotations

import re
from datetime import date, datetime

from core.law import fees
from core.law.calendar import CourtCalendar
from core.law.case_number import CaseNumber, court_level, parse, warnings
from core.law.case_types import CASE_TYPES, CATEGORIES, DEFAULT_EXTRA_TYPES
from core.law.dates import SHANGHAI
from core.law.errors import LawError
from core.law.identity import KIND_LABELS, identify
from core.law.money import read_amount
from core.law.periods import Deadline, Unit, deadline, explain
from core.law.provinces import court_digits

_MOMENT = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?P<time>[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?)?"
)
_NO_AMOUNT = ("", "-")
_LEVEL_NAMES = {
    "supreme": "最高人民法院",
    "high": "高级法院",
    "intermediate": "中级法院",
    "basic": "基层法院",
}


def period_text(
    start: str, length: int, unit: Unit, calendar: CourtCalendar, *, before: bool = False
) -> list[str]:
    """Return the end of a period and why: ``2026-02-24``, or ``2026-02-15T17:00+08:00`` for hours.

    ``start`` is ``YYYY-MM-DD`` or ``YYYY-MM-DDTHH:MM[:SS][±HH:MM]``; a time without a zone is Shanghai time.
    """
    result = deadline(read_start(start), length, unit, calendar, before=before)
    return [bare_end(result), explain(result), f"依据：{result.basis}"]


def bare_end(result: Deadline) -> str:
    """Return the end of a period as programs read it."""
    end = result.end
    return end.isoformat(timespec="minutes") if isinstance(end, datetime) else end.isoformat()


def case_number_text(
    text: str, *, this_year: int, extra_types: frozenset[str] = DEFAULT_EXTRA_TYPES
) -> list[str]:
    """Return the canonical case number, its parts, and what should be checked."""
    number = parse(text, extra_types=extra_types)
    lines = [str(number), _parts(number), "依据：《关于人民法院案件案号的若干规定》"]
    return lines + [f"提示：{warning.zh}" for warning in warnings(number, this_year=this_year)]


def fee_text(kind: str, amount: str | None) -> list[str]:
    """Return the fee in yuan and how it was reckoned; ``-`` or nothing stands for no amount."""
    written = "" if amount is None else amount.strip()
    estimate = fees.fee(kind, None if written in _NO_AMOUNT else read_amount(written))
    return [str(estimate.fee), fees.explain(estimate), f"依据：{estimate.article}"]


def identity_text(text: str, *, today: date) -> list[str]:
    """Return the normal form of an identity number, what it is, and what should be checked."""
    checked = identify(text, today=today)
    return [checked.value, KIND_LABELS[checked.kind][0]] + [
        f"提示：{warning.zh}" for warning in checked.warnings
    ]


def read_start(text: str) -> date:
    """Return the date, or the aware moment where a time of day is given; LawError when it is neither."""
    match = _MOMENT.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError(text)
        if match["time"] is None:
            return date.fromisoformat(match["date"])
        moment = datetime.fromisoformat(match[0])
    except ValueError:
        raise LawError(
            "start_unreadable",
            f"“{text}”不是日期或时刻；请写成 2026-02-03 或 2026-02-13T16:20。",
            f'"{text}" is neither a date nor a moment; write 2026-02-03 or 2026-02-13T16:20.',
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def _parts(number: CaseNumber) -> str:
    case_type = CASE_TYPES.get(number.type)
    category = CATEGORIES[case_type.category][0] if case_type else "扩展类型"
    parts = [
        f"收案年度 {number.year}",
        f"法院代字 {number.court}（{_LEVEL_NAMES[court_level(number.court)]}，代码 {court_digits(number.court)}）",
        f"专门审判代字 {number.special}" if number.special else "",
        f"类型代字 {number.type}（{category}）",
        f"编号 {number.seq}",
        f"后缀 {number.suffix}" if number.suffix else "",
    ]
    return "，".join(part for part in parts if part)
