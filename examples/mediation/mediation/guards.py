"""What stands against a step, and where it is written."""

from datetime import date
from typing import Any

from core import Application, Context, Label, Problem


def both_consent(application: Application, values: Any, context: Context) -> Problem | None:
    """Refuse to assign what not both sides want mediated (特邀调解规定第11、12条)."""
    if values.both_agree:
        return None
    return Problem(
        "both_agree", "no_consent",
        Label("双方当事人均同意方可委派调解（特邀调解规定第11、12条）；不同意的，请退回申请。",
              "Only what both sides agree to may be assigned (特邀调解规定 11, 12); else return the request."),
    )  # fmt: skip


def may_extend(application: Application, values: Any, context: Context) -> Problem | None:
    """Refuse an extension without consent, or to a day that is not later (特邀调解规定第27条)."""
    if not values.both_extend:
        return Problem(
            "both_extend", "no_consent",
            Label("双方当事人均同意方可延长调解期限（特邀调解规定第27条）。",
                  "Mediation is extended only where both sides agree (特邀调解规定 27)."),
        )  # fmt: skip
    present = application.fields.ends_on or context.today
    if values.extended_until <= max(present, context.today):
        return Problem(
            "extended_until", "not_later",
            Label("延长后的届满日应当晚于今天和原届满日，请另填日期。",
                  "The new last day must be later than today and than the present one: enter another."),
        )  # fmt: skip
    return None


def after_receipt(application: Application, values: Any, context: Context) -> Problem | None:
    """Refuse an agreement of before the mediator had the dispute."""
    received = application.data.get("received_on")
    if received is None or values.agreed_on >= date.fromisoformat(received):
        return None
    return Problem(
        "agreed_on", "before_receipt",
        Label("达成协议日期不得早于调解员签收日期，请核对。",
              "The agreement cannot be earlier than the day of receipt: check the date."),
    )  # fmt: skip
