"""诉讼保全 through the house: asked for, secured, granted, carried out, renewed, lifted; on both databases."""

from datetime import UTC, datetime

from core.work import outside


def test_in_an_action_from_the_request_to_its_end(court):
    serial = court.file()
    first = court.read(serial)
    assert (first.applicant, first.fields.respondents, first.fields.dispute) == (
        "甲某某",
        "示例贸易有限公司",
        "买卖合同纠纷",
    )
    assert first.handler == court.fixture.people["judge"]
    assert (first.fields.guarantee_ratio, str(first.fields.fee)) == ("30%", "3020.00")
    assert court.running(serial) == {"PR-1": "2026-11-30"}  # the fifth day is a Saturday

    court.take(serial, "receive")
    court.take(serial, "order_security")
    assert court.limits(serial) == [("PR-1", "met"), ("PR-S", "running")]
    court.tick(days=2)
    court.step(serial, "provide_security")
    assert court.running(serial) == {"PR-1": "2026-11-30"}  # five days anew from the day it came
    court.take(serial, "grant")
    assert court.running(serial) == {"PR-1E": "2026-11-30"}
    carried = court.take(serial, "carry_out")
    assert carried.fields.expires_on.isoformat() == "2027-11-23"
    assert carried.fields.outcome == "grant"
    assert court.running(serial) == {"PR-7": "2029-11-23", "PR-8": "2027-11-16"}

    court.step(serial, "ask_renewal")
    assert court.running(serial) == {"PR-7": "2029-11-23", "PR-8R": "2027-11-23"}
    court.take(serial, "renew", renewed_from="2027-11-23", **{"measures.0.expires_on": "2028-11-23"})
    assert court.read(serial).fields.expires_on.isoformat() == "2028-11-23"
    assert court.running(serial) == {"PR-7": "2029-11-23", "PR-8": "2028-11-16"}
    court.step(serial, "ask_lifting")
    assert court.running(serial) == {"PR-7": "2029-11-23", "PR-9": "2026-11-30"}
    court.take(serial, "lift")
    assert court.running(serial) == {}

    told = court.notices(serial)
    assert len(told) == 10
    assert "请预交保全申请费3020.00元" in told[1]
    assert "请于2026-11-30前提供担保150,000.00元" in told[2]
    assert "将于2026-11-30前裁定" in told[3]
    assert "保全期限最早于2027-11-23届满，需要续行的请于2027-11-16前申请" in told[5]
    assert all(serial in one and "—" not in one for one in told)


def test_papers_say_what_was_received_ordered_and_preserved(court):
    serial = court.file()
    court.through(serial, "receive", "order_security")
    court.step(serial, "provide_security")
    court.through(serial, "grant", "carry_out")
    told = court.papers(serial)
    assert set(told) == {"receipt", "security_order", "statement"}
    assert "请预交保全申请费3020.00元" in told["receipt"]
    assert "1application.pdf保全申请书" in told["receipt"]
    assert "（2026）粤0199保全担保1号" in told["security_order"]
    assert "担保数额：150000.00元（请求保全数额500000.00元）" in told["security_order"]
    assert "收到本通知次日起5日内，至2026年11月30日届满" in told["security_order"]
    assert "第一百零三条" in told["security_order"]
    said = told["statement"]
    assert "（2026）粤0199保全告知1号" in said
    assert "以（2026）粤0199民初1号之一裁定采取保全措施" in said
    assert "1财产1冻结300,000.002026年11月23日2027年11月23日" in said
    assert "3财产3查封150,000.002026年11月23日2029年11月23日" in said
    assert "最早一项的申请截止日为2027年11月16日" in said
    assert "诉前" not in said


def test_before_an_action_it_comes_to_the_filing_division_within_48_hours_that_no_holiday_moves(court):
    court.clock.now = datetime(
        2026, 2, 13, 8, 20, tzinfo=UTC
    )  # 16:20 in Shanghai, the eve of the Spring Festival
    serial = court.file("pre_action")
    assert court.read(serial).handler is None
    assert court.running(serial) == {"PR-3": "2026-02-15T17:00:00+08:00"}
    court.take(serial, "receive", by="reviewer")
    court.take(
        serial, "grant", by="reviewer", ruled_on="2026-02-13",
        **{"measures.0.expires_on": "2027-02-13", "measures.1.expires_on": "2028-02-13", "measures.2.expires_on": "2029-02-13"},
    )  # fmt: skip
    assert court.running(serial) == {
        "PR-3": "2026-02-15T17:00:00+08:00"
    }  # it is carried out at once, not in five days
    form = {f"measures.{place}.expires_on": f"{2027 + place}-02-14" for place in range(3)}
    court.clock.move(days=1)
    court.take(serial, "carry_out", by="reviewer", carried_out_on="2026-02-14", respondent_told_on="", **form)
    assert court.running(serial)["PR-3L"] == "2026-03-16"
    assert "截止日为2026年3月16日" in court.papers(serial)["statement"]

    court.tick(days=32)
    assert court.read(serial).state == "LIFTING_DUE"
    assert "将依法解除" in court.notices(serial)[-1]
    court.take(serial, "register_proceedings", by="reviewer", brought_on="2026-03-10")
    assert court.read(serial).state == "CARRIED_OUT"


def test_an_action_brought_in_time_ends_the_thirty_days(court):
    serial = court.in_force("pre_action")
    court.take(serial, "register_proceedings", by="reviewer")
    assert "PR-3L" not in court.running(serial)
    court.tick(days=60)
    assert court.read(serial).state == "CARRIED_OUT"


def test_before_enforcement_five_days_run_from_when_performance_is_due(court):
    fields = {
        "judgment": "（2026）粤0199民初1号", "perform_by": "2026-12-01", "guarantee_type": "waived", "guarantee_amount": None,
        "guarantor": None, "waiver_ground": "before_enforcement",
    }  # fmt: skip
    serial = court.through(
        court.file("before_enforcement", **fields), "receive", "grant", "carry_out", by="reviewer"
    )
    assert court.running(serial)["PR-10"] == "2026-12-07"  # the sixth is a Sunday
    court.tick(days=20)
    assert court.read(serial).state == "LIFTING_DUE"


def test_urgent_requests_run_in_hours_and_security_starts_them_anew(court):
    serial = court.file(urgent=True)
    assert court.running(serial) == {"PR-2": "2026-11-25T11:00:00+08:00"}
    court.through(serial, "receive", "order_security")
    court.tick(hours=30)
    court.step(serial, "provide_security")
    assert court.running(serial) == {"PR-2": "2026-11-26T17:00:00+08:00"}
    court.take(serial, "partly_grant")
    assert court.running(serial) == {"PR-2": "2026-11-26T17:00:00+08:00"}
    court.take(serial, "carry_out")
    assert set(court.running(serial)) == {"PR-7", "PR-8"}


def test_security_not_provided_in_time_leads_to_refusal_and_nothing_else(court):
    serial = court.through(court.file(), "receive", "order_security")
    court.tick(days=9)
    assert court.read(serial).state == "RECEIVED"
    assert "未在期限内提供担保" in court.notices(serial)[-1]
    assert "应当裁定驳回" in court.against(serial, "grant")["ruling_number"]
    court.take(serial, "refuse")
    assert court.read(serial).state == "REFUSED"
    assert court.read(serial).fields.outcome == "refuse"
    assert "5日内申请复议一次" in court.notices(serial)[-1]


def test_what_is_returned_comes_back_under_its_number_and_the_time_begins_anew(court):
    serial = court.file()
    court.take(serial, "return")
    assert court.limits(serial) == [("PR-1", "met")]
    assert "退回：材料不全。请补充：补充担保书" in court.notices(serial)[-1]
    court.clock.move(days=3)
    again = court.body(stage="in_action")
    for name in ("kind", "case_number"):
        del again[name]
    outside.resubmit(court.house, court.ours.actor, court.ours.id, serial, again)
    assert court.read(serial).state == "SUBMITTED"
    assert court.running(serial) == {"PR-1": "2026-12-01"}


def test_what_was_preserved_expires_when_its_last_day_is_over(court):
    serial = court.in_force()
    court.tick(days=366)  # the deposit is over, the rest is not
    assert court.read(serial).state == "CARRIED_OUT"
    court.tick(days=2 * 365)
    assert court.read(serial).state == "CARRIED_OUT"  # the last day itself still counts
    court.tick(days=1)
    assert court.read(serial).state == "EXPIRED"
    assert "期限已届满" in court.notices(serial)[-1]


def test_renewal_is_reminded_of_to_the_applicant_before_its_last_day(court):
    serial = court.in_force()
    before = len(court.notices(serial))
    court.tick(days=328)
    (first,) = court.notices(serial)[before:]
    assert "“申请续行”至2027-11-16届满，剩30天" in first
    court.step(serial, "ask_renewal")
    court.tick(days=25)
    assert len(court.notices(serial)) == before + 2  # asked for: nobody is reminded any more


def test_a_request_declined_leaves_the_measures_as_they_are(court):
    serial = court.in_force()
    court.step(serial, "ask_lifting", lifting_urgent=True)
    assert court.running(serial)["PR-9U"] == "2026-11-25T11:00:00+08:00"
    court.take(serial, "decline")
    assert court.read(serial).state == "CARRIED_OUT"
    assert set(court.running(serial)) == {"PR-7"}
    assert "保全维持不变" in court.notices(serial)[-1]


def test_reconsideration_is_noted_with_its_ten_days_and_its_result(court):
    serial = court.in_force()
    assert court.against(serial, "note_reconsideration", served_on="2026-11-10")["asked_on"].startswith(
        "应自收到裁定书之日起五日内"
    )
    court.take(serial, "note_reconsideration", by="clerk")
    assert court.running(serial)["PR-6"] == "2026-12-03"
    court.take(serial, "reconsidered")
    assert ("PR-6", "met") in court.limits(serial)
    assert "裁定驳回复议申请" in court.notices(serial)[-1]
    assert court.read(serial).state == "CARRIED_OUT"
