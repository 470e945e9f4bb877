"""Case numbers (案号) in use since 2016: （2025）粤0104民初123号.

《关于人民法院案件案号的若干规定》(法〔2015〕137号, 法〔2018〕335号修改) 第2至10条: year, court prefix,
special mark, case type, serial number, 号; a second document of one case adds 之一, 之二 and so on.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

import attrs

from core.law.case_number_refusals import (
    bad_court,
    bad_heading,
    bad_sequence,
    bad_suffix,
    bad_type,
    bad_year,
    missing_hao,
)
from core.law.case_number_text import FIRST_YEAR, LAST_YEAR, clean
from core.law.case_number_warnings import CaseNumberWarning, warnings
from core.law.case_types import CASE_TYPES, DEFAULT_EXTRA_TYPES
from core.law.legacy_case_number import LegacyCaseNumber, parse_legacy
from core.law.provinces import COURT_LEVELS, PROVINCES, SUPREME, CourtLevel, court_level, prefix_digits

__all__ = [
    "CaseNumber",
    "CaseNumberWarning",
    "CourtLevel",
    "LegacyCaseNumber",
    "court_level",
    "normalise",
    "parse",
    "parse_legacy",
    "warnings",
]

SPECIAL_MARKS = ("知",)

_HEADING = re.compile(r"（([0-9]{4})）")
_COURT = re.compile(rf"({SUPREME}|[{''.join(PROVINCES)}])([0-9]*)")
_SEQUENCE = re.compile(r"[1-9][0-9]{0,7}")
_SUFFIX = re.compile(r"之[一二三四五六七八九十]{1,3}")


@attrs.frozen(slots=True, order=True)
class CaseNumber:
    """The parts of a case number; ``special`` and ``suffix`` may be empty; ``str()`` gives the whole."""

    year: int
    court: str
    special: str
    type: str
    seq: int
    suffix: str = ""

    def __str__(self) -> str:
        return f"（{self.year}）{self.court}{self.special}{self.type}{self.seq}号{self.suffix}"


def parse(text: str, *, extra_types: frozenset[str] = DEFAULT_EXTRA_TYPES, strict: bool = True) -> CaseNumber:
    """Return the parts of a case number; LawError naming the first thing that is wrong.

    Outer white space is dropped and round half-width brackets become full-width. ``strict`` (for registering
    and importing) refuses white space inside; ``strict=False`` (for a search box) drops it.
    """
    cleaned = clean(text, strict=strict)
    heading = _HEADING.match(cleaned)
    if heading is None:
        raise bad_heading(cleaned)
    year = int(heading[1])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise bad_year(year, FIRST_YEAR, LAST_YEAR)
    body, hao, suffix = cleaned[heading.end() :].partition("号")
    if not hao:
        raise missing_hao()
    court, rest = _split_court(body)
    type_end = next((index for index, character in enumerate(rest) if character.isdigit()), len(rest))
    special, type_ = _split_type(rest[:type_end], CASE_TYPES.keys() | extra_types)
    sequence = rest[type_end:]
    if not _SEQUENCE.fullmatch(sequence):
        raise bad_sequence(sequence)
    if suffix and not _SUFFIX.fullmatch(suffix):
        raise bad_suffix(suffix)
    return CaseNumber(year, court, special, type_, int(sequence), suffix)


def normalise(text: str, *, extra_types: frozenset[str] = DEFAULT_EXTRA_TYPES) -> str:
    """Return the canonical form of a number as typed into a search box; LawError when it is none."""
    return str(parse(text, extra_types=extra_types, strict=False))


def _split_court(body: str) -> tuple[str, str]:
    match = _COURT.match(body)
    if match is None or (match[1] == SUPREME and match[2]):
        raise bad_court(body)
    if len(match[2]) not in COURT_LEVELS:
        raise bad_court(body) if match.end() < len(body) else bad_type("")
    prefix_digits(match[0])
    return match[0], body[match.end() :]


def _split_type(words: str, types: AbstractSet[str]) -> tuple[str, str]:
    """Split special mark and type; the whole must match, so 行审复 is never read as 行审."""
    for special in ("", *SPECIAL_MARKS):
        if words.startswith(special) and words.removeprefix(special) in types:
            return special, words.removeprefix(special)
    raise bad_type(words)
