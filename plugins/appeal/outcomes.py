"""What a step keeps beside what was filled in: the days that periods count from, and the words of its notice."""

from typing import Any

from core import Application, DecisionMade, Outcome, hookimpl

from .fees import fee_words
from .limits import PAY
from .rules import defence_days
from .worked_out import last_day


@hookimpl
def review(application: Application, decision: DecisionMade, context: Any) -> Outcome | None:
    """Keep when the fee was asked for, and how long the defence has."""
    values = decision.values
    if decision.code == "receive":
        until = last_day(PAY, context.today, context)
        words = fee_words(values.fee_state, values.fee_due, until)
        return Outcome(data={"received_on": context.today.isoformat(), "fee_words": words})
    if decision.code == "copy_served":
        return Outcome(data={"defence_days": defence_days(values.served_abroad)})
    return None
