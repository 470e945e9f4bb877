"""The kinds of litigation fee and how each is reckoned: one row of KINDS for each."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Literal

import attrs

from core.law import fee_tables as tables
from core.law.errors import LawError
from core.law.fee_tables import NATIONAL_RANGES, Region, Scale

Need = Literal["required", "optional", "none"]


@attrs.frozen(slots=True)
class FeeStep:
    """One clause of the calculation, in Chinese and in English."""

    zh: str
    en: str


Steps = list[FeeStep]
Reckoner = Callable[[Decimal | None, Region, Steps], Decimal]


@attrs.frozen(slots=True)
class Kind:
    """One kind of fee: its name, its article, its need of an amount, whether it may be halved."""

    zh: str
    en: str
    article: str
    amount: Need
    halvable: bool
    reckon: Reckoner


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def _add_bands(scale: Scale, amount: Decimal | None, steps: Steps) -> Decimal:
    total = scale.base
    if total:
        steps.append(FeeStep(f"基本 {_plain(total)} 元", f"base {_plain(total)}"))
    for band in scale.bands:
        portion = band.portion(amount or Decimal(0))
        if portion:
            due = portion * band.rate / 100
            total += due
            steps.append(
                FeeStep(
                    f"超过 {band.lower} 元的部分 {portion} 元 × {band.rate}% = {_plain(due)} 元",
                    f"{portion} above {band.lower} × {band.rate}% = {_plain(due)}",
                )
            )
    if scale.cap is not None and total > scale.cap:
        total = scale.cap
        steps.append(FeeStep(f"最高 {total} 元", f"at most {total}"))
    return total


def _on_scale(scale: Scale) -> Reckoner:
    return lambda amount, _region, steps: _add_bands(scale, amount, steps)


def _fixed(yuan: int) -> Reckoner:
    def reckon(_amount: Decimal | None, _region: Region, steps: Steps) -> Decimal:
        steps.append(FeeStep(f"每件 {yuan} 元", f"{yuan} a case"))
        return Decimal(yuan)

    return reckon


def _regional(kind: str, scale: Scale | None = None) -> Reckoner:
    """A region's rate per case and, where ``scale`` is given, what the amount adds to it."""

    def reckon(amount: Decimal | None, region: Region, steps: Steps) -> Decimal:
        rate = _rate(kind, region, steps)
        return rate if scale is None else rate + _add_bands(scale, amount, steps)

    return reckon


def _scale_else_regional(kind: str, scale: Scale) -> Reckoner:
    """The scale where there is an amount, else the region's rate per case."""

    def reckon(amount: Decimal | None, region: Region, steps: Steps) -> Decimal:
        return _rate(kind, region, steps) if amount is None else _add_bands(scale, amount, steps)

    return reckon


def _rate(kind: str, region: Region, steps: Steps) -> Decimal:
    low, high = NATIONAL_RANGES[kind]
    rate = region.rates.get(kind)
    if rate is None:
        raise LawError(
            "fee_rate_not_set",
            f"没有金额时每件 {low} 元至 {high} 元，{region.name}标准尚未设定；"
            "请填写金额，或由管理员设定标准。",
            f"Without an amount {low} to {high} yuan are due, and {region.name_en} has set no rate; "
            "give an amount, or have an administrator set the rate.",
        )
    steps.append(
        FeeStep(
            f"全国幅度每件 {low} 元至 {high} 元，{region.name}标准 {_plain(rate)} 元（{region.source}）",
            f"national range {low} to {high} a case, {region.name_en} {_plain(rate)} ({region.source})",
        )
    )
    return rate


def _payment_order(amount: Decimal | None, _region: Region, steps: Steps) -> Decimal:
    total = _add_bands(tables.PROPERTY, amount, steps)
    steps.append(FeeStep("按财产案件受理费的三分之一交纳", "a third of the fee of a property case"))
    return total / 3


def _bankruptcy(amount: Decimal | None, _region: Region, steps: Steps) -> Decimal:
    total = _add_bands(tables.PROPERTY, amount, steps) / 2
    steps.append(FeeStep("按财产案件受理费减半交纳", "half the fee of a property case"))
    if total > tables.BANKRUPTCY_CAP:
        total = tables.BANKRUPTCY_CAP
        steps.append(FeeStep(f"最高 {total} 元", f"at most {total}"))
    return total


_OF_IP = _scale_else_regional("ip", tables.PROPERTY)
_OF_ENFORCEMENT = _scale_else_regional("enforcement", tables.ENFORCEMENT)

KINDS: dict[str, Kind] = {
    "prop": Kind(
        "财产案件受理费",
        "fee of a property case",
        "第13条第(一)项",
        "required",
        True,
        _on_scale(tables.PROPERTY),
    ),
    "divorce": Kind(
        "离婚案件受理费",
        "fee of a divorce case",
        "第13条第(二)项1",
        "optional",
        True,
        _regional("divorce", tables.DIVORCE),
    ),
    "personality": Kind(
        "人格权案件受理费",
        "fee of a personality rights case",
        "第13条第(二)项2",
        "optional",
        True,
        _regional("personality", tables.PERSONALITY),
    ),
    "other": Kind(
        "其他非财产案件受理费",
        "fee of another case without property",
        "第13条第(二)项3",
        "none",
        True,
        _regional("other"),
    ),
    "ip": Kind(
        "知识产权案件受理费",
        "fee of an intellectual property case",
        "第13条第(三)项",
        "optional",
        True,
        _OF_IP,
    ),
    "labour": Kind(
        "劳动争议案件受理费", "fee of a labour dispute", "第13条第(四)项", "none", True, _fixed(10)
    ),
    "administrative": Kind(
        "行政案件受理费", "fee of an administrative case", "第13条第(五)项2", "none", True, _fixed(50)
    ),
    "administrative_ip": Kind(
        "商标、专利、海事行政案件受理费",
        "fee of a trade mark, patent or maritime administrative case",
        "第13条第(五)项1",
        "none",
        True,
        _fixed(100),
    ),
    "jurisdiction": Kind(
        "管辖权异议不成立的受理费",
        "fee of an objection to jurisdiction that fails",
        "第13条第(六)项",
        "none",
        False,
        _regional("jurisdiction"),
    ),
    "enforcement": Kind(
        "执行申请费", "enforcement fee", "第14条第(一)项", "optional", False, _OF_ENFORCEMENT
    ),
    "pres": Kind(
        "保全申请费", "preservation fee", "第14条第(二)项", "optional", False, _on_scale(tables.PRESERVATION)
    ),
    "payment_order": Kind(
        "支付令申请费", "fee of a payment order", "第14条第(三)项", "required", False, _payment_order
    ),
    "public_summons": Kind(
        "公示催告申请费", "fee of a public summons", "第14条第(四)项", "none", False, _fixed(100)
    ),
    "arbitration": Kind(
        "撤销仲裁裁决、认定仲裁协议效力申请费",
        "fee of a review of arbitration",
        "第14条第(五)项",
        "none",
        False,
        _fixed(400),
    ),
    "bankruptcy": Kind("破产申请费", "bankruptcy fee", "第14条第(六)项", "required", False, _bankruptcy),
}
"""Every kind of fee by its key."""
