"""Litigation fees (诉讼费用): what a case or an application costs, and why.

《诉讼费用交纳办法》(国务院令第481号) 第13至18条. Fees are rounded half up to 分 once, at the end.
"""

from __future__ import annotations

from decimal import Decimal

import attrs

from core.law.errors import LawError
from core.law.fee_kinds import KINDS, FeeStep
from core.law.fee_tables import GUANGDONG, Region
from core.law.money import check_amount, round_cents


@attrs.frozen(slots=True)
class FeeEstimate:
    """A fee in yuan with two places, the amount it was reckoned from, the calculation and its article."""

    kind: str
    base: Decimal | None
    fee: Decimal
    steps: tuple[FeeStep, ...]
    article: str


def fee(
    kind: str, amount: Decimal | None = None, *, half: bool = False, region: Region = GUANGDONG
) -> FeeEstimate:
    """Return the fee of ``kind`` (a key of KINDS) on ``amount`` yuan.

    ``half`` applies the reduction of 第15条 (mediated or withdrawn), 第16条 (simplified procedure) or 第18条
    (joined claims): at most once, and only to acceptance fees. Raises LawError for an unknown kind, for an
    amount that is missing, negative, not a number or finer than 分, and where the region has set no rate.
    """
    rule = KINDS.get(kind)
    if rule is None:
        names = "、".join(KINDS)
        raise LawError(
            "fee_kind_unknown",
            f"没有“{kind}”这种费用；可用的种类：{names}。",
            f'There is no fee kind "{kind}"; the kinds are {", ".join(KINDS)}.',
        )
    if half and not rule.halvable:
        raise LawError(
            "fee_not_halvable",
            f"{rule.zh}不适用减半交纳（第15、16、18条只减半案件受理费）；请取消减半。",
            f"The {rule.en} is never halved (articles 15, 16, 18 concern acceptance fees); drop it.",
        )
    base = None if amount is None else check_amount(amount)
    if base is None and rule.amount == "required":
        raise LawError(
            "fee_amount_missing",
            f"{rule.zh}按金额计算；请填写以元为单位的金额。",
            f"The {rule.en} depends on an amount; give it in yuan.",
        )
    steps: list[FeeStep] = []
    total = rule.reckon(base, region, steps)
    if base is not None and rule.amount == "none":
        steps.append(FeeStep("按件交纳，与金额无关", "due for each case, whatever the amount"))
    if half:
        total /= 2
        steps.append(FeeStep("减半交纳（第15、16、18条，只减一次）", "halved once (articles 15, 16, 18)"))
    return FeeEstimate(kind, base, round_cents(total), tuple(steps), f"《诉讼费用交纳办法》{rule.article}")


def acceptance_fee(amount: Decimal, *, half: bool = False) -> FeeEstimate:
    """Return the acceptance fee of a property case on ``amount`` yuan (第13条第(一)项)."""
    return fee("prop", amount, half=half)


def preservation_fee(amount: Decimal | None) -> FeeEstimate:
    """Return the fee for preserving ``amount`` yuan, None where no property is at stake (第14条第(二)项)."""
    return fee("pres", amount)


def explain(estimate: FeeEstimate, language: str = "zh") -> str:
    """Return the calculation as one sentence in ``zh`` or ``en``."""
    if language.startswith("en"):
        return "; ".join(step.en for step in estimate.steps)
    return "；".join(step.zh for step in estimate.steps)
