"""网上立案: states, time limits, notices, and what decisions send on."""

import string
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from core import Application, DecisionMade, Label, Role, Sight
from core.fields.bind import bind
from core.fields.example import example_of
from core.fields.kinds import KINDS
from core.fields.spec import specs_of
from core.law import case_number
from core.law.case_types import CASE_TYPES
from core.values import Actor, Submitter
from plugins.filing import ACCESS, estimate, filing, hints, review
from plugins.filing.example import AGENT, DEFENDANT, EXAMPLE, PLAINTIFF
from plugins.filing.fields import FEE_CATEGORIES, FEES, Filing
from plugins.filing.kinds import FILING_TYPES
from plugins.filing.states import EVERY_STATE
from tests.support.contexts import Given

NOW = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)


class Lookups:
    """A court with two causes of action."""

    today = NOW.date()

    def cause_name(self, code: str) -> str | None:
        return {"04.10.095": "买卖合同纠纷", "04.10.108.03": "民间借贷纠纷"}.get(code)

    def sample_cause(self) -> str:
        return "04.10.095"


def made(cls: type, raw: dict[str, Any]) -> Any:
    value, problems = bind(cls, raw, Lookups())
    assert problems == []
    return value


def application(state: str = "SUBMITTED", data: dict[str, Any] | None = None, **fields: Any) -> Application:
    return Application(
        id=1, serial_no="LA44019920260305000001", court="粤0199", module="filing", kind="filing", state=state, version=1,
        revision=1, case_id=None, case_number=None, parent_id=None, applicant="甲某某", handler=None, submitted_at=NOW,
        received_at=NOW, due_at=None, reviewed_by=None, reviewed_at=None,
        submitter=Submitter(role="lawyer", name="丙某某", phone="19900000003"),
        fields=made(Filing, {**example_of(Filing, Lookups()), **EXAMPLE, **fields}), data=data or {},
    )  # fmt: skip


def decided(code: str, raw: dict[str, Any] | None = None) -> DecisionMade:
    cls = filing.decision(code).fields
    return DecisionMade(code, "意见", made(cls, raw) if cls else None, Actor(court="粤0199"), NOW)


APPROVAL = {"procedure": "ordinary", "fee_category": "prop", "prepaid_fee": "2869.14"}


# --- States


def test_four_faces_share_ten_states():
    faces = {face.zh: codes for face, codes in filing.faces().items()}
    assert list(faces) == ["收", "符", "退", "立"]
    assert faces["收"] == ("SUBMITTED",)
    assert faces["符"] == ("APPROVED", "DOCKETING", "DOCKET_FAILED")
    assert faces["退"] == ("RETURNED_FOR_CORRECTION", "NOT_ACCEPTED", "REDIRECTED", "LAPSED", "WITHDRAWN")
    assert faces["立"] == ("DOCKETED",)
    assert filing.initial.code == "SUBMITTED"
    assert [state.code for state in filing.states if filing.waits(state)] == [
        "SUBMITTED",
        "APPROVED",
        "DOCKET_FAILED",
    ]


def test_every_step_goes_where_the_manual_says():
    moves = {(step.code, source, step.target) for step in filing.transitions for source in step.sources}
    assert moves == {
        ("approve", "SUBMITTED", "APPROVED"), ("return_for_correction", "SUBMITTED", "RETURNED_FOR_CORRECTION"),
        ("not_accept", "SUBMITTED", "NOT_ACCEPTED"), ("redirect", "SUBMITTED", "REDIRECTED"),
        ("docket", "APPROVED", "DOCKETING"), ("docket", "DOCKET_FAILED", "DOCKETING"),
        ("revoke_approval", "APPROVED", "SUBMITTED"), ("refer_to_mediation", "SUBMITTED", None),
        ("fee_paid", "DOCKETED", None), ("copy_served", "DOCKETED", None), ("transferred_to_division", "DOCKETED", None),
        ("resubmit", "RETURNED_FOR_CORRECTION", "SUBMITTED"), ("withdraw", "SUBMITTED", "WITHDRAWN"),
        ("withdraw", "RETURNED_FOR_CORRECTION", "WITHDRAWN"), ("lapse", "RETURNED_FOR_CORRECTION", "LAPSED"),
        ("docketed", "DOCKETING", "DOCKETED"), ("docket_failed", "DOCKETING", "DOCKET_FAILED"),
    }  # fmt: skip


def test_conclusions_need_an_opinion_and_the_rest_is_direct():
    assert {one.code for one in filing.decisions if one.opinion} == {"approve", "return_for_correction", "not_accept", "redirect"}  # fmt: skip
    assert all(one.direct is not one.opinion for one in filing.decisions)
    assert filing.decision("docket").operation == "docket"
    assert filing.decision("revoke_approval").roles == {Role.CENTRE_REVIEWER}


def test_who_may_do_what():
    may = {role: (access.see, access.review, access.draft, access.comment) for role, access in ACCESS.items()}
    assert may == {
        Role.CENTRE_REVIEWER: (Sight.COURT, True, False, True),
        Role.HANDLING_JUDGE: (Sight.OWN, True, False, True),
        Role.JUDGE_ASSISTANT: (Sight.OWN, False, True, False),
        Role.CLERK: (Sight.OWN, False, False, False),
        Role.PANEL_MEMBER: (Sight.OWN, False, False, False),
        Role.PRESIDENT: (Sight.COURT, False, False, False),
        Role.SUPERVISOR: (Sight.COURT, False, False, False),
    }


def test_the_docketing_list_shows_what_was_approved():
    review_list, docketing = filing.views
    assert review_list.states == EVERY_STATE
    assert docketing.states == ("APPROVED", "DOCKETING", "DOCKET_FAILED", "DOCKETED")


# --- Time limits


RULES = {rule.id: rule for rule in filing.limits}


@pytest.mark.parametrize("filing_type", FILING_TYPES)
@pytest.mark.parametrize("transferred", [None, False, True])
def test_exactly_one_rule_gives_the_time_for_deciding(filing_type, transferred):
    values = {"filing_type": filing_type} | ({} if transferred is None else {"transferred": transferred})
    running = [
        rule
        for rule in filing.limits
        if "received" in rule.since and (rule.when is None or rule.when.holds(values))
    ]
    special = {
        "criminal_private": ("F-2", 15),
        "third_party_revocation": ("F-3", 30),
        "enforcement_objection": ("F-4", 15),
    }
    expected = special.get(filing_type, ("F-7" if transferred else "F-1", 7))
    assert [(rule.id, rule.length) for rule in running] == [expected]


def test_every_rule_of_the_law_is_there_with_its_length_and_article():
    lengths = {name: rule.length for name, rule in RULES.items() if name != "F-C"}
    assert lengths == {
        "F-1": 7, "F-2": 15, "F-3": 30, "F-4": 15, "F-7": 7, "F-8": 7, "F-9": 5, "F-10": 3, "F-11": 15, "F-12": 30
    }  # fmt: skip
    assert all(rule.unit == "days" and rule.basis and rule.label.en for rule in filing.limits)
    assert RULES["F-C"].length.name == "correction_days"
    assert {name for name, rule in RULES.items() if rule.applicant} == {"F-C", "F-8"}


def test_the_time_for_deciding_runs_until_the_case_is_docketed():
    """An approval that is revoked has not stopped the clock."""
    for name in ("F-1", "F-2", "F-3", "F-4", "F-7"):
        assert filing.during(RULES[name]) == ("SUBMITTED", "APPROVED", "DOCKETING", "DOCKET_FAILED")
    meets = {step.code: set(step.meets) for step in filing.transitions if step.meets}
    deciding = {"F-1", "F-2", "F-3", "F-4", "F-7"}
    assert meets == {
        "return_for_correction": deciding, "not_accept": deciding, "redirect": deciding, "docketed": deciding,
        "resubmit": {"F-C"}, "fee_paid": {"F-8"}, "copy_served": {"F-9"}, "transferred_to_division": {"F-10"},
    }  # fmt: skip


def test_other_limits_run_where_they_matter():
    assert filing.during(RULES["F-C"]) == ("RETURNED_FOR_CORRECTION",)
    assert (
        filing.during(RULES["F-8"])
        == filing.during(RULES["F-9"])
        == filing.during(RULES["F-10"])
        == ("DOCKETED",)
    )
    assert filing.during(RULES["F-11"]) == EVERY_STATE
    assert filing.during(RULES["F-12"]) == ("SUBMITTED",)
    assert RULES["F-12"].start.name in specs_of(filing.decision("refer_to_mediation").fields)


@pytest.mark.parametrize("category", FEE_CATEGORIES)
def test_a_fee_is_waited_for_only_where_it_is_prepaid(category):
    assert RULES["F-8"].when.holds({"fee_category": category}) is (category not in ("none", "enforcement"))


@pytest.mark.parametrize("filing_type", FILING_TYPES)
def test_a_copy_is_served_only_of_a_suit(filing_type):
    suits = ("civil_first", "admin_first", "third_party_revocation", "enforcement_objection")
    assert RULES["F-9"].when.holds({"filing_type": filing_type}) is (filing_type in suits)


# --- Notices


def placeholders(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


def known(step: Any) -> set[str]:
    """Return what a step's notice may name: what the host knows, and what this step or the approval filled in."""
    names = {"court", "serial_no", "date", "name"}
    if step is None or step.code == "return_for_correction":
        names.add("due")
    if step is not None and (step.code == "docketed" or "DOCKETED" in step.sources):
        names |= {"case_number", "fee_words"}
    for spec in specs_of(step.fields).values() if step is not None and step.fields else ():
        if spec.required:
            names.add(f"{spec.name}_count" if spec.kind is KINDS.group else spec.name)
    return names


NOTICES = [(None, filing.submit_notice), *[(step, step.notice) for step in filing.transitions if step.notice]]


@pytest.mark.parametrize(("step", "words"), NOTICES, ids=lambda value: getattr(value, "code", "submit"))
def test_a_notice_never_has_an_empty_blank(step, words):
    for text in (words.zh, words.en):
        assert placeholders(text) <= known(step)
        assert {"court", "name"} <= placeholders(text)
        assert {"serial_no", "case_number"} & placeholders(text)
        assert "12368" in text
    assert placeholders(words.zh) == placeholders(words.en)


@pytest.mark.parametrize(("step", "words"), NOTICES, ids=lambda value: getattr(value, "code", "submit"))
def test_a_notice_is_short(step, words):
    """Its own words leave room in one message of 70 characters; filled in it never takes more than two."""
    filled = words.zh.format_map({
        "court": "示例市示例区人民法院", "name": "甲某某", "serial_no": "LA44019920260305000001", "date": "2026-03-05",
        "due": "2026-03-12", "case_number": "（2026）粤0199民初12345号", "corrections_count": "3",
        "authority": "示例市劳动人事争议仲裁委员会", "organisation": "示例市人民调解委员会", "paid_amount": "2,869.14",
        "fee_words": "请自接到缴费通知次日起7日内预交诉讼费2869.14元",
    })  # fmt: skip
    assert len(words.zh) - sum(len(name) + 2 for name in placeholders(words.zh)) <= 45
    assert len(filled) <= 2 * 67


def test_every_move_is_told_to_the_applicant():
    """All but what happens inside the court."""
    silent = {step.code for step in filing.transitions if step.notice is None}
    assert silent == {"docket", "docket_failed", "copy_served", "transferred_to_division"}


# --- What a decision adds


def test_an_approval_keeps_the_fee_as_reckoned():
    outcome = review(application(), decided("approve", APPROVAL))
    assert outcome.payload == {}
    assert outcome.data["fee_estimate"] == "2869.14"
    assert outcome.data["fee_differs"] is False
    assert "第13条" in outcome.data["fee_reckoning"]
    assert outcome.data["docket_cause"] == "买卖合同纠纷"
    assert outcome.data["fee_words"] == "请自接到缴费通知次日起7日内预交诉讼费2869.14元"


def test_an_approval_reckons_by_the_category_the_court_sets():
    raw = APPROVAL | {"fee_category": "labour", "prepaid_fee": "50.00", "corrected_cause": "04.10.108.03"}
    data = review(application(), decided("approve", raw)).data
    assert (data["fee_estimate"], data["fee_differs"]) == ("10.00", True)
    assert (data["docket_cause"], data["docket_cause_code"]) == ("民间借贷纠纷", "04.10.108.03")


def test_an_approval_without_a_fee_says_so():
    data = review(
        application(), decided("approve", APPROVAL | {"fee_category": "none", "prepaid_fee": "0"})
    ).data
    assert (data["fee_estimate"], data["fee_reckoning"], data["fee_differs"]) == (None, None, False)
    assert data["fee_words"] == "本案不需预交诉讼费"


def test_docketing_sends_the_case():
    payload = review(application("APPROVED"), decided("docket")).payload
    assert payload["case_type"] == "民初"
    assert payload["title"] == "甲某某与示例贸易有限公司买卖合同纠纷"
    assert (payload["cause"], payload["cause_code"]) == ("买卖合同纠纷", "04.10.095")
    assert payload["claim_amount"] == "128456.78"
    assert payload["parties"][0] == {
        "role": "plaintiff", "name": "甲某某", "kind": "natural", "id_type": "resident_id", "id_no": "440100190001010014",
        "phone": "19900000001", "residence": "示例市示例区示例路1号", "service_address": "示例市示例区示例路1号",
    }  # fmt: skip
    assert payload["parties"][1]["id_no"] == "91440199TEXT000173"
    assert payload["agents"] == [
        {name: AGENT[name] for name in ("name", "kind", "licence_no", "firm", "phone", "authority", "special_powers")} | {"party": "甲某某"}
    ]  # fmt: skip


def test_docketing_sends_the_cause_the_court_corrected():
    before = application(
        "APPROVED",
        {"docket_cause": "民间借贷纠纷", "docket_cause_code": "04.10.108.03", "procedure": "summary"},
    )
    payload = review(before, decided("docket")).payload
    assert (payload["cause"], payload["cause_code"], payload["procedure"]) == (
        "民间借贷纠纷",
        "04.10.108.03",
        "summary",
    )
    assert payload["title"] == "甲某某与示例贸易有限公司民间借贷纠纷"


def test_the_title_of_many_is_short():
    parties = [PLAINTIFF, PLAINTIFF | {"name": "庚某某"}, DEFENDANT, DEFENDANT | {"name": "示例二公司"}]
    payload = review(application("APPROVED", parties=parties), decided("docket")).payload
    assert payload["title"] == "甲某某等与示例贸易有限公司等买卖合同纠纷"


@pytest.mark.parametrize("filing_type", FILING_TYPES)
def test_every_type_gets_a_case_type_of_the_list(filing_type):
    payload = review(application("APPROVED", filing_type=filing_type), decided("docket")).payload
    assert payload["case_type"] in CASE_TYPES
    assert case_number.parse(f"（2026）粤0199{payload['case_type']}1号")


def test_other_decisions_add_nothing():
    raw = {
        "reasons": ["incomplete"],
        "corrections": [{"item": "起诉状", "requirement": "补签名"}],
        "correction_days": 7,
    }
    assert review(application(), decided("return_for_correction", raw)) is None


@pytest.mark.parametrize(
    ("days", "fits"), [(0, False), (1, True), (7, True), (60, True), (61, False), (None, True)]
)  # fmt: skip
def test_a_correction_has_a_time_and_at_least_one_item(days, fits):
    cls = filing.decision("return_for_correction").fields
    raw = {
        "reasons": ["incomplete"],
        "corrections": [{"item": "起诉状", "requirement": "补签名"}],
        "correction_days": days,
    }
    assert (not bind(cls, raw, Lookups())[1]) is fits
    assert [
        problem.field for problem in bind(cls, raw | {"correction_days": 7, "corrections": []}, Lookups())[1]
    ] == ["corrections"]


@pytest.mark.parametrize("code", [one.code for one in filing.decisions if one.fields])
def test_every_form_of_a_decision_has_a_valid_example(code):
    cls = filing.decision(code).fields
    made(cls, example_of(cls, Lookups()))


# --- Guards


def test_still_deficient_needs_a_correction_before():
    guard = filing.decision("not_accept").guard
    values = decided("not_accept", {"ground": "still_deficient", "reasons": ["incomplete"]}).values
    assert guard(application(), values, Given()).field == "ground"
    assert guard(application(data={"correction_days": 7}), values, Given()) is None
    insisted = decided("not_accept", {"ground": "insisted", "reasons": ["incomplete"]}).values
    assert guard(application(), insisted, Given()) is None


def test_mediation_needs_consent():
    guard = filing.decision("refer_to_mediation").guard
    assert guard(application(), None, Given()) is None
    assert guard(application(mediation_consent=False), None, Given()).code == "no_consent"


# --- Hints


def lines(one: Application) -> str:
    found = list(hints(one, Given(now=datetime.now(UTC))))
    assert all(isinstance(line, Label) and line.en != line.zh for line in found)
    return "\n".join(line.zh for line in found)


def test_the_fee_is_shown_with_its_steps():
    found = lines(application())
    assert "诉讼费估算：2869.14元" in found
    assert "基本 50 元" in found
    assert "《诉讼费用交纳办法》第13条第(一)项" in found


@pytest.mark.parametrize("category", FEES)
def test_every_category_can_be_reckoned_with_an_amount(category):
    assert estimate(application(fee_category=category).fields).fee > 0


def test_what_cannot_be_reckoned_is_not_shown():
    assert estimate(application(fee_category="none").fields) is None
    assert estimate(application(fee_category="enforcement", claim_amount=None).fields) is None
    assert "估算" not in lines(application(fee_category="none"))


def test_time_that_is_over_says_docket_first():
    past = datetime.now(UTC) - timedelta(seconds=1)
    assert "先行立案" in lines(evolve(application(), due_at=past))
    assert "先行立案" not in lines(evolve(application("APPROVED"), due_at=past))
    assert "先行立案" not in lines(evolve(application(), due_at=past + timedelta(days=1)))
    assert "先行立案" not in lines(application())


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"no_duplicate_suit": False}, "重复起诉"), ({"fee_relief": "defer"}, "缓减免"), ({"with_preservation": True}, "诉讼保全"),
        ({"claim_amount": "1.00"}, "不一致"),
        ({"parties": [PLAINTIFF | {"resident_id": "440199199912319904"}, DEFENDANT]}, "行政区划代码 440199 不存在"),
    ],
)  # fmt: skip
def test_odd_things_are_pointed_out(fields, said):
    assert said in lines(application(**fields))
    assert said not in lines(
        application(
            **({"parties": [PLAINTIFF, DEFENDANT | {"credit_code": None}]} if "parties" in fields else {})
        )
    )


def test_amounts_agree_when_only_some_claims_have_one():
    assert "不一致" not in lines(
        application(claims=[{"text": "付款", "amount": "128456.78"}, {"text": "诉讼费"}])
    )
    assert Decimal("128456.78") == application().fields.claim_amount
