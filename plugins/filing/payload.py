"""What a decision on a request to docket adds: the order to the trial system, and the fee as reckoned."""

from collections.abc import Sequence
from typing import Any

from core import Application, DecisionMade, Outcome, hookimpl

from .fees import estimate, fee_words, reckoning
from .kinds import FILING_TYPES
from .parties import Agent, Party

TITLE_LENGTH = 200


@hookimpl
def review(application: Application, decision: DecisionMade) -> Outcome | None:
    """Send the case to the trial system on docketing; keep the reckoned fee beside the one an approval sets."""
    if decision.code == "docket":
        return Outcome(payload=order(application))
    if decision.code == "approve":
        return Outcome(data=approved(application.fields, decision.values))
    return None


def approved(fields: Any, values: Any) -> dict[str, Any]:
    """Return what is kept with an approval: the cause to docket under, the fee reckoned, the words of the notice."""
    found = estimate(fields, values.fee_category)
    chosen = values.corrected_cause or fields.cause
    return {
        "docket_cause": chosen.name,
        "docket_cause_code": chosen.code,
        "fee_estimate": str(found.fee) if found else None,
        "fee_reckoning": reckoning(found) if found else None,
        "fee_differs": found is not None and found.fee != values.prepaid_fee,
        "fee_due": values.prepaid_fee > 0,
        "fee_words": fee_words(values.prepaid_fee),
    }


def order(application: Application) -> dict[str, Any]:
    """Return the case as the trial system is sent it."""
    fields, data = application.fields, application.data
    cause = data.get("docket_cause") or fields.cause.name
    return {
        "case_type": FILING_TYPES[fields.filing_type].case_type,
        "filing_type": fields.filing_type,
        "cause": cause,
        "cause_code": data.get("docket_cause_code") or fields.cause.code,
        "title": title(fields.parties, cause),
        "procedure": data.get("procedure"),
        "claim_amount": None if fields.claim_amount is None else str(fields.claim_amount),
        "prepaid_fee": data.get("prepaid_fee"),
        "fee_relief": fields.fee_relief,
        "received_at": application.received_at.isoformat(),
        "parties": [party_of(one) for one in fields.parties],
        "agents": [agent_of(one) for one in fields.agents],
    }


def title(parties: Sequence[Party], cause: str) -> str:
    """Return the case's name: 张三与李四等买卖合同纠纷."""
    sides = [[one.name for one in parties if one.role == role] for role in ("plaintiff", "defendant")]
    shown = "与".join(side[0] + ("等" if len(side) > 1 else "") for side in sides if side)
    return f"{shown}{cause}"[:TITLE_LENGTH]


def party_of(one: Party) -> dict[str, Any]:
    """Return a party as the trial system is sent it; what is not known is left out."""
    facts = {
        "role": one.role,
        "name": one.name,
        "kind": one.kind,
        "id_type": "credit_code" if one.credit_code else one.id_type,
        "id_no": one.credit_code or one.resident_id or one.other_id_no,
        "phone": one.phone,
        "residence": one.residence,
        "representative": one.representative_name,
        "service_address": one.service_address,
    }
    return {name: value for name, value in facts.items() if value is not None}


def agent_of(one: Agent) -> dict[str, Any]:
    """Return an agent as the trial system is sent it."""
    facts = {
        "party": one.party_name,
        "name": one.name,
        "kind": one.kind,
        "licence_no": one.licence_no,
        "document_no": one.document_no,
        "firm": one.firm,
        "phone": one.phone,
        "authority": one.authority,
        "special_powers": None if one.special_powers is None else list(one.special_powers),
    }
    return {name: value for name, value in facts.items() if value is not None}
