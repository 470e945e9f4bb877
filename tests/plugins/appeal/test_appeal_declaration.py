"""提起上诉 as it is declared: words, faces, limits with whom they bind, notices, and an example that the API takes."""

import string
from datetime import timedelta

import jsonschema
import pytest

from core.context import Case, CaseSide, Service
from core.fields.bind import bind
from core.fields.kinds import KINDS
from core.fields.spec import specs_of
from core.work.switches import enable
from plugins.appeal import appeal, worked_out
from plugins.appeal.checks import CHECKS
from plugins.appeal.example import example
from tests.api.conftest import Api, api, gateway, served
from tests.support.brought import bring, case
from tests.support.contexts import CALENDAR, Given
from tests.support.houses import OPERATOR, START

__all__ = ["api", "gateway", "served"]

RULES = {rule.id: rule for rule in appeal.limits}
TODAY = START.date()


class Lookups:
    """A court that knows no register."""

    today = TODAY


def test_the_manuals_words_are_the_faces_and_the_way_to_the_second_court_lies_below():
    faces = {face.zh: codes for face, codes in appeal.faces().items()}
    assert faces == {
        "待处理": ("SUBMITTED",), "退回": ("RETURNED",), "已接受": ("RECEIVED", "COPY_SERVED", "DEFENCE_OVER"),
        "已移送": ("TRANSFERRED", "DOCKETED_SECOND"), "已撤回": ("DEEMED_WITHDRAWN", "WITHDRAWN"),
    }  # fmt: skip
    assert appeal.state("SUBMITTED").applicant.zh == "提交"


@pytest.mark.parametrize(
    ("rule", "length", "unit", "binds", "article"),
    [
        ("A-1", 15, "days", "appellant", "第171条"), ("A-2", 10, "days", "appellant", "第171条"), ("A-3", 30, "days", "appellant", "第286条"),
        ("A-4", 5, "days", "第二审人民法院", "第173条"), ("A-5", 5, "days", "court", "第174条"), ("A-6", None, "days", "对方当事人", "第174条"),
        ("A-7", 5, "days", "court", "第174条"), ("A-8", 5, "days", "court", "第174条"), ("A-8N", 5, "days", "court", "第174条"),
        ("A-8P", 5, "days", "court", "第174条"), ("A-9", 5, "days", "court", "第18条"), ("A-9N", 2, "days", "第二审人民法院", "第18条"),
        ("A-10", 5, "days", "第二审人民法院", "第6条"), ("A-11", 7, "days", "appellant", "第22条"), ("A-12", None, "days", "court", "本院"),
        ("A-13", 3, "months", "第二审人民法院", "第183条"), ("A-13R", 30, "days", "第二审人民法院", "第183条"),
    ],
)  # fmt: skip
def test_every_limit_has_its_length_its_article_and_whom_it_binds(rule, length, unit, binds, article):
    held = RULES[rule]
    assert held.unit == unit
    assert (held.length if isinstance(held.length, int) else None) == length
    assert article in held.basis
    assert held.label.en
    assert ("appellant" if held.applicant else held.binds.zh if held.binds else "court") == binds


def test_no_limit_is_left_untested_above():
    tested = test_every_limit_has_its_length_its_article_and_whom_it_binds.pytestmark[0].args[1]
    assert set(RULES) == {row[0] for row in tested}


@pytest.mark.parametrize("day", [START.date() + timedelta(days=n) for n in range(0, 24, 5)])
def test_each_rule_is_reckoned_alone(day):
    """What a length leaves to a field is given; every end is a working day."""
    for rule in RULES.values():
        length = rule.length if isinstance(rule.length, int) else 15
        if rule.unit == "days" and (day + timedelta(days=length + 5)).year == 2026:
            assert not CALENDAR.is_rest(rule.reckon(day, CALENDAR, length=length).end)


def placeholders(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


NOTICES = [(None, appeal.submit_notice), *[(step, step.notice) for step in appeal.transitions if step.notice]]


@pytest.mark.parametrize(("step", "words"), NOTICES, ids=lambda value: getattr(value, "code", "submit"))
def test_a_notice_names_only_what_is_known_and_is_short(step, words):
    code = step.code if step is not None else ""
    known = {"court", "serial_no", "date", "name"} | ({"fee_words"} if code == "receive" else set())
    if code in ("no_other_side", "defence_complete", "defence_over"):
        known.add("due")
    for spec in specs_of(step.fields).values() if step is not None and step.fields else ():
        if spec.required and spec.kind is not KINDS.group:
            known.add(spec.name)
    for text in (words.zh, words.en):
        assert placeholders(text) <= known
        assert {"court", "name", "serial_no"} <= placeholders(text)
        assert "12368" in text
    assert placeholders(words.zh) == placeholders(words.en)
    assert len(words.zh) - sum(len(name) + 2 for name in placeholders(words.zh)) <= 52


def test_every_move_is_told_to_the_appellant():
    """All but what happens between the courts, or is told with the next step."""
    silent = {step.code for step in appeal.transitions if step.notice is None}
    assert silent == {"defence_received", "materials_requested", "materials_completed"}


PARTIES = (CaseSide("plaintiff", "甲某某", "", None, {}), CaseSide("defendant", "示例贸易有限公司", "", None, {}), CaseSide("third_party", "丁某某", "", None, {}))  # fmt: skip
SERVED = Service("民事判决书", "甲某某", TODAY - timedelta(days=9), "")


@pytest.mark.parametrize(
    ("parties", "services"), [((), ()), (PARTIES[:1], ()), (PARTIES, ()), (PARTIES, (SERVED,))]
)
def test_the_example_holds_whatever_the_court_knows(parties, services):
    held = Case(
        id=1, case_number="（2026）粤0199民初1号", case_type="民初", cause="买卖合同纠纷", title="", procedure="", handler=None, handler_name="",
        docketed_on=TODAY, parties=parties, services=services,
    )  # fmt: skip
    for context in (Given(case=held), Given()):
        fields, problems = bind(appeal.fields, example(context), Lookups())
        assert problems == []
        assert [problem for check in CHECKS for problem in check(fields, context)] == []
        assert worked_out.in_time(fields, context) == "in_time"


def test_the_example_of_the_api_is_taken_and_told_what_came_of_it(api: Api):
    enable(api.fixture.house, OPERATOR, "appeal")
    served = [{"document": "民事判决书", "party": "甲某某", "served_on": "2026-11-20", "method": "电子送达"}]
    bring(api.fixture, case(services=served))
    (kind,) = [one for one in api.call("GET", "kinds").body["kinds"] if one["kind"] == "appeal"]
    (made,) = kind["examples"]
    digest = api.upload()
    body = made | {
        "submission_id": "example-1",
        "attachments": [one | {"sha256": digest} for one in made["attachments"]],
    }
    jsonschema.validate(body, kind["schema"])
    answer = api.call("POST", "applications", body)
    assert answer.status == 201, answer.body
    serial = answer.body["serial_no"]
    shown = api.call("GET", f"applications/{serial}").body
    assert (shown["state"]["code"], shown["state"]["label_zh"]) == ("SUBMITTED", "提交")
    assert api.call("POST", f"applications/{serial}/withdrawal", {"reason": "已和解"}).status in (200, 201)
    assert api.call("GET", f"applications/{serial}").body["state"]["code"] == "WITHDRAWN"


def test_the_example_names_nobody_of_the_case_it_is_about(api: Api):
    enable(api.fixture.house, OPERATOR, "appeal")
    people = [{"standing": "plaintiff", "name": "周某甲"}, {"standing": "defendant", "name": "吴某乙"}]
    bring(api.fixture, case(parties=people, agents=[]))
    (kind,) = [one for one in api.call("GET", "kinds").body["kinds"] if one["kind"] == "appeal"]
    assert kind["examples"][0]["case_number"]
    assert not {"周某甲", "吴某乙"} & {one["name"] for one in kind["examples"][0]["fields"]["parties"]}


def test_while_appeals_are_off_nobody_can_lodge_one(api: Api):
    assert "appeal" not in {one["kind"] for one in api.call("GET", "kinds", court="粤0198").body["kinds"]}
    assert (
        api.call("POST", "applications", {"kind": "appeal", "submission_id": "x"}, court="粤0198").status
        == 404
    )
