"""What a request to docket would cost (诉讼费用交纳办法第13、14条)."""

from decimal import Decimal
from typing import Any

from core import law

from .fields import NO_FEE


def estimate(fields: Any, category: str | None = None) -> "law.fees.FeeEstimate | None":
    """Return the fee of a request with these ``fields``, under ``category`` where the court corrected it.

    None where no fee is due, or where it cannot be told without an amount.
    """
    kind = category or fields.fee_category
    if kind == NO_FEE:
        return None
    try:
        return law.fees.fee(kind, fields.claim_amount)
    except law.errors.LawError:
        return None


def reckoning(found: "law.fees.FeeEstimate", language: str = "zh") -> str:
    """Return how a fee was reckoned, with its article."""
    return f"{law.fees.explain(found, language)}（{found.article}）"


def fee_words(amount: Decimal) -> str:
    """Return what the notice of docketing says of the fee to be prepaid."""
    if not amount:
        return "本案不需预交诉讼费"
    return f"请自接到缴费通知次日起7日内预交诉讼费{amount:.2f}元"
