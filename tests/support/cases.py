"""Cases as a trial system would have told of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from core.law import case_number as case_numbers
from core.records import CaseAgent, CaseParty, CaseRow
from tests.support.houses import COURT, Fixture

PARTIES = (
    {"role": "plaintiff", "name": "甲某某", "phone": "19900000001"},
    {"role": "defendant", "name": "示例贸易有限公司", "phone": "19900000002"},
)
AGENTS = (
    {"party": "甲某某", "name": "丙某某", "phone": "19900000003", "licence_no": "14499201011000001",
     "authority": "special", "special_powers": ["settle", "appeal"]},
)  # fmt: skip


def open_case(
    fixture: Fixture, number: int = 1, *, handler: str | None = "judge", court: str = COURT, case_type: str = "民初",
    parties: Sequence[Mapping[str, Any]] = PARTIES, agents: Sequence[Mapping[str, Any]] = AGENTS, **more: Any,
) -> str:  # fmt: skip
    """Record a case and return its number."""
    text = f"（2026）{court}{case_type}{number}号"
    parsed = case_numbers.parse(text)

    def work(connection: sa.Connection) -> None:
        key = connection.execute(
            sa.insert(CaseRow)
            .values(
                court_code=court, case_number=text, year=parsed.year, court_prefix=parsed.court, case_type=parsed.type,
                sequence=parsed.seq, cause="买卖合同纠纷", title="甲某某与示例贸易有限公司买卖合同纠纷",
                handler_id=fixture.people[handler] if handler else None, docketed_on=date(2026, 10, 12), **more,
            )
            .returning(CaseRow.id)
        ).scalar_one()  # fmt: skip
        for one in parties:
            connection.execute(sa.insert(CaseParty).values(
                case_id=key, court_code=court, standing=one["role"], name=one["name"], facts=dict(one)))  # fmt: skip
        for one in agents:
            connection.execute(sa.insert(CaseAgent).values(
                case_id=key, court_code=court, party_name=one["party"], name=one["name"], facts=dict(one)))  # fmt: skip

    fixture.house.store.write(work)
    return text
