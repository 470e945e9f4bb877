"""What an appeal costs (诉讼费用交纳办法第8、13、17条)."""

from datetime import date
from decimal import Decimal
from typing import Any

from core import Label, law

from .limits import JUDGMENT

FREE = Label(
    "对不予受理、驳回起诉、管辖权异议裁定提起上诉的，不交纳案件受理费（诉讼费用交纳办法第8条）。",
    "An appeal against a ruling not to accept, to dismiss or on jurisdiction costs nothing (Litigation Fee Measures, art. 8).",
)


def estimate(fields: Any) -> "law.fees.FeeEstimate | None":
    """Return the fee on the part disputed; None where none is due, or where it cannot be told without an amount."""
    if fields.document != JUDGMENT:
        return None
    try:
        return law.fees.fee(fields.fee_category, fields.disputed_amount)
    except law.errors.LawError:
        return None


def reckoning(found: "law.fees.FeeEstimate", language: str = "zh") -> str:
    """Return how a fee was reckoned, with its articles."""
    if language == "zh":
        return f"{law.fees.explain(found)}（{found.article}，不服部分按第17条）"
    return f"{law.fees.explain(found, 'en')} ({found.article}; on the part disputed, art. 17)"


def fee_words(state: str, amount: Decimal | None, until: date | None) -> str:
    """Return what the notice of receipt says of the fee."""
    if state == "due":
        return f"请于{until or '接到通知次日起7日内'}前预交上诉费{amount:.2f}元，逾期未交按自动撤回上诉处理"
    return {"paid": "上诉费已收到", "relief": "已准予缓减免上诉费"}.get(state, "本件不交上诉费")
