"""What is done to the text of a case number before it is read."""

from __future__ import annotations

import unicodedata

from core.law.case_number_refusals import refusal
from core.law.errors import LawError

FIRST_YEAR, LAST_YEAR = 2016, 2099
"""The years that have numbers of the present form (2016-01-01 起施行)."""

_TO_FULL_WIDTH = str.maketrans("()", "（）")


def clean(text: str, *, strict: bool) -> str:
    """Return ``text`` trimmed, with full-width round brackets; inner white space is refused or dropped."""
    trimmed = text.strip().translate(_TO_FULL_WIDTH)
    if not strict:
        trimmed = "".join(trimmed.split())
    problem = _unclean(trimmed)
    if problem is not None:
        raise problem
    return trimmed


def _unclean(text: str) -> LawError | None:
    """Return the refusal for an empty text, inner white space, invisible or full-width characters."""
    if not text:
        return refusal("case_number_empty", "没有填写；", "nothing was given.")
    for character in text:
        if character.isspace():
            return refusal(
                "case_number_space", "中间有空格，请去掉；", "it has white space inside; remove it."
            )
        if unicodedata.category(character) in ("Cc", "Cf"):
            return refusal(
                "case_number_invisible",
                f"含有看不见的字符（U+{ord(character):04X}），请重新键入；",
                f"it holds an invisible character (U+{ord(character):04X}); type it anew.",
            )
        if character.isdigit() and not character.isascii():
            return refusal(
                "case_number_wide_digit",
                f"“{character}”不是半角阿拉伯数字，请改用 0 至 9；",
                f'"{character}" is not an ASCII digit; use 0 to 9.',
            )
    return None
