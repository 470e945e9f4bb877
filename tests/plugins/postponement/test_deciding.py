"""Deciding a postponement: what is granted and what stands against it, what moves, who is told, how it ends otherwise."""

from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa

from core.fields.problem import Reason, Refused
from core.gate import Hooks
from core.module import Decision
from core.records import ApplicationRow, Audit, CaseRow, DeadlineRow, Delivery, History, Reminder
from core.roles import Role
from core.values import Receipt
from core.work.alarms import remind_due
from core.work.clients import add_client, client_of
from core.work.outside import disclosed, withdraw
from core.work.review import decide, open_review, save_review
from core.work.times import last_day
from plugins.postponement import postponement
from tests.plugins.postponement.asking import (
    FIELDS,
    FIRST,
    PRESIDENT,
    SECOND,
    THIRD,
    approve,
    ask,
    deliver,
    direct,
    hearings,
    told,
)
from tests.support.acting import SUBMITTER, conclude, file_one, page, read, rows
from tests.support.brought import NUMBER, bring, case, hearing
from tests.support.houses import COURT, Fixture

EVERYBODY = ["丙某某", "甲某某", "示例贸易有限公司"]


def against(court: Fixture, serial: str, at: str | None = SECOND, **form: str) -> dict[str, str]:
    """Return what stands against granting it, by field, and that nothing moved."""
    state = read(court, serial).state
    with pytest.raises(Refused) as caught:
        approve(court, serial, at, **form)
    assert read(court, serial).state == state
    return {one.field: one.code for one in caught.value.problems}


def again(court: Fixture, number: int, at: str, **form: str) -> str:
    """Ask for another postponement of the hearing at ``at`` and have it granted."""
    serial = ask(court, number, hearing_at=f"{at}:00+08:00")
    approve(court, serial, **form)
    deliver(court)
    return serial


# --- Granted


def test_granting_moves_the_hearing_and_tells_everybody(court):
    serial = ask(court)
    approve(court, serial, new_courtroom="第二法庭")
    assert read(court, serial).state == "RESCHEDULING"
    assert hearings(court) == [
        ("12-10 09:00", "第一法庭", "scheduled")
    ]  # only the trial system's receipt moves it
    assert told(court, "延期至") == []
    deliver(court)
    application = read(court, serial)
    assert application.state == "RESCHEDULED"
    assert hearings(court) == [("12-10 09:00", "第一法庭", "moved"), ("12-24 09:30", "第二法庭", "scheduled")]
    assert application.fields.new_hearing_at == datetime.fromisoformat(f"{SECOND}:00+08:00")
    assert told(court, "延期至2026年12月24日09:30（第二法庭）（事由：律师开庭冲突）") == EVERYBODY
    steps = [(one.step, one.from_state, one.to_state, one.actor) for one in rows(court, History)]
    assert steps == [
        ("submit", None, "SUBMITTED", "outside"), ("approve", "SUBMITTED", "RESCHEDULING", "judge"),
        ("rescheduled", "RESCHEDULING", "RESCHEDULED", "审判系统"),
    ]  # fmt: skip
    assert {"postponement.approve", "postponement.rescheduled", "hearing.move"} <= {one.action for one in rows(court, Audit)}  # fmt: skip
    assert {one.status for one in rows(court, DeadlineRow)} == {"met"}
    assert "docketed_on" not in application.data  # the case was docketed long ago


def test_the_trial_system_is_told_which_hearing_goes_where(court):
    serial = ask(court)
    approve(court, serial)
    (order,) = rows(court, Delivery, Delivery.hook == "trial_system")
    assert (order.payload["name"], order.key) == ("reschedule", f"{serial}-r1-reschedule")
    assert order.payload["payload"] == {
        "case_number": NUMBER, "hearing_at": "2026-12-10T01:00:00+00:00", "courtroom": "第一法庭",
        "new_hearing_at": "2026-12-24T09:30:00+08:00", "new_courtroom": "第一法庭",
    }  # fmt: skip


def test_the_new_time_is_a_column_and_a_condition(court):
    serial = ask(court)
    approve(court, serial)
    deliver(court)
    judge = court.actor("judge")
    assert [one.serial_no for one in page(court, judge, "postponement", new_hearing_at_from="2026-12-24", state="审查通过").rows] == [serial]  # fmt: skip
    assert page(court, judge, "postponement", new_hearing_at_from="2026-12-25").rows == ()


def test_without_a_date_the_hearing_is_cancelled_and_the_date_follows(court):
    serial = ask(court)
    approve(court, serial, None)
    deliver(court)
    assert read(court, serial).state == "APPROVED"
    assert hearings(court) == [("12-10 09:00", "第一法庭", "cancelled")]
    assert told(court, "新的时间另行通知") == EVERYBODY
    (limit,) = rows(court, DeadlineRow, DeadlineRow.rule == "P-4")
    assert (limit.status, last_day(limit.ends_at).isoformat()) == ("running", "2027-01-10")
    direct(court, serial, "set_date", "clerk", new_hearing_at=SECOND)
    deliver(court)
    assert read(court, serial).state == "RESCHEDULED"
    assert hearings(court) == [("12-10 09:00", "第一法庭", "moved"), ("12-24 09:30", "第一法庭", "scheduled")]
    assert told(court, "延期至2026年12月24日") == EVERYBODY
    assert {one.status for one in rows(court, DeadlineRow)} == {"met"}


def test_force_majeure_needs_the_presidents_approval_on_record(court):
    serial = ask(court, ground="force_majeure")
    assert against(court, serial, article="149_4") == dict.fromkeys(PRESIDENT, "missing")
    assert against(court, serial, article="149_4", **PRESIDENT | {"president_on": "2026-11-24"}) == {"president_on": "in_future"}  # fmt: skip
    approve(court, serial, article="149_4", **PRESIDENT)
    deliver(court)
    data = read(court, serial).data
    assert {name: data[name] for name in PRESIDENT} == PRESIDENT


def test_item_four_is_for_force_majeure_only(court):
    assert against(court, ask(court, ground="recusal"), article="149_4", **PRESIDENT) == {"article": "not_force_majeure"}  # fmt: skip


@pytest.mark.parametrize(
    ("at", "form", "wrong"),
    [
        ("2026-11-23T10:00", {}, {"new_hearing_at": "past"}),
        (FIRST, {}, {"new_hearing_at": "same"}),
        (SECOND, {"deducted": "true"}, {"deducted_days": "missing"}),
        (SECOND, {"deducted": "true", "deducted_days": "15"}, {"deducted_days": "too_many"}),
        (SECOND, {"deducted": ""}, {"deducted": "missing"}),
        (SECOND, {"article": ""}, {"article": "missing"}),
        ("", {}, {"new_hearing_at": "missing"}),
        (None, {"article": "149_3", "deducted": "true", "deducted_days": "32"}, {"deducted_days": "too_many"}),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_refused_by_name(court, at, form, wrong):
    assert against(court, ask(court, ground="new_evidence"), at, **form) == wrong


def test_days_within_the_postponement_may_be_left_out_of_the_time_for_trial(court):
    serial = ask(court, ground="new_evidence")
    approve(court, serial, article="149_3", deducted="true", deducted_days="14")
    assert read(court, serial).data["deducted_days"] == 14


# --- How often


@pytest.mark.parametrize(("procedure", "times"), [("ordinary", 2), ("summary", 1), ("small_claims", 1)])
def test_a_case_is_postponed_so_often_and_no_more(court, procedure, times):
    bring(court, case(procedure=procedure))
    at = [FIRST, SECOND, THIRD, "2027-01-21T09:00"]
    for number in range(times):
        serial = ask(court, number, hearing_at=f"{at[number]}:00+08:00")
        assert read(court, serial).fields.granted == number
        approve(court, serial, at[number + 1])
        deliver(court)
    last = ask(court, times, hearing_at=f"{at[times]}:00+08:00")
    with pytest.raises(Refused) as caught:
        approve(court, last, at[times + 1])
    (problem,) = caught.value.problems
    assert problem.code == "too_often"
    assert f"已延期{times}次" in problem.message.zh
    assert "延期开庭规定第3条" in problem.message.zh
    review = open_review(court.house, court.actor("judge"), "postponement", last)
    assert any("不能再准许" in line.zh for line in review.hints)
    conclude(court, "judge", "postponement", last, "reject")
    assert read(court, last).state == "REJECTED"


def test_what_was_refused_or_withdrawn_does_not_count(court):
    bring(court, case(procedure="summary"))
    conclude(court, "judge", "postponement", ask(court, 1), "reject")
    withdraw(court.house, court.outside, court.client, ask(court, 2))
    third = ask(court, 3)
    approve(court, third)
    assert read(court, third).state == "RESCHEDULING"


# --- Clashes


def crowd(court: Fixture, at: str = SECOND, room: str = "第三法庭", judge: str = "judge") -> str:
    number = "（2026）粤0199民初9号"
    bring(court, case(number, handler=judge, hearings=[hearing(at, room, judge=judge)]))
    return number


@pytest.mark.parametrize(
    ("room", "judge", "words"),
    [("第三法庭", "judge", "judge法官在12月24日09:30"), ("第一法庭", "judge2", "第一法庭在12月24日"), ("第一法庭", "judge", "judge法官、第一法庭在")],
)  # fmt: skip
def test_a_clash_is_shown_and_refused_unless_it_is_known_with_a_reason(court, room, judge, words):
    other = crowd(court, room=room, judge=judge)
    serial = ask(court)
    with pytest.raises(Refused) as caught:
        approve(court, serial)
    (problem,) = caught.value.problems
    assert (problem.field, problem.code) == ("new_hearing_at", "clash")
    assert words in problem.message.zh
    assert other in problem.message.zh
    assert other in problem.message.en
    approve(court, serial, clash_reason="他案当日撤诉")
    assert read(court, serial).data["clash_reason"] == "他案当日撤诉"


def test_another_room_with_another_judge_is_no_clash(court):
    crowd(court, judge="judge2")
    approve(court, serial := ask(court))
    assert read(court, serial).state == "RESCHEDULING"


def test_the_date_that_follows_may_clash_too(court):
    serial = ask(court)
    approve(court, serial, None)
    deliver(court)
    crowd(court)
    with pytest.raises(Refused) as caught:
        direct(court, serial, "set_date", new_hearing_at=SECOND)
    assert [one.code for one in caught.value.problems] == ["clash"]
    direct(court, serial, "set_date", new_hearing_at=SECOND, clash_reason="合并开庭")
    deliver(court)
    assert read(court, serial).state == "RESCHEDULED"


# --- What the judge is told before deciding


def review_of(court: Fixture, serial: str) -> Any:
    return open_review(court.house, court.actor("judge"), "postponement", serial)


def said(lines: Any) -> str:
    assert all(line.en.strip() for line in lines)
    return "\n".join(line.zh for line in lines)


def test_the_judge_is_told_how_often_from_when_until_when_and_what_is_free(court):
    crowd(court, THIRD)
    slots = [{"starts_at": f"{at}:00+08:00"} for at in (SECOND, THIRD, "2026-12-26T09:00")]
    hints = said(review_of(court, ask(court, proposed_slots=slots)).hints)
    assert "本案已延期0次，最多2次（普通程序；延期开庭规定第3条）。" in hints
    assert "不早于2026-11-26" in hints
    assert "不晚于2027-01-10" in hints
    assert "申请人建议2026-12-24 09:30：法官和法庭均空闲。" in hints
    assert "申请人建议2027-01-07 09:00：judge法官在01月07日09:00已有" in hints
    assert "申请人建议2026-12-26 09:00（休息日）：法官和法庭均空闲。" in hints
    assert "提交人" not in hints


def test_the_form_begins_with_the_article_of_the_ground(court):
    review = review_of(court, ask(court, ground="new_witness"))
    assert review.prefilled["approve"]["article"] == "149_3"


def test_further_requests_strangers_and_the_president_are_told_of(court):

    first = ask(court, 1, ground="force_majeure")
    stranger = {**SUBMITTER, "name": "生某某"}
    second = file_one(
        court, "postponement", 2, case_number=NUMBER, submitter=stranger, fields=FIELDS
    ).serial_no
    assert first in said(review_of(court, second).hints)
    assert "提交人生某某不在本案登记的当事人和代理人之列" in said(review_of(court, second).hints)
    assert "须报院长批准" in said(review_of(court, first).hints)


@pytest.mark.parametrize(
    ("at", "fields", "warned"),
    [
        ("2026-11-25T09:00", {}, "不足3日"), ("2026-11-26T09:00", {}, ""), ("2026-12-05T09:00", {}, "休息日"), ("2027-01-10T09:00", {}, ""), ("2027-01-11T09:00", {}, "超过1个月"),
        ("2027-01-11T09:00", {"other_side_consent": "consents"}, ""),
    ],
)  # fmt: skip
def test_a_short_or_late_date_is_warned_of_when_it_is_chosen_and_stands_in_nobodys_way(
    court, at, fields, warned
):
    serial = ask(court, **fields)
    judge = court.actor("judge")
    form = {
        "article": ["rearranged"],
        "deducted": ["false"],
        "next_hearing": ["fixed"],
        "new_hearing_at": [at],
    }
    review = save_review(
        court.house, judge, "postponement", serial, decision="approve", opinion="意见", form=form,
        version=read(court, serial).version,
    )  # fmt: skip
    assert said(review.advice) == "" if not warned else warned in said(review.advice)
    decide(court.house, judge, "postponement", serial, "approve", review.application.version)
    assert read(court, serial).state == "RESCHEDULING"


def test_a_clash_is_shown_as_soon_as_the_opinion_is_saved(court):
    other, serial = crowd(court), ask(court)
    form = {"article": ["rearranged"], "deducted": ["false"], "next_hearing": ["fixed"], "new_hearing_at": [SECOND]}  # fmt: skip
    review = save_review(
        court.house, court.actor("judge"), "postponement", serial, decision="approve", opinion="意见", form=form,
        version=read(court, serial).version,
    )  # fmt: skip
    assert other in said(review.advice)


# --- Refused, withdrawn


def test_refusing_needs_an_opinion_and_says_that_the_hearing_stands(court):
    serial = ask(court)
    with pytest.raises(Refused) as caught:
        conclude(court, "judge", "postponement", serial, "reject", opinion=" ")
    assert [one.field for one in caught.value.problems] == ["opinion"]
    conclude(court, "judge", "postponement", serial, "reject", opinion="事由不成立")
    assert read(court, serial).state == "REJECTED"
    assert told(court, "仍于2026年12月10日09:00（第一法庭）开庭") == ["丙某某"]
    assert told(court, "民事诉讼法第146、147条") == ["丙某某"]
    assert hearings(court) == [("12-10 09:00", "第一法庭", "scheduled")]


def test_the_applicant_may_take_it_back_until_it_is_decided(court):
    serial = ask(court)
    withdraw(court.house, court.outside, court.client, serial)
    assert read(court, serial).state == "WITHDRAWN"
    other = ask(court, 2)
    approve(court, other)
    with pytest.raises(Refused) as caught:
        withdraw(court.house, court.outside, court.client, other)
    assert caught.value.reason is Reason.CONFLICT


# --- The trial system says no


def test_what_the_trial_system_refuses_may_be_sent_again_or_decided_anew(court, monkeypatch):
    serial = ask(court)
    approve(court, serial)
    monkeypatch.setattr(Hooks, "trial_system", lambda *_: Receipt(reason="法庭占用"))
    deliver(court)
    assert read(court, serial).state == "RESCHEDULE_FAILED"
    assert told(court, "延期") == ["丙某某"]  # the reception alone; of the failure only the court hears
    monkeypatch.undo()
    approve(court, serial, THIRD)
    deliver(court)
    assert read(court, serial).state == "RESCHEDULED"
    assert hearings(court)[-1] == ("01-07 09:00", "第一法庭", "scheduled") or ("01-07 09:00", "第一法庭", "scheduled") in hearings(court)  # fmt: skip
    assert [one.key.removeprefix(serial) for one in rows(court, Delivery, Delivery.hook == "trial_system")] == ["-r1-reschedule", "-r1-reschedule-1"]  # fmt: skip


def test_the_same_is_sent_again_while_its_time_is_still_to_come(court, monkeypatch):
    serial = ask(court)
    approve(court, serial)
    monkeypatch.setattr(Hooks, "trial_system", lambda *_: Receipt(reason="系统维护"))
    deliver(court)
    monkeypatch.undo()
    direct(court, serial, "resend")
    deliver(court)
    assert read(court, serial).state == "RESCHEDULED"


def test_a_time_that_has_passed_is_not_sent_again(court, monkeypatch):
    serial = ask(court)
    approve(court, serial)
    monkeypatch.setattr(Hooks, "trial_system", lambda *_: Receipt(reason="系统维护"))
    deliver(court)
    court.clock.move(days=40)
    with pytest.raises(Refused) as caught:
        direct(court, serial, "resend")
    assert [one.code for one in caught.value.problems] == ["past"]


# --- The hearing changes by another way


def test_another_change_closes_the_request_and_says_so(court):
    serial = ask(court)
    bring(court, case(hearings=[hearing(FIRST, state="moved", to=THIRD), hearing(THIRD)]))
    application = read(court, serial)
    assert application.state == "OVERTAKEN"
    assert told(court, "已变更为2027年1月7日09:00（第一法庭），延期申请") == ["丙某某"]
    assert {one.status for one in rows(court, DeadlineRow)} == {"met"}
    for decision in ("approve", "reject"):
        with pytest.raises(Refused):
            conclude(court, "judge", "postponement", serial, decision)


def test_a_change_of_another_hearing_leaves_it_alone(court):
    bring(court, case(hearings=[hearing(SECOND)]))
    serial = ask(court)
    bring(court, case(hearings=[hearing(SECOND, state="cancelled")]))
    assert read(court, serial).state == "SUBMITTED"


def test_of_two_requests_about_one_hearing_granting_one_closes_the_other(court):
    first, second = ask(court, 1), ask(court, 2)
    approve(court, first)
    deliver(court)
    assert (read(court, first).state, read(court, second).state) == ("RESCHEDULED", "OVERTAKEN")


def test_the_trial_systems_own_list_may_bring_what_was_decided_before_its_receipt(court):
    serial = ask(court)
    approve(court, serial)
    bring(court, case(hearings=[hearing(FIRST, state="moved", to=SECOND), hearing(SECOND)]))
    assert read(court, serial).state == "RESCHEDULED"
    deliver(court)
    assert read(court, serial).state == "RESCHEDULED"
    assert len(hearings(court)) == 2


def test_a_change_other_than_decided_closes_it_and_the_order_is_called_off(court):
    serial = ask(court)
    approve(court, serial)
    bring(court, case(hearings=[hearing(FIRST, state="moved", to=THIRD), hearing(THIRD)]))
    assert read(court, serial).state == "OVERTAKEN"
    deliver(court)
    assert read(court, serial).state == "OVERTAKEN"
    assert ("12-24 09:30", "第一法庭", "scheduled") not in hearings(court)


def test_a_hearing_cancelled_as_was_decided_waits_for_the_receipt(court):
    serial = ask(court)
    approve(court, serial, None)
    bring(court, case(hearings=[hearing(FIRST, state="cancelled")]))
    assert read(court, serial).state == "RESCHEDULING"
    deliver(court)
    assert read(court, serial).state == "APPROVED"


def test_a_date_the_trial_system_fixes_by_itself_is_the_date_that_was_to_follow(court):
    serial = ask(court)
    approve(court, serial, None)
    deliver(court)
    bring(court, case(hearings=[hearing(FIRST, state="moved", to=SECOND), hearing(SECOND)]))
    application = read(court, serial)
    assert application.state == "RESCHEDULED"
    assert application.fields.new_hearing_at == datetime.fromisoformat(f"{SECOND}:00+08:00")
    assert told(court, "延期后的开庭定于2026年12月24日09:30") == ["丙某某"]


def test_a_hearing_that_was_held_meanwhile_cannot_be_postponed(court):
    serial = ask(court)
    court.clock.move(days=18)
    bring(court, case(hearings=[hearing(FIRST, state="held")]))
    assert against(court, serial) == {"decision": "no_hearing"}


# --- What others in the case may read


def test_another_client_in_the_case_reads_of_it_once_it_is_granted_and_not_before(court):
    other = client_of(court.house, add_client(court.house, "other", [COURT]))
    assert other is not None
    mine, theirs = ask(court, 1), ask(court, 2)
    house = court.house
    house.store.write(
        lambda connection: connection.execute(
            sa.update(ApplicationRow).where(ApplicationRow.serial_no == theirs).values(client_id=other.id)
        )
    )
    assert disclosed(house, COURT, other.id, mine) is None
    approve(court, mine)
    assert disclosed(house, COURT, other.id, mine) is None
    deliver(court)
    shown = disclosed(house, COURT, other.id, mine)
    assert shown is not None
    assert shown.serial_no == mine


# --- Time


def test_a_request_not_answered_in_time_goes_to_the_supervisor(court):
    ask(court)
    court.clock.move(days=3)
    remind_due(court.house)
    assert court.people["supervisor"] in {one.person_id for one in rows(court, Reminder)}


# --- Every step, by everybody, in every state


def put(court: Fixture, serial: str, state: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bring a request into a state by the ways there are."""
    if state in ("RESCHEDULING", "RESCHEDULED", "RESCHEDULE_FAILED"):
        approve(court, serial)
    elif state == "APPROVED":
        approve(court, serial, None)
    elif state == "REJECTED":
        conclude(court, "judge", "postponement", serial, "reject")
    elif state == "OVERTAKEN":
        bring(court, case(hearings=[hearing(FIRST, state="cancelled")]))
    elif state == "WITHDRAWN":
        withdraw(court.house, court.outside, court.client, serial)
    if state == "RESCHEDULE_FAILED":
        monkeypatch.setattr(Hooks, "trial_system", lambda *_: Receipt(reason="系统维护"))
    if state in ("RESCHEDULED", "APPROVED", "RESCHEDULE_FAILED"):
        deliver(court)
    assert read(court, serial).state == state


def take(court: Fixture, serial: str, decision: Decision, name: str) -> None:
    form = FORMS.get(decision.code, {})
    if decision.direct:
        direct(court, serial, decision.code, name, **form)
    else:
        conclude(court, name, "postponement", serial, decision.code, **form)


ROLES = {
    Role.HANDLING_JUDGE: "judge", Role.JUDGE_ASSISTANT: "assistant", Role.CLERK: "clerk", Role.PANEL_MEMBER: "panel",
    Role.PRESIDENT: "president", Role.SUPERVISOR: "supervisor", Role.CENTRE_REVIEWER: "reviewer",
}  # fmt: skip
FORMS = {
    "approve": {"article": "rearranged", "deducted": "false", "next_hearing": "fixed", "new_hearing_at": THIRD},
    "set_date": {"new_hearing_at": THIRD},
}  # fmt: skip


@pytest.mark.parametrize("state", ["SUBMITTED", "RESCHEDULING", "RESCHEDULE_FAILED", "APPROVED", "RESCHEDULED", "REJECTED", "OVERTAKEN", "WITHDRAWN"])  # fmt: skip
def test_each_decision_is_open_to_its_roles_in_its_states_and_to_nobody_else(court, state, monkeypatch):
    serial = ask(court)
    put(court, serial, state, monkeypatch)
    before = (read(court, serial), len(rows(court, History)))
    for decision in postponement.decisions:
        allowed = {Role.HANDLING_JUDGE, Role.CLERK} if decision.code == "set_date" else {Role.HANDLING_JUDGE}
        for role, name in ROLES.items():
            if role in allowed and decision.leads_from(state):
                continue
            with pytest.raises(Refused) as caught:
                take(court, serial, decision, name)
            # A conclusion that the state does not offer is none of the form's choices.
            refusals = {Reason.FORBIDDEN, Reason.NOT_FOUND, Reason.CONFLICT}
            refusals |= set() if decision.leads_from(state) else {Reason.INVALID}
            assert caught.value.reason in refusals, (decision.code, name)
    assert (read(court, serial), len(rows(court, History))) == before
    assert [one.procedure for one in rows(court, CaseRow)] == ["ordinary"]
