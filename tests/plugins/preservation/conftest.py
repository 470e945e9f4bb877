"""A court with 诉讼保全 on, a case, two clients outside, and what is done there; on both databases."""

import copy
from typing import Any

import pytest
from attrs import frozen

from core.fields.problem import Refused
from core.records import DeadlineRow, Delivery
from core.values import Actor, Application
from core.work import alarms, clock, outside
from core.work.clients import add_client, client_of
from core.work.paper_files import DOCX, PDF, open_paper, papers_of
from core.work.review import decide
from core.work.submit import submit
from plugins.preservation.example import EXAMPLE
from tests.support.acting import DIGEST, body_of, conclude, read, rows, upload
from tests.support.brought import AGENTS, NUMBER, PARTIES, bring, case
from tests.support.houses import COURT, Fixture
from tests.support.papers import docx_text, joined, pdf_text

MODULE = "preservation"
IN_ACTION = {
    "stage": "in_action", "amount": "500000.00", "guarantee_amount": "150000.00",
    "assets": [
        {"owner": "示例贸易有限公司", "type": "deposit", "location": "示例银行示例支行", "account": "6200000000000000000", "est_value": "300000.00"},
        {"owner": "示例贸易有限公司", "type": "vehicle", "cert_no": "示A00001", "est_value": "50000.00"},
        {"owner": "示例贸易有限公司", "type": "real_estate", "location": "示例市示例路3号", "cert_no": "示房权证第3号", "est_value": "150000.00"},
    ],
}  # fmt: skip
RULING = {"ruling_number": "（2026）粤0199民初1号之一", "ruled_on": "2026-11-23"}


def measures(*expiries: str) -> dict[str, str]:
    """Return the form of measures that expire on these days: a deposit, a movable, an immovable."""
    kinds = (
        ("deposit", "freeze", "300000.00"),
        ("movable", "seal", "50000.00"),
        ("other", "seal", "150000.00"),
    )
    form = {}
    for place, (day, (kind, measure, amount)) in enumerate(zip(expiries, kinds, strict=False)):
        form |= {
            f"measures.{place}.asset": f"财产{place + 1}", f"measures.{place}.measure": measure, f"measures.{place}.amount": amount,
            f"measures.{place}.property_kind": kind, f"measures.{place}.expires_on": day,
        }  # fmt: skip
    return form


LONGEST = ("2027-11-23", "2028-11-23", "2029-11-23")
FORMS: dict[str, dict[str, str]] = {
    "receive": {},
    "return": {"reasons": "incomplete", "requirement": "补充担保书"},
    "order_security": {"security_amount": "150000.00", "security_days": "5"},
    "grant": {**RULING, "granted_amount": "500000.00", **measures(*LONGEST)},
    "partly_grant": {**RULING, "granted_amount": "300000.00", **measures(*LONGEST[:1])},
    "refuse": RULING,
    "carry_out": {"carried_out_on": "2026-11-23", "respondent_told_on": "2026-11-23", **measures(*LONGEST)},
    "register_proceedings": {"proceedings": "（2026）粤0199民初2号", "brought_on": "2026-11-23"},
    "renew": {"renewal_number": "（2026）粤0199执保1号之一", "renewed_from": "2026-11-23", **measures(*LONGEST)},
    "decline": {},
    "lift": {"lifting_ground": "applicant", "lifting_number": "（2026）粤0199民初1号之二", "lifted_on": "2026-11-23"},
    "note_reconsideration": {"asked_by": "示例贸易有限公司", "served_on": "2026-11-20", "asked_on": "2026-11-23"},
    "reconsidered": {"reconsideration": "upheld", "reconsidered_on": "2026-11-23"},
}  # fmt: skip
STEPS: dict[str, dict[str, Any]] = {
    "provide_security": {"fields": {"provided_type": "insurance", "provided_amount": "150000.00", "provided_guarantor": "示例保险公司"}, "attach": "guarantee"},
    "ask_renewal": {"fields": {"renewal_reason": "案件尚未审结"}, "attach": "renewal"},
    "ask_lifting": {"fields": {"lifting_reason": "已和解", "lifting_urgent": False}, "attach": "lifting"},
}  # fmt: skip


@frozen
class Told:
    """What a client outside has: its id, and itself as an actor."""

    id: int
    actor: Actor


class Court:
    """The court, and the two sides outside: the applicant's platform, and the other side's."""

    def __init__(self, fixture: Fixture) -> None:
        self.fixture, self.house, self.clock = fixture, fixture.house, fixture.clock
        self.ours = Told(fixture.client, fixture.outside)
        found = client_of(fixture.house, add_client(fixture.house, "theirs", [COURT]))
        assert found is not None
        self.theirs = Told(found.id, Actor(court=COURT, client="theirs", name="theirs"))
        self.number = 0

    def body(self, **fields: Any) -> dict[str, Any]:
        """Return a complete submission: pre-action as the example, or in the case where the stage says so."""
        whole = copy.deepcopy(EXAMPLE | (IN_ACTION if fields.get("stage") == "in_action" else {}) | fields)
        self.number += 1
        made = body_of(self.fixture, MODULE, self.number, fields=whole)
        if whole["stage"] == "in_action":
            made["fields"].pop("cause", None)
            made["case_number"] = NUMBER
        made["fields"] = {name: value for name, value in made["fields"].items() if value is not None}
        flow = self.house.modules.flow(MODULE)
        upload(self.fixture)
        made["attachments"] = [
            {"sha256": DIGEST, "name": f"{one.category}.pdf", "category": one.category}
            for one in flow.attachments if one.needed(made["fields"])
        ]  # fmt: skip
        return made

    def file(self, stage: str = "in_action", **fields: Any) -> str:
        return self.send(self.body(stage=stage, **fields))

    def send(self, body: dict[str, Any]) -> str:
        return submit(self.house, self.ours.actor, self.ours.id, body).serial_no

    def refused(self, body: dict[str, Any]) -> dict[str, str]:
        """Send it and return what is wrong, by field."""
        with pytest.raises(Refused) as caught:
            self.send(body)
        return {one.field: one.code for one in caught.value.problems}

    def read(self, serial: str) -> Application:
        return read(self.fixture, serial)

    def take(self, serial: str, code: str, by: str = "judge", **form: str) -> Application:
        """Carry a decision out as the pages do: a conclusion saved first, the others at once."""
        given = FORMS[code] | form
        if not self.house.modules.flow(MODULE).decision(code).direct:
            return conclude(self.fixture, by, MODULE, serial, code, **given)
        asked = {name: [value] for name, value in given.items() if value}
        return decide(
            self.house, self.fixture.actor(by), MODULE, serial, code, None, opinion="理由", form=asked
        )

    def against(self, serial: str, code: str, by: str = "judge", **form: str) -> dict[str, str]:
        """Try a decision that something stands against, and return what."""
        with pytest.raises(Refused) as caught:
            self.take(serial, code, by, **form)
        assert caught.value.problems
        return {one.field: one.message.zh for one in caught.value.problems}

    def step(self, serial: str, code: str, **fields: Any) -> Application:
        """Have the applicant take a step."""
        upload(self.fixture)
        given = STEPS[code]
        attached = [{"sha256": DIGEST, "name": "a.pdf", "category": given["attach"]}]
        raw = {"fields": given["fields"] | fields, "attachments": attached}
        return outside.take_applicant_step(self.house, self.ours.actor, self.ours.id, serial, code, raw)

    def through(self, serial: str, *codes: str, by: str = "judge") -> str:
        for code in codes:
            self.take(serial, code, by)
        return serial

    def in_force(self, stage: str = "in_action", **fields: Any) -> str:
        by = "reviewer" if stage == "pre_action" else "judge"
        return self.through(self.file(stage, **fields), "receive", "grant", "carry_out", by=by)

    def tick(self, **by: float) -> None:
        """Let time go by, and the clock do what is due."""
        self.clock.move(**by)
        while clock.clock_due(self.house):
            pass
        while alarms.remind_due(self.house):
            pass

    def limits(self, serial: str) -> list[tuple[str, str]]:
        key = self.read(serial).id
        found = rows(self.fixture, DeadlineRow, DeadlineRow.application_id == key)
        return [(one.rule, one.status) for one in sorted(found, key=lambda one: one.id)]

    def running(self, serial: str) -> dict[str, str]:
        """Return the limits that run, each with its end as the explanation has it."""
        key = self.read(serial).id
        found = rows(
            self.fixture, DeadlineRow, DeadlineRow.application_id == key, DeadlineRow.status == "running"
        )
        return {one.rule: one.explanation["end"] for one in found}

    def notices(self, serial: str) -> list[str]:
        key = self.read(serial).id
        found = rows(self.fixture, Delivery, Delivery.application_id == key, Delivery.hook == "notify")
        return [one.payload["text"] for one in sorted(found, key=lambda one: one.id)]

    def papers(self, serial: str) -> dict[str, str]:
        """Return the text of each paper that was issued, the same in both files."""
        with self.house.store.read() as connection:
            issued = papers_of(connection, self.read(serial).id)
        told = {}
        for one in issued:
            pdf, docx = (
                self.house.blobs.path(
                    open_paper(
                        self.house, self.fixture.actor("reviewer"), MODULE, serial, one.id, form
                    ).sha256
                ).read_bytes()
                for form in (PDF, DOCX)
            )
            told[one.code] = joined(pdf_text(pdf))
            assert joined(docx_text(docx)) == told[one.code]
        return told


@pytest.fixture
def court(new_house) -> Court:
    made = Court(new_house(MODULE, "sms"))
    bring(made.fixture, case(parties=PARTIES, agents=AGENTS))
    return made
