"""Asking for a postponement: what is taken, what is refused, and what the court sees of it."""

from datetime import datetime

import jsonschema
import pytest

from core.api.kinds import submission_schema
from core.fields.problem import Reason, Refused
from core.records import DeadlineRow, Delivery
from core.work.detail import read_detail
from core.work.switches import enable
from core.work.times import last_day
from plugins.postponement import postponement
from plugins.postponement.rules import GROUNDS
from tests.api.conftest import Api, api, gateway, served
from tests.plugins.postponement.asking import FIELDS, FIRST, LAWYER, SECOND, ask
from tests.support.acting import body_of, file_one, page, read, rows
from tests.support.brought import NUMBER, bring, case, hearing
from tests.support.houses import OPERATOR

__all__ = ["api", "gateway", "served"]


def refused(court, **fields) -> dict[str, str]:
    with pytest.raises(Refused) as caught:
        ask(court, **fields)
    return {one.field.removeprefix("fields."): one.code for one in caught.value.problems}


@pytest.mark.parametrize("ground", sorted(GROUNDS))
def test_it_may_be_asked_for_every_ground(court, ground):
    serial = ask(court, ground=ground, other_side_consent="consents")
    application = read(court, serial)
    assert serial.startswith("YQ440199")
    assert (application.state, application.case_number, application.handler) == ("SUBMITTED", NUMBER, court.people["judge"])  # fmt: skip
    assert application.fields.cause == "买卖合同纠纷"
    assert application.fields.parties == "甲某某、示例贸易有限公司、丁某某"
    assert (application.fields.granted, application.fields.new_hearing_at) == (0, None)


def test_a_case_is_needed_and_both_papers(court):
    with pytest.raises(Refused) as caught:
        file_one(court, "postponement", submitter=LAWYER, fields=FIELDS, attachments=[])
    assert {(one.field, one.code) for one in caught.value.problems} >= {("case_number", "missing")}
    missing = [one for one in caught.value.problems if one.code == "missing_attachment"]
    assert len(missing) == 2


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"hearing_at": "2026-11-23T09:59:00+08:00"}, {"hearing_at": "past"}),
        ({"hearing_at": "2026-11-23T10:00:00+08:00"}, {"hearing_at": "past"}),
        ({"hearing_at": "2026-12-10T09:30:00+08:00"}, {"hearing_at": "unknown_hearing"}),
        ({"courtroom": "第二法庭"}, {"courtroom": "other_courtroom"}),
        ({"ground": "agreed"}, {"other_side_consent": "not_agreed"}),
        ({"ground": "weather"}, {"ground": "not_a_choice"}),
        ({"reason": "很" * 1001}, {"reason": "too_long"}),
        ({"proposed_slots": [{"starts_at": "2026-11-01T09:00:00+08:00"}]}, {"proposed_slots[0].starts_at": "past"}),
        ({"proposed_slots": [{"starts_at": f"{SECOND}:00+08:00"}] * 4}, {"proposed_slots": "too_many"}),
        ({"granted": 0}, {"granted": "unknown_field"}),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_refused_by_name(court, fields, wrong):
    assert refused(court, **fields) == wrong


@pytest.mark.parametrize("state", ["held", "cancelled"])
def test_a_hearing_that_no_longer_stands_cannot_be_postponed(court, state):
    bring(court, case(hearings=[hearing(FIRST, state=state)]))
    assert refused(court) == {"hearing_at": "unknown_hearing"}


def test_the_example_is_complete_and_valid_when_it_is_asked_for(api: Api):
    """Of all cases of the court it names one that has a hearing to come, though it is not the newest."""
    enable(api.fixture.house, OPERATOR, "postponement")
    bring(api.fixture, case(hearings=[hearing(FIRST)]))
    for number in range(2, 9):
        bring(
            api.fixture,
            case(f"（2026）粤0199民初{number}号", hearings=[hearing("2026-01-05T09:00", state="held")]),
        )
    (kind,) = [one for one in api.call("GET", "kinds").body["kinds"] if one["kind"] == "postponement"]
    (example,) = kind["examples"]
    assert example["case_number"] == NUMBER
    assert example["fields"]["hearing_at"] == f"{FIRST}:00+08:00"
    assert len(example["fields"]["proposed_slots"]) == 2
    digest = api.upload()
    body = example | {"submission_id": "example-1"}
    body["attachments"] = [one | {"sha256": digest} for one in example["attachments"]]
    jsonschema.validate(body, kind["schema"])
    answer = api.call("POST", "applications", body)
    assert answer.status == 201, answer.body
    shown = api.call("GET", f"applications/{answer.body['serial_no']}").body
    assert shown["state"]["code"] == "SUBMITTED"


def test_the_schema_is_whole():
    schema = submission_schema(postponement)
    assert "case_number" in schema["required"]
    asked = schema["properties"]["fields"]
    assert set(asked["required"]) == {"hearing_at", "courtroom", "ground", "reason", "other_side_consent"}
    assert set(asked["properties"]) - set(asked["required"]) == {"proposed_slots"}


def test_the_queue_finds_by_time_of_hearing_date_of_request_and_state(court):
    judge = court.actor("judge")
    early = ask(court, 1)
    bring(court, case("（2026）粤0199民初2号", hearings=[hearing("2026-12-11T09:00")]))
    late = ask(court, 2, case_number="（2026）粤0199民初2号", hearing_at="2026-12-11T09:00:00+08:00", ground="recusal")  # fmt: skip

    def found(**asked):
        return {one.serial_no for one in page(court, judge, "postponement", **asked).rows}

    assert found() == {early, late}
    assert found(hearing_at_from="2026-12-11") == {late}
    assert found(hearing_at_to="2026-12-10") == {early}
    assert found(hearing_at_from="2026-12-10", hearing_at_to="2026-12-10") == {early}
    assert found(submitted_from="2026-11-23", submitted_to="2026-11-23") == {early, late}
    assert found(submitted_to="2026-11-22") == set()
    assert found(state="待审查") == {early, late}
    assert found(state="审查通过") == set()
    assert found(ground="recusal") == {late}
    assert found(parties="示例贸易") == {early, late}
    row = page(court, judge, "postponement", ground="recusal").rows[0]
    assert set(row.cells) == {"cause", "parties", "hearing_at", "ground", "granted", "new_hearing_at"}


def test_only_the_judge_of_the_case_and_those_over_the_whole_court_see_it(court):
    serial = ask(court)
    seen = {
        name for name in ("judge", "judge2", "assistant", "clerk", "panel", "president", "supervisor")
        if page(court, court.actor(name), "postponement").rows
    }  # fmt: skip
    assert seen == {"judge", "assistant", "clerk", "panel", "president", "supervisor"}
    for name, reason in (("judge2", Reason.FORBIDDEN), ("reviewer", Reason.NOT_FOUND)):
        with pytest.raises(Refused) as caught:
            read_detail(court.house, court.actor(name), "postponement", serial)
        assert caught.value.reason is reason


@pytest.mark.parametrize(
    ("at", "due"),
    [(FIRST, "2026-11-25"), ("2026-11-27T09:00", "2026-11-25"), ("2026-11-26T09:00", "2026-11-23"), ("2026-11-23T15:00", "2026-11-23")],
)  # fmt: skip
def test_it_is_to_be_answered_in_time(court, at, due):
    bring(court, case(hearings=[hearing(at)]))
    serial = ask(court, hearing_at=f"{at}:00+08:00")
    (limit,) = rows(court, DeadlineRow)
    assert (limit.rule, last_day(limit.ends_at).isoformat()) == ("P-9", due)
    assert read(court, serial).due_at == limit.ends_at


def test_the_submitter_is_told_that_the_hearing_stands_until_it_is_decided(court):
    ask(court)
    (notice,) = rows(court, Delivery, Delivery.hook == "notify")
    assert notice.payload["to_name"] == "丙某某"
    assert "仍按原定时间准备开庭" in notice.payload["text"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_word_is_there_in_both_languages(language):
    words = [
        postponement.title,
        *(one.label for one in postponement.states),
        *(one.applicant for one in postponement.states),
    ]
    words += [one.label for one in postponement.transitions] + [one.label for one in postponement.attachments]
    assert all(word.in_(language).strip() for word in words)
    assert [face.zh for face in postponement.faces()] == [
        "待审查",
        "审查通过",
        "审查不通过",
        "原定开庭已变更",
        "已撤回",
    ]


def test_the_moment_of_the_hearing_is_kept_as_it_was_given(court):
    assert read(court, ask(court)).fields.hearing_at == datetime.fromisoformat(f"{FIRST}:00+08:00")
    assert body_of(court, "postponement")["fields"]["ground"] == "must_attend_absent"
