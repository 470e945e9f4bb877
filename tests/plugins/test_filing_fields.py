"""网上立案: the example is complete, everything needed is asked for by name, and the schema says the same as the check."""

import copy
from datetime import date
from typing import Any

import jsonschema
import pytest
from attrs import frozen

from core.fields.bind import bind, to_json
from core.fields.example import example_of
from core.fields.kinds import KINDS
from core.fields.schema import schema_of
from core.fields.spec import specs_of
from plugins.filing import filing
from plugins.filing.example import AGENT, DEFENDANT, EXAMPLE, PLAINTIFF
from plugins.filing.fields import FEE_CATEGORIES, Claim, EvidenceItem, Filing, RelatedCase
from plugins.filing.kinds import FILING_TYPES
from plugins.filing.parties import DOCUMENTS, Agent, Party
from tests.support.contexts import Given


@frozen
class Lookups:
    """A court with one cause of action."""

    today: date = date(2026, 3, 5)

    def cause_name(self, code: str) -> str | None:
        return {"04.10.095": "买卖合同纠纷", "04.10.108.03": "民间借贷纠纷"}.get(code)

    def sample_cause(self) -> str:
        return "04.10.095"


LOOKUPS = Lookups()
SCHEMA = jsonschema.Draft202012Validator(schema_of(Filing))


def example() -> dict[str, Any]:
    return copy.deepcopy({**example_of(Filing, LOOKUPS), **EXAMPLE})


def problems(raw: dict[str, Any]) -> list[tuple[str, str]]:
    """Return (path, code) of all that the host's door would refuse in ``raw``."""
    value, found = bind(Filing, raw, LOOKUPS)
    if value is not None:
        found = [problem for check in filing.checks for problem in check(value, Given())]
    return [(problem.field, problem.code) for problem in found]


def without(raw: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in raw.items() if name not in names}


LEGAL_PLAINTIFF = without(PLAINTIFF, "sex", "birth_date", "nation", "occupation", "workplace", "id_type", "resident_id") | {
    "kind": "legal", "name": "示例实业有限公司", "credit_code": "91440199MA9999X05E", "representative_name": "丁某某",
    "representative_title": "董事长", "representative_phone": "19900000004",
}  # fmt: skip
FOREIGN_PLAINTIFF = without(PLAINTIFF, "resident_id") | {"id_type": "passport", "other_id_no": "E00000000"}
RELATIVE = without(AGENT, "licence_no", "firm", "special_powers") | {
    "kind": "relative",
    "document_no": "0000",
    "authority": "general",
}
LEGAL_WORKER = without(AGENT, "licence_no") | {"kind": "legal_worker", "document_no": "0001"}
WITNESS = {"name": "证言", "source": "证人", "witness_name": "戊某某", "witness_address": "示例市示例路3号"}
ITEMS = [
    (Party, "parties", PLAINTIFF), (Party, "parties", LEGAL_PLAINTIFF), (Party, "parties", FOREIGN_PLAINTIFF),
    (Party, "parties", DEFENDANT), (Agent, "agents", AGENT), (Agent, "agents", RELATIVE), (Agent, "agents", LEGAL_WORKER),
    (Claim, "claims", {"text": "判令付款。"}), (EvidenceItem, "evidence_list", WITNESS),
    (RelatedCase, "related_cases", {"case_number": "（2025）粤0199民初1号", "relation": "同一合同"}),
]  # fmt: skip
WHOLE = EXAMPLE | {"jurisdiction_basis": "other", "jurisdiction_note": "专门约定"}


def needed(cls: type, raw: dict[str, Any]) -> list[str]:
    """Return the fields that ``raw`` cannot do without."""
    specs = specs_of(cls).values()
    return [
        spec.name for spec in specs
        if (spec.required and (spec.kind is not KINDS.group or spec.min_items))
        or (spec.required_when is not None and spec.required_when.holds(raw))
    ]  # fmt: skip


def test_the_example_is_complete():
    raw = example()
    assert problems(raw) == []
    SCHEMA.validate(raw)
    categories = {one.category for one in filing.attachments if one.needed(raw)}
    assert categories == {
        "complaint", "plaintiff_identity", "power_of_attorney", "agent_identity", "law_firm_letter", "defendant_identity",
        "evidence", "service_address",
    }  # fmt: skip


def test_what_binds_is_the_same_again_as_json():
    raw = example()
    value, _ = bind(Filing, raw, LOOKUPS)
    again, found = bind(Filing, to_json(value), LOOKUPS)
    assert (again, found) == (value, [])


@pytest.mark.parametrize("name", needed(Filing, {**example_of(Filing, LOOKUPS), **WHOLE}))
def test_a_needed_field_is_refused_by_name(name):
    raw = without(example() | copy.deepcopy(WHOLE), name)
    assert (name, "too_few" if name in ("parties", "claims", "evidence_list") else "missing") in problems(raw)
    assert not SCHEMA.is_valid(raw)


@pytest.mark.parametrize(
    ("group", "item", "name"),
    [(group, item, name) for cls, group, item in ITEMS for name in needed(cls, item)],
    ids=lambda value: value if isinstance(value, str) else value.get("kind", ""),
)
def test_a_needed_field_of_an_item_is_refused_by_its_path(group, item, name):
    raw = example() | {group: [item]}
    if group == "parties":
        raw["parties"] = [item, DEFENDANT if item["role"] == "plaintiff" else PLAINTIFF]
        raw["agents"] = []
    raw[group][0] = without(item, name)
    assert (f"{group}[0].{name}", "missing") in problems(raw)
    assert not SCHEMA.is_valid(raw)


def test_the_items_above_try_every_condition():
    """Every required_when of an item holds for one of the samples."""
    tried = {(cls, name) for cls, _, item in ITEMS for name in needed(cls, item)}
    stated = {
        (cls, spec.name) for cls in {cls for cls, _, _ in ITEMS} for spec in specs_of(cls).values() if spec.required_when is not None
    }  # fmt: skip
    assert stated <= tried


@pytest.mark.parametrize("parties", [[LEGAL_PLAINTIFF, DEFENDANT], [FOREIGN_PLAINTIFF, DEFENDANT]])
def test_other_plaintiffs_are_accepted(parties):
    raw = example() | {"parties": parties, "agents": []}
    assert problems(raw) == []
    SCHEMA.validate(raw)


@pytest.mark.parametrize("agent", [RELATIVE, LEGAL_WORKER])
def test_other_agents_are_accepted(agent):
    raw = example() | {"agents": [agent]}
    assert problems(raw) == []
    SCHEMA.validate(raw)


@pytest.mark.parametrize("category", FEE_CATEGORIES)
def test_the_amount_is_needed_where_the_fee_depends_on_it(category):
    raw = without(example(), "claim_amount") | {"fee_category": category}
    missing = ("claim_amount", "missing") in problems(raw)
    assert missing is (category in ("prop", "payment_order"))
    assert SCHEMA.is_valid(raw) is not missing


def test_electronic_service_asks_for_nothing_without_consent():
    raw = without(example(), "e_service_scope", "e_service_phone") | {"e_service_consent": False}
    assert problems(raw) == []
    SCHEMA.validate(raw)


@pytest.mark.parametrize("filing_type", FILING_TYPES)
def test_every_type_can_be_filed(filing_type):
    assert problems(example() | {"filing_type": filing_type}) == []


# --- Attachments


@pytest.mark.parametrize(
    ("change", "category", "is_needed"),
    [
        ({"parties": [LEGAL_PLAINTIFF, DEFENDANT]}, "legal_representative", True),
        ({"parties": [LEGAL_PLAINTIFF | {"kind": "organisation"}, DEFENDANT]}, "legal_representative", True),
        ({}, "legal_representative", False),
        ({"agents": []}, "power_of_attorney", False),
        ({"agents": []}, "agent_identity", False),
        ({"agents": [RELATIVE]}, "power_of_attorney", True),
        ({"agents": [RELATIVE]}, "law_firm_letter", False),
        ({"agents": [LEGAL_WORKER]}, "law_firm_letter", True),
        ({"fee_relief": "none"}, "fee_relief", False),
        ({"fee_relief": "defer"}, "fee_relief", True),
        ({"fee_relief": "exempt"}, "fee_relief", True),
        ({"parties": [PLAINTIFF, LEGAL_PLAINTIFF]}, "defendant_identity", False),
    ],
)
def test_what_is_filed_calls_for_its_papers(change, category, is_needed):
    wanted = {one.category for one in filing.attachments if one.needed(example() | change)}
    assert (category in wanted) is is_needed


# --- Checks


def changed(party: int = 0, **changes: Any) -> dict[str, Any]:
    raw = example()
    raw["parties"][party] |= changes
    return raw


PERSON = {"role": "defendant", "kind": "natural", "name": "己某某", "residence": "示例市示例路9号"}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (example() | {"parties": [DEFENDANT], "agents": []}, [("parties", "no_plaintiff")]),
        (example() | {"parties": [PLAINTIFF]}, [("parties", "no_defendant")]),
        (example() | {"parties": [PLAINTIFF], "filing_type": "judicial_confirmation"}, [("parties", "one_party")]),
        (example() | {"parties": [PLAINTIFF, LEGAL_PLAINTIFF], "filing_type": "judicial_confirmation"}, []),
        (changed(birth_date=None), [("parties[0].birth_date", "missing")]),
        (changed(birth_date=None, age=40), []),
        (changed(credit_code="91440199TEXT000173"), [("parties[0].credit_code", "document_mismatch")]),
        (changed(other_id_no="E1"), [("parties[0].other_id_no", "document_mismatch")]),
        (changed(1, resident_id="440100190001010022"), [("parties[1].resident_id", "document_mismatch")]),
        (changed(1, id_type="passport", other_id_no="E1"), [("parties[1].id_type", "document_mismatch"), ("parties[1].other_id_no", "document_mismatch")]),
        (example() | {"parties": [PLAINTIFF, PERSON]}, [("parties[1].distinguishing", "not_distinguishable")]),
        (example() | {"parties": [PLAINTIFF, PERSON | {"resident_id": "440100190001010022"}]}, [("parties[1].resident_id", "document_mismatch")]),
        (example() | {"parties": [PLAINTIFF, DEFENDANT, DEFENDANT]}, [("parties[2].name", "repeated")]),
        (example() | {"agents": [AGENT | {"party_name": "谁"}]}, [("agents[0].party_name", "unknown_party")]),
        (example() | {"agents": [AGENT, RELATIVE]}, []),
        (example() | {"agents": [AGENT, RELATIVE, LEGAL_WORKER]}, [("agents[2].party_name", "too_many_agents")]),
        (example() | {"agents": [AGENT, AGENT | {"party_name": DEFENDANT["name"]}]}, [("agents[1].name", "both_sides")]),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_is_named(raw, expected):
    assert problems(raw) == expected


@pytest.mark.parametrize(
    "more", [{"birth_date": "1900-01-01"}, {"age": 50}, {"phone": "19900000009"}, {"workplace": "示例厂"}, {"habitual_residence": "示例镇"}, {"distinguishing": "绰号某"}, {"id_type": "resident_id", "resident_id": "440100190001010022"}]
)  # fmt: skip
def test_one_fact_tells_a_defendant_apart(more):
    assert problems(example() | {"parties": [PLAINTIFF, PERSON | more]}) == []


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"resident_id": "440100190001010015"}, "parties[0].resident_id"),
        ({"resident_id": "440100190002301234"}, "parties[0].resident_id"),
        ({"phone": "1990000000"}, "parties[0].phone"),
        ({"service_postcode": "51000"}, "parties[0].service_postcode"),
        ({"role": "judge"}, "parties[0].role"),
        ({"nickname": "x"}, "parties[0].nickname"),
    ],
)
def test_a_wrong_value_is_refused_by_its_path(changes, path):
    assert path in [field for field, _ in problems(changed(**changes))]


def test_documents_and_numbers_belong_together():
    """Every document but the identity card asks for its own number."""
    for name in DOCUMENTS:
        raw = changed(id_type=name, resident_id=None)
        asked = "resident_id" if name == "resident_id" else "other_id_no"
        assert problems(raw) == [(f"parties[0].{asked}", "missing")]


# --- What lists and searches use


def test_names_are_derived():
    raw = example() | {"parties": [PLAINTIFF, LEGAL_PLAINTIFF, DEFENDANT]}
    value, _ = bind(Filing, raw, LOOKUPS)
    assert value.plaintiffs == "甲某某、示例实业有限公司"
    assert value.defendants == "示例贸易有限公司"
    assert value.party_names == "甲某某、示例实业有限公司、示例贸易有限公司"
    assert value.agent_names == "丙某某"


def test_a_hundred_plaintiffs_fit():
    many = [
        PLAINTIFF | {"name": f"原告{number:03d}" * 5, "distinguishing": str(number)} for number in range(99)
    ]
    raw = example() | {"parties": [*many, DEFENDANT], "agents": []}
    value, found = bind(Filing, raw, LOOKUPS)
    assert found == []
    assert len(value.plaintiffs) == 200
    assert len(value.party_names) > 2000


def test_the_seed_manuals_searches_and_columns_are_there():
    specs = specs_of(Filing).values()
    assert {spec.name for spec in specs if spec.search} == {"filing_type", "cause", "plaintiffs", "defendants", "party_names", "agent_names"}  # fmt: skip
    assert [spec.name for spec in specs if spec.column] == [
        "filing_type",
        "cause",
        "claim_amount",
        "defendants",
    ]
