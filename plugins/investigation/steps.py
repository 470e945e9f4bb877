"""What the lawyer and the clock do: correct, withdraw, return the receipt; expire."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from core import (
    ApplicantStep,
    Application,
    ClockStep,
    Context,
    Label,
    Problem,
    attachment,
    choice,
    day,
    field,
    request_fields,
    text,
    whole,
)

from . import notices
from .limits import RETURNING, VALIDITY


@request_fields
class Obtained:
    """The receipt of an order that brought evidence."""

    outcome: str = choice("调查结果", "Result", {"obtained": ("全部取得", "Obtained"), "partly": ("部分取得", "Partly obtained")})  # fmt: skip
    presented_on: date = day("持令调查日期", "Presented on", past=True)
    pages: int = whole("证据页数", "Pages of evidence", minimum=1)
    shortfall: str | None = text("未取得的部分及原因", "What was not obtained, and why", max_length=1000, required_when=field("outcome") == "partly")  # fmt: skip


@request_fields
class NotObtained:
    """The receipt of an order that brought nothing."""

    outcome: str = choice("未取得的原因", "Why nothing was obtained", {
        "refused": ("被调查人拒绝提供", "The respondent refused"), "not_held": ("被调查人不持有", "The respondent does not hold it"),
        "not_presented": ("未持令调查", "The order was not presented"), "other": ("其他", "Other"),
    })  # fmt: skip
    explanation: str = text("情况说明", "Explanation", max_length=1000)
    presented_on: date | None = day("持令调查日期", "Presented on", past=True, required_when=field("outcome").is_in("refused", "not_held"))  # fmt: skip


def first_day(context: Context) -> Mapping[str, Any]:
    """Return the first day on which the order holds, for examples."""
    return {"presented_on": context.data.get("valid_from")}


def while_valid(application: Application, values: Any, context: Context) -> Problem | None:
    """Return what stands against a receipt: the order was presented on a day on which it did not hold."""
    begins, ends = date.fromisoformat(application.data["valid_from"]), application.fields.valid_until
    if values.presented_on is None or begins <= values.presented_on <= ends:
        return None
    return Problem("presented_on", "not_valid_then", Label(f"持令调查日期应在{begins}至{ends}之间，请核对。", f"The order can only have been presented between {begins} and {ends}; please check."))  # fmt: skip


RECEIPT = attachment("receipt", "调查令回执", "Return receipt", required=True)
EVIDENCE = attachment("evidence", "取得的证据", "Evidence obtained", required=True, maximum=200)
OPEN = ["SUBMITTED", "RETURNED", "RECEIVED", "AWAITING_APPROVAL"]

STEPS = (
    ApplicantStep("resubmit", "更正重交", "Correct and resubmit", "RETURNED", "SUBMITTED", resubmits=True, notice=notices.RESUBMITTED),
    ApplicantStep("withdraw", "撤回", "Withdraw", OPEN, "WITHDRAWN", notice=notices.WITHDRAWN),
    ApplicantStep("return_evidence", "缴回证据和回执", "Return evidence and receipt", ["ISSUED", "EXPIRED"], "EXECUTED", fields=Obtained,
                  guard=while_valid, example=first_day, attachments=[RECEIPT, EVIDENCE], meets=RETURNING, notice=notices.CLOSED),
    ApplicantStep("return_unfulfilled", "缴回回执（未取得证据）", "Return the receipt without evidence", ["ISSUED", "EXPIRED"], "NOT_OBTAINED",
                  fields=NotObtained, guard=while_valid, example=first_day, attachments=[RECEIPT], meets=RETURNING, notice=notices.CLOSED),
    ClockStep("expire", "到期失效", "Expired", "ISSUED", "EXPIRED", limit=VALIDITY, meets=VALIDITY, notice=notices.EXPIRED),
    ClockStep("return_overdue", "逾期未缴回回执", "Receipt overdue", "EXPIRED", None, limit=RETURNING, notice=notices.OVERDUE),
)  # fmt: skip
