"""网上立案 through the house: filed, corrected, approved, docketed, registered; on both databases, with real gateways."""

import copy
import hashlib
import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from core.fields.example import example_of
from core.records import CaseAgent, CaseParty, CaseRow, CourtSetting, DeadlineRow
from core.values import Application
from core.work import clock, deliver, files, outside, review, submit
from core.work.registers import Registers
from core.work.snapshots import by_serial
from plugins.filing import filing
from plugins.filing.example import EXAMPLE
from plugins.filing.fields import Filing
from tests.support.acting import PDF
from tests.support.gateways import Gateway, accept_sms, docket, reply, serving
from tests.support.houses import COURT, Fixture, make_house

APPROVAL = {"procedure": ["ordinary"], "fee_category": ["prop"], "prepaid_fee": ["2869.14"]}
RETURN = {
    "reasons": ["incomplete"], "corrections.0.item": ["起诉状"], "corrections.0.requirement": ["补签名"], "correction_days": ["7"],
}  # fmt: skip


class Story:
    """A court with filing and SMS on, and what is done in it."""

    def __init__(self, fixture: Fixture) -> None:
        self.fixture = fixture
        self.house = fixture.house
        self.reviewer = fixture.actor("reviewer")

    def set(self, module: str, **values: Any) -> None:
        rows = [
            {"court_code": COURT, "module": module, "name": name, "value": value}
            for name, value in values.items()
        ]
        self.house.store.write(lambda connection: connection.execute(sa.insert(CourtSetting), rows))

    def body(self, number: int) -> dict[str, Any]:
        with self.house.store.read() as connection:
            registers = Registers(connection, COURT, date(2026, 11, 23))
            fields = copy.deepcopy({**example_of(Filing, registers), **EXAMPLE})
        digest = hashlib.sha256(PDF).hexdigest()
        files.put_file(self.house, self.fixture.outside, self.fixture.client, digest, io.BytesIO(PDF))
        attachments = [
            {"sha256": digest, "name": f"{one.category}.pdf", "category": one.category, "pages": 1, "copies": 1, "is_original": True}
            for one in filing.attachments if one.needed(fields)
        ]  # fmt: skip
        submitter = {"role": "lawyer", "name": "丙某某", "phone": "19900000003"}
        return {
            "submission_id": f"story-{number}",
            "submitter": submitter,
            "fields": fields,
            "attachments": attachments,
        }

    def file(self, number: int = 1) -> str:
        raw = {"kind": "filing", **self.body(number)}
        return submit.submit(self.house, self.fixture.outside, self.fixture.client, raw).serial_no

    def resubmit(self, serial_no: str, number: int) -> None:
        outside.resubmit(self.house, self.fixture.outside, self.fixture.client, serial_no, self.body(number))

    def conclude(self, serial_no: str, decision: str, form: dict[str, list[str]]) -> None:
        """Save the opinion, then carry it out."""
        opened = review.open_review(self.house, self.reviewer, "filing", serial_no)
        version = opened.application.version
        review.save_review(self.house, self.reviewer, "filing", serial_no, decision=decision, opinion="意见", form=form, version=version)  # fmt: skip
        review.decide(self.house, self.reviewer, "filing", serial_no, decision, version)

    def direct(self, serial_no: str, decision: str, **form: str) -> None:
        given = {name: [value] for name, value in form.items()}
        review.decide(self.house, self.reviewer, "filing", serial_no, decision, None, form=given)

    def deliver(self) -> None:
        while deliver.deliver_due(self.house):
            pass

    def read(self, serial_no: str) -> Application:
        with self.house.store.read() as connection:
            return by_serial(connection, self.house.modules, COURT, serial_no)

    def limits(self) -> list[tuple[str, str]]:
        with self.house.store.read() as connection:
            rows = connection.execute(
                sa.select(DeadlineRow.rule, DeadlineRow.status).order_by(DeadlineRow.id)
            )
            return [(row.rule, row.status) for row in rows]

    def rows(self, table: Any) -> list[Any]:
        with self.house.store.read() as connection:
            return list(connection.execute(sa.select(table.__table__)))


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with serving(accept_sms) as one:
        yield one


def story_with(database_url: str, tmp_path: Any, adapter: str, gateway: Gateway) -> Story:
    story = Story(make_house(database_url, tmp_path, ["filing", "sms", adapter]))
    story.set("sms", url=gateway.url, token="t", timeout_seconds=5)
    return story


@pytest.fixture
def story(database_url, tmp_path, gateway) -> Iterator[Story]:
    made = story_with(database_url, tmp_path, "register", gateway)
    yield made
    made.house.store.close()


def test_from_filing_to_the_division(story, gateway):
    serial_no = story.file()
    assert story.limits() == [("F-1", "running")]

    story.conclude(serial_no, "return_for_correction", RETURN)
    assert story.read(serial_no).state == "RETURNED_FOR_CORRECTION"
    assert story.limits() == [("F-1", "met"), ("F-C", "running")]

    story.fixture.clock.move(days=2)
    story.resubmit(serial_no, 2)
    again = story.limits()
    assert again == [("F-1", "met"), ("F-C", "met"), ("F-1", "running")]

    story.conclude(serial_no, "approve", APPROVAL)
    story.direct(serial_no, "revoke_approval", revocation_reason="误操作")
    assert story.limits() == again
    story.conclude(serial_no, "approve", APPROVAL)
    story.direct(serial_no, "docket")
    assert story.read(serial_no).state == "DOCKETING"
    story.deliver()

    docketed = story.read(serial_no)
    assert (docketed.state, docketed.case_number) == ("DOCKETED", "（2026）粤0199民初1号")
    assert docketed.data["fee_estimate"] == "2869.14"
    assert story.limits()[2:] == [("F-1", "met"), ("F-8", "running"), ("F-9", "running"), ("F-10", "running")]
    (case,) = story.rows(CaseRow)
    assert case.title == f"甲某某与示例贸易有限公司{case.cause}"
    assert [(one.standing, one.name) for one in story.rows(CaseParty)] == [
        ("plaintiff", "甲某某"),
        ("defendant", "示例贸易有限公司"),
    ]
    assert [(one.party_name, one.name) for one in story.rows(CaseAgent)] == [("甲某某", "丙某某")]

    story.direct(serial_no, "fee_paid", paid_amount="2869.14", paid_on="2026-11-26")
    story.direct(serial_no, "copy_served", copy_served_on="2026-11-26", copy_served_to="示例贸易有限公司")
    story.direct(serial_no, "transferred_to_division", division="民事审判庭", passed_on="2026-11-26")
    assert {status for _, status in story.limits()} == {"met"}

    story.deliver()
    told = [call.body["content"] for call in gateway.calls]
    assert all(serial_no in text or "（2026）粤0199民初1号" in text for text in told)
    assert any(
        "已立案，案号（2026）粤0199民初1号。请自接到缴费通知次日起7日内预交诉讼费2869.14元。" in text
        for text in told
    )
    assert max(gateway.keys().values()) == 1


def test_what_is_not_corrected_in_time_lapses(story):
    serial_no = story.file()
    story.conclude(serial_no, "return_for_correction", RETURN)
    story.fixture.clock.move(days=20)
    clock.clock_due(story.house)
    assert story.read(serial_no).state == "LAPSED"


def test_a_complaint_has_its_own_time(story):
    serial_no = story.file()
    outside.write_message(
        story.house, story.fixture.outside, story.fixture.client, serial_no, "迟迟不立案", complaint=True
    )
    assert story.limits() == [("F-1", "running"), ("F-11", "running")]


def test_mediation_runs_from_the_day_it_was_signed_for(story):
    serial_no = story.file()
    story.direct(serial_no, "refer_to_mediation", organisation="示例市人民调解委员会", signed_on="2026-11-20")
    assert story.limits() == [("F-1", "running"), ("F-12", "running")]
    (row,) = [row for row in story.rows(DeadlineRow) if row.rule == "F-12"]
    assert row.started_at.date() == date(2026, 11, 20)


def test_docketing_that_is_refused_can_be_tried_again(database_url, tmp_path, gateway):
    story = story_with(database_url, tmp_path, "trial_http", gateway)
    with serving(
        reply(422, {"status": "refused", "reason": "案由不存在"}), docket("（2026）粤0199民初77号")
    ) as court:
        story.set("trial_http", url=court.url)
        serial_no = story.file()
        story.conclude(serial_no, "approve", APPROVAL)
        story.direct(serial_no, "docket")
        story.deliver()
        assert story.read(serial_no).state == "DOCKET_FAILED"
        assert story.limits() == [("F-1", "running")]
        story.direct(serial_no, "docket")
        story.deliver()
        assert story.read(serial_no).case_number == "（2026）粤0199民初77号"
        assert all(call.body["payload"]["case_type"] == "民初" for call in court.calls)
    story.house.store.close()
