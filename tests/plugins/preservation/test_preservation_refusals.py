"""诉讼保全: what is refused on arrival and at each step, each with what to do instead; on both databases."""

import pytest

from core.fields.problem import Refused
from tests.plugins.preservation.conftest import LONGEST, measures

WAIVED = {"guarantee_type": "waived", "guarantee_amount": None, "guarantor": None}


def test_a_case_belongs_to_an_action_and_only_to_one(court):
    without = court.body(stage="in_action")
    del without["case_number"]
    assert court.refused(without) == {"case_number": "missing"}
    early = court.body(stage="pre_action") | {"case_number": "（2026）粤0199民初1号"}
    assert court.refused(early) == {"case_number": "not_expected"}
    assert court.refused(court.body(stage="pre_action", cause=None))["fields.cause"] == "missing"


def test_both_sides_are_named_and_an_agent_acts_for_an_applicant(court):
    body = court.body()
    applicant, respondent = body["fields"]["parties"]
    body["fields"]["parties"] = [applicant, applicant]
    assert court.refused(body) == {"fields.parties": "no_respondent"}
    body["fields"]["parties"] = [respondent, respondent]
    assert court.refused(body) == {"fields.parties": "no_applicant"}
    body["fields"]["parties"] = [{**applicant, "resident_id": None}, respondent]
    assert court.refused(body) == {"fields.parties[0].resident_id": "missing"}
    wrong = court.body(agents=[{"party_name": "无此人", "name": "丙某某", "phone": "19900000003"}])
    assert court.refused(wrong) == {"fields.agents[0].party_name": "unknown_party"}


def test_property_is_told_by_amount_and_assets_and_each_asset_by_something_to_follow(court):
    assert court.refused(court.body(amount=None, assets=[])) == {
        "fields.amount": "missing",
        "fields.assets": "too_few",
    }
    vague = court.body(assets=[{"owner": "示例贸易有限公司", "type": "deposit"}])
    assert court.refused(vague) == {"fields.assets[0].clue": "no_clue"}
    court.file(assets=[{"owner": "示例贸易有限公司", "type": "deposit", "clue": "在示例银行开户"}])
    court.file(subject="示例设备一台", subject_value="80000.00")
    assert court.refused(court.body(subject="示例设备一台")) == {"fields.subject_value": "missing"}


@pytest.mark.parametrize("kind", ["act", "evidence"])
def test_acts_and_evidence_need_no_amount_and_no_asset(court, kind):
    serial = court.file(
        preservation_kind=kind, amount=None, assets=None, **WAIVED, waiver_ground="discretion"
    )
    fields = court.read(serial).fields
    assert (fields.guarantee_ratio, str(fields.fee)) == (None, "30.00")


@pytest.mark.parametrize("kind", ["cash", "property", "surety", "insurance", "bank"])
def test_security_comes_with_its_amount_its_paper_and_its_giver(court, kind):
    body = court.body(stage="in_action", guarantee_type=kind, guarantee_amount=None, guarantor=None)
    body["attachments"] = [one for one in body["attachments"] if one["category"] != "guarantee"]
    expected = {"fields.guarantee_amount": "missing", "attachments": "missing_attachment"}
    if kind in ("surety", "insurance", "bank"):
        expected["fields.guarantor"] = "missing"
    assert court.refused(body) == expected


def test_going_without_security_needs_a_ground_that_the_law_knows(court):
    assert court.refused(court.body(stage="in_action", **WAIVED)) == {"fields.waiver_ground": "missing"}
    assert court.refused(court.body(**WAIVED, waiver_ground="clear")) == {
        "fields.waiver_ground": "not_exempt"
    }
    court.file(**WAIVED, waiver_ground="support")


@pytest.mark.parametrize(("stage", "category"), [
    ("in_action", "complaint"), ("arbitration", "arbitration"), ("before_enforcement", "judgment"),
])  # fmt: skip
def test_each_stage_brings_its_paper(court, stage, category):
    body = court.body(
        stage=stage, guarantee_amount="100000.00", arbitration_body="示例仲裁委员会" if stage == "arbitration" else None,
        **({"judgment": "（2026）粤0199民初1号", "perform_by": "2026-12-01"} if stage == "before_enforcement" else {}),
    )  # fmt: skip
    body["attachments"] = [one for one in body["attachments"] if one["category"] != category]
    assert court.refused(body) == {"attachments": "missing_attachment"}


def test_no_more_than_thirty_per_cent_is_ordered_in_an_action(court):
    serial = court.through(court.file(), "receive")
    said = court.against(serial, "order_security", security_amount="150000.01")
    assert "超过30%的上限150000.00元（财产保全规定第5条第1款" in said["security_amount"]
    assert court.read(serial).state == "RECEIVED"
    court.take(serial, "order_security", security_amount="150000.00")
    assert court.read(serial).state == "SECURITY_ORDERED"


def test_before_an_action_the_whole_amount_is_ordered_save_for_a_reason(court):
    serial = court.through(court.file("pre_action"), "receive", by="reviewer")
    assert (
        "高于请求保全数额"
        in court.against(serial, "order_security", "reviewer", security_amount="500000.01")["security_amount"]
    )
    assert (
        "请填写酌情处理的理由"
        in court.against(serial, "order_security", "reviewer", security_amount="499999.99")["special_reason"]
    )
    court.take(
        serial, "order_security", "reviewer", security_amount="250000.00", special_reason="申请人经济困难"
    )
    assert "酌情确定数额的理由：申请人经济困难" in court.papers(serial)["security_order"]


def test_less_security_than_was_ordered_is_not_taken(court):
    serial = court.through(court.file(), "receive", "order_security")
    with pytest.raises(Refused) as caught:
        court.step(serial, "provide_security", provided_amount="149999.99")
    (problem,) = caught.value.problems
    assert (problem.field, problem.code) == ("fields.provided_amount", "too_low")
    assert court.read(serial).state == "SECURITY_ORDERED"


def test_a_ruling_keeps_within_what_was_asked_for_and_within_the_time_of_each_kind(court):
    serial = court.through(court.file(), "receive")
    assert (
        "不得超过请求保全数额500000.00元（民事诉讼法第105条）"
        in court.against(serial, "grant", granted_amount="500000.01")["granted_amount"]
    )
    assert "请选择“部分准许”" in court.against(serial, "grant", granted_amount="499999.99")["granted_amount"]
    assert court.against(serial, "grant", ruled_on="2026-11-24") == {"ruled_on": "不能晚于今天。"}
    for place, (day, years) in enumerate([("2027-11-24", 1), ("2028-11-24", 2), ("2029-11-24", 3)]):
        name = f"measures.{place}.expires_on"
        (said,) = court.against(serial, "partly_grant", **measures(*LONGEST) | {name: day}).values()
        assert f"最长{years}年" in said
        assert "第485条" in said
    nothing = dict.fromkeys(measures(*LONGEST[:1]), "")
    assert court.against(serial, "partly_grant", **nothing) == {"measures": "请填写保全措施。"}
    assert court.read(serial).state == "RECEIVED"


def test_what_is_registered_as_carried_out_lies_between_the_ruling_and_today(court):
    serial = court.through(court.file(), "receive", "grant")
    assert (
        "不能早于裁定日期"
        in court.against(serial, "carry_out", carried_out_on="2026-11-22")["carried_out_on"]
    )
    assert "不能晚于今天" in court.against(serial, "carry_out", carried_out_on="2026-11-24")["carried_out_on"]
    assert (
        "最长1年"
        in court.against(serial, "carry_out", **{"measures.0.expires_on": "2027-11-24"})[
            "measures[0].expires_on"
        ]
    )
    assert (
        "应晚于起始日"
        in court.against(serial, "carry_out", **{"measures.0.expires_on": "2026-11-23"})[
            "measures[0].expires_on"
        ]
    )


def test_a_renewal_begins_before_the_end_and_lasts_no_longer_than_the_first_time(court):
    serial = court.in_force()
    court.step(serial, "ask_renewal")
    assert "续行应在届满前办理" in court.against(serial, "renew", renewed_from="2029-11-24")["renewed_from"]
    said = court.against(
        serial, "renew", renewed_from="2027-11-23", **{"measures.0.expires_on": "2028-11-24"}
    )
    assert "最长1年，届满日不得晚于2028-11-23" in said["measures[0].expires_on"]
    assert court.read(serial).state == "RENEWAL_ASKED"


def test_only_what_went_before_an_action_or_enforcement_has_proceedings_to_register(court):
    serial = court.in_force()
    with pytest.raises(Refused) as caught:
        court.take(serial, "register_proceedings")
    assert caught.value.code == "not_offered"
    early = court.in_force("pre_action")
    assert (
        "不能晚于今天"
        in court.against(early, "register_proceedings", "reviewer", brought_on="2026-12-01")["brought_on"]
    )


def test_a_result_of_reconsideration_needs_somebody_who_asked(court):
    serial = court.through(court.file(), "receive", "grant")
    with pytest.raises(Refused) as caught:
        court.take(serial, "reconsidered")
    assert caught.value.code == "not_offered"


def test_nothing_is_lifted_before_it_began_and_no_security_is_nought(court):
    waiting = court.through(court.file(), "receive")
    assert "应大于零" in court.against(waiting, "order_security", security_amount="0.00")["security_amount"]
    serial = court.in_force()
    assert "不得早于实施日期" in court.against(serial, "lift", lifted_on="2020-01-01")["lifted_on"]
    assert court.read(serial).state == "CARRIED_OUT"


def test_a_ruling_is_received_before_it_is_disputed(court):
    serial = court.through(court.file(), "receive", "grant")
    said = court.against(serial, "note_reconsideration", served_on="2026-11-23", asked_on="2026-11-20")
    assert "不得早于收到裁定书日期" in said["asked_on"]
