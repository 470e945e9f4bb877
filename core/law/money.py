"""Amounts of money in yuan: exact decimals with at most two places."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from core.law.errors import LawError

CENT = Decimal("0.01")
LIMIT = Decimal(10) ** 18
"""Amounts from here on are refused: no claim is that large, and sums stay exact below it."""

_WRITTEN = re.compile(r"[0-9]+(\.[0-9]+)?")


def check_amount(amount: Decimal) -> Decimal:
    """Return ``amount`` with two places; LawError when negative, not a number, too large or finer than 分."""
    if not amount.is_finite():
        raise LawError(
            "amount_not_a_number", "金额不是数字；请填写以元为单位的金额。", "The amount is not a number."
        )
    if amount < 0:
        raise LawError(
            "amount_negative", "金额不能为负数；请填写零或正数。", "The amount cannot be negative."
        )
    if amount >= LIMIT:
        raise LawError(
            "amount_too_large", "金额过大；请核对是否多输了数字。", "The amount is too large; check it."
        )
    cents = amount.quantize(CENT, ROUND_HALF_UP)
    if cents != amount:
        raise LawError(
            "amount_too_fine",
            "金额最多精确到分（两位小数）；请去掉多余的小数。",
            "An amount has at most two decimal places; drop the others.",
        )
    return abs(cents)


def read_amount(text: str) -> Decimal:
    """Return the amount written in ASCII digits without separators; LawError for any other text."""
    written = text.strip()
    if not _WRITTEN.fullmatch(written.removeprefix("-")):
        raise LawError(
            "amount_not_a_number",
            f"“{written}”不是金额；请用半角数字填写以元为单位的金额，例如 128456.78，不加千位分隔符。",
            f'"{written}" is not an amount; write yuan in ASCII digits, such as 128456.78.',
        )
    return check_amount(Decimal(written))


def round_cents(amount: Decimal) -> Decimal:
    """Return ``amount`` rounded half up to 分."""
    return amount.quantize(CENT, ROUND_HALF_UP)
