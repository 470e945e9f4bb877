"""An order from its application to its receipt: papers, number, days, notices, the page that strangers see."""

from datetime import date

import pypdfium2
import pytest

from core.api.applications import get_application as show
from core.api.call import Call
from core.fields.problem import Reason, Refused
from core.records import ApplicationFile, DeadlineRow, Delivery, History, Reminder
from core.work.alarms import remind_due
from core.work.clients import client_of
from core.work.clock import clock_due
from core.work.courts import change_settings
from core.work.detail import read_detail
from core.work.grants import change_permission
from core.work.outside import resubmit, take_applicant_step
from core.work.paper_files import DOCX, PDF, open_paper
from core.work.paper_preview import preview_papers
from core.work.review import open_review
from core.work.times import last_day
from core.work.verify import verify
from tests.plugins.investigation.desk import (
    CASE,
    FIELDS,
    ORDER,
    SUBMITTER,
    act,
    apply_for,
    chain,
    hand_in,
    ordered,
    papers,
)
from tests.support.acting import body_of, read, rows
from tests.support.houses import COURT, OPERATOR, Fixture
from tests.support.papers import docx_text, joined, pdf_text

NUMBER = "（2026）粤0199调令1号"


def told(court: Fixture) -> list[str]:
    return [row.payload["text"] for row in rows(court, Delivery)]


def limits(court: Fixture, serial: str) -> dict[str, tuple[date, str]]:
    key = read(court, serial).id
    return {row.rule: (last_day(row.ends_at), row.status) for row in rows(court, DeadlineRow, DeadlineRow.application_id == key)}  # fmt: skip


def written(court: Fixture, serial: str, code: str) -> list[str]:
    """Return a paper's text as PDF and as DOCX."""
    files = [open_paper(court.house, court.actor("judge"), "investigation", serial, papers(court, serial)[code].id, form) for form in (PDF, DOCX)]  # fmt: skip
    pdf, docx = (court.house.blobs.path(file.sha256).read_bytes() for file in files)
    return [joined(pdf_text(pdf)), joined(docx_text(docx))]


# --- From application to order


def test_an_application_goes_to_the_judge_of_the_case_who_has_five_days(court):
    serial = apply_for(court)
    kept = read(court, serial)
    assert (kept.handler, kept.applicant, serial[:2]) == (court.people["judge"], "丙某某", "DC")
    assert limits(court, serial) == {"DC-1": (date(2026, 11, 30), "running")}  # the fifth day is a Saturday
    assert "将于2026-11-30前决定" in told(court)[-1]
    change_settings(court.house, OPERATOR, "investigation", {"decision_days": 3})
    assert limits(court, apply_for(court, 2))["DC-1"][0] == date(2026, 11, 26)


def test_an_order_has_a_number_its_days_and_its_bearers(court):
    serial = ordered(court)
    kept = read(court, serial)
    assert (kept.state, kept.fields.order_number, kept.fields.valid_until) == (
        "ISSUED",
        NUMBER,
        date(2026, 12, 8),
    )
    assert (kept.fields.return_by, kept.fields.receipt_state) == (date(2026, 12, 14), "awaited")
    assert limits(court, serial) == {
        "DC-1": (date(2026, 11, 30), "met"),
        "DC-2": (date(2026, 12, 8), "running"),
    }
    assert told(court)[-1] == f"【广东省虚构市第一人民法院】丙某某：{NUMBER}调查令已签发，有效期至2026-12-08，请登录下载并持令调查；期满前后按令载期限缴回证据和回执。咨询12368。"  # fmt: skip
    assert papers(court, ordered(court, 2))["order"].number == NUMBER.replace("1号", "2号")


def test_the_paper_is_order_stub_and_receipt_and_says_all_that_makes_it_accepted(court):
    serial = ordered(court)
    code = papers(court, serial)["order"].verification
    for text in written(court, serial, "order"):
        assert text.count(NUMBER) >= 4  # order, stub, receipt twice
        for words in (
            "示例银行虚构支行：", f"案号{CASE}", "丙某某14499201011000001示例律师事务所", "账户交易明细电子数据尾号0000，截至2026年10月",
            "有效期：2026年11月23日至2026年12月8日", "不适用于收集证人证言", "第一百一十七条", "期满后5日内（至2026年12月14日）", f"核验码{code}",
            "承办人：judge", "电话：020-00000199", "律师调查令（存根）", "律师调查令回执", "未提供的原因", "二〇二六年十一月二十三日",
        ):  # fmt: skip
            assert joined(words) in text, words
        assert "不得复制" not in text
    paper = open_paper(
        court.house, court.actor("judge"), "investigation", serial, papers(court, serial)["order"].id, PDF
    )
    with pypdfium2.PdfDocument(court.house.blobs.path(paper.sha256)) as book:
        heads = [joined(page.get_textpage().get_text_range())[:40] for page in book]
    assert [head.split("（2026）")[0] for head in heads] == [
        f"广东省虚构市第一人民法院{name}" for name in ("律师调查令", "律师调查令（存根）", "律师调查令回执")
    ]


def test_an_order_may_forbid_copying(court):
    serial = ordered(court, copying_limited="true")
    assert all("仅限查阅、摘录，不得复制" in text and "与原件核对无异" not in text for text in written(court, serial, "order"))  # fmt: skip


def test_the_order_is_shown_before_it_is_issued_and_no_number_is_spent(court):
    serial = apply_for(court)
    act(court, "judge", serial, "receive")
    form = {name: [value] for name, value in ORDER.items()}
    shown = preview_papers(court.house, court.actor("judge"), "investigation", serial, "issue", opinion="同意。", form=form)  # fmt: skip
    assert set(shown) == {"order"}
    assert (read(court, serial).state, papers(court, serial)) == ("RECEIVED", {})
    act(court, "judge", serial, "issue")
    assert read(court, serial).fields.order_number == NUMBER


def test_the_form_begins_with_what_was_asked_for_within_what_the_court_gives(court):
    def begun(serial: str, name: str, decision: str) -> dict[str, object]:
        return dict(open_review(court.house, court.actor(name), "investigation", serial).prefilled[decision])

    change_settings(court.house, OPERATOR, "investigation", {"default_days": 20})
    wished, silent = apply_for(court, 1, fields={"validity_days": 10}), apply_for(court, 2)
    for serial in (wished, silent):
        act(court, "judge", serial, "receive")
    first = begun(wished, "judge", "issue")
    assert (first["validity_days"], first["lawyers"][0]["name"], first["evidence_items"][0]["name"]) == (10, "丙某某", "账户交易明细")  # fmt: skip
    assert begun(silent, "judge", "issue")["validity_days"] == 20
    change_settings(court.house, OPERATOR, "investigation", {"longest_days": 7})
    assert begun(wished, "judge", "issue")["validity_days"] == 7


def test_the_division_head_approves_what_the_judge_proposed_and_may_change_it(court):
    chain(court, "division_head")
    serial = apply_for(court)
    act(court, "judge", serial, "receive")
    before = len(told(court))
    act(court, "judge", serial, "propose")
    kept = read(court, serial)
    assert (kept.state, kept.fields.valid_until, papers(court, serial), len(told(court))) == ("AWAITING_APPROVAL", None, {}, before)  # fmt: skip
    assert shown_outside(court, serial) == ("已接收", "receive", "")
    assert reminded(court)[-1] == ("president", f"调查令 {serial}（丙某某）：已接收，待庭长批准，请处理。")
    act(court, "president", serial, "send_back", sent_back_reason="范围过宽")
    assert shown_outside(court, serial) == ("已接收", "receive", "")
    assert (read(court, serial).state, len(told(court))) == ("RECEIVED", before)
    assert [row.data["sent_back_reason"] for row in rows(court, History, History.step == "send_back")] == [
        "范围过宽"
    ]
    assert reminded(court)[-1] == ("judge", f"调查令 {serial}（丙某某）：已接收，待签发，请处理。")
    review = open_review(court.house, court.actor("judge"), "investigation", serial)
    assert review.prefilled["propose"]["evidence_items"][0]["scope"] == "尾号0000，截至2026年10月", (
        "as proposed before"
    )
    act(court, "judge", serial, "propose", **{"evidence_items.0.scope": "仅2026年9月"})
    with pytest.raises(Refused) as refused:
        open_review(court.house, court.actor("judge"), "investigation", serial)
    assert refused.value.reason is Reason.FORBIDDEN
    review = open_review(court.house, court.actor("president"), "investigation", serial)
    assert (review.may_decide, [one.code for one in review.choices]) == (True, ["approve", "send_back"])
    assert review.prefilled["approve"]["evidence_items"][0]["scope"] == "仅2026年9月"
    court.clock.move(days=1)
    act(court, "president", serial, "approve", validity_days="10")
    kept = read(court, serial)
    assert (kept.fields.order_number, kept.fields.valid_until) == (NUMBER, date(2026, 12, 4))
    assert limits(court, serial)["DC-2"] == (date(2026, 12, 4), "running")
    assert "承办人：judge" in written(court, serial, "order")[0]
    assert "签发人president" in written(court, serial, "order")[0]


def test_what_waits_for_approval_when_the_court_changes_its_chain_is_still_decided(court):
    chain(court, "division_head")
    first, second = apply_for(court, 1), apply_for(court, 2)
    for serial in (first, second):
        act(court, "judge", serial, "receive")
        act(court, "judge", serial, "propose")
    chain(court, "judge")
    assert act(court, "president", first, "approve").state == "ISSUED"
    assert act(court, "president", second, "send_back").state == "RECEIVED"
    with pytest.raises(Refused):
        act(court, "judge", second, "propose")
    assert act(court, "judge", second, "issue").fields.order_number == NUMBER.replace("1号", "2号")


def test_a_court_has_others_approve_and_those_are_reminded_and_no_longer_the_division_head(court):
    chain(court, "division_head")
    change_permission(court.house, OPERATOR, "investigation.approve", ["SUPERVISOR"])
    serial = apply_for(court)
    act(court, "judge", serial, "receive")
    act(court, "judge", serial, "propose")
    assert reminded(court)[-1][0] == "supervisor"
    with pytest.raises(Refused) as refused:
        act(court, "president", serial, "approve")
    assert refused.value.reason is Reason.FORBIDDEN
    assert act(court, "supervisor", serial, "approve").state == "ISSUED"


def reminded(court: Fixture) -> list[tuple[str, str]]:
    names = {key: name for name, key in court.people.items()}
    return [(names[row.person_id], row.text_zh) for row in rows(court, Reminder)]


def shown_outside(court: Fixture, serial: str) -> tuple[str, str, str]:
    """Return what the lawyer's side reads: the state, the last decision, its opinion."""
    client = client_of(court.house, court.token)
    assert client is not None
    body = show(Call(court.house, client, court.outside, COURT, {"serial_no": serial}, {})).body
    return body["state"]["label_zh"], body["decision"]["code"], body["decision"]["opinion"]


def test_longer_than_the_court_gives_is_refused_with_the_sentence(court):
    serial = apply_for(court)
    act(court, "judge", serial, "receive")
    with pytest.raises(Refused) as refused:
        act(court, "judge", serial, "issue", validity_days="31")
    (found,) = refused.value.problems
    assert (found.field, found.message.zh) == ("validity_days", "本院调查令的有效期最长30日，请改短。")
    assert read(court, serial).state == "RECEIVED"


def test_a_returned_application_is_corrected_and_the_time_begins_anew(court):
    serial = apply_for(court)
    act(court, "judge", serial, "return")
    assert "理由：材料不全" in told(court)[-1]
    court.clock.move(days=2)
    body = body_of(
        court, "investigation", "again", submitter=SUBMITTER, fields=FIELDS | {"respondent": "示例银行总行"}
    )
    del body["kind"]
    resubmit(court.house, court.outside, court.client, serial, body)
    kept = read(court, serial)
    assert (kept.state, kept.revision, kept.fields.respondent) == ("SUBMITTED", 2, "示例银行总行")
    assert limits(court, serial)["DC-1"] == (date(2026, 11, 30), "running")


def test_a_refusal_goes_out_with_its_notice(court):
    serial = apply_for(court)
    act(court, "judge", serial, "receive")
    act(court, "judge", serial, "refuse", reasons="irrelevant")
    assert "不予签发，理由：与待证事实无关联" in told(court)[-1]
    for text in written(court, serial, "refusal"):
        for words in (
            "不予签发调查令告知书",
            "丙某某律师：",
            "1.账户交易明细（尾号0000）",
            "与待证事实无关联。意见",
            "第九十五条",
        ):
            assert joined(words) in text, words


def test_the_court_puts_the_adduction_period_right_on_receiving(court):
    late = apply_for(court, fields={"adduction_ends_on": "2026-11-20"})
    assert read(court, late).fields.timing == "late"
    assert any(
        "举证期限已经届满" in line.zh
        for line in read_detail(court.house, court.actor("judge"), "investigation", late).hints
    )
    act(court, "judge", late, "receive", adduction_ends_on="2026-12-01")
    assert read(court, late).fields.timing == "in_time"


def test_an_application_after_the_adduction_period_may_still_be_received(court):
    late = apply_for(court, fields={"adduction_ends_on": "2026-11-20"})
    act(court, "judge", late, "receive")
    assert (read(court, late).state, read(court, late).fields.timing) == ("RECEIVED", "late")


# --- What becomes of an order


def test_the_lawyer_is_reminded_three_days_before_it_expires(court):
    serial = ordered(court)
    court.clock.move(days=11, hours=22)  # 5 December is a Saturday: told on Friday at nine already
    remind_due(court.house)
    assert [text for text in told(court) if "调查令有效期" in text and "2026-12-08" in text]
    assert rows(
        court,
        Reminder,
        Reminder.person_id == court.people["judge"],
        Reminder.text_zh.contains("调查令有效期"),
    )
    assert serial in told(court)[-1]


def test_an_order_holds_to_the_end_of_its_last_day_and_no_holiday_moves_it(court):
    serial = ordered(court, validity_days="13")  # to 6 December, a Sunday
    court.clock.now = court.clock.now.replace(month=12, day=6, hour=15, minute=59)
    clock_due(court.house)
    assert read(court, serial).state == "ISSUED"
    court.clock.move(minutes=1)
    clock_due(court.house)
    assert read(court, serial).state == "EXPIRED"
    assert limits(court, serial)["DC-3"] == (date(2026, 12, 11), "running")
    assert "已于2026-12-06到期失效，请于2026-12-11前缴回" in told(court)[-1]
    assert read(court, serial).fields.receipt_state == "awaited"


def test_the_receipt_comes_with_the_evidence_and_closes_the_matter(court):
    serial = ordered(court)
    court.clock.move(days=3)
    kept = hand_in(court, serial)
    assert (kept.state, kept.fields.receipt_state, kept.fields.returned_on) == ("EXECUTED", "returned", date(2026, 11, 26))  # fmt: skip
    assert (
        kept.data["pages"],
        {row.category for row in rows(court, ApplicationFile)} >= {"receipt", "evidence"},
    ) == (12, True)
    assert f"{NUMBER}调查令的回执已收到" in told(court)[-1]
    assert limits(court, serial)["DC-2"][1] == "met"


@pytest.mark.parametrize(("days", "state"), [(16, "returned"), (22, "returned_late")])
def test_a_receipt_after_expiry_is_taken_and_one_that_is_late_is_marked(court, days, state):
    serial = ordered(court)
    court.clock.move(days=days)
    clock_due(court.house)
    late = read(court, serial)
    assert (late.state, late.fields.receipt_state) == (
        "EXPIRED",
        "overdue" if state == "returned_late" else "awaited",
    )
    if state == "returned_late":
        assert "回执逾期未缴回" in told(court)[-1]
    kept = hand_in(court, serial, "return_unfulfilled")
    assert (kept.state, kept.fields.receipt_state) == ("NOT_OBTAINED", state)


@pytest.mark.parametrize(("code", "changes", "files", "wrong"), [
    ("return_evidence", {"outcome": "partly"}, (), ["fields.shortfall"]),
    ("return_evidence", {"outcome": "refused"}, (), ["fields.outcome"]),
    ("return_evidence", {"pages": 0}, (), ["fields.pages"]),
    ("return_evidence", {}, ("receipt",), ["attachments"]),
    ("return_evidence", {"presented_on": "2026-11-22"}, (), ["fields.presented_on"]),
    ("return_evidence", {"presented_on": "2026-11-27"}, (), ["fields.presented_on"]),
    ("return_unfulfilled", {"explanation": None}, (), ["fields.explanation"]),
    ("return_unfulfilled", {"presented_on": None}, (), ["fields.presented_on"]),
])  # fmt: skip
def test_a_receipt_that_cannot_be_right_is_refused(court, code, changes, files, wrong):
    serial = ordered(court)
    court.clock.move(days=3)
    with pytest.raises(Refused) as refused:
        hand_in(court, serial, code, *files, **changes)
    assert [one.field for one in refused.value.problems] == wrong
    assert read(court, serial).state == "ISSUED"


def test_an_order_that_was_never_presented_needs_no_day(court):
    serial = ordered(court)
    assert hand_in(court, serial, "return_unfulfilled", outcome="not_presented", presented_on=None).state == "NOT_OBTAINED"  # fmt: skip


def test_a_presentation_after_expiry_is_no_use_of_the_order(court):
    serial = ordered(court)
    court.clock.move(days=18)
    clock_due(court.house)
    with pytest.raises(Refused) as refused:
        hand_in(court, serial, presented_on="2026-12-09")
    assert "2026-11-23至2026-12-08" in refused.value.problems[0].message.zh


def test_nobody_else_returns_a_receipt(court):
    serial = ordered(court)
    with pytest.raises(Refused) as refused:
        take_applicant_step(court.house, court.outside, court.client + 1, serial, "return_unfulfilled", {"fields": {}})  # fmt: skip
    assert refused.value.reason is Reason.NOT_FOUND


def test_a_stranger_verifies_an_order_until_it_expires_or_is_revoked(court):
    first, second = ordered(court, 1), ordered(court, 2)
    codes = [papers(court, serial)["order"].verification for serial in (first, second)]
    found = verify(court.house, codes[0])
    assert (found.number, found.standing, found.until, found.telephone) == (NUMBER, "valid", date(2026, 12, 8), "020-00000199")  # fmt: skip
    act(court, "judge", first, "revoke", revocation_ground="agency_ended")
    assert "已撤销（代理关系终止），请立即停止使用" in told(court)[-1]
    assert (verify(court.house, codes[0]).standing, read(court, first).fields.receipt_state) == (
        "revoked",
        None,
    )
    assert verify(court.house, codes[1]).standing == "valid"
    court.clock.move(days=16)
    assert verify(court.house, codes[1]).standing == "expired"
    assert limits(court, first)["DC-2"][1] == "met"
