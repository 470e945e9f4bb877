"""What a module may know and what a step may be: conditions, roles, handing over, the applicant's own steps, disclosure."""

from datetime import date

import pytest
from attrs import evolve

from core.fields.problem import Reason, Refused
from core.gate import enabled
from core.records import ApplicationFile, Audit, History, QueueCount, Reminder
from core.values import Actor
from core.work.clients import add_client, client_of
from core.work.courts import change_settings
from core.work.detail import read_detail
from core.work.outside import disclosed, take_applicant_step, withdraw, write_message
from core.work.review import decide, open_review
from core.work.submit import submit
from tests.support.acting import DIGEST, body_of, conclude, count, file_one, page, read, rows, upload
from tests.support.cases import open_case
from tests.support.houses import COURT, OPERATOR, OTHER, Fixture

WISH = {"fields": {"volume": "正卷", "wish": "2026-11-24"}}
LENT = {"lent_on": ["2026-11-25"]}


@pytest.fixture
def house(new_house) -> Fixture:
    return new_house("lending")


def filed(house: Fixture, number: object = 1, **more) -> str:
    return file_one(house, "lending", number, case_number=open_case(house, 1), **(WISH | more)).serial_no


def lend(house: Fixture, name: str, serial: str, **form):
    return decide(house.house, house.actor(name), "lending", serial, "lend", None, form=LENT | form)


def refusal(work, *args, **more) -> Refused:
    with pytest.raises(Refused) as refused:
        work(*args, **more)
    return refused.value


def by_president(house: Fixture) -> None:
    change_settings(house.house, OPERATOR, "lending", {"approval": "president"})


# --- Checks, hints, forms


def test_a_check_is_told_the_day_and_the_submitter_and_may_name_what_stands_beside_the_fields(house):
    number = open_case(house)
    late = refusal(
        file_one, house, "lending", case_number=number, fields={"volume": "正卷", "wish": "2026-11-22"}
    )
    assert [(one.field, one.code) for one in late.problems] == [("fields.wish", "past")]
    who = {"role": "relative", "name": "甲某某", "phone": "19900000001"}
    with pytest.raises(Refused) as refused:
        file_one(house, "lending", 2, case_number=number, **WISH, submitter=who)
    assert [one.field for one in refused.value.problems] == ["submitter.role"]


def test_a_hint_is_told_the_case_and_a_form_begins_with_what_the_module_says(house):
    serial = filed(house)
    detail = read_detail(house.house, house.actor("judge"), "lending", serial)
    assert [line.zh for line in detail.hints] == ["本案当事人：甲某某、示例贸易有限公司"]
    assert detail.begun["lend"] == {"lent_on": "2026-11-23"}


def test_a_guard_is_told_what_the_step_says(house):
    serial = filed(house)
    early = refusal(lend, house, "judge", serial, lent_on=["2026-11-23"])
    assert (early.reason, early.problems[0].field) == (Reason.INVALID, "lent_on")
    assert read(house, serial).state == "ASKED"


# --- Computed fields


def test_a_computed_field_follows_the_steps_and_shows_in_lists(house):
    serial = filed(house)
    (row,) = page(house, house.actor("judge"), "lending").rows
    assert (row.cells["due_back"], row.cells["round"]) == (None, "1")
    lend(house, "judge", serial)
    (row,) = page(house, house.actor("judge"), "lending").rows
    assert row.cells["due_back"] == date(2026, 12, 5)
    assert read(house, serial).fields.due_back == date(2026, 12, 5)


def test_a_computed_field_knows_what_came_before_in_the_case(house):
    filed(house)
    second = file_one(house, "lending", 2, case_number="（2026）粤0199民初1号", **WISH).application
    assert second.fields.round == "2"


def test_nobody_can_send_a_computed_field(house):
    problems = refusal(
        file_one, house, "lending", fields=WISH["fields"] | {"due_back": "2026-12-01"}
    ).problems
    assert [(one.field, one.code) for one in problems] == [("fields.due_back", "unknown_field")]


# --- Who may take a step, and when there is one


def test_a_named_role_may_take_a_step_without_the_right_to_review(house):
    serial = filed(house)
    assert refusal(lend, house, "president", serial).reason is Reason.FORBIDDEN
    assert refusal(lend, house, "judge2", serial).reason is Reason.FORBIDDEN
    assert lend(house, "clerk", serial).state == "LENT"
    assert [one.actor for one in rows(house, History, History.step == "lend")] == ["clerk"]


def test_a_step_exists_only_while_its_condition_holds(house):
    serial = filed(house)
    assert refusal(conclude, house, "president", "lending", serial, "approve").code == "role"
    by_president(house)
    gone = refusal(lend, house, "judge", serial)
    assert (gone.reason, gone.code) == (Reason.CONFLICT, "not_offered")
    offered = read_detail(house.house, house.actor("judge"), "lending", serial).offered
    assert [one.code for one in offered] == ["hand_over"]
    assert conclude(house, "president", "lending", serial, "approve").state == "APPROVED"


def test_a_named_role_alone_reviews(house):
    by_president(house)
    serial = filed(house)
    assert (
        refusal(open_review, house.house, house.actor("clerk"), "lending", serial).reason is Reason.FORBIDDEN
    )
    assert [one.code for one in open_review(house.house, house.actor("president"), "lending", serial).choices] == ["approve"]  # fmt: skip


# --- Handing over


def test_a_request_that_is_handed_over_is_the_colleagues(house):
    serial = filed(house)
    to = house.people["judge2"]
    decide(house.house, house.actor("judge"), "lending", serial, "hand_over", None, form={"to": [str(to)]})
    after = read(house, serial)
    assert (after.handler, after.data["to"], after.data["handed_in"]) == (to, to, "广东省虚构市第一人民法院")
    assert [row.serial_no for row in page(house, house.actor("judge2"), "lending").rows] == [serial]
    assert page(house, house.actor("judge"), "lending").rows == ()
    assert count(house, Reminder, Reminder.person_id == to) == 1
    kept = {row.handler_id: row.count for row in rows(house, QueueCount) if row.count}
    assert kept == {0: 1, to: 1}


def test_it_is_handed_over_to_judges_of_the_court_only(house):
    serial = filed(house)
    for wrong in (house.people["clerk"], house.people["other_judge"], 0):
        answer = refusal(decide, house.house, house.actor("judge"), "lending", serial, "hand_over", None, form={"to": [str(wrong)]})  # fmt: skip
        assert [(one.field, one.code) for one in answer.problems] == [("to", "unknown_colleague")]


def test_a_request_may_be_routed_away_from_the_judge_of_the_case(house):
    serial = filed(house, fields={"volume": "副卷", "wish": "2026-11-24"})
    after = read(house, serial)
    assert (after.handler, after.hidden_from) == (None, house.people["judge"])
    assert page(house, house.actor("judge"), "lending").rows == ()
    assert [row.serial_no for row in page(house, house.actor("president"), "lending").rows] == [serial]
    assert (
        refusal(read_detail, house.house, house.actor("judge"), "lending", serial).reason is Reason.NOT_FOUND
    )


# --- The applicant's own steps


def step(house: Fixture, serial: str, raw, code="bring_back", client=None):
    return take_applicant_step(house.house, house.outside, client or house.client, serial, code, raw)


def test_the_applicant_takes_a_step_with_fields_and_files(house):
    serial = filed(house)
    lend(house, "judge", serial)
    upload(house)
    slip = {"sha256": DIGEST, "name": "归还单.pdf", "category": "slip"}
    torn = {"condition": "torn", "note": "第3页"}
    after = step(house, serial, {"fields": torn, "attachments": [slip]})
    assert (after.state, after.data["note"]) == ("BACK", "第3页")
    assert [one.category for one in rows(house, ApplicationFile)] == ["slip"]


@pytest.mark.parametrize(("raw", "fields"), [
    ({"fields": {}}, ["fields.condition"]),
    ({"fields": {"condition": "torn"}}, ["fields.note", "attachments"]),
    ({"fields": {"condition": "good"}, "more": 1}, ["more"]),
    ({"fields": {"condition": "good"}, "attachments": [{"sha256": "0" * 64, "name": "a.pdf", "category": "slip"}]}, ["attachments[0].sha256"]),
])  # fmt: skip
def test_what_is_wrong_with_a_step_of_the_applicant_is_named_at_once(house, raw, fields):
    serial = filed(house)
    lend(house, "judge", serial)
    assert [one.field for one in refusal(step, house, serial, raw).problems] == fields
    assert read(house, serial).state == "LENT"


def test_a_step_of_the_applicant_is_refused_out_of_place_and_to_others(house):
    serial = filed(house)
    good = {"fields": {"condition": "good"}}
    assert refusal(step, house, serial, good).code == "wrong_state"
    assert refusal(step, house, serial, good, code="lend").code == "no_such_step"
    assert refusal(step, house, serial, good, code="ask_again").code == "no_such_step"
    other = client_of(house.house, add_client(house.house, "other", [COURT]))
    lend(house, "judge", serial)
    assert refusal(step, house, serial, good, client=other.id).reason is Reason.NOT_FOUND


def test_a_message_opens_another_round_where_the_flow_says_so(house):
    serial = filed(house)
    write_message(house.house, house.outside, house.client, serial, "在吗")
    assert read(house, serial).version == 1
    lend(house, "judge", serial)
    step(house, serial, {"fields": {"condition": "good"}})
    write_message(house.house, house.outside, house.client, serial, "再借一次")
    assert read(house, serial).state == "ASKED"
    assert [one.reason for one in rows(house, History, History.step == "ask_again")] == ["再借一次"]
    assert withdraw(house.house, house.outside, house.client, serial).state == "OUT"


# --- Disclosure to the other side


def test_other_clients_of_the_case_see_a_request_only_once_it_is_disclosed(house):
    serial = filed(house)
    other = client_of(house.house, add_client(house.house, "other", [COURT, OTHER]))
    assert disclosed(house.house, COURT, other.id, serial) is None
    lend(house, "judge", serial)
    assert disclosed(house.house, COURT, other.id, serial) is None  # it has nothing in this case
    body = body_of(house, "lending", "theirs", case_number="（2026）粤0199民初1号", **WISH)
    submit(house.house, Actor(court=COURT, client="other", name="other"), other.id, body)
    seen = disclosed(house.house, COURT, other.id, serial)
    assert seen is not None
    assert seen.serial_no == serial
    step(house, serial, {"fields": {"condition": "good"}})
    assert disclosed(house.house, COURT, other.id, serial) is None


def test_steps_of_the_applicant_are_audited_and_other_courts_know_nothing(house):
    serial = filed(house)
    lend(house, "judge", serial)
    step(house, serial, {"fields": {"condition": "good"}})
    assert count(house, Audit, Audit.action == "lending.bring_back") == 1
    with house.house.store.read() as connection:
        assert "lending" not in enabled(connection, OTHER)
    elsewhere = evolve(house.outside, court=OTHER)
    with pytest.raises(Refused):
        take_applicant_step(house.house, elsewhere, house.client, serial, "bring_back", {})
