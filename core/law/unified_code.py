"""Unified social credit codes (统一社会信用代码, GB 32100-2015) with both of their check characters."""

from __future__ import annotations

from operator import mul

from core.law.identity_check import Checked, refuse, region_warnings

CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {character: index for index, character in enumerate(CHARACTERS)}
_WEIGHTS = tuple(pow(3, exponent, 31) for exponent in range(17))
_SUBJECT_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_SUBJECT_VALUES = {character: index for index, character in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}


def subject_check_character(first_eight: str) -> str:
    """Return the 9th character of the subject part (主体标识码, GB 11714) for its first eight."""
    total = sum(map(mul, map(_SUBJECT_VALUES.__getitem__, first_eight), _SUBJECT_WEIGHTS))
    return "0123456789X"[-total % 11]


def check_character(first_seventeen: str) -> str:
    """Return the 18th character for the first seventeen."""
    total = sum(map(mul, map(_VALUES.__getitem__, first_seventeen), _WEIGHTS))
    return CHARACTERS[-total % 31]


def check_unified_code(text: str) -> Checked:
    """Check a unified social credit code; lower case becomes upper case, an unknown region is a warning."""
    value = text.strip().upper()
    if len(value) != 18:
        raise refuse(
            "unified_code_length",
            f"统一社会信用代码应为 18 位，现在是 {len(value)} 位",
            f"a unified social credit code has 18 characters, not {len(value)}",
        )
    strange = "".join(dict.fromkeys(character for character in value if character not in CHARACTERS))
    if strange:
        raise refuse(
            "unified_code_characters",
            f"统一社会信用代码只用半角数字和大写字母，且不用 I、O、S、V、Z，现在含有“{strange}”",
            f'a unified social credit code holds digits and capital letters without I, O, S, V, Z, not "{strange}"',
        )
    region = value[2:8]
    if not region.isdigit():
        raise refuse(
            "unified_code_region",
            f"统一社会信用代码第 3 至 8 位应为行政区划数字，“{region}”不是",
            f'characters 3 to 8 must be the digits of a region, "{region}" is none',
        )
    _compare(
        value[16], subject_check_character(value[8:16]), 17, "主体标识码校验位", "subject check character"
    )
    _compare(value[17], check_character(value[:17]), 18, "校验码", "check character")
    return Checked("unified_code", value, region_warnings(region))


def _compare(found: str, expected: str, place: int, zh: str, en: str) -> None:
    if found != expected:
        raise refuse(
            "unified_code_checksum",
            f"统一社会信用代码第 {place} 位（{zh}）应为 {expected}，现在是 {found}",
            f"character {place} ({en}) must be {expected}, not {found}",
        )
