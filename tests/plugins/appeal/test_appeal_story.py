"""提起上诉 through the house: lodged, received, served, answered, transferred, docketed; on both databases."""

from datetime import date, timedelta

import pytest

from core.fields.problem import Reason, Refused
from core.records import History
from core.work.times import court_day
from tests.plugins.appeal.conftest import (
    APPELLANT,
    APPELLEE,
    COPY,
    LAWYER,
    NOT_ACCEPTED,
    NUMBER,
    RECEIVE,
    RULING,
    TRANSFER,
)
from tests.support.acting import page, rows
from tests.support.brought import bring, case


def problems(call) -> dict[str, str]:
    with pytest.raises(Refused) as refused:
        call()
    assert refused.value.reason is Reason.INVALID
    return {one.field: one.code for one in refused.value.problems}


def test_from_submission_to_the_second_court(appeals):
    serial = appeals.file()
    one = appeals.read(serial)
    assert (one.state, one.applicant, one.handler) == ("SUBMITTED", "甲某某", appeals.fixture.people["judge"])
    assert serial.startswith("SS")
    shown = one.fields
    assert (shown.service_date, shown.expires_on, shown.in_time) == (
        date(2026, 11, 10),
        date(2026, 11, 25),
        "in_time",
    )
    assert (shown.cause, shown.appellees, shown.payment, shown.progress) == (
        "买卖合同纠纷",
        "示例贸易有限公司",
        "unfixed",
        None,
    )
    assert appeals.limits(serial) == {"A-5": ("running", "2026-11-30")}

    appeals.act("judge", serial, "receive", **RECEIVE)
    one = appeals.read(serial)
    assert (one.state, one.fields.payment, one.fields.progress) == ("RECEIVED", "due", "to_serve")
    assert appeals.limits(serial) == {
        "A-5": ("running", "2026-11-30"), "A-11": ("running", "2026-11-30"), "A-12": ("running", "2026-12-14"),
    }  # fmt: skip
    assert "请于2026-11-30前预交上诉费2869.14元" in appeals.told()[-1]

    appeals.act("clerk", serial, "fee_paid", paid_amount="2869.14", paid_on="2026-11-23")
    assert appeals.read(serial).fields.payment == "paid"
    appeals.act("clerk", serial, "copy_served", **COPY)
    one = appeals.read(serial)
    assert (one.state, one.fields.progress) == ("COPY_SERVED", "defending")
    held = appeals.limits(serial)
    assert (held["A-5"][0], held["A-11"][0], held["A-6"]) == ("met", "met", ("running", "2026-12-08"))

    appeals.later(days=3)
    appeals.act(
        "clerk", serial, "defence_received", defence_received_on="2026-11-26", defence_from="示例贸易有限公司"
    )
    assert appeals.limits(serial)["A-7"] == ("running", "2026-12-01")
    appeals.act("clerk", serial, "defence_sent", defence_sent_on="2026-11-26")
    appeals.act("judge", serial, "defence_complete", defence_closed_on="2026-11-26")
    one = appeals.read(serial)
    assert (one.state, one.fields.progress) == ("DEFENCE_OVER", "to_transfer")
    held = appeals.limits(serial)
    assert (held["A-6"][0], held["A-7"][0], held["A-8"]) == ("met", "met", ("running", "2026-12-01"))
    assert "案卷将于2026-12-01前报送" in appeals.told()[-1]

    appeals.act("clerk", serial, "transfer", **TRANSFER)
    one = appeals.read(serial)
    assert (one.state, one.fields.progress, one.due_at) == ("TRANSFERRED", "transferred", None)
    held = appeals.limits(serial)
    assert (held["A-8"][0], held["A-12"][0], held["A-10"]) == ("met", "met", ("running", "2026-11-30"))
    assert "移送虚构市中级人民法院" in appeals.told()[-1]

    appeals.act(
        "clerk",
        serial,
        "docketed_second",
        second_case_number="（2026）粤01民终8号",
        second_docketed_on="2026-11-26",
    )
    one = appeals.read(serial)
    assert (one.state, one.fields.progress, one.due_at) == ("DOCKETED_SECOND", "docketed", None)
    assert appeals.limits(serial)["A-13"] == ("running", "2027-02-26") or appeals.limits(serial)["A-13"] == (
        "running",
        "",
    )
    assert "（2026）粤01民终8号" in appeals.told()[-1]


def test_without_a_defence_the_file_goes_on_when_the_time_is_over(appeals):
    serial = appeals.walk("COPY_SERVED")
    appeals.later(days=15)
    assert appeals.read(serial).state == "COPY_SERVED"
    appeals.later(days=1)
    one = appeals.read(serial)
    assert (one.state, one.fields.progress) == ("DEFENCE_OVER", "to_transfer")
    held = appeals.limits(serial)
    assert held["A-6"] == ("expired", "2026-12-08")
    assert held["A-8N"] == ("running", "2026-12-14")
    assert "案卷将于2026-12-14前报送" in appeals.told()[-1]
    assert "A-8" not in held


def test_the_time_to_transfer_counts_from_the_end_of_the_defence_whenever_the_clock_gets_to_it(appeals):
    serial = appeals.walk("RECEIVED")
    appeals.later(days=1)
    appeals.act("clerk", serial, "copy_served", **COPY | {"copy_served_on": "2026-11-24"})
    appeals.later(days=20)
    held = appeals.limits(serial)
    assert held["A-6"] == ("expired", "2026-12-09")
    # The fifth day after the 9th, not after the day on which the clock noticed.
    assert held["A-8N"] == ("running", "2026-12-14")


def test_an_appellee_abroad_has_thirty_days(appeals):
    serial = appeals.walk("RECEIVED", parties=[APPELLANT, APPELLEE | {"abroad": True}])
    appeals.act("clerk", serial, "copy_served", **COPY | {"served_abroad": "true"})
    assert appeals.limits(serial)["A-6"] == ("running", "2026-12-23")


def test_against_a_ruling_not_to_accept_there_is_nobody_to_serve(appeals):
    serial = appeals.file(**NOT_ACCEPTED)
    assert appeals.read(serial).fields.expires_on == date(2026, 11, 20)
    assert appeals.limits(serial) == {"A-8P": ("running", "2026-11-30")}
    appeals.act("judge", serial, "receive", served_checked_on="2026-11-10", fee_state="none")
    with pytest.raises(Refused) as refused:
        appeals.act("clerk", serial, "copy_served", **COPY)
    assert refused.value.reason is Reason.CONFLICT
    appeals.act("clerk", serial, "no_other_side", defence_closed_on="2026-11-23")
    assert appeals.read(serial).fields.progress == "to_transfer"
    assert "案卷将于2026-11-30前报送" in appeals.told()[-1]
    appeals.act("clerk", serial, "transfer", **TRANSFER)
    assert appeals.limits(serial)["A-8P"][0] == "met"


def test_the_way_without_another_side_is_closed_where_there_is_one(appeals):
    serial = appeals.walk("RECEIVED")
    with pytest.raises(Refused) as refused:
        appeals.act("clerk", serial, "no_other_side", defence_closed_on="2026-11-23")
    assert refused.value.reason is Reason.CONFLICT


def test_a_late_appeal_is_flagged_and_still_received(appeals):
    serial = appeals.file(served_on="2026-11-03")
    assert appeals.read(serial).fields.in_time == "late"
    appeals.act("judge", serial, "receive", **RECEIVE | {"served_checked_on": "2026-11-03"})
    one = appeals.read(serial)
    assert (one.state, one.fields.in_time) == ("RECEIVED", "late")


def test_the_first_submission_counts_through_a_return(appeals):
    serial = appeals.file()
    appeals.act("judge", serial, "return", reasons="petition")
    assert appeals.read(serial).state == "RETURNED"
    assert "首次提交时间" in appeals.told()[-1]
    appeals.later(days=10)
    appeals.resubmit(serial, grounds="补充理由。")
    one = appeals.read(serial)
    assert (one.state, one.revision, one.fields.grounds) == ("SUBMITTED", 2, "补充理由。")
    assert (one.fields.lodged_on, one.fields.expires_on, one.fields.in_time) == (
        date(2026, 11, 23),
        date(2026, 11, 25),
        "in_time",
    )
    assert court_day(one.submitted_at) == date(2026, 11, 23)
    assert appeals.limits(serial)["A-5"][0] == "running"


def test_the_judge_corrects_the_service_date_and_the_columns_follow(appeals):
    serial = appeals.file()
    appeals.act("judge", serial, "receive", **RECEIVE | {"served_checked_on": "2026-11-05"})
    shown = appeals.read(serial).fields
    assert (shown.served_on, shown.service_date, shown.expires_on, shown.in_time) == (
        date(2026, 11, 10), date(2026, 11, 5), date(2026, 11, 20), "late",
    )  # fmt: skip


def test_the_last_day_is_corrected_by_hand_with_a_reason_and_kept_in_the_history(appeals):
    serial = appeals.walk("RECEIVED", served_on="2026-11-03")
    assert problems(
        lambda: appeals.act("judge", serial, "correct_expiry", expires_corrected_on="2026-11-30")
    ) == {"expiry_reason": "missing"}
    appeals.act(
        "judge", serial, "correct_expiry", expires_corrected_on="2026-11-30", expiry_reason="准予顺延期限。"
    )
    shown = appeals.read(serial).fields
    assert (shown.expires_on, shown.in_time) == (date(2026, 11, 30), "in_time")
    assert "2026-11-30" in appeals.told()[-1]
    key = appeals.read(serial).id
    last = rows(appeals.fixture, History, History.application_id == key)[-1]
    assert (last.step, last.data["expiry_reason"], last.actor) == (
        "correct_expiry",
        "准予顺延期限。",
        "judge",
    )


def test_a_correction_on_receipt_needs_its_reason(appeals):
    serial = appeals.file()
    given = RECEIVE | {"expires_corrected_on": "2026-12-01"}
    assert problems(lambda: appeals.act("judge", serial, "receive", **given)) == {"expiry_reason": "missing"}
    appeals.act("judge", serial, "receive", **given, expiry_reason="春节前停邮。")
    assert appeals.read(serial).fields.expires_on == date(2026, 12, 1)


def test_a_year_that_is_not_in_the_calendar_is_to_be_verified(appeals):
    appeals.fixture.clock.move(days=34)
    serial = appeals.file(document_date="2026-12-20", served_on="2026-12-26")
    shown = appeals.read(serial).fields
    assert (shown.expires_on, shown.in_time) == (None, "to_verify")


def test_what_was_posted_in_time_is_in_time(appeals):
    serial = appeals.file(served_on="2026-11-03", lodging="post", posted_on="2026-11-18")
    assert appeals.read(serial).fields.in_time == "in_time"
    late = appeals.file(served_on="2026-11-03", lodging="post", posted_on="2026-11-19")
    assert appeals.read(late).fields.in_time == "late"


def test_a_fee_not_paid_is_noted_and_nothing_is_rejected(appeals):
    serial = appeals.walk("COPY_SERVED")
    with pytest.raises(Refused) as refused:
        appeals.act("judge", serial, "deem_withdrawn", ruling_no=NUMBER, ruled_on="2026-11-23")
    assert refused.value.reason is Reason.CONFLICT
    appeals.later(days=8)
    one = appeals.read(serial)
    assert (one.state, one.fields.payment) == ("COPY_SERVED", "overdue")
    assert appeals.limits(serial)["A-11"] == ("lapsed", "2026-11-30")
    assert "是否按自动撤回上诉处理由法院裁定" in appeals.told()[-1]
    appeals.act("clerk", serial, "fee_paid", paid_amount="2869.14", paid_on="2026-12-01")
    assert appeals.read(serial).fields.payment == "paid"
    with pytest.raises(Refused):
        appeals.act("clerk", serial, "fee_paid", paid_amount="2869.14", paid_on="2026-12-01")


def test_the_ruling_on_an_unpaid_appeal_is_the_judges_to_register(appeals):
    serial = appeals.walk("RECEIVED")
    appeals.later(days=8)
    form = {"ruling_no": f"{NUMBER}之一", "ruled_on": "2026-12-01"}
    with pytest.raises(Refused) as refused:
        appeals.act("clerk", serial, "deem_withdrawn", **form)
    assert refused.value.reason is Reason.FORBIDDEN
    appeals.act("judge", serial, "deem_withdrawn", **form)
    assert appeals.read(serial).state == "DEEMED_WITHDRAWN"
    assert {status for status, _ in appeals.limits(serial).values()} <= {"met", "lapsed", "ended"}


@pytest.mark.parametrize("state", ["SUBMITTED", "RECEIVED", "COPY_SERVED", "DEFENCE_OVER"])
def test_an_appeal_is_withdrawn_before_the_transfer(appeals, state):
    serial = appeals.walk(state)
    appeals.withdraw(serial)
    one = appeals.read(serial)
    assert (one.state, one.due_at, one.fields.payment, one.fields.progress) == ("WITHDRAWN", None, None, None)


@pytest.mark.parametrize("state", ["TRANSFERRED", "DOCKETED_SECOND"])
def test_after_the_transfer_this_court_takes_no_withdrawal(appeals, state):
    serial = appeals.walk(state)
    with pytest.raises(Refused) as refused:
        appeals.withdraw(serial)
    assert refused.value.reason is Reason.CONFLICT


def test_the_second_court_asks_for_papers_and_gets_them(appeals):
    serial = appeals.walk("TRANSFERRED")
    with pytest.raises(Refused) as refused:
        appeals.act("clerk", serial, "materials_completed", completed_on="2026-11-23")
    assert refused.value.reason is Reason.CONFLICT
    appeals.act("clerk", serial, "materials_requested", requested_on="2026-11-23", missing="送达回证")
    appeals.act(
        "clerk",
        serial,
        "materials_requested",
        found_on="2026-11-18",
        requested_on="2026-11-23",
        missing="送达回证",
    )
    assert any("二审法院通知补材料：应于2026-11-20前，迟3天" in line for line in appeals.hints(serial))
    one = appeals.read(serial)
    assert appeals.limits(serial)["A-9"] == ("running", "2026-11-30")
    assert one.due_at is not None
    appeals.act("clerk", serial, "materials_completed", completed_on="2026-11-23")
    assert appeals.limits(serial)["A-9"][0] == "met"


def test_a_number_of_first_instance_is_refused_as_that_of_the_second(appeals):
    serial = appeals.walk("TRANSFERRED")
    form = {"second_case_number": "（2026）粤01民初8号", "second_docketed_on": "2026-11-23"}
    assert problems(lambda: appeals.act("clerk", serial, "docketed_second", **form)) == {
        "second_case_number": "not_second_instance"
    }
    form["second_case_number"] = "粤01民终8号"
    assert set(problems(lambda: appeals.act("clerk", serial, "docketed_second", **form))) == {
        "second_case_number"
    }


@pytest.mark.parametrize(
    ("step", "state", "form", "wrong"),
    [
        ("receive", "SUBMITTED", RECEIVE | {"served_checked_on": "2026-11-24"}, {"served_checked_on": "impossible"}),
        ("receive", "SUBMITTED", RECEIVE | {"served_checked_on": "2026-11-01"}, {"served_checked_on": "impossible"}),
        ("receive", "SUBMITTED", RECEIVE | {"fee_due": "0"}, {"fee_due": "nothing"}),
        ("receive", "SUBMITTED", {"served_checked_on": "2026-11-10", "fee_state": "due"}, {"fee_due": "missing"}),
        ("copy_served", "RECEIVED", COPY | {"copy_served_on": "2026-11-24"}, {"copy_served_on": "in_future"}),
        ("transfer", "DEFENCE_OVER", TRANSFER | {"main_volumes": "0", "electronic_volumes": "0"}, {"main_volumes": "no_volume"}),
        ("transfer", "DEFENCE_OVER", TRANSFER | {"transferred_on": "2026-11-24"}, {"transferred_on": "in_future"}),
    ],
)  # fmt: skip
def test_a_step_with_what_cannot_be_is_refused(appeals, step, state, form, wrong):
    serial = appeals.walk(state)
    assert problems(lambda: appeals.act("judge", serial, step, **form)) == wrong
    assert appeals.read(serial).state == state


def test_a_ruling_costs_nothing(appeals):
    serial = appeals.file(**RULING)
    assert appeals.read(serial).fields.payment == "none"
    assert problems(lambda: appeals.act("judge", serial, "receive", **RECEIVE)) == {"fee_state": "free"}
    appeals.act("judge", serial, "receive", served_checked_on="2026-11-10", fee_state="none")
    assert "A-11" not in appeals.limits(serial)
    assert "本件不交上诉费" in appeals.told()[-1]


def test_an_agent_appeals_only_with_special_authorisation(appeals):
    assert problems(lambda: appeals.file(LAWYER)) == {"fields.has_appeal_power": "missing"}
    assert problems(lambda: appeals.file(LAWYER, has_appeal_power=False)) == {
        "fields.has_appeal_power": "no_power"
    }
    serial = appeals.file(LAWYER, has_appeal_power=True)
    assert problems(lambda: appeals.act("judge", serial, "receive", **RECEIVE)) == {
        "power_checked": "no_power"
    }
    appeals.act("judge", serial, "receive", **RECEIVE, power_checked="true")
    assert appeals.read(serial).state == "RECEIVED"


def test_an_authority_on_record_that_leaves_appeals_out_needs_a_new_one(appeals):
    agent = {
        "party": "甲某某",
        "name": "丙某某",
        "licence_no": LAWYER["licence_no"],
        "authority": "special",
        "special_powers": ["settle"],
    }
    bring(appeals.fixture, case(agents=[agent]))
    assert problems(lambda: appeals.file(LAWYER, has_appeal_power=True)) == {
        "fields.has_appeal_power": "not_on_record"
    }
    other = LAWYER | {"licence_no": "14499201011000002"}
    assert appeals.read(appeals.file(other, has_appeal_power=True)).state == "SUBMITTED"
    serial = appeals.file(LAWYER, has_appeal_power=True, new_power=True)
    assert any("请核对授权委托书" in line for line in appeals.hints(serial))


def test_the_record_of_service_goes_before_what_the_appellant_says(appeals):
    served = [{"document": "民事判决书", "party": "甲某某", "served_on": "2026-11-06", "method": "电子送达"}]
    bring(appeals.fixture, case(services=served))
    one = appeals.read(appeals.file())
    assert (one.fields.service_date, one.fields.expires_on, one.fields.in_time) == (
        date(2026, 11, 6),
        date(2026, 11, 23),
        "to_verify",
    )
    agreed = appeals.read(appeals.file(served_on="2026-11-06"))
    assert (agreed.fields.expires_on, agreed.fields.in_time) == (date(2026, 11, 23), "in_time")
    assert any("与送达记录2026-11-06不一致" in line for line in appeals.hints(one.serial_no))
    appeals.act("judge", one.serial_no, "receive", **RECEIVE)
    assert appeals.read(one.serial_no).fields.in_time == "in_time"


def test_the_reviewer_is_told_what_to_weigh(appeals):
    serial = appeals.file(
        served_on="2026-11-03", lodging="second_court", handed_on="2026-11-16", new_evidence=True, fee_relief="defer",
        parties=[APPELLANT, APPELLEE, APPELLEE | {"name": "戊某某", "kind": "natural"}],
    )  # fmt: skip
    told = "\n".join(appeals.hints(serial))
    for words in (
        "送达 2026-11-03，次日起算 15 日，届满 2026-11-18", "民事诉讼法第171条第一款", "上诉日2026-11-16，期内",
        "上诉费：2869.14元", "不服部分按第17条", "申请缓减免交", "没有：戊某某", "未列明：丁某某",
        "对方当事人2人，上诉状副本登记1份", "不少于10日",
    ):  # fmt: skip
        assert words in told, words
    late = appeals.file(served_on="2026-11-03", lodging="second_court", handed_on="2026-11-12")
    again = "\n".join(appeals.hints(late))
    assert "二审法院移交上诉状：应于2026-11-17前，迟6天" in again
    assert f"同一上诉人在本案已有上诉{serial}" in again


def test_a_late_appeal_tells_the_reviewer_not_to_return_it(appeals):
    told = "\n".join(appeals.hints(appeals.file(served_on="2026-11-03")))
    assert "逾期不是退回的理由" in told
    assert "未附顺延期限的申请" in told


def test_a_domicile_that_differs_from_the_record_is_pointed_out(appeals):
    sides = [
        {"standing": "plaintiff", "name": "甲某某", "domicile_abroad": True},
        {"standing": "defendant", "name": "示例贸易有限公司"},
    ]
    bring(appeals.fixture, case(parties=sides, agents=[]))
    assert any("境内有无住所与本院登记不一致：甲某某" in line for line in appeals.hints(appeals.file()))


def test_a_case_of_small_claims_is_final(appeals):
    bring(appeals.fixture, case(procedure="small_claims"))
    assert any("一审终审" in line for line in appeals.hints(appeals.file()))


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"parties": [APPELLEE]}, {"fields.parties": "no_appellant"}),
        ({"parties": [APPELLANT]}, {"fields.parties": "no_appellee"}),
        ({"parties": [APPELLANT, APPELLEE, APPELLEE]}, {"fields.parties[2].name": "repeated"}),
        ({"served_on": "2026-11-01"}, {"fields.served_on": "before_decision"}),
        ({"served_on": "2026-11-24"}, {"fields.served_on": "in_future"}),
        ({"lodging": "post"}, {"fields.posted_on": "missing"}),
        ({"lodging": "post", "posted_on": "2026-11-24"}, {"fields.posted_on": "in_future"}),
        ({"lodging": "second_court"}, {"fields.handed_on": "missing"}),
        ({"lodging": "second_court", "handed_on": "2026-11-01"}, {"fields.handed_on": "before_decision"}),
        ({"document_no": "（2026）粤0199民初2号"}, {"fields.document_no": "other_case"}),
        ({"document": "mediation"}, {"fields.document": "not_a_choice"}),
        ({"fee_category": None}, {"fields.fee_category": "missing"}),
        ({"disputed_amount": None}, {"fields.disputed_amount": "missing"}),
        ({"parties": [APPELLANT | {"kind": "legal"}, APPELLEE]}, {"fields.parties[0].representative": "missing"}),
        ({"requests": []}, {"fields.requests": "too_few"}),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_refused_and_named(appeals, changes, wrong):
    assert problems(lambda: appeals.file(**changes)) == wrong


def test_papers_are_asked_for_where_they_are_needed(appeals):
    raw = {"kind": "appeal", "case_number": NUMBER, **appeals.body(
        LAWYER, has_appeal_power=True, lodging="post", posted_on="2026-11-20", new_evidence=True, fee_relief="exempt",
        parties=[APPELLANT | {"kind": "legal", "representative": "乙某某"}, APPELLEE],
        e_service_consent=True, e_service_scope="all", e_service_phone="19900000001",
    )}  # fmt: skip
    assert {one["category"] for one in raw["attachments"]} == {
        "petition", "appellant_identity", "legal_representative", "power_of_attorney", "decision", "proof_of_service", "posting_receipt",
        "service_address", "new_evidence", "fee_relief",
    }  # fmt: skip
    for left_out in raw["attachments"]:
        rest = [one for one in raw["attachments"] if one is not left_out]
        assert len(problems(lambda: appeals.submit(raw | {"attachments": rest}))) == 1  # noqa: B023 - called at once
    assert appeals.read(appeals.submit(raw)).state == "SUBMITTED"


def test_a_ruling_in_the_case_bears_its_number_with_a_suffix(appeals):
    serial = appeals.file(**RULING, document_no=f"{NUMBER}之一")
    assert appeals.read(serial).fields.expires_on == date(2026, 11, 20)


def test_the_queue_finds_appeals_by_what_a_judge_asks_for(appeals):
    late = appeals.file(served_on="2026-11-03")
    moved = appeals.walk("TRANSFERRED")
    judge = appeals.actor("judge")

    def found(**asked: str) -> set[str]:
        return {row.serial_no for row in page(appeals.fixture, judge, "appeal", **asked).rows}

    assert found(in_time="late") == {late}
    assert found(progress="transferred") == {moved}
    assert found(state="已移送") == {moved}
    assert found(payment="due") == {moved}
    assert found(document="judgment") == {late, moved}
    assert found(appellees="示例贸易") == {late, moved}
    assert found(case_number=NUMBER) == {late, moved}
    assert found(expires_on_from="2026-11-20", expires_on_to="2026-11-30") == {moved}
    assert found(due="overdue") == set()
    appeals.fixture.clock.now += timedelta(days=9)
    assert found(due="overdue") == {late, moved}, "the defence was not sent to the appellant"
    appeals.act("clerk", moved, "defence_sent", defence_sent_on="2026-11-23")
    assert found(due="overdue") == {late}, "what the second court is late with is not this court's"
