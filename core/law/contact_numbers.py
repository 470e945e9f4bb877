"""Telephone numbers of the mainland and postcodes: shapes only, nothing is called."""

from __future__ import annotations

import re

from core.law.identity_check import Checked, Kind, refuse

_SHAPES: dict[Kind, tuple[re.Pattern[str], str, str]] = {
    "mobile": (
        re.compile(r"1[3-9][0-9]{9}"),
        "手机号应为 11 位半角数字，以 13 至 19 开头",
        "a mobile number has 11 ASCII digits and begins with 13 to 19",
    ),
    "landline": (
        re.compile(r"0[0-9]{2,3}-?[0-9]{7,8}(-[0-9]{1,6})?"),
        "固定电话应为区号加 7 至 8 位号码，例如 020-00000000，分机号写在最后的“-”之后",
        "a landline is an area code and 7 to 8 digits, such as 020-00000000, with any extension after a last -",
    ),
    "postcode": (re.compile(r"[0-9]{6}"), "邮政编码应为 6 位半角数字", "a postcode has 6 ASCII digits"),
}


def check_mobile(text: str) -> Checked:
    """Check a mobile number of the mainland: 11 digits."""
    return _check("mobile", text)


def check_landline(text: str) -> Checked:
    """Check a landline: area code, number, extension if any, such as 020-00000000-123."""
    return _check("landline", text)


def check_postcode(text: str) -> Checked:
    """Check a postcode: 6 digits."""
    return _check("postcode", text)


def _check(kind: Kind, text: str) -> Checked:
    pattern, zh, en = _SHAPES[kind]
    value = text.strip()
    if not pattern.fullmatch(value):
        raise refuse(f"{kind}_shape", zh, en)
    return Checked(kind, value)
