"""Resident identity numbers (公民身份号码, GB 11643-1999): region, birth date, serial, check character."""

from __future__ import annotations

import re
from datetime import date
from operator import mul

from core.law.identity_check import Checked, IdentityWarning, refuse, region_warnings

OLDEST = 130
"""Years of age above which the birth date deserves a second look."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
_SHAPE = re.compile(r"[0-9]{17}[0-9X]")


def check_character(first_seventeen: str) -> str:
    """Return the 18th character for 17 digits."""
    total = sum(map(mul, map(int, first_seventeen), _WEIGHTS))
    return _CHECK_CHARACTERS[total % 11]


def check_resident_id(text: str, *, today: date) -> Checked:
    """Check a resident identity number; a lower-case x becomes X.

    The birth date must exist and lie no later than ``today``. A region that cannot exist, and an age above 130,
    are warnings. Raises LawError otherwise.
    """
    value = text.strip().upper()
    if len(value) == 15 and value.isascii() and value.isdigit():
        raise refuse(
            "resident_id_old",
            "15 位的旧身份证号码已停用，请填写 18 位公民身份号码",
            "identity numbers of 15 digits are out of use; give the one of 18 characters",
        )
    if len(value) != 18:
        raise refuse(
            "resident_id_length",
            f"公民身份号码应为 18 位，现在是 {len(value)} 位",
            f"a resident identity number has 18 characters, not {len(value)}",
        )
    if not _SHAPE.fullmatch(value):
        raise refuse(
            "resident_id_characters",
            "公民身份号码前 17 位应为半角数字，末位应为数字或 X",
            "a resident identity number is 17 ASCII digits and a digit or X",
        )
    born = _birth_date(value[6:14], today)
    expected = check_character(value[:17])
    if value[17] != expected:
        raise refuse(
            "resident_id_checksum",
            f"公民身份号码的校验位应为 {expected}，现在是 {value[17]}",
            f"the check character of this number must be {expected}, not {value[17]}",
        )
    return Checked("resident_id", value, region_warnings(value[:6]) + _age_warnings(born, today))


def _birth_date(digits: str, today: date) -> date:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise refuse(
            "resident_id_birth_date",
            f"公民身份号码中的出生日期 {digits} 不存在",
            f"the birth date {digits} in the identity number does not exist",
        ) from None
    if born > today:
        raise refuse(
            "resident_id_future",
            f"公民身份号码中的出生日期 {born} 晚于今天",
            f"the birth date {born} in the identity number lies in the future",
        )
    return born


def _age_warnings(born: date, today: date) -> tuple[IdentityWarning, ...]:
    if today.year - born.year <= OLDEST:
        return ()
    return (
        IdentityWarning(
            "resident_id_age",
            f"出生于 {born}，年龄超过 {OLDEST} 岁，请核对。",
            f"Born {born}, more than {OLDEST} years ago; check it.",
        ),
    )
