"""What looks odd in a well-formed case number. A warning never blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from core.law.provinces import court_level

if TYPE_CHECKING:
    from core.law.case_number import CaseNumber

_IP_COURT_DIGITS = "73"


@attrs.frozen(slots=True)
class CaseNumberWarning:
    """A thing to check: a stable code and a sentence in Chinese and English."""

    code: str
    zh: str
    en: str


def warnings(number: CaseNumber, *, this_year: int) -> tuple[CaseNumberWarning, ...]:
    """Return what should be checked in ``number``; ``this_year`` is the current year in Shanghai."""
    level = court_level(number.court)
    checks = (
        (
            number.year > this_year,
            CaseNumberWarning(
                "year_in_future", "收案年度晚于今年，请核对。", "The year lies in the future; check it."
            ),
        ),
        (
            level == "basic" and number.type.endswith("终"),
            CaseNumberWarning(
                "appeal_at_basic_court",
                f"{number.court}是基层法院，一般不审理“{number.type}”案件，请核对法院代字。",
                f"{number.court} is a basic court, which hears no {number.type} cases; check the prefix.",
            ),
        ),
        (
            level == "high" and "诉前调" in number.type,
            CaseNumberWarning(
                "mediation_at_high_court",
                f"高级法院一般没有“{number.type}”案件，法院代字可能漏了数字，请核对。",
                f"A high court has no {number.type} cases as a rule; digits of the prefix may be missing.",
            ),
        ),
        (
            number.special == "知" and not _hears_technical_ip(number.court),
            CaseNumberWarning(
                "special_mark_at_ordinary_court",
                f"{number.court}不是知识产权法院，案号中一般没有“知”字，请核对。",
                f"{number.court} is no intellectual property court; 知 is unusual there; check it.",
            ),
        ),
    )
    return tuple(warning for odd, warning in checks if odd)


def _hears_technical_ip(court: str) -> bool:
    """知 is used by the Supreme Court, the IP courts (73) and the high courts above them."""
    return court_level(court) in ("supreme", "high") or court[1:] == _IP_COURT_DIGITS
