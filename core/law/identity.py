"""Identity numbers: residents, organisations, lawyers, telephones, postcodes.

Each ``check_…`` returns the normal form with warnings, or raises LawError naming what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from core.law.contact_numbers import check_landline, check_mobile, check_postcode
from core.law.errors import LawError
from core.law.identity_check import KIND_LABELS, Checked, IdentityWarning, Kind
from core.law.lawyer_licence import check_lawyer_licence
from core.law.masks import mask_id, mask_name, mask_phone
from core.law.resident_id import check_resident_id
from core.law.unified_code import check_unified_code

__all__ = [
    "KIND_LABELS",
    "Checked",
    "IdentityWarning",
    "Kind",
    "check_landline",
    "check_lawyer_licence",
    "check_mobile",
    "check_postcode",
    "check_resident_id",
    "check_unified_code",
    "identify",
    "mask_id",
    "mask_name",
    "mask_phone",
]

_Check = Callable[[str, date], Checked]


def _resident(text: str, today: date) -> Checked:
    return check_resident_id(text, today=today)


def _without_today(check: Callable[[str], Checked]) -> _Check:
    return lambda text, _today: check(text)


# The shapes that a text may be meant as, and the checks to try; the first refusal is the one told.
_MEANT_AS: tuple[tuple[re.Pattern[str], tuple[_Check, ...]], ...] = (
    (re.compile(r"[0-9]{17}[0-9X]"), (_resident, _without_today(check_unified_code))),
    (re.compile(r"(?=.*[A-Z])[0-9A-Z]{15,20}"), (_without_today(check_unified_code),)),
    (re.compile(r"1[0-9]{16}"), (_without_today(check_lawyer_licence),)),
    (re.compile(r"0[0-9-]+"), (_without_today(check_landline), _without_today(check_postcode))),
    (re.compile(r"1[0-9]{10}"), (_without_today(check_mobile),)),
    (re.compile(r"[0-9]{6}"), (_without_today(check_postcode),)),
    (re.compile(r"[0-9]{15}"), (_resident,)),
)


def identify(text: str, *, today: date) -> Checked:
    """Find out which of the identity numbers ``text`` is, and check it; LawError when it is none of them."""
    value = text.strip().upper()
    checks = next((checks for shape, checks in _MEANT_AS if shape.fullmatch(value)), ())
    refusal: LawError | None = None
    for check in checks:
        try:
            return check(value, today)
        except LawError as error:
            refusal = refusal or error
    raise refusal or _none_of_them(value)


def _none_of_them(value: str) -> LawError:
    return LawError(
        "identity_unknown",
        f"“{value}”（{len(value)} 位）不是公民身份号码（18 位）、统一社会信用代码（18 位）、律师执业证号（17 位，以 1 开头）、"
        "手机号（11 位）、固定电话或邮政编码（6 位）；请核对后重新填写。",
        f'"{value}" ({len(value)} characters) is no resident identity number (18), unified social credit code (18), '
        "lawyer's licence (17, beginning with 1), mobile (11), landline or postcode (6); check it and enter it again.",
    )
