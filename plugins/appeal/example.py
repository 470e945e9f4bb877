"""The example of the API description: an appeal in a case of the court, in time at the moment of asking."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from core import common

from .limits import JUDGMENT
from .rules import recorded_for

FALLBACK = (("plaintiff", "示例贸易有限公司"), ("defendant", "甲某某"))
"""Where the court has no parties on record."""


def example(context: Any) -> Mapping[str, Any]:
    """Return the first party's appeal against the others, served three days ago or as the record says."""
    case = context.case
    sides = [(one.standing, one.name) for one in case.parties] if case and len(case.parties) > 1 else FALLBACK
    services = [(one.document, one.party, one.served_on) for one in case.services] if case else []
    served = min(recorded_for(JUDGMENT, services, {sides[0][1]}), default=context.today - timedelta(days=3))
    return {
        "document": JUDGMENT,
        "document_no": case.case_number if case else "（2026）粤0199民初1号",
        "document_date": (served - timedelta(days=5)).isoformat(),
        "served_on": served.isoformat(),
        "parties": [party(*side, appeals=place == 0) for place, side in enumerate(sides)],
        "requests": [
            {"text": "撤销一审判决第一项，依法改判。"},
            {"text": "一、二审案件受理费由被上诉人负担。"},
        ],
        "grounds": "一审判决认定的付款时间有误，适用法律不当。",
        "fee_category": "prop",
        "disputed_amount": "128456.78",
        "fee_relief": "none",
        "new_evidence": False,
        "lodging": "online",
        "e_service_consent": True,
        "e_service_scope": "all",
        "e_service_phone": "19900000001",
    }


def party(standing: str, name: str, *, appeals: bool) -> dict[str, Any]:
    """Return one party; a name that ends like a company's is one."""
    kind = "legal" if name.endswith(("公司", "厂", "店", "中心")) else "natural"
    given = {
        "role": "appellant" if appeals else "appellee",
        "first_standing": standing if standing in common.STANDINGS else "third_party",
        "kind": kind,
        "name": name,
        "residence": "示例市示例区示例路1号",
        "abroad": False,
    }
    if appeals:
        given["phone"] = "19900000001"
    return given | ({"representative": "乙某某"} if kind == "legal" else {})
