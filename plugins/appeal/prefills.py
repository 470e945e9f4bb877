"""What the forms of a step begin with, so that nobody copies by hand what the house knows."""

from collections.abc import Mapping
from typing import Any

from core import Application

from .attachments import EXTENSION, FEE_RECEIPT, PETITION
from .fees import estimate
from .limits import JUDGMENT
from .rules import IN_TIME
from .worked_out import finding


def for_receipt(application: Application, context: Any) -> Mapping[str, Any]:
    """The service date as found, the fee as reckoned."""
    fields = application.fields
    found, fee = finding(fields, context), estimate(fields)
    state = (
        "none"
        if fields.document != JUDGMENT
        else "paid"
        if FEE_RECEIPT in _categories(application)
        else "due"
    )
    return {
        "served_checked_on": found.served_on.isoformat() if found.served_on else None,
        "fee_state": state,
        "fee_due": str(fee.fee) if fee else None,
    }


def for_copy(application: Application, context: Any) -> Mapping[str, Any]:
    """Everybody but the appellants is served."""
    others = [party for party in application.fields.parties if party.role != "appellant"]
    return {
        "copy_served_on": context.today.isoformat(),
        "copy_served_to": "、".join(party.name for party in others)[:200],
        "served_abroad": any(party.abroad for party in others),
    }


def for_transfer(application: Application, context: Any) -> Mapping[str, Any]:
    """The court as set, and what of the checklist the house can tell."""
    fields, files = application.fields, _categories(application)
    held = {
        "papers": {PETITION, "decision"} <= files,
        "in_time": fields.in_time == IN_TIME or EXTENSION in files,
        "fee": fields.payment in ("paid", "relief", "none") or bool({FEE_RECEIPT, "fee_relief"} & files),
    }
    return {
        "second_court": context.settings.second_court,
        "transferred_on": context.today.isoformat(),
        "checklist": [name for name, there in held.items() if there],
        "handed_over_by": context.case.handler_name if context.case else None,
    }


def _categories(application: Application) -> set[str]:
    return {file.category for file in application.files}
