"""What an investigation order may ask for, how long it holds, when its receipt is due: plain functions on values.

No statute of the whole country governs these orders (民事诉讼法第67条第二款, 民诉法解释第94、95条 are what courts build on);
how long they hold and how fast they are decided is each court's own rule, so the figures are settings.
"""

from datetime import date, timedelta

from core import Context, law

TESTIMONY = "witness_testimony"
LONGEST = 30
"""No court lets an order hold for more days."""
EVIDENCE_KINDS = {
    "documentary": ("书证", "Documentary evidence"), "electronic": ("电子数据", "Electronic data"),
    "audiovisual": ("视听资料", "Audio-visual material"), "physical": ("物证", "Physical evidence"),
    "expert_opinion": ("鉴定意见", "Expert opinion"), "inspection_record": ("勘验笔录", "Inspection record"),
    TESTIMONY: ("证人证言", "Witness testimony"),
}  # fmt: skip
"""The kinds of evidence (民事诉讼法第66条) that others may hold; testimony is listed so that refusing it can say why."""


def last_day(issued_on: date, validity_days: int) -> date:
    """Return the last day of an order: the day of issue is not counted (民事诉讼法第85条), no holiday moves it."""
    return issued_on + timedelta(days=validity_days)


def receipt_due(valid_until: date, return_days: int, context: Context) -> date | None:
    """Return by when receipt and evidence have to be back; None where the calendar does not reach that far."""
    try:
        return context.deadline(valid_until, return_days, "days").end
    except law.errors.LawError:
        return None


def receipt_state(
    valid_until: date | None, due: date | None, returned_on: date | None, today: date
) -> str | None:
    """Return how it stands with the receipt of an order valid until ``valid_until``; None where there is no order."""
    if valid_until is None:
        return None
    late = due is not None and (returned_on or today) > due
    if returned_on is not None:
        return "returned_late" if late else "returned"
    return "overdue" if late else "awaited"


def timing(stage: str, adduction_ends_on: date | None, applied_on: date) -> str | None:
    """Return whether it was applied for before the adduction period was over; only the trial has such a period."""
    if stage != "trial":
        return None
    if adduction_ends_on is None:
        return "unknown"
    return "in_time" if applied_on <= adduction_ends_on else "late"
