"""调查令: what may be asked for and by whom, how long an order holds, when its receipt is due."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve

from core import law
from core.context import Case, CaseProxy
from core.fields.bind import bind
from core.values import Application, Submitter
from plugins.investigation import investigation, rules
from plugins.investigation.checks import CHECKS, hints
from plugins.investigation.decisions import Checklist, Order, fit_to_issue, fit_to_take
from plugins.investigation.example import LAWYERS, SUBMITTER, example
from plugins.investigation.fields import Investigation, Settings
from tests.plugins.investigation.desk import FIELDS, ITEM
from tests.support.contexts import CALENDAR, Given

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
LAWYER = Submitter(**SUBMITTER)
RULES = {rule.id: rule for rule in investigation.limits}


class Lookups:
    today = NOW.date()


def asked(**fields: Any) -> Investigation:
    value, problems = bind(Investigation, FIELDS | fields, Lookups())
    assert problems == []
    return value


def given(**more: Any) -> Given:
    return Given(**({"settings": Settings(), "submitter": LAWYER} | more))


def problems(context: Given, **fields: Any) -> list[tuple[str, str]]:
    filed = asked(**fields)
    return [(one.field, one.code) for check in CHECKS for one in check(filed, context)]


def application(context: Given, **fields: Any) -> Application:
    return Application(
        id=1, serial_no="DC44019920261123000001", court="粤0199", module="investigation", kind="investigation", state="SUBMITTED", version=1,
        revision=1, case_id=1, case_number=None, parent_id=None, applicant="丙某某", handler=1, submitted_at=NOW, received_at=NOW, due_at=None,
        reviewed_by=None, reviewed_at=None, submitter=context.submitter, fields=asked(**fields),
    )  # fmt: skip


# --- Who applies, for what


@pytest.mark.parametrize("role", ["party", "legal_worker", "relative", "staff", "recommended"])
def test_nobody_but_a_lawyer_applies(role):
    context = given(submitter=evolve(LAWYER, role=role))
    (found,) = [one for check in CHECKS for one in check(asked(), context)]
    assert (found.field, found.code) == ("submitter.role", "lawyers_only")
    assert "代理律师" in found.message.zh
    assert "Only a lawyer" in found.message.en


@pytest.mark.parametrize("role", ["lawyer", "legal_aid"])
def test_lawyers_apply_legal_aid_lawyers_too(role):
    assert problems(given(submitter=evolve(LAWYER, role=role))) == []


def test_a_court_may_ask_for_two_lawyers():
    two = given(settings=Settings(lawyers_needed=2))
    assert problems(two) == [("lawyers", "too_few_lawyers")]
    assert problems(two, lawyers=[*LAWYERS]) == []
    assert problems(given(), lawyers=[*LAWYERS]) == []


def test_one_lawyer_is_not_named_twice():
    twice = [LAWYERS[0], LAWYERS[0] | {"name": "另一名"}]
    assert problems(given(), lawyers=twice) == [("lawyers[1].licence_no", "repeated")]


@pytest.mark.parametrize("kind", rules.EVIDENCE_KINDS)
def test_testimony_alone_is_refused_and_the_sentence_says_what_to_do(kind):
    wanted = [("evidence_items[1].kind", "witness_testimony")] if kind == rules.TESTIMONY else []
    assert problems(given(), evidence_items=[ITEM, ITEM | {"kind": kind}]) == wanted
    said = [one.message for check in CHECKS for one in check(asked(evidence_items=[ITEM | {"kind": kind}]), given())]  # fmt: skip
    assert all("出庭作证" in one.zh and "appear in court" in one.en for one in said)


@pytest.mark.parametrize(
    ("days", "fine"), [("2026-10-31", True), ("2025-11-01", True), ("2025-10-31", False)]
)
def test_a_span_ends_after_it_begins(days, fine):
    assert problems(given(), evidence_items=[ITEM | {"to_on": days}]) == ([] if fine else [("evidence_items[0].to_on", "ends_before_it_begins")])  # fmt: skip


@pytest.mark.parametrize(("days", "longest", "fine"), [(30, 30, True), (31, 30, False), (15, 15, True), (16, 15, False)])  # fmt: skip
def test_nobody_asks_for_more_days_than_the_court_gives(days, longest, fine):
    found = problems(given(settings=Settings(longest_days=longest)), validity_days=days)
    assert found == ([] if fine else [("validity_days", "too_long")])


@pytest.mark.parametrize("needed", [1, 2])
@pytest.mark.parametrize("approval", ["judge", "division_head"])
def test_the_example_is_in_order_whatever_the_court_has_set(needed, approval):
    context = given(
        settings=Settings(lawyers_needed=needed, approval=approval, default_days=20, longest_days=10)
    )
    value, wrong = bind(Investigation, example(context), Lookups())
    assert wrong == []
    assert [one for check in CHECKS for one in check(value, context)] == []
    assert len(value.lawyers) == needed


# --- What the judge is told


def test_who_applies_is_compared_with_the_agents_of_the_case():
    agent = CaseProxy("甲某某", "丙某某", "", LAWYERS[0]["licence_no"], "general", (), {})
    case = Case(id=1, case_number="", case_type="民初", cause="", title="", procedure="", handler=1, handler_name="", docketed_on=date(2026, 3, 2), agents=(agent,))  # fmt: skip

    def told(context: Given, **fields: Any) -> list[str]:
        return [line.zh for line in hints(application(context, **fields), context)]

    assert told(given(case=case)) == []
    assert told(given(case=evolve(case, agents=(evolve(agent, licence_no=""),)))) == []
    assert told(given(case=evolve(case, agents=()))) == [
        "丙某某不在本案已绑定的代理人中，请核对授权委托书和所函。"
    ]
    assert told(given(case=case), party="乙公司") == ["丙某某在本案代理甲某某，与申请所写的乙公司不一致。"]
    other = given(case=case, submitter=evolve(LAWYER, name="戊某某"))
    assert told(other) == ["提交人戊某某不在申请律师之列，请核对。"]
    named = told(given(case=case), evidence_items=[ITEM | {"name": "证人丁某的证言"}])
    assert named == ["“证人丁某的证言”可能属于证人证言，调查令不适用，请核对。"]


def test_an_earlier_order_to_the_same_respondent_is_named():
    before = application(given())
    context = given(before={"investigation": (before,)}, case=None)
    assert any(before.serial_no in line.zh for line in hints(application(context), context))
    assert not any(
        before.serial_no in line.zh for line in hints(application(context, respondent="他行"), context)
    )


# --- The guards


@pytest.mark.parametrize("point", ["necessary", "relevant", "feasible"])
def test_what_fails_the_checklist_is_returned_and_not_received(point):
    every = {"necessary": True, "relevant": True, "feasible": True}
    assert fit_to_take(application(given()), Checklist(**every), given()) is None
    found = fit_to_take(application(given()), Checklist(**(every | {point: False})), given())
    assert (found.field, found.code) == (point, "not_met")


@pytest.mark.parametrize(
    ("settings", "changes", "wrong"),
    [
        ({}, {"validity_days": 30}, None),
        ({}, {"validity_days": 31}, ("validity_days", "too_long")),
        ({"longest_days": 15}, {"validity_days": 16}, ("validity_days", "too_long")),
        ({"lawyers_needed": 2}, {}, ("lawyers", "too_few_lawyers")),
        ({}, {"lawyers": [LAWYERS[1]]}, ("lawyers", "not_an_applicant")),
        ({}, {"evidence_items": [ITEM | {"kind": "witness_testimony"}]}, ("evidence_items[0].kind", "witness_testimony")),
    ],
)  # fmt: skip
def test_an_order_that_the_court_does_not_give_is_not_issued(settings, changes, wrong):
    raw = {"evidence_items": [ITEM], "lawyers": [LAWYERS[0]], "validity_days": 15} | changes
    order, found = bind(Order, raw, Lookups())
    assert found == []
    context = given(settings=Settings(**settings))
    against = fit_to_issue(application(context), order, context)
    assert (against and (against.field, against.code)) == wrong


# --- Days


def slow_last_day(issued_on: date, days: int) -> date:
    """Count on the fingers: the day of issue is not counted, every day after it is, holiday or not."""
    day = issued_on
    for _ in range(days):
        day += timedelta(days=1)
    return day


def test_an_order_issued_on_any_day_of_three_years_ends_when_fingers_say():
    for place in range((date(2026, 12, 31) - date(2024, 1, 1)).days + 1):
        issued = date(2024, 1, 1) + timedelta(days=place)
        for days in (1, 15, 30):
            assert rules.last_day(issued, days) == slow_last_day(issued, days)
            reckoned = RULES["DC-2"].reckon(issued, CALENDAR, length=days)
            assert reckoned.end == slow_last_day(issued, days), "the clock ends it on the day that is printed"


@pytest.mark.parametrize(("until", "due"), [
    (date(2026, 9, 26), date(2026, 10, 8)),  # 1 October to 7 October are off
    (date(2026, 11, 24), date(2026, 11, 30)),  # ends on a Sunday
    (date(2026, 12, 8), date(2026, 12, 14)),
    (date(2026, 12, 10), date(2026, 12, 15)),
    (date(2026, 12, 28), None),  # the calendar of 2027 is not published
])  # fmt: skip
def test_a_receipt_is_due_some_days_after_expiry_never_on_a_rest_day(until, due):
    assert rules.receipt_due(until, 5, given()) == due
    if due is not None:
        assert RULES["DC-3"].reckon(until, CALENDAR, length=5).end == due


@pytest.mark.parametrize(("back", "today", "state"), [
    (None, date(2026, 12, 8), "awaited"), (None, date(2026, 12, 14), "awaited"), (None, date(2026, 12, 15), "overdue"),
    (date(2026, 12, 1), date(2026, 12, 30), "returned"), (date(2026, 12, 14), date(2026, 12, 14), "returned"),
    (date(2026, 12, 15), date(2026, 12, 15), "returned_late"),
])  # fmt: skip
def test_how_it_stands_with_a_receipt(back, today, state):
    assert rules.receipt_state(date(2026, 12, 8), date(2026, 12, 14), back, today) == state
    assert rules.receipt_state(date(2026, 12, 8), None, back, today) == ("returned" if back else "awaited")
    assert rules.receipt_state(None, None, None, today) is None


@pytest.mark.parametrize(("stage", "ends", "said"), [
    ("trial", date(2026, 11, 23), "in_time"), ("trial", date(2026, 11, 22), "late"), ("trial", None, "unknown"),
    ("filing", date(2026, 11, 1), None), ("enforcement", None, None),
])  # fmt: skip
def test_only_a_trial_has_an_adduction_period(stage, ends, said):
    assert rules.timing(stage, ends, date(2026, 11, 23)) == said


def test_every_limit_has_its_length_from_the_court_and_names_its_basis():
    lengths = {rule.id: (rule.length.name, rule.unit, rule.roll, rule.remind, rule.applicant) for rule in investigation.limits}  # fmt: skip
    assert lengths == {
        "DC-1": ("settings.decision_days", "days", True, (1,), False), "DC-2": ("validity_days", "days", False, (3,), True),
        "DC-3": ("settings.return_days", "days", True, (1,), True),
    }  # fmt: skip
    assert Settings() == Settings(
        approval="judge", lawyers_needed=1, default_days=15, longest_days=30, decision_days=5, return_days=5
    )
    with pytest.raises(law.errors.LawError):
        RULES["DC-1"].reckon(date(2026, 11, 23), CALENDAR)
