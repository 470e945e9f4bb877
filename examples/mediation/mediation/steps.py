"""Where a mediation stands, and every step between."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from core import ApplicantStep, Application, ClockStep, Context, Decision, Label, Problem, State

from .fields import Agreement, Assignment, Extension, Failure, Receipt, Return

STATES = (
    State("SUBMITTED", "待处理", "To do", applicant=("已提交", "Submitted"), tone="todo", waiting=True),
    State("RETURNED", "退回", "Returned", applicant=("已退回，可修改后重交", "Returned, may be corrected"), tone="back"),
    State("ASSIGNED", "已委派，待签收", "Assigned, not yet received", applicant=("已委派调解", "With a mediator"), tone="busy", waiting=True),
    State("MEDIATING", "调解中", "Being mediated", tone="busy"),
    State("AGREED", "达成协议", "Agreed", tone="good"),
    State("ENDED", "未达成协议，待移送立案", "Not agreed, to be passed on", applicant=("调解结束，未达成协议", "Ended without agreement"), tone="alarm", waiting=True),
    State("PASSED_ON", "已移送立案", "Passed on to be docketed", tone="done"),
    State("CLOSED", "已办结", "Closed", tone="done"),
    State("WITHDRAWN", "已撤回", "Withdrawn", tone="done"),
)  # fmt: skip

RECEIVED = Label(
    "【{court}】{name}：诉前调解申请（流水号{serial_no}）已收到，将于{due}前告知是否委派调解。咨询12368。",
    "[{court}] {name}: your request for mediation (no. {serial_no}) was received; you will hear by {due}. Questions: 12368.",
)
ASSIGNED = Label(
    "【{court}】{name}：流水号{serial_no}已委派{mediator}调解，请留意其联系。咨询12368。",
    "[{court}] {name}: no. {serial_no} goes to {mediator}, who will contact you. Questions: 12368.",
)
BEGUN = Label(
    "【{court}】{name}：流水号{serial_no}已由{mediator}签收，调解期限至{due}。期满未达成协议的，依法登记立案。咨询12368。",
    "[{court}] {name}: {mediator} has no. {serial_no}; mediation ends on {due}. Without agreement it is docketed. Questions: 12368.",
)
EXTENDED = Label(
    "【{court}】{name}：经双方同意，流水号{serial_no}的调解期限延长至{extended_to}。咨询12368。",
    "[{court}] {name}: as both sides agreed, mediation of no. {serial_no} goes on until {extended_to}. Questions: 12368.",
)
AGREED = Label(
    "【{court}】{name}：流水号{serial_no}已达成调解协议。双方可自协议生效之日起三十日内（至{due}）共同申请司法确认。咨询12368。",
    "[{court}] {name}: no. {serial_no} is agreed. Both sides may together apply for confirmation within 30 days (by {due}). Questions: 12368.",
)
OVER = Label(
    "【{court}】{name}：流水号{serial_no}未达成调解协议，调解已结束。您坚持诉讼的，本院依法登记立案。咨询12368。",
    "[{court}] {name}: no. {serial_no} ended without agreement. If you wish to sue, it will be docketed. Questions: 12368.",
)


def willing(application: Application, values: Any, context: Context) -> Problem | None:
    """Nobody is sent to a mediator, or kept there, without agreeing to it (特邀调解规定第11、12、27条)."""
    if values.both_agree:
        return None
    return Problem("both_agree", "no_consent", Label("须双方当事人均同意；不同意的，应退回或者终止调解。", "Both sides must agree; otherwise return it, or end the mediation."))  # fmt: skip


def later(application: Application, values: Extension, context: Context) -> Problem | None:
    """An extension leads further than what runs now."""
    ends = application.fields.ends_on or context.today
    if values.extended_to <= max(ends, context.today):
        return Problem("extended_to", "not_later", Label(f"应晚于现在的届满日{ends}。", f"It must be later than {ends}, when it ends now."))  # fmt: skip
    return willing(application, values, context)


def not_before(application: Application, values: Agreement, context: Context) -> Problem | None:
    """An agreement comes after the mediator had the papers."""
    begun = date.fromisoformat(application.data["received_on"])
    if values.agreed_on >= begun:
        return None
    return Problem("agreed_on", "too_early", Label(f"不应早于签收材料日期{begun}。", f"It cannot be before {begun}, when the papers were received."))  # fmt: skip


def wished(application: Application, context: Context) -> Mapping[str, Any]:
    """Begin the assignment with whom both sides chose."""
    chosen = application.fields.mediator_wished
    return {"mediator": chosen, "chosen": "both"} if chosen else {}


def two_months_on(context: Context) -> Mapping[str, Any]:
    """Return an extension that is later than any first period, for examples."""
    return {"extended_to": (context.today + timedelta(days=60)).isoformat(), "both_agree": True}


DECISIONS = (
    Decision("assign", "委派调解", "Assign to a mediator", "SUBMITTED", "ASSIGNED", fields=Assignment, guard=willing, prefill=wished,
             example={"both_agree": True}, issues=("letter", "guide"), notice=ASSIGNED),
    Decision("return", "退回", "Return", "SUBMITTED", "RETURNED", opinion=True, fields=Return),
    Decision("sign", "登记签收", "Register the receipt", "ASSIGNED", "MEDIATING", direct=True, fields=Receipt, notice=BEGUN),
    Decision("extend", "延长调解期限", "Extend", "MEDIATING", None, direct=True, fields=Extension, guard=later, example=two_months_on,
             meets="SQ-2", notice=EXTENDED),
    Decision("agree", "达成协议", "Agreed", "MEDIATING", "AGREED", fields=Agreement, guard=not_before, notice=AGREED),
    Decision("fail", "终止调解", "End without agreement", ("ASSIGNED", "MEDIATING"), "ENDED", opinion=True, fields=Failure, issues="ended", notice=OVER),
    Decision("pass_on", "移送登记立案", "Pass on to be docketed", "ENDED", "PASSED_ON", direct=True),
    Decision("drop", "当事人不再主张", "Not pursued", "ENDED", "CLOSED", opinion=True),
)  # fmt: skip

STEPS = (
    ApplicantStep("resubmit", "修改重交", "Correct and resubmit", "RETURNED", "SUBMITTED", resubmits=True),
    ApplicantStep("withdraw", "撤回", "Withdraw", ("SUBMITTED", "RETURNED", "ASSIGNED", "MEDIATING"), "WITHDRAWN"),
    ClockStep("expire", "期满未达成协议", "Time over", "MEDIATING", "ENDED", limit="SQ-2", issues="ended", notice=OVER),
    ClockStep("expire_extended", "延长期满未达成协议", "Extended time over", "MEDIATING", "ENDED", limit="SQ-3", issues="ended", notice=OVER),
)  # fmt: skip
