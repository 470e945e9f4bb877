"""意见建议: who gets one, who may answer it, what the applicant learns, and what a judge never finds."""

from datetime import date

import pytest
from attrs import evolve

from core.fields.problem import Reason, Refused
from core.records import DeadlineRow, Delivery, History, Reminder
from core.roles import Role
from core.values import Actor
from core.web.app import web_application
from core.work.alarms import remind_due
from core.work.comment import send_comment
from core.work.courts import change_settings
from core.work.detail import read_detail
from core.work.outside import write_message
from core.work.people import set_roles
from core.work.review import decide, save_review
from core.work.switches import disable
from core.work.times import last_day
from plugins.suggestion import CATEGORIES, suggestion
from tests.support.acting import conclude, file_one, page, read, rows
from tests.support.houses import OPERATOR, OTHER, Fixture
from tests.web.further.asking import Browser

CASE = "（2026）粤0199民初1号"
SOMEBODY = {"role": "lawyer", "name": "辛某某", "phone": "19900000008", "licence_no": "14499201011000001"}


def file(court: Fixture, category: str = "progress", number: int = 1, *, case: bool = True, anonymous: bool = False) -> str:  # fmt: skip
    fields = {
        "category": category,
        "title": "排期建议",
        "content": "请提前告知开庭时间。",
        "anonymous": anonymous,
    }
    more = {"case_number": CASE} if case else {}
    return file_one(court, "suggestion", number, fields=fields, submitter=SOMEBODY, **more).serial_no


def seen(court: Fixture, name: str | Actor, /, **asked: str) -> list[str]:
    actor = court.actor(name) if isinstance(name, str) else name
    return [row.serial_no for row in page(court, actor, "suggestion", **asked).rows]


def may_open(court: Fixture, name: str, serial: str) -> Reason | None:
    try:
        read_detail(court.house, court.actor(name), "suggestion", serial)
    except Refused as refused:
        return refused.reason
    return None


# --- To whom it goes


@pytest.mark.parametrize("category", [one for one in CATEGORIES if one != "judge"])
def test_one_about_a_case_goes_to_its_judge_and_one_about_none_to_the_supervisor(court, category):
    in_case, general = file(court, category, 1), file(court, category, 2, case=False)
    assert (read(court, in_case).handler, read(court, in_case).hidden_from) == (court.people["judge"], None)
    assert (read(court, general).handler, read(court, general).hidden_from) == (None, None)
    assert seen(court, "judge") == [in_case]
    assert set(seen(court, "supervisor")) == {in_case, general}
    reminded = {(row.application_id, row.person_id) for row in rows(court, Reminder)}
    assert reminded == {
        (read(court, in_case).id, court.people["judge"]), (read(court, general).id, court.people["supervisor"]),
    }  # fmt: skip


def test_a_complaint_about_the_judge_goes_to_the_supervisor_and_the_judge_never_finds_it(court):
    complaint, other = file(court, "judge", 1), file(court, "progress", 2)
    assert (read(court, complaint).handler, read(court, complaint).hidden_from) == (
        None,
        court.people["judge"],
    )
    set_roles(court.house, OPERATOR, court.people["judge"], [Role.HANDLING_JUDGE, Role.SUPERVISOR])
    judge = evolve(court.actor("judge"), roles=frozenset({Role.HANDLING_JUDGE, Role.SUPERVISOR}))
    for asked in (
        {},
        {"q": "排期"},
        {"category": "judge"},
        {"q": complaint},
        {"order": "due"},
        {"state": "待处理"},
    ):
        assert complaint not in seen(court, judge, **asked), asked
        assert complaint in seen(court, "supervisor", **asked), asked
    assert seen(court, judge) == [other]
    assert [may_open(court, name, complaint) for name in ("judge", "clerk", "panel", "supervisor")] == [
        Reason.NOT_FOUND, Reason.NOT_FOUND, Reason.NOT_FOUND, None,
    ]  # fmt: skip
    browser = Browser(web_application(court.house)).log_in("judge")
    for address in (f"/cases/{CASE}", "/search?q=排期", "/", "/reminders/"):
        assert complaint not in browser.get(address).text
    assert browser.get(f"/m/suggestion/{complaint}").status == 404
    assert complaint.encode() not in browser.get("/m/suggestion/export.xlsx").body
    assert {row.person_id for row in rows(court, Reminder, Reminder.application_id == read(court, complaint).id)} == {
        court.people["supervisor"]
    }  # fmt: skip


def test_whoever_looks_into_a_complaint_about_a_judge_writes_for_the_office(court):
    """The parties are not told the name; another suggestion is answered by the judge, whose name they know."""
    for category, name, signed in (("judge", "supervisor", "本院监督部门"), ("progress", "judge", "judge")):
        serial = file(court, category, 1 if category == "judge" else 2)
        send_comment(court.house, court.actor(name), "suggestion", serial, "请补充说明。")
        write_message(court.house, court.outside, court.client, serial, "已补充。")
        said = read_detail(court.house, court.actor(name), "suggestion", serial).messages
        assert [one.author for one in said] == [signed, "辛某某"]


def test_a_complaint_about_a_judge_needs_its_case(court):
    with pytest.raises(Refused) as refused:
        file(court, "judge", case=False)
    assert [(one.field, one.code) for one in refused.value.problems] == [("fields.category", "needs_case")]


def test_another_court_sees_nothing_of_it(court):
    serial = file(court, case=False)
    assert may_open(court, "supervisor", serial) is None
    outsider = Actor(court=OTHER, person=court.people["other_judge"], roles=frozenset({Role.SUPERVISOR}))
    with pytest.raises(Refused) as refused:
        read_detail(court.house, outsider, "suggestion", serial)
    assert refused.value.reason is Reason.NOT_FOUND


# --- What is done with it


@pytest.mark.parametrize("name", ["judge", "supervisor"])
def test_it_is_answered_with_a_result_and_a_text_and_the_applicant_is_told(court, name):
    serial = file(court)
    after = conclude(
        court, name, "suggestion", serial, "reply", "感谢建议，今后提前三日通知。", result="adopted"
    )
    assert (after.state, after.reviewed_by, after.data) == (
        "CLOSED", court.people[name], {"result": "adopted"},
    )  # fmt: skip
    told = [row.payload["text"] for row in rows(court, Delivery)]
    assert "已答复：采纳" in told[-1]
    assert "辛某某" not in told[-1]


def test_what_is_passed_on_names_where(court):
    serial = file(court)
    with pytest.raises(Refused) as refused:
        conclude(court, "judge", "suggestion", serial, "reply", "已转交。", result="passed_on")
    assert [one.field for one in refused.value.problems] == ["passed_to"]
    after = conclude(court, "judge", "suggestion", serial, "reply", "已转交。", result="passed_on", passed_to="诉讼服务中心")  # fmt: skip
    assert after.data["passed_to"] == "诉讼服务中心"


@pytest.mark.parametrize(("decision", "form"), [("reply", {"result": "explained"}), ("not_accept", {"ground": "repeated"})])  # fmt: skip
def test_no_answer_goes_without_its_text(court, decision, form):
    with pytest.raises(Refused) as refused:
        conclude(court, "judge", "suggestion", file(court), decision, "", **form)
    assert [one.field for one in refused.value.problems] == ["opinion"]


def test_it_may_be_not_accepted_with_the_reasons(court):
    serial = file(court)
    after = conclude(court, "judge", "suggestion", serial, "not_accept", "该问题应在庭审中提出。", ground="in_proceedings")  # fmt: skip
    assert after.state == "NOT_ACCEPTED"
    assert [row.reason for row in rows(court, History, History.step == "not_accept")] == [
        "该问题应在庭审中提出。"
    ]


def test_a_colleague_takes_it_over(court):
    serial = file(court)
    form = {"colleague": [str(court.people["judge2"])], "note": ["由排期部门处理"]}
    decide(court.house, court.actor("judge"), "suggestion", serial, "hand_over", 1, form=form)
    assert (read(court, serial).handler, read(court, serial).state) == (court.people["judge2"], "SUBMITTED")
    assert seen(court, "judge2") == [serial]
    assert seen(court, "judge") == []
    assert may_open(court, "judge", serial) is Reason.FORBIDDEN


def test_a_complaint_is_never_handed_to_the_judge_it_is_about(court):
    serial = file(court, "judge")
    for name, fine in (("judge", False), ("judge2", True)):
        form = {"colleague": [str(court.people[name])]}
        try:
            decide(court.house, court.actor("supervisor"), "suggestion", serial, "hand_over", 1, form=form)
        except Refused:
            assert not fine
        else:
            assert fine
    assert read(court, serial).handler == court.people["judge2"]


@pytest.mark.parametrize("name", ["clerk", "panel", "president", "judge2", "assistant"])
def test_nobody_else_answers(court, name):
    serial = file(court)
    with pytest.raises(Refused) as refused:
        decide(court.house, court.actor(name), "suggestion", serial, "reply", 1)
    assert refused.value.reason is Reason.FORBIDDEN
    assert read(court, serial).state == "SUBMITTED"


def test_an_assistant_drafts_and_does_not_conclude(court):
    serial = file(court)
    save_review(
        court.house, court.actor("assistant"), "suggestion", serial, decision="reply", opinion="拟采纳。",
        form={"result": ["adopted"]}, version=1,
    )  # fmt: skip
    with pytest.raises(Refused):
        decide(court.house, court.actor("assistant"), "suggestion", serial, "reply", 1)


@pytest.mark.parametrize(("decision", "form"), [("reply", {"result": "adopted"}), ("not_accept", {"ground": "unclear"})])  # fmt: skip
def test_what_is_closed_stays_closed(court, decision, form):
    serial = file(court)
    conclude(court, "judge", "suggestion", serial, decision, "答复。", **form)
    for again in suggestion.decisions:
        with pytest.raises(Refused) as refused:
            decide(court.house, court.actor("judge"), "suggestion", serial, again.code, None, form={})
        assert refused.value.reason is Reason.CONFLICT


# --- Who filed it


def test_the_judge_learns_nowhere_who_filed_an_anonymous_one(court):
    serial = file(court, anonymous=True)
    for name in ("judge", "clerk"):
        browser = Browser(web_application(court.house)).log_in(name)
        for address in ("/m/suggestion/", f"/m/suggestion/{serial}", "/search?q=排期", f"/cases/{CASE}", "/"):
            shown = browser.get(address).text
            assert not any(word in shown for word in ("辛某某", "19900000008", "14499201011000001")), address
        assert seen(court, name, q="辛某某") == []
    assert (
        "辛某某"
        in Browser(web_application(court.house)).log_in("supervisor").get(f"/m/suggestion/{serial}").text
    )


# --- How long it may take


def test_limits_are_fifteen_days_for_docketing_and_the_courts_own_otherwise(court):
    file(court, "docketing", 1)
    file(court, "progress", 2)
    change_settings(court.house, OPERATOR, "suggestion", {"reply_workdays": 3})
    file(court, "progress", 3)
    found = [(row.rule, row.length, row.unit, last_day(row.ends_at)) for row in rows(court, DeadlineRow)]
    assert found == [
        ("S-1", 15, "days", date(2026, 12, 8)), ("S-2", 10, "workdays", date(2026, 12, 7)), ("S-2", 3, "workdays", date(2026, 11, 26)),
    ]  # fmt: skip
    assert {row.basis for row in rows(court, DeadlineRow)} == {"登记立案规定第13条", "本院设定"}


def test_an_answer_meets_the_limit_and_what_is_overdue_goes_to_the_supervisor(court):
    answered, late = file(court, number=1), file(court, number=2)
    conclude(court, "judge", "suggestion", answered, "reply", "已改进。", result="partly")
    assert {row.status for row in rows(court, DeadlineRow, DeadlineRow.application_id == read(court, answered).id)} == {"met"}  # fmt: skip
    court.clock.move(days=20)
    remind_due(court.house)
    told = rows(court, Reminder, Reminder.person_id == court.people["supervisor"])
    assert [row.application_id for row in told] == [read(court, late).id]


# --- How it is found


def test_it_is_found_by_court_category_state_and_time(court):
    first = file(court, "progress", 1)
    court.clock.move(days=2)
    second = file(court, "counter", 2)
    assert set(seen(court, "judge", court="虚构市第一")) == {first, second}
    assert seen(court, "judge", court="第二") == []
    assert seen(court, "judge", category="counter") == [second]
    assert seen(court, "judge", submitted_from="2026-11-25") == [second]
    assert seen(court, "judge", submitted_to="2026-11-24") == [first]
    conclude(court, "judge", "suggestion", first, "reply", "好的。", result="adopted")
    assert seen(court, "judge", state="已答复") == [first]
    (row,) = page(court, court.actor("judge"), "suggestion", state="已答复").rows
    assert row.cells == {
        "court": "广东省虚构市第一人民法院", "category": "progress", "title": "排期建议", "result": "adopted", "answered_on": date(2026, 11, 25),
    }  # fmt: skip
    assert (seen(court, "judge", result="adopted"), seen(court, "judge", result="partly")) == ([first], [])
    assert (row.more["reviewer"], row.case_number) == ("judge", CASE)


def test_both_languages_say_everything(court):
    serial = file(court, "judge")
    browser = Browser(web_application(court.house)).log_in("supervisor")
    shown = browser.get(f"/m/suggestion/{serial}").text
    assert all(word in shown for word in ("意见建议", "投诉承办法官", "对承办人匿名", "转办", "排期建议"))
    shown = browser.english().get(f"/m/suggestion/{serial}").text
    assert all(word in shown for word in ("Suggestions", "Complaint about the judge", "Anonymous to the handler", "Hand over"))  # fmt: skip


def test_switched_off_it_is_gone(court):
    serial = file(court)
    disable(court.house, OPERATOR, "suggestion")
    assert may_open(court, "judge", serial) is Reason.NOT_FOUND
    assert Browser(web_application(court.house)).log_in("judge").get("/m/suggestion/").status == 404
    with pytest.raises(Refused):
        file(court, number=9)
