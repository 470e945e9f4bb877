"""What a check of an identity number gives back, and how it refuses."""

from __future__ import annotations

from typing import Literal

import attrs

from core.law.errors import LawError
from core.law.provinces import PROVINCE_BY_NUMBER

Kind = Literal["resident_id", "unified_code", "lawyer_licence", "mobile", "landline", "postcode"]

KIND_LABELS: dict[Kind, tuple[str, str]] = {
    "resident_id": ("公民身份号码（GB 11643）", "resident identity number (GB 11643)"),
    "unified_code": ("统一社会信用代码（GB 32100）", "unified social credit code (GB 32100)"),
    "lawyer_licence": ("律师执业证号", "lawyer's licence number"),
    "mobile": ("手机号", "mobile number"),
    "landline": ("固定电话", "landline number"),
    "postcode": ("邮政编码", "postcode"),
}

# GB/T 2260 numbers of the regions that have no courts in the system of case numbers.
_OTHER_REGIONS = frozenset({"71", "81", "82", "83"})


@attrs.frozen(slots=True)
class IdentityWarning:
    """A thing to check that does not make the number wrong."""

    code: str
    zh: str
    en: str


@attrs.frozen(slots=True)
class Checked:
    """A well-formed number in its normal form, and what should be checked about it."""

    kind: Kind
    value: str
    warnings: tuple[IdentityWarning, ...] = ()


def refuse(code: str, zh: str, en: str) -> LawError:
    """Return a refusal; ``zh`` and ``en`` name the fault without a full stop."""
    return LawError(
        code, f"{zh}；请核对后重新填写。", f"{en[0].upper()}{en[1:]}; check it and enter it again."
    )


def province_warnings(number: str) -> tuple[IdentityWarning, ...]:
    """Return a warning where the two digits name no province (GB/T 2260)."""
    if number in PROVINCE_BY_NUMBER or number in _OTHER_REGIONS:
        return ()
    return (_unknown_region(number),)


def region_warnings(region: str) -> tuple[IdentityWarning, ...]:
    """Return a warning where the six digits cannot be a region of GB/T 2260.

    The full list changes every year and is not held here. What is sure: the first two digits name a province,
    and the last two stay below 90 except for counties directly under a province (third and fourth digit 90).
    """
    if province_warnings(region[:2]) or (region[4:] >= "90" and region[2:4] != "90"):
        return (_unknown_region(region),)
    return ()


def _unknown_region(region: str) -> IdentityWarning:
    return IdentityWarning(
        "region_unknown",
        f"行政区划代码 {region} 不存在，请核对。",
        f"There is no administrative region {region}; check it.",
    )
