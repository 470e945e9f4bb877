"""The example of the API description: complete, valid at the moment of asking, and about nobody."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from core import Context

SUBMITTER = {"role": "lawyer", "name": "丙某某", "phone": "19900000003", "licence_no": "14499201011000001"}
LAWYERS = (
    {"name": "丙某某", "licence_no": "14499201011000001", "firm": "示例律师事务所", "phone": "19900000003"},
    {"name": "丁某某", "licence_no": "14499201111000002", "firm": "示例律师事务所", "phone": "19900000004"},
)  # fmt: skip


def example(context: Context) -> Mapping[str, Any]:
    """Return what a lawyer would file now: as many lawyers as the court wants, days that lie right."""
    return {
        "stage": "trial",
        "lawyers": [dict(one) for one in LAWYERS[: context.settings.lawyers_needed]],
        "party": "甲某某",
        "respondent_kind": "unit",
        "respondent": "示例银行股份有限公司虚构支行",
        "respondent_address": "虚构市示例区示例路3号",
        "respondent_contact": "示例支行运营管理部",
        "respondent_phone": "020-00000003",
        "evidence_items": [
            {
                "name": "银行账户交易明细", "kind": "electronic", "scope": "户名示例贸易有限公司，账号尾号0000的全部交易记录",
                "from_on": (context.today - timedelta(days=365)).isoformat(), "to_on": (context.today - timedelta(days=30)).isoformat(),
            }
        ],
        "fact_to_prove": "被告已收到货款并转移。",
        "reason": "账户交易明细由银行保存，不向当事人和律师提供。",
        "clue": "被告在往来函件中写明了开户银行和账号。",
        "adduction_ends_on": (context.today + timedelta(days=10)).isoformat(),
        "validity_days": min(context.settings.default_days, context.settings.longest_days),
    }  # fmt: skip
