"""What the court's forms begin with."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from core import Application, Context

from . import rules
from .fields import base
from .parties import ASSETS, PROPERTY_KINDS

MEASURES = {"deposit": "freeze", "real_estate": "seal", "vehicle": "seal", "movable": "seize"}
"""By asset: the usual measure; all others are frozen."""


def security(application: Application, context: Context) -> Mapping[str, Any]:
    """Begin with what the law allows at most, or asks for."""
    whole = base(application.fields)
    if not whole:
        return {}
    return {"security_amount": f"{rules.required(application.fields.stage, whole).quantize(Decimal('0.01'), ROUND_FLOOR):f}"}  # fmt: skip


def ruling(application: Application, context: Context) -> Mapping[str, Any]:
    """Begin with all that was asked for, each asset for the longest time the law admits (PR-7)."""
    measures = []
    for one in application.fields.assets:
        kind = PROPERTY_KINDS.get(one.type, "other")
        place = next((part for part in (one.location, one.cert_no, one.account, one.clue) if part), "")
        measures.append({
            "asset": f"{one.owner}：{ASSETS[one.type][0]} {place}"[:300], "measure": MEASURES.get(one.type, "freeze"),
            "property_kind": kind, "expires_on": rules.longest_until(kind, context.today).isoformat(),
        } | ({} if one.est_value is None else {"amount": str(one.est_value)}))  # fmt: skip
    asked = application.fields.amount
    return {"ruled_on": context.today.isoformat(), "measures": measures} | (
        {} if asked is None else {"granted_amount": str(asked)}
    )


def carried_out(application: Application, context: Context) -> Mapping[str, Any]:
    """Begin with today and the measures as they were ordered."""
    return {"carried_out_on": context.today.isoformat(), "measures": context.data.get("measures", [])}


def renewal(application: Application, context: Context) -> Mapping[str, Any]:
    """Begin on the day the first measure expires, each for the longest time from then."""
    start = date.fromisoformat(context.data.get("first_expiry") or context.today.isoformat())
    measures = []
    for one in context.data.get("measures", []):
        kind = one.get("property_kind")
        measures.append(one | ({"expires_on": rules.longest_until(kind, start).isoformat()} if kind else {}))
    return {"renewed_from": start.isoformat(), "measures": measures}
