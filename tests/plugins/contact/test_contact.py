"""联系法官: what is asked, who answers it and how, who is told, rounds, time limits, and handing over."""

from datetime import date, datetime

import pytest

from core.fields.problem import Reason, Refused
from core.records import DeadlineRow, History, Reminder
from core.work.alarms import remind_due
from core.work.courts import change_settings
from core.work.detail import read_detail
from core.work.outside import withdraw, write_message
from core.work.review import decide, open_review, save_review
from core.work.submit import submit
from core.work.times import last_day
from plugins.contact.fields import RESULTS
from tests.plugins.contact.asking import (
    ASKED,
    CASE,
    MEETING,
    WANTED,
    appoint_hearing,
    ask,
    fields,
    reply,
    told,
)
from tests.support.acting import body_of, file_one, page, read, rows
from tests.support.houses import OPERATOR, Fixture

OTHER_SIDE, AGENT = "19900000002", "19900000003"
LAWYER = {"role": "lawyer", "name": "丙某某", "phone": AGENT, "licence_no": "14499201011000001"}


def refusal(work, *args, **more) -> Refused:
    with pytest.raises(Refused) as refused:
        work(*args, **more)
    return refused.value


def wrong(work, *args, **more) -> list[tuple[str, str]]:
    return [(one.field, one.code) for one in refusal(work, *args, **more).problems]


def seen(court: Fixture, name: str, **asked: str) -> list[str]:
    return [row.serial_no for row in page(court, court.actor(name), "contact", **asked).rows]


def follow_up(court: Fixture, serial: str, text: str = "需要带原件吗？") -> None:
    write_message(court.house, court.outside, court.client, serial, text)


def hand_over(court: Fixture, serial: str, to: str = "judge2", who: str = "judge", reason: str = "由其主办"):
    form = {"colleague": [str(court.people[to])], "reason": [reason]}
    return decide(court.house, court.actor(who), "contact", serial, "hand_over", None, form=form)


# --- What is asked


def test_a_contact_becomes_the_judges_with_what_lists_show(court):
    serial = ask(court)
    (row,) = page(court, court.actor("judge"), "contact").rows
    assert (row.serial_no, row.state, row.case_number) == (serial, "SUBMITTED", CASE)
    assert serial.startswith("LX")
    assert {name: row.cells[name] for name in ("standing", "type", "wanted_at", "summary", "round", "result")} == {
        "standing": "原告", "type": "appointment", "wanted_at": datetime.fromisoformat(ASKED),
        "summary": "希望面谈证据交换的安排。", "round": 1, "result": None,
    }  # fmt: skip
    assert seen(court, "judge2") == []
    assert "已提交，将于2026-11-25前答复" in told(court, "19900000001")[0]


@pytest.mark.parametrize(
    ("given", "problems"),
    [
        ({"wanted": None}, [("fields.wanted", "too_few")]),
        ({"wanted": [WANTED[0] | {"starts_at": "2026-11-20T09:30:00+08:00"}]}, [("fields.wanted[0].starts_at", "past"), ("fields.wanted[0].ends_at", "wrong_end")]),
        ({"wanted": [WANTED[0] | {"ends_at": ASKED}]}, [("fields.wanted[0].ends_at", "wrong_end")]),
        ({"content": "问" * 501}, [("fields.content", "too_long")]),
        ({"phone": None}, [("fields.phone", "missing")]),
        ({"type": "visit"}, [("fields.type", "not_a_choice")]),
        ({"topic": None}, [("fields.topic", "missing")]),
        ({"wanted": WANTED * 6}, [("fields.wanted", "too_many")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(court, given, problems):
    base = {"type": "appointment", "topic": "schedule", "content": "面谈", "wanted": WANTED, "phone": "19900000001"} | given  # fmt: skip
    body = body_of(court, "contact", case_number=CASE)
    body["fields"] = base
    assert wrong(submit, court.house, court.outside, court.client, body) == problems


def test_a_message_or_a_call_needs_no_time_and_every_contact_needs_its_case(court):
    for number, kind in enumerate(("message", "callback")):
        assert fields(court, ask(court, number, type=kind, wanted=None)).wanted_at is None
    assert ("case_number", "missing") in wrong(
        file_one, court, "contact", 9, fields={"type": "message", "wanted": []}
    )


def test_it_is_found_by_what_it_says(court):
    meet, call = (
        ask(court, 1),
        ask(court, 2, type="callback", wanted=None, topic="progress", submitter=LAWYER),
    )
    reply(court, meet, "agree")
    for asked, found in [
        ({"type": "appointment"}, [meet]), ({"type": "callback"}, [call]), ({"topic": "progress"}, [call]),
        ({"wanted_at_from": "2026-11-24", "wanted_at_to": "2026-11-24"}, [meet]), ({"wanted_at_from": "2026-11-25"}, []),
        ({"meets_at_from": "2026-11-24"}, [meet]), ({"result": "agree"}, [meet]), ({"state": "待答复"}, [call]),
        ({"q": "丙某某"}, [call]), ({"case_number": CASE}, [call, meet]), ({"submitted_to": "2026-11-22"}, []),
    ]:  # fmt: skip
        assert sorted(seen(court, "judge", **asked)) == sorted(found), asked
    assert fields(court, call).standing == "原告代理人"


# --- Replies


def test_an_agreed_meeting_carries_its_time_and_place_and_both_sides_are_told(court):
    serial = ask(court)
    after = reply(court, serial, "agree", "请按时到院。")
    asked = after.fields
    assert (after.state, asked.result, asked.meets_at, asked.meets_minutes, asked.meets_place) == (
        "CLOSED", "agree", datetime.fromisoformat(ASKED), 30, "第三会见室",
    )  # fmt: skip
    assert "已答复：同意。会见：2026年11月24日09:30（第三会见室）" in told(court, "19900000001")[-1]
    for phone in (OTHER_SIDE, AGENT):
        (line,) = told(court, phone)
        assert "定于2026年11月24日09:30（第三会见室）会见，参与人：甲某某、judge" in line


def test_the_other_side_is_left_out_only_with_a_reason(court):
    serial = ask(court)
    assert wrong(reply, court, serial, "agree", tell_others="false") == [("not_told_reason", "missing")]
    reply(court, serial, "agree", tell_others="false", not_told_reason="涉及保全，事先告知将影响执行")
    assert told(court, OTHER_SIDE) == []
    assert [one.data["not_told_reason"] for one in rows(court, History, History.step == "agree")] == ["涉及保全，事先告知将影响执行"]  # fmt: skip


@pytest.mark.parametrize("result", ["decline", "phoned", "written"])
def test_other_results_need_only_their_text(court, result):
    serial = ask(court)
    after = reply(court, serial, result, "见答复。")
    assert (after.state, after.fields.result, after.fields.meets_at) == ("CLOSED", result, None)
    assert f"已答复：{RESULTS[result][0]}" in told(court, "19900000001")[-1]
    assert told(court, OTHER_SIDE) == []


@pytest.mark.parametrize("result", list(RESULTS))
def test_no_reply_goes_without_its_text(court, result):
    assert wrong(reply, court, ask(court), result, " ") == [("opinion", "missing")]


@pytest.mark.parametrize("missing", [name for name in MEETING if name != "tell_others"])
def test_a_meeting_needs_time_length_place_and_people(court, missing):
    serial = ask(court)
    for result in ("agree", "change"):
        assert wrong(reply, court, serial, result, **{missing: ""}) == [(missing, "missing")]


def test_nobody_is_met_in_the_past(court):
    serial = ask(court)
    assert wrong(reply, court, serial, "change", meeting_at="2026-11-23T09:00") == [("meeting_at", "past")]
    assert wrong(reply, court, serial, "change", meeting_at="9999-12-31T23:59") == [
        ("meeting_at", "out_of_range")
    ]
    assert read(court, serial).state == "SUBMITTED"


@pytest.mark.parametrize("kind", ["callback", "message"])
def test_who_asked_for_no_meeting_gets_none(court, kind):
    serial = ask(court, type=kind, wanted=None)
    choices = [one.code for one in open_review(court.house, court.actor("judge"), "contact", serial).choices]
    assert choices == ["decline", "phoned", "written"]
    gone = refusal(decide, court.house, court.actor("judge"), "contact", serial, "agree", None)
    assert (gone.reason, gone.code) == (Reason.CONFLICT, "not_offered")


def test_the_form_begins_with_the_first_wanted_time_and_the_courts_usual_place(court):
    serial = ask(court)
    begun = open_review(court.house, court.actor("judge"), "contact", serial).prefilled
    assert begun["agree"] == {
        "meeting_at": ASKED, "meeting_minutes": 30, "meeting_place": "诉讼服务中心法官会见室", "participants": "甲某某、judge",
        "tell_others": True,
    }  # fmt: skip
    assert "meeting_at" not in begun["change"]
    court.clock.move(days=2)
    assert "meeting_at" not in open_review(court.house, court.actor("judge"), "contact", serial).prefilled["agree"]  # fmt: skip


def test_what_stands_in_the_way_of_a_time_is_shown_and_forbids_nothing(court):
    reply(court, ask(court, 1), "agree")
    appoint_hearing(court, "2026-11-24T10:00:00+08:00")
    serial = ask(court, 2)
    hints = [line.zh for line in read_detail(court.house, court.actor("judge"), "contact", serial).hints]
    assert "民事诉讼法第47条" in hints[0]
    assert [line[:5] for line in hints[1:]] == ["与会见冲突", "与开庭冲突"]
    saved = save_review(
        court.house, court.actor("judge"), "contact", serial, decision="change", opinion="改约周六。", version=1,
        form={name: [value] for name, value in (MEETING | {"meeting_at": "2026-11-28T09:30"}).items()},
    )  # fmt: skip
    assert [line.zh for line in saved.advice] == ["2026-11-28不是工作日（星期六）。"]
    assert decide(court.house, court.actor("judge"), "contact", serial, "change", 1).state == "CLOSED"


def test_its_own_meeting_is_no_clash(court):
    serial = ask(court)
    reply(court, serial, "agree")
    follow_up(court, serial)
    hints = read_detail(court.house, court.actor("judge"), "contact", serial).hints
    assert not any("冲突" in line.zh for line in hints)


def test_who_is_not_in_the_case_is_pointed_out(court):
    stranger = {"role": "relative", "name": "丁某某", "phone": "19900000009"}
    serial = ask(court, submitter=stranger)
    hints = read_detail(court.house, court.actor("judge"), "contact", serial).hints
    assert any("先核实身份" in line.zh for line in hints)
    assert fields(court, serial).standing is None


# --- Who answers


@pytest.mark.parametrize("name", ["clerk", "assistant"])
def test_those_around_the_judge_draft_and_do_not_send(court, name):
    serial = ask(court)
    form = {key: [value] for key, value in MEETING.items()}
    save_review(court.house, court.actor(name), "contact", serial, decision="agree", opinion="拟同意。", form=form, version=1)  # fmt: skip
    with pytest.raises(Refused) as refused:
        decide(court.house, court.actor(name), "contact", serial, "agree", 1)
    assert refused.value.reason is Reason.FORBIDDEN
    assert read(court, serial).state == "SUBMITTED"


@pytest.mark.parametrize(
    ("name", "reason"),
    [("panel", Reason.FORBIDDEN), ("president", Reason.FORBIDDEN), ("supervisor", Reason.FORBIDDEN), ("judge2", Reason.FORBIDDEN), ("reviewer", Reason.NOT_FOUND), ("sysadmin", Reason.NOT_FOUND)],
)  # fmt: skip
def test_nobody_else_answers(court, name, reason):
    serial = ask(court)
    for decision in ("agree", "decline", "change", "phoned", "written"):
        assert refusal(decide, court.house, court.actor(name), "contact", serial, decision, 1).reason is reason  # fmt: skip


@pytest.mark.parametrize("state", ["CLOSED", "WITHDRAWN"])
def test_nothing_is_answered_or_handed_over_twice(court, state):
    serial = ask(court)
    if state == "CLOSED":
        reply(court, serial, "written")
    else:
        withdraw(court.house, court.outside, court.client, serial)
    for decision in (*RESULTS, "hand_over"):
        gone = refusal(decide, court.house, court.actor("judge"), "contact", serial, decision, None)
        assert gone.reason is Reason.CONFLICT
    assert read(court, serial).state == state


# --- Rounds


def test_a_question_after_the_answer_opens_another_round(court):
    serial = ask(court)
    reply(court, serial, "agree")
    follow_up(court, serial)
    again = read(court, serial)
    assert (again.state, again.fields.round, again.fields.result) == ("SUBMITTED", 2, "agree")
    assert again.fields.meets_at is not None  # what was agreed stands until it is declined
    hints = read_detail(court.house, court.actor("judge"), "contact", serial).hints
    assert any(line.zh == "追问：需要带原件吗？" for line in hints)
    after = reply(court, serial, "written", "请带原件。")
    assert (after.state, after.fields.round, after.fields.meets_at is not None) == ("CLOSED", 2, True)
    limits = [(one.rule, one.status) for one in rows(court, DeadlineRow)]
    assert limits == [("LX-1", "met"), ("LX-2", "met")]
    assert "追问已收到" in told(court, "19900000001")[2]


def test_a_message_before_the_answer_opens_no_round(court):
    serial = ask(court)
    follow_up(court, serial)
    assert (fields(court, serial).round, rows(court, History, History.step == "follow_up")) == (1, [])


@pytest.mark.parametrize(("tell", "lines"), [("true", 2), ("false", 0)])
def test_a_meeting_that_is_declined_later_is_called_off_to_those_who_knew_of_it(court, tell, lines):
    serial = ask(court)
    reply(court, serial, "agree", tell_others=tell, not_told_reason="涉及保全")
    follow_up(court, serial, "能否改期？")
    after = reply(court, serial, "decline", "原定会见取消。")
    assert after.fields.meets_at is None
    assert len(told(court, OTHER_SIDE)) == lines
    assert all("2026年11月24日09:30（第三会见室）" in line for line in told(court, OTHER_SIDE))
    follow_up(court, serial)
    reply(court, serial, "decline")
    assert len(told(court, OTHER_SIDE)) == lines  # it is called off once


def test_a_meeting_goes_with_the_request_that_is_withdrawn(court):
    serial = ask(court)
    reply(court, serial, "agree")
    assert refusal(withdraw, court.house, court.outside, court.client, serial).reason is Reason.CONFLICT
    follow_up(court, serial)
    after = withdraw(court.house, court.outside, court.client, serial)
    assert (after.state, after.fields.meets_at) == ("WITHDRAWN", None)
    assert "的会见取消" in told(court, OTHER_SIDE)[-1]


def test_withdrawing_what_was_never_agreed_tells_nobody_else(court):
    withdraw(court.house, court.outside, court.client, ask(court))
    assert told(court, OTHER_SIDE) == []
    assert "已按您的申请撤回" in told(court, "19900000001")[-1]


# --- Handing over


@pytest.mark.parametrize("who", ["judge", "supervisor"])
def test_a_colleague_takes_it_over_and_is_reminded(court, who):
    serial = ask(court)
    after = hand_over(court, serial, who=who)
    assert (after.state, after.handler) == ("SUBMITTED", court.people["judge2"])
    assert (seen(court, "judge"), seen(court, "judge2")) == ([], [serial])
    assert refusal(read_detail, court.house, court.actor("judge"), "contact", serial).reason is Reason.FORBIDDEN  # fmt: skip
    reminded = [one.person_id for one in rows(court, Reminder)]
    assert reminded == [court.people["judge"], court.people["judge2"]]
    assert "已转由judge2办理" in told(court, "19900000001")[-1]
    assert [(one.rule, one.status) for one in rows(court, DeadlineRow)] == [("LX-1", "running")]
    reply(court, serial, "phoned", who="judge2")


def test_it_is_handed_over_with_a_reason_to_another_judge(court):
    serial = ask(court)
    assert wrong(hand_over, court, serial, reason="") == [("reason", "missing")]
    assert wrong(hand_over, court, serial, to="judge") == [("colleague", "same")]
    for nobody in ("clerk", "other_judge"):
        assert wrong(hand_over, court, serial, to=nobody) == [("colleague", "unknown_colleague")]


@pytest.mark.parametrize("who", ["clerk", "assistant", "panel", "president", "judge2"])
def test_only_the_judge_and_the_supervisor_hand_over(court, who):
    assert refusal(hand_over, court, ask(court), who=who).reason is Reason.FORBIDDEN


# --- Time


@pytest.mark.parametrize(("days", "last"), [(None, date(2026, 11, 25)), (1, date(2026, 11, 24)), (5, date(2026, 11, 30))])  # fmt: skip
def test_a_reply_is_due_in_the_working_days_the_court_sets(court, days, last):
    if days is not None:
        change_settings(court.house, OPERATOR, "contact", {"reply_workdays": days})
    ask(court)
    (limit,) = rows(court, DeadlineRow)
    assert (limit.rule, last_day(limit.ends_at)) == ("LX-1", last)


def test_what_is_not_answered_reminds_the_judge_and_then_goes_to_the_supervisor(court):
    ask(court)
    reminders = lambda name: len(rows(court, Reminder, Reminder.person_id == court.people[name]))  # noqa: E731
    assert (reminders("judge"), reminders("supervisor")) == (1, 0)
    court.clock.move(days=1)
    remind_due(court.house)
    assert (reminders("judge"), reminders("supervisor")) == (2, 0)
    court.clock.move(days=2)
    remind_due(court.house)
    assert reminders("supervisor") == 1


def test_nearest_limits_come_first_in_the_list_of_what_is_to_be_answered(court):
    first = ask(court, 1)
    court.clock.move(days=1)
    second = ask(court, 2, wanted=None, type="message")
    assert seen(court, "judge", order="due") == [first, second]


def test_the_courts_standard_texts_are_at_hand(court):
    serial = ask(court)
    phrases = open_review(court.house, court.actor("judge"), "contact", serial).phrases
    assert "案件正在审理中，开庭时间以传票通知为准。" in phrases
    change_settings(court.house, OPERATOR, "contact", {"phrases": "甲句。\n\n 乙句。"})
    assert open_review(court.house, court.actor("judge"), "contact", serial).phrases == ("甲句。", "乙句。")
