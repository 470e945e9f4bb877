"""A whole declaration: everything wrong named at once; what is accepted, the schema accepts; nothing breaks it."""

import json
from datetime import date, timedelta
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import core
from core import field, request_fields
from core.fields.bind import bind, from_form, to_json
from core.fields.schema import schema_of
from core.fields.spec import DeclarationError, specs_of
from tests.fields.declared import COLOURS, MINIMUM, Everything, Lookups
from tests.fields.test_kinds import BAD, GOOD

SCHEMA = jsonschema.Draft202012Validator(schema_of(Everything), format_checker=jsonschema.FormatChecker())
LOOK = Lookups()


def wrong(raw: Any) -> dict[str, str]:
    value, problems = bind(Everything, raw, LOOK)
    assert (value is None) == bool(problems)
    return {problem.field: problem.code for problem in problems}


def test_everything_missing_is_named_at_once():
    assert wrong({}) == dict.fromkeys(MINIMUM, "missing")
    assert wrong(dict.fromkeys(MINIMUM)) == dict.fromkeys(MINIMUM, "missing")


def test_a_day_that_has_to_have_come_is_today_at_the_latest():
    @request_fields
    class Registered:
        served_on: date = core.day("送达日期", "Served on", past=True)

    assert bind(Registered, {"served_on": LOOK.today.isoformat()}, LOOK)[0].served_on == LOOK.today
    tomorrow = (LOOK.today + timedelta(days=1)).isoformat()
    (problem,) = bind(Registered, {"served_on": tomorrow}, LOOK)[1]
    assert (problem.field, problem.code) == ("served_on", "in_future")


def test_unknown_fields_are_named_also_inside_groups_and_beside_other_faults():
    raw = MINIMUM | {"text": "", "other": 1, "summary": "mine", "lines": [{"what": "a", "else": 2}]}
    assert wrong(raw) == {
        "text": "empty",
        "other": "unknown_field",
        "summary": "unknown_field",
        "lines[0].else": "unknown_field",
    }


@pytest.mark.parametrize("raw", [None, [], "x", 5, [MINIMUM]])
def test_what_is_no_object_is_refused(raw):
    assert wrong(raw) == {"": "not_an_object"}


@pytest.mark.parametrize(
    ("raw", "named"),
    [
        ({"yes_no": True}, {"why": "missing"}), ({"yes_no": True, "why": "因为"}, {}), ({"yes_no": True, "why": " "}, {"why": "empty"}),
        ({"lines": [{"what": "a", "kind": "blue"}]}, {"extra": "missing"}),
        ({"lines": [{"what": "a"}, {"what": "b", "kind": "green"}]}, {}),
        ({"lines": [{"what": "a", "kind": "red"}]}, {"lines[0].amount": "missing"}),
        ({"lines": [{"what": "a", "kind": "red", "amount": "5"}]}, {}),
        ({"money": "1", "choice": "green"}, {"note": "missing"}), ({"choice": "green"}, {}), ({"money": "1"}, {}),
        ({"choice": "blue"}, {"proofs": "too_few"}), ({"choice": "blue", "proofs": [{"what": "a"}]}, {}),
        ({"lines": [{"what": "a"}] * 4}, {"lines": "too_many"}), ({"lines": "a"}, {"lines": "not_a_list"}),
        ({"lines": [5, {"what": "a"}]}, {"lines[0]": "not_an_object"}), ({"lines": None}, {}),
    ],
)  # fmt: skip
def test_conditions_hold_in_the_check_exactly_where_they_hold_in_the_schema(raw, named):
    whole = MINIMUM | raw
    assert wrong(whole) == named
    assert SCHEMA.is_valid(whole) == (not named)


def test_defaults_and_derived_values_are_filled_in():
    value, problems = bind(
        Everything, MINIMUM | {"text": "很长的文字很长的文字", "lines": [{"what": "a"}]}, LOOK
    )
    assert problems == []
    assert (value.colour, value.summary, value.lines[0].kind) == ("green", "很长的文字很长的文字/1", None)
    assert bind(Everything, MINIMUM | {"text": "很" * 30}, LOOK)[0].summary == "很" * 12
    assert bind(Everything, MINIMUM | {"colour": "red"}, LOOK)[0].colour == "red"
    assert "summary" not in to_json(value)
    assert "summary" not in schema_of(Everything)["properties"]


values = {name: st.sampled_from([pair[0] for pair in pairs] + BAD[name]) for name, pairs in GOOD.items()}
line = st.fixed_dictionaries(
    {"what": st.text(max_size=22)},
    optional={
        "kind": st.sampled_from([*COLOURS, None, "mauve"]),
        "amount": st.sampled_from(["1", "1.25", None, 5]),
    },
)
bodies = st.fixed_dictionaries(
    {
        "text": st.text(max_size=32),
        "choice": st.sampled_from(["red", "green", "blue", "x"]),
        "yes_no": st.booleans(),
        "whole": st.integers(0, 10),
    },
    optional={name: st.none() | st.sampled_from([pair[0] for pair in GOOD[name]]) for name in GOOD if name not in MINIMUM}
    | {"lines": st.lists(line, max_size=4), "proofs": st.lists(line, max_size=2), "why": st.text(max_size=5), "extra": st.none() | st.text(max_size=5), "note": st.text(max_size=3)},
)  # fmt: skip


@settings(max_examples=300)
@given(bodies)
def test_whatever_the_check_accepts_the_schema_accepts_and_it_comes_back_the_same(raw):
    value, problems = bind(Everything, raw, LOOK)
    if problems:
        assert value is None
        return
    SCHEMA.validate(raw)
    again = json.loads(json.dumps(to_json(value)))
    SCHEMA.validate(again)
    assert bind(Everything, again, LOOK) == (value, [])


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*GOOD, "lines", "what", ""]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=200)
@given(st.dictionaries(st.sampled_from([*GOOD, "lines", "proofs", "x"]), anything, max_size=6))
def test_whatever_comes_in_is_answered_with_problems_and_never_breaks(raw):
    value, problems = bind(Everything, raw, LOOK)
    assert (value is None) == bool(problems)
    assert all(problem.field and problem.code and problem.message.zh for problem in problems)


@settings(max_examples=100)
@given(st.dictionaries(st.sampled_from([*GOOD, "lines.0.what", "lines.2.kind", "lines.x.what", "lines.0", "lines.99999.what", "y"]), st.lists(st.text(max_size=8), max_size=2), max_size=8))  # fmt: skip
def test_whatever_a_form_sends_becomes_something_the_check_can_answer(form):
    bind(Everything, from_form(Everything, form), LOOK)


def test_items_left_empty_in_a_form_are_dropped_and_the_rest_keep_their_order():
    form = {"lines.2.what": ["c"], "lines.0.what": ["a"], "lines.1.what": [" "], "lines.10.what": ["k"]}
    assert from_form(Everything, form) == {"lines": [{"what": "a"}, {"what": "c"}, {"what": "k"}]}


def declare(**members: Any) -> type:
    return request_fields(type("Made", (), {"__annotations__": {name: kind for name, (kind, _) in members.items()}, **{name: one for name, (_, one) in members.items()}}))  # fmt: skip


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"one": (str, "plain")}, "Made.one: declare it with a field function"),
        ({"one": (str, core.text("a", "a", required_when=field("two") == 1))}, "required_when needs an optional annotation"),
    ],
)  # fmt: skip
def test_a_declaration_that_cannot_work_is_named_with_the_cure(members, said):
    with pytest.raises(DeclarationError, match=said):
        declare(**members)


def test_an_unknown_option_and_a_plain_class_are_refused():
    with pytest.raises(TypeError, match="unknown option of a text field: colour"):
        core.text("a", "a", colour="red")
    with pytest.raises(DeclarationError, match="decorate it with @request_fields"):
        core.group(int, "a", "a")


def test_a_declaration_is_frozen_and_by_keyword():
    value = bind(Everything, MINIMUM, LOOK)[0]
    with pytest.raises(AttributeError):
        value.text = "b"
    with pytest.raises(TypeError):
        Everything("a")
    assert declare(one=(date | None, core.day("a", "a")))().one is None


def test_what_a_declaration_extends_comes_after_its_own_fields():
    """Electronic service is asked in the same words wherever it is asked, at the end."""

    @request_fields
    class Parcel(core.common.ElectronicService):
        wish: str = core.text("愿望", "Wish")

    assert list(specs_of(Parcel)) == ["wish", *specs_of(core.common.ElectronicService)]
    value, problems = bind(Parcel, {"wish": "快", "e_service_consent": False}, LOOK)
    assert (problems, value.wish, value.e_service_consent) == ([], "快", False)
    _, problems = bind(Parcel, {"wish": "快", "e_service_consent": True}, LOOK)
    assert {(one.field, one.code) for one in problems} == {("e_service_scope", "missing"), ("e_service_phone", "missing")}  # fmt: skip
