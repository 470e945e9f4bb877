"""A case of the court with its people, and hearings on it, brought in by the door an operator uses."""

from typing import Any

from attrs import evolve

from core.testing.houses import COURT, OPERATOR, Fixture
from core.work.case_import import Brought, import_cases

NUMBER = "（2026）粤0199民初1号"
PARTIES = [
    {"standing": "plaintiff", "name": "甲某某", "phone": "19900000011"},
    {"standing": "defendant", "name": "示例贸易有限公司", "phone": "020-00000012"},
    {"standing": "third_party", "name": "丁某某"},
]
AGENTS: list[dict[str, Any]] = [
    {"party": "甲某某", "name": "丙某某", "phone": "19900000013", "licence_no": "14499201011000001", "authority": "special", "special_powers": ["settle", "appeal"]},
    {"party": "丁某某", "name": "丙某某", "phone": "199 0000 0013".replace(" ", "")},
]  # fmt: skip


def hearing(starts: str, room: str = "第一法庭", **more: Any) -> dict[str, Any]:
    """Return a hearing as a file has it; ``starts`` is court time, such as 2026-12-10T09:00."""
    ends = {"ends_at": f"{more.pop('ends')}:00+08:00"} if "ends" in more else {}
    moved = {"moved_to": f"{more.pop('to')}:00+08:00"} if "to" in more else {}
    return {"starts_at": f"{starts}:00+08:00", "courtroom": room, "judge": "judge", **ends, **moved, **more}


def case(number: str = NUMBER, **more: Any) -> dict[str, Any]:
    """Return a case as a file has it."""
    return {
        "case_number": number, "docketed_on": "2026-03-02", "cause": "买卖合同纠纷", "title": "甲某某与示例贸易有限公司买卖合同纠纷",
        "procedure": "ordinary", "handler": "judge", "parties": PARTIES, "agents": AGENTS, **more,
    }  # fmt: skip


def bring(fixture: Fixture, *cases: dict[str, Any], court: str = COURT) -> Brought:
    """Bring cases in."""
    return import_cases(fixture.house, evolve(OPERATOR, court=court), {"cases": list(cases)})
