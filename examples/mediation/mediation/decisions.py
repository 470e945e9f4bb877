"""What the court decides."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from core import Application, Context, Decision

from . import forms, guards, notices


def whom_both_chose(application: Application, context: Context) -> Mapping[str, Any]:
    """Let the form begin with the mediator both sides chose, if they did."""
    if chosen := application.fields.chosen_mediator:
        return {"mediator": chosen, "chosen_by": forms.BOTH}
    return {"chosen_by": forms.COURT}


def later(context: Context) -> Mapping[str, Any]:
    """Return an extension that holds, whatever the day: for the conformance suite."""
    return {"extended_until": (context.today + timedelta(days=60)).isoformat(), "both_extend": True}


# The code is not "assign": the host keeps its own handing over to a judge under that code,
# and the history then calls the step 分派.
DECISIONS = [
    Decision(
        "refer", "委派调解", "Assign", "SUBMITTED", "ASSIGNED", fields=forms.Assignment,
        guard=guards.both_consent, prefill=whom_both_chose, issues=["referral", "information"],
        notice=notices.ASSIGNED,
        example={"both_agree": True},
    ),
    Decision(
        "return", "退回", "Return", "SUBMITTED", "RETURNED", fields=forms.Return, opinion=True,
        notice=notices.RETURNED,
    ),
    Decision(
        "sign", "登记签收", "Register the receipt", "ASSIGNED", "MEDIATING", fields=forms.Signature,
        direct=True, notice=notices.SIGNED,
    ),
    Decision(
        "extend", "延长调解期限", "Extend", "MEDIATING", None, fields=forms.Extension, guard=guards.may_extend,
        meets="SQ-2", notice=notices.EXTENDED, example=later,
    ),
    Decision(
        "agree", "达成协议", "Agreement reached", "MEDIATING", "AGREED", fields=forms.Agreement,
        guard=guards.after_receipt, notice=notices.AGREED,
    ),
    Decision(
        "fail", "终止调解", "End the mediation", ["ASSIGNED", "MEDIATING"], "ENDED",
        fields=forms.Failure, opinion=True,
        private=True,  # that a sham is suspected is not told to whom it concerns; the paper gives the rest
        issues="ended", notice=notices.FAILED,
    ),
    Decision(
        "pass_on", "移送登记立案", "Pass on for docketing", "ENDED", "PASSED_ON", direct=True, meets="SQ-4",
        notice=notices.PASSED_ON,
    ),
    Decision(
        "drop", "当事人不再主张", "No longer pursued", "ENDED", "CLOSED", opinion=True, notice=notices.CLOSED,
    ),
]  # fmt: skip
