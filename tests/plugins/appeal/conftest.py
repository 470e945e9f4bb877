"""A court with appeals on, a case with parties and an agent, and what is done in it by the doors people use."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from core.records import DeadlineRow, Delivery
from core.values import Actor, Application
from core.work import clock, outside
from core.work.detail import read_detail
from core.work.review import decide
from core.work.submit import submit
from tests.support.acting import DIGEST, conclude, flow_of, read, rows, upload
from tests.support.brought import NUMBER, bring, case
from tests.support.houses import Fixture

PARTY = {"role": "party", "name": "甲某某", "phone": "19900000001"}
LAWYER = {"role": "lawyer", "name": "丙某某", "phone": "19900000003", "licence_no": "14499201011000001"}
APPELLANT = {
    "role": "appellant", "first_standing": "plaintiff", "kind": "natural", "name": "甲某某", "residence": "示例市示例路1号",
    "phone": "19900000001", "abroad": False,
}  # fmt: skip
APPELLEE = {
    "role": "appellee", "first_standing": "defendant", "kind": "legal", "name": "示例贸易有限公司", "residence": "示例市示例路2号", "abroad": False,
}  # fmt: skip
APPEAL: dict[str, Any] = {
    "document": "judgment", "document_no": NUMBER, "document_date": "2026-11-02", "served_on": "2026-11-10",
    "parties": [APPELLANT, APPELLEE], "requests": [{"text": "撤销一审判决第一项，依法改判。"}], "grounds": "认定事实有误。",
    "fee_category": "prop", "disputed_amount": "128456.78", "fee_relief": "none", "new_evidence": False, "lodging": "online",
    "e_service_consent": False,
}  # fmt: skip
RULING = {"document": "ruling_jurisdiction", "fee_category": None, "disputed_amount": None}
NOT_ACCEPTED = RULING | {"document": "ruling_not_accepted", "parties": [APPELLANT]}
RECEIVE = {"served_checked_on": "2026-11-10", "fee_state": "due", "fee_due": "2869.14"}
COPY = {"copy_served_on": "2026-11-23", "copy_served_to": "示例贸易有限公司", "served_abroad": "false"}
TRANSFER = {
    "second_court": "虚构市中级人民法院", "transferred_on": "2026-11-23", "main_volumes": "2", "side_volumes": "1", "electronic_volumes": "1",
    "handed_over_by": "书记员",
}  # fmt: skip
WALK: dict[str, list[tuple[str, str, dict[str, str]]]] = {
    "RECEIVED": [("judge", "receive", RECEIVE)],
    "COPY_SERVED": [("judge", "receive", RECEIVE), ("clerk", "copy_served", COPY)],
}
WALK["DEFENCE_OVER"] = [
    *WALK["COPY_SERVED"],
    ("clerk", "defence_received", {"defence_received_on": "2026-11-23", "defence_from": "示例贸易有限公司"}),
    ("clerk", "defence_complete", {"defence_closed_on": "2026-11-23"}),
]
WALK["TRANSFERRED"] = [*WALK["DEFENCE_OVER"], ("clerk", "transfer", TRANSFER)]
WALK["DOCKETED_SECOND"] = [
    *WALK["TRANSFERRED"],
    (
        "clerk",
        "docketed_second",
        {"second_case_number": "（2026）粤01民终8号", "second_docketed_on": "2026-11-23"},
    ),
]
"""How a state is reached, by whom."""


class Appeals:
    """A court that takes appeals."""

    def __init__(self, fixture: Fixture) -> None:
        self.fixture = fixture
        self.house = fixture.house
        self.flow = flow_of(fixture, "appeal")
        self._number = 0
        upload(fixture)

    def actor(self, name: str) -> Actor:
        return self.fixture.actor(name)

    def body(self, submitter: dict[str, Any] = PARTY, **changes: Any) -> dict[str, Any]:
        """Return a submission; a field set to None is left out."""
        self._number += 1
        fields = {name: value for name, value in copy.deepcopy(APPEAL | changes).items() if value is not None}
        papers = [
            {"sha256": DIGEST, "name": f"{one.category}.pdf", "category": one.category}
            for one in self.flow.attachments
            if one.needed(fields)
        ]
        return {
            "submission_id": f"appeal-{self._number}", "submitter": submitter, "fields": fields, "attachments": papers,
        }  # fmt: skip

    def file(self, submitter: dict[str, Any] = PARTY, **changes: Any) -> str:
        return self.submit({"kind": "appeal", "case_number": NUMBER, **self.body(submitter, **changes)})

    def submit(self, raw: dict[str, Any]) -> str:
        return submit(self.house, self.fixture.outside, self.fixture.client, raw).serial_no

    def resubmit(self, serial_no: str, **changes: Any) -> None:
        outside.resubmit(
            self.house, self.fixture.outside, self.fixture.client, serial_no, self.body(**changes)
        )

    def withdraw(self, serial_no: str) -> None:
        outside.withdraw(self.house, self.fixture.outside, self.fixture.client, serial_no)

    def act(self, name: str, serial_no: str, step: str, **form: Any) -> Application:
        """Carry a step out as the pages do: direct, or saved first."""
        decision = self.flow.decision(step)
        assert decision is not None
        if not decision.direct:
            return conclude(self.fixture, name, "appeal", serial_no, step, **form)
        given = {key: [held] for key, held in form.items()}
        return decide(self.house, self.actor(name), "appeal", serial_no, step, None, form=given)

    def walk(self, state: str, **changes: Any) -> str:
        """File an appeal and take it to ``state``."""
        serial_no = self.file(**changes)
        for name, step, form in WALK.get(state, []):
            self.act(name, serial_no, step, **form)
        assert self.read(serial_no).state == state
        return serial_no

    def read(self, serial_no: str) -> Application:
        return read(self.fixture, serial_no)

    def hints(self, serial_no: str) -> list[str]:
        """Return the lines a judge is shown."""
        return [line.zh for line in read_detail(self.house, self.actor("judge"), "appeal", serial_no).hints]

    def limits(self, serial_no: str) -> dict[str, tuple[str, str]]:
        """Return by rule how each limit stands, and the last day in the court's time."""
        key = self.read(serial_no).id
        return {
            row.rule: (row.status, row.explanation.get("end", "")) for row in rows(self.fixture, DeadlineRow, DeadlineRow.application_id == key)
        }  # fmt: skip

    def told(self) -> list[str]:
        """Return what was put into the outbox."""
        return [row.payload["text"] for row in rows(self.fixture, Delivery, Delivery.hook == "notify")]

    def later(self, **by: float) -> None:
        self.fixture.clock.move(**by)
        clock.clock_due(self.house)


@pytest.fixture
def appeals(new_house: Callable[..., Fixture]) -> Appeals:
    fixture = new_house("appeal", "sms")
    bring(fixture, case())
    return Appeals(fixture)
