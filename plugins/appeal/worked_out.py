"""What the house works out of an appeal, on arrival and after every step: columns, search, export follow."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from core import law

from .limits import JUDGMENT, PAY
from .rules import Facts, Finding, day_of_lodging, find, recorded_for

ON_THE_WAY = {
    "RECEIVED": "to_serve",
    "COPY_SERVED": "defending",
    "DEFENCE_OVER": "to_transfer",
    "TRANSFERRED": "transferred",
    "DOCKETED_SECOND": "docketed",
}


def finding(fields: Any, context: Any) -> Finding:
    """Return whether the appeal is in time, by what is known now."""
    appellants = [party for party in fields.parties if party.role == "appellant"]
    case = context.case
    services = [(one.document, one.party, one.served_on) for one in case.services] if case else []
    facts = Facts(
        document=fields.document,
        abroad=frozenset(party.abroad for party in appellants),
        told=fields.served_on,
        recorded=recorded_for(fields.document, services, {party.name for party in appellants}),
        checked=day_in(context.data, "served_checked_on"),
        corrected=day_in(context.data, "expires_corrected_on"),
        lodged=lodged_on(fields, context),
    )
    return find(facts, context.calendar)


def day_in(data: Mapping[str, Any], name: str) -> date | None:
    """Return the date that a step filled in, or None."""
    held = data.get(name)
    return date.fromisoformat(held) if held else None


def last_day(rule: Any, start: date, context: Any) -> date | None:
    """Return the last day of a rule's period, or None where the calendar does not reach."""
    try:
        last: date = rule.reckon(start, context.calendar).end
    except law.errors.LawError:
        return None
    return last


def over(rule: Any, start: date | None, context: Any) -> bool:
    """Tell whether a rule's period is known to be over."""
    last = last_day(rule, start, context) if start else None
    return last is not None and context.today > last


def lodged_on(fields: Any, context: Any) -> date:
    """The first submission counts, also after a return; what was posted or handed to the second court, before that."""
    first = law.dates.court_date(context.submitted_at)
    return day_of_lodging(first, fields.posted_on, fields.handed_on)


def service_date(fields: Any, context: Any) -> date | None:
    """The service date that counts."""
    return finding(fields, context).served_on


def expires_on(fields: Any, context: Any) -> date | None:
    """The last day of the appeal period; None where it cannot be known yet."""
    return finding(fields, context).expires_on


def in_time(fields: Any, context: Any) -> str:
    """In time, late, or to be verified."""
    return finding(fields, context).standing


def cause(_fields: Any, context: Any) -> str | None:
    """The cause of action, as the court has it."""
    return (context.case.cause or None) if context.case else None


def payment(fields: Any, context: Any) -> str | None:
    """How the fee stands: what the court fixed and registered, before that what the law says; nothing is owed once withdrawn."""
    data = context.data
    if data.get("paid_on"):
        return "paid"
    if context.state == "WITHDRAWN":
        return None
    fixed = data.get("fee_state")
    if fixed is None:
        return "none" if fields.document != JUDGMENT else "unfixed"
    return "overdue" if fixed == "due" and over(PAY, day_in(data, "received_on"), context) else str(fixed)


def progress(_fields: Any, context: Any) -> str | None:
    """How far the file is on its way to the second court; None before the appeal is received, and once it is withdrawn."""
    return ON_THE_WAY.get(context.state)
