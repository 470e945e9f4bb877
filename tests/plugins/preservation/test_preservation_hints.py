"""诉讼保全: what the reviewer is told at the top, most urgent first; and what forms begin with."""

from datetime import UTC, datetime

import pytest

from core.work.detail import read_detail
from core.work.review import open_review
from tests.plugins.preservation.conftest import Court
from tests.support.acting import page
from tests.support.brought import case


def hints(court: Court, serial: str, who: str = "judge") -> list[str]:
    detail = read_detail(court.house, court.fixture.actor(who), "preservation", serial)
    assert all(line.en and line.en != line.zh for line in detail.hints)
    return [line.zh for line in detail.hints]


def test_an_urgent_request_says_so_first_with_its_hour(court):
    first, *_ = hints(court, court.file(urgent=True))
    assert first == "【情况紧急】须在11月25日11:00前裁定并立即执行（48小时，休假日不顺延）。"


def test_hours_that_end_on_a_holiday_call_whoever_is_on_duty(court):
    court.clock.now = datetime(2026, 2, 13, 8, 20, tzinfo=UTC)
    serial = court.file("pre_action")
    first, second, *_ = hints(court, serial, "reviewer")
    assert first.startswith("【诉前保全】须在02月15日17:00前裁定")
    assert second == "届满时为休假日（春节假期），请告知值班人员。"
    court.clock.move(days=3)
    assert (
        hints(court, serial, "reviewer")[0] == "【诉前保全】48小时已于02月15日17:00届满，请立即裁定、执行。"
    )


def test_a_year_nobody_has_published_does_not_stop_the_hours(court):
    court.clock.now = datetime(2031, 5, 13, 8, 20, tzinfo=UTC)
    assert hints(court, court.file("pre_action"), "reviewer")[0].startswith(
        "【诉前保全】须在05月15日17:00前裁定"
    )


def test_security_and_fee_are_reckoned_with_their_articles(court):
    told = hints(court, court.file(guarantee_amount="150000.01"))
    assert "担保150000.01元，为30.01%，超过30%的上限150000.00元" in told[0]
    assert told[-1].startswith("保全申请费3020.00元。")
    assert "第14条" in told[-1]
    waived = {
        "guarantee_type": "waived",
        "guarantee_amount": None,
        "guarantor": None,
        "waiver_ground": "support",
    }
    assert hints(court, court.file(**waived))[0].startswith("申请免担保：追索赡养费")


def test_assets_parties_and_other_requests_are_weighed(court):
    first = court.file()
    clue = [
        {"owner": "示例贸易有限公司", "type": "deposit", "clue": "在示例银行开户", "est_value": "500000.01"}
    ]
    told = hints(court, court.file(assets=clue))
    assert any("估值合计500000.01元，高于请求保全数额500000.00元" in line for line in told)
    assert any(f"本案另有保全申请：{first}" in line for line in told)
    assert not any("仅有线索" in line or "不是本案当事人" in line for line in told)
    assert any("仅有线索" in line for line in hints(court, court.file("pre_action", assets=clue), "reviewer"))
    body = court.body(stage="in_action")
    body["fields"]["parties"][1]["name"] = "他案公司"
    assert any(line.startswith("他案公司不是本案当事人") for line in hints(court, court.send(body)))


def test_evidence_has_its_own_time(court):
    waived = {
        "guarantee_type": "waived",
        "guarantee_amount": None,
        "guarantor": None,
        "waiver_ground": "discretion",
    }
    told = hints(court, court.file(preservation_kind="evidence", amount=None, assets=None, **waived))
    assert any("解释第98条" in line for line in told)


def test_after_the_ruling_the_page_says_what_nobody_else_knows_and_then_what_is_in_force(court):
    serial = court.through(court.file(), "receive", "grant")
    assert any("对方当事人的平台查不到此项保全" in line for line in hints(court, serial))
    court.take(serial, "carry_out", **{"measures.0.amount": "400000.00"})
    told = hints(court, serial)
    assert told[0] == "保全中：财产1，400000.00元，至2027-11-23"
    assert told[-1] == "已保全金额合计600000.00元，高于裁定数额500000.00元，请核对是否超标的。"
    court.step(serial, "ask_renewal")
    assert not any("不足7日" in line for line in hints(court, serial))
    court.clock.move(days=360)
    assert any("不足7日" in line for line in hints(court, serial))


def test_lifting_that_is_due_is_told(court):
    serial = court.in_force("pre_action")
    court.tick(days=40)
    assert any("应当解除保全" in line for line in hints(court, serial, "reviewer"))


def test_forms_begin_with_the_figures_and_days_of_the_law(court):
    serial = court.through(court.file(), "receive")
    begun = open_review(court.house, court.fixture.actor("judge"), "preservation", serial).prefilled
    assert begun["order_security"] == {"security_amount": "150000.00", "security_days": 5}
    ruling = begun["grant"]
    assert (ruling["granted_amount"], ruling["ruled_on"]) == ("500000.00", "2026-11-23")
    assert [(one["measure"], one["property_kind"], one["expires_on"]) for one in ruling["measures"]] == [
        ("freeze", "deposit", "2027-11-23"), ("seal", "movable", "2028-11-23"), ("seal", "other", "2029-11-23"),
    ]  # fmt: skip
    assert ruling["measures"][0]["asset"] == "示例贸易有限公司：银行存款 示例银行示例支行"
    court.take(serial, "grant")
    detail = read_detail(court.house, court.fixture.actor("judge"), "preservation", serial)
    assert detail.begun["carry_out"]["carried_out_on"] == "2026-11-23"
    assert [one["amount"] for one in detail.begun["carry_out"]["measures"]] == [
        "300000.00",
        "50000.00",
        "150000.00",
    ]
    court.take(serial, "carry_out")
    court.clock.move(days=300)
    renewal = read_detail(court.house, court.fixture.actor("judge"), "preservation", serial).begun["renew"]
    assert renewal["renewed_from"] == "2027-11-23"
    assert [one["expires_on"] for one in renewal["measures"]] == ["2028-11-23", "2029-11-23", "2030-11-23"]


@pytest.mark.parametrize(("asked", "found"), [
    ({"case_number": "（2026）粤0199民初1号"}, {"calm", "urgent"}), ({"urgent": "true"}, {"urgent"}), ({"stage": "pre_action"}, {"early"}),
    ({"respondents": "示例贸易"}, {"calm", "urgent", "early"}), ({"applicants": "甲某某", "preservation_kind": "act"}, set()),
    ({"state": "已接收"}, {"urgent"}), ({"outcome": "grant"}, {"urgent"}), ({"submitted_from": "2026-11-24"}, set()),
])  # fmt: skip
def test_the_queue_is_searched_as_the_manual_says_and_begins_with_what_ends_first(court, asked, found):
    serials = {"calm": court.file(), "early": court.file("pre_action")}
    court.clock.move(hours=1)
    serials["urgent"] = court.through(court.file(urgent=True), "receive", "grant")
    names = {serial: name for name, serial in serials.items()}
    rows = page(court.fixture, court.fixture.actor("reviewer"), "preservation", order="due", **asked).rows
    assert [names[row.serial_no] for row in rows] == [
        one for one in ("early", "urgent", "calm") if one in found
    ]


def test_the_queue_shows_what_a_judge_expects(court):
    serial = court.in_force()
    (row,) = page(
        court.fixture, court.fixture.actor("judge"), "preservation", expires_on_from="2027-11-23"
    ).rows
    assert row.serial_no == serial
    shown = {name: str(value) for name, value in row.cells.items()}
    assert shown == {
        "stage": "in_action", "preservation_kind": "property", "urgent": "False", "respondents": "示例贸易有限公司", "amount": "500000.00",
        "dispute": case()["cause"], "guarantee_type": "insurance", "guarantee_ratio": "30%", "outcome": "grant", "expires_on": "2027-11-23",
    }  # fmt: skip
    assert not page(
        court.fixture, court.fixture.actor("judge"), "preservation", expires_on_from="2027-11-24"
    ).rows
    assert not page(court.fixture, court.fixture.actor("judge2"), "preservation").rows
