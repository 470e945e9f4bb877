"""What a decision keeps beside what was filled in: the outcome, the fee, when what was preserved expires."""

from typing import Any

from core import Application, DecisionMade, Outcome, hookimpl

from . import rules
from .fields import OUTCOMES, fee_of


@hookimpl
def review(application: Application, decision: DecisionMade) -> Outcome | None:
    """Keep the fee with the receipt, the outcome with a ruling, the expiry with what was carried out or renewed."""
    if decision.code == "receive":
        return Outcome(data={"fee": f"{fee_of(application.fields).fee:.2f}"})
    if decision.code in OUTCOMES:
        return Outcome(data={"outcome": decision.code})
    if decision.code in ("carry_out", "renew"):
        return Outcome(data=expiry(decision.values.measures))
    return None


def expiry(measures: Any) -> dict[str, Any]:
    """Return when the first and the last of ``measures`` expires, and until when renewal may be asked for (PR-8)."""
    days = sorted(one.expires_on for one in measures if one.expires_on is not None)
    if not days:
        return {
            "first_expiry": None,
            "last_expiry": None,
            "renew_by": None,
            "expiry_words": "详见保全情况告知书",
        }
    first, last, ask = days[0].isoformat(), days[-1].isoformat(), rules.renew_by(days[0]).isoformat()
    words = f"保全期限最早于{first}届满，需要续行的请于{ask}前申请"
    return {"first_expiry": first, "last_expiry": last, "renew_by": ask, "expiry_words": words}
