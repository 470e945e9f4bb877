"""Licence numbers of lawyers (律师执业证号): 17 digits without a check digit."""

from __future__ import annotations

import re

from core.law.identity_check import Checked, province_warnings, refuse

_DIGITS = re.compile(r"[0-9]{17}")
_PARTS: tuple[tuple[slice, re.Pattern[str], str, str], ...] = (
    (slice(0, 1), re.compile("1"), "第 1 位应为 1", "digit 1 must be 1"),
    (
        slice(5, 9),
        re.compile("(19|20)[0-9]{2}"),
        "第 6 至 9 位应为首次执业年份",
        "digits 6 to 9 must be the first year of practice",
    ),
    (
        slice(9, 10),
        re.compile("[1-9]"),
        "第 10 位（执业类别）应为 1 至 9",
        "digit 10 (category) must be 1 to 9",
    ),
    (
        slice(10, 11),
        re.compile("[01]"),
        "第 11 位应为 0（男）或 1（女）",
        "digit 11 must be 0 (male) or 1 (female)",
    ),
)


def check_lawyer_licence(text: str) -> Checked:
    """Check a licence number: 1, province and city, first year, category, sex, serial number.

    An unknown province is a warning. Raises LawError naming the digit that is wrong.
    """
    value = text.strip()
    if not _DIGITS.fullmatch(value):
        raise refuse(
            "lawyer_licence_shape",
            "律师执业证号应为 17 位半角数字",
            "a lawyer's licence number has 17 ASCII digits",
        )
    for place, pattern, zh, en in _PARTS:
        if not pattern.fullmatch(value[place]):
            raise refuse(
                "lawyer_licence_digit",
                f"律师执业证号{zh}，现在是 {value[place]}",
                f"in a lawyer's licence number {en}, not {value[place]}",
            )
    return Checked("lawyer_licence", value, province_warnings(value[1:3]))
