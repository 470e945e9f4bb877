"""What the court decides: receive or return, issue — the judge alone or with the division head's approval —, refuse, revoke."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from core import (
    Application,
    Context,
    Decision,
    DecisionMade,
    Label,
    Outcome,
    Permission,
    Problem,
    Role,
    choice,
    choices,
    day,
    field,
    group,
    hookimpl,
    request_fields,
    text,
    whole,
    yes_no,
)

from . import notices, rules
from .checks import evidence_fits, too_long
from .fields import EvidenceItem, Lawyer

REASONS = {
    "irrelevant": ("与待证事实无关联", "Not related to the fact to be proved"), "meaningless": ("对证明待证事实无意义", "Of no use to prove it"),
    "unnecessary": ("无调查收集必要", "No need to collect it"), "obtainable": ("可以自行收集", "May be obtained without an order"),
    "state_secret": ("涉及国家秘密", "State secret"), "privacy": ("涉及个人隐私", "Personal privacy"), "trade_secret": ("涉及商业秘密", "Trade secret"),
    "unclear": ("线索或范围不明确", "Clue or scope unclear"), "incomplete": ("材料不全", "Papers incomplete"),
    "testimony": ("证人证言不适用调查令", "Witness testimony"), "other": ("其他", "Other"),
}  # fmt: skip
"""Why an application is turned down (民诉法解释第95条; what is secret or private the court collects itself, 第94条)."""
APPROVE = Permission(
    "investigation.approve", ("批准签发调查令", "Approve investigation orders"), [Role.PRESIDENT]
)
"""Division heads have it; a court in which others sign gives it to them."""
ISSUING = ("issue", "approve")
BY_JUDGE, BY_HEAD = field("settings.approval") == "judge", field("settings.approval") == "division_head"


@request_fields
class Checklist:
    """What is looked at before an application is taken (民诉法解释第94、95条)."""

    necessary: bool = yes_no("必要性：确因客观原因不能自行收集", "Necessary: cannot be obtained otherwise")
    relevant: bool = yes_no("关联性：与待证事实有关联", "Relevant to the fact to be proved")
    feasible: bool = yes_no("可行性：线索明确，被调查人持有证据", "Feasible: the clue is clear, the respondent holds it")  # fmt: skip
    adduction_ends_on: date | None = day("举证期限届满日（核定）", "Adduction period ends on (as checked)")


@request_fields
class TurnedDown:
    """Why, and what may be put right."""

    reasons: tuple[str, ...] = choices("理由", "Reasons", REASONS)
    to_correct: str | None = text("需补正的内容（一次性告知）", "What to correct (all at once)", max_length=1000)  # fmt: skip


@request_fields
class Refusal:
    """Why no order is issued."""

    reasons: tuple[str, ...] = choices("不予签发理由", "Reasons", REASONS)


@request_fields
class Order:
    """The order as it is issued: what, by whom, how long."""

    validity_days: int = whole("有效期（日）", "Validity (days)", minimum=1, help=("签发日起生效，自次日起算，遇节假日不顺延。", "It holds from the day of issue, counted from the next; no holiday moves it."))  # fmt: skip
    copying_limited: bool = yes_no(
        "限制复制（仅限查阅、摘录）", "No copying (to be read only)", default=False
    )
    evidence_items: tuple[EvidenceItem, ...] = group(EvidenceItem, "核定的调查事项", "What may be obtained", minimum=1, maximum=20)  # fmt: skip
    lawyers: tuple[Lawyer, ...] = group(Lawyer, "持令律师", "Bearers", minimum=1, maximum=2)


@request_fields
class SentBack:
    """Why the division head does not approve."""

    sent_back_reason: str = text("退回承办人的理由", "Why it goes back to the judge", max_length=500)


@request_fields
class Revocation:
    """Why an order is taken back."""

    revocation_ground: str = choice("撤销理由", "Ground", {
        "no_need": ("已无调查必要", "No longer needed"), "agency_ended": ("代理关系终止", "The lawyer no longer acts"), "misuse": ("违规使用调查令", "Misused"),
        "wrongly_issued": ("签发有误", "Wrongly issued"), "other": ("其他", "Other"),
    })  # fmt: skip
    revocation_note: str | None = text("撤销说明", "Explanation", max_length=500)


def fit_to_take(application: Application, values: Any, context: Context) -> Problem | None:
    """Return what stands against receiving it: a point of the checklist that is not met."""
    failed = next((name for name in ("necessary", "relevant", "feasible") if not getattr(values, name)), None)
    return None if failed is None else Problem(failed, "not_met", Label("此项核对为“否”，不能接收，请选择“退回”并写明理由。", "This is not met, so it cannot be received; choose “Return” and say why."))  # fmt: skip


def fit_to_issue(application: Application, values: Any, context: Context) -> Problem | None:
    """Return what stands against an order as filled in."""
    if values.validity_days > context.settings.longest_days:
        return too_long(context)
    applied = {one.licence_no for one in application.fields.lawyers}
    stranger = next((one.name for one in values.lawyers if one.licence_no not in applied), None)
    if stranger is not None:
        return Problem("lawyers", "not_an_applicant", Label(f"{stranger}不是本件的申请律师，不能持令。", f"{stranger} did not apply and cannot bear the order."))  # fmt: skip
    if len(values.lawyers) < context.settings.lawyers_needed:
        return Problem("lawyers", "too_few_lawyers", Label(f"本院要求{context.settings.lawyers_needed}名律师持令。", f"In this court {context.settings.lawyers_needed} lawyers bear an order together."))  # fmt: skip
    return next(evidence_fits(values, context), None)


def asked_for(application: Application, context: Context) -> Mapping[str, Any]:
    """Return what the form of an order begins with besides what was applied for under the same names.

    What was proposed and sent back is there again.
    """
    if "copying_limited" in application.data:
        return proposed(application, context)
    settings = context.settings
    wished = application.fields.validity_days or settings.default_days
    return {"validity_days": min(wished, settings.longest_days)}


def proposed(application: Application, context: Context) -> Mapping[str, Any]:
    """Return what the judge proposed."""
    return {name: application.data[name] for name in ("evidence_items", "lawyers", "validity_days", "copying_limited")}  # fmt: skip


@hookimpl
def review(decision: DecisionMade, context: Context) -> Outcome | None:
    """Keep from when to when an order holds."""
    if decision.code not in ISSUING:
        return None
    until = rules.last_day(context.today, decision.values.validity_days)
    return Outcome(data={"valid_from": context.today.isoformat(), "valid_until": until.isoformat()})


DECISIONS = (
    Decision("receive", "接收", "Receive", "SUBMITTED", "RECEIVED", opinion=True, private=True, fields=Checklist, guard=fit_to_take,
             notice=notices.TAKEN, example={"necessary": True, "relevant": True, "feasible": True}),
    Decision("return", "退回", "Return", "SUBMITTED", "RETURNED", opinion=True, fields=TurnedDown, notice=notices.RETURNED),
    Decision("issue", "签发", "Issue", "RECEIVED", "ISSUED", opinion=True, private=True, fields=Order, guard=fit_to_issue, prefill=asked_for,
             when=BY_JUDGE, issues="order", notice=notices.ISSUED),
    Decision("propose", "拟同意，报庭长批准", "Propose to the division head", "RECEIVED", "AWAITING_APPROVAL", opinion=True, private=True,
             fields=Order, guard=fit_to_issue, prefill=asked_for, when=BY_HEAD, quiet=True),
    Decision("approve", "批准并签发", "Approve and issue", "AWAITING_APPROVAL", "ISSUED", opinion=True, private=True, fields=Order,
             guard=fit_to_issue, prefill=proposed, permission=APPROVE, issues="order", notice=notices.ISSUED),
    Decision("send_back", "退回承办人", "Send back to the judge", "AWAITING_APPROVAL", "RECEIVED", opinion=True, private=True,
             fields=SentBack, permission=APPROVE, quiet=True),
    Decision("refuse", "不予签发", "Refuse", "RECEIVED", "REFUSED", opinion=True, fields=Refusal, issues="refusal", notice=notices.REFUSED,
             confirm=("确定不予签发调查令？", "Refuse to issue the order?")),
    Decision("revoke", "撤销调查令", "Revoke the order", "ISSUED", "REVOKED", direct=True, fields=Revocation, notice=notices.REVOKED,
             confirm=("确定撤销此调查令？核验页将立即显示已撤销。", "Revoke this order? The verification page will say so at once.")),
)  # fmt: skip
