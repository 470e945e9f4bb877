"""What is filed: every field of a request to docket, said once."""

from decimal import Decimal

from core import (
    ChosenCause,
    Label,
    case_number,
    cause,
    choice,
    common,
    derived,
    field,
    group,
    money,
    request_fields,
    text,
    yes_no,
)

from .kinds import FILING_TYPES
from .parties import Agent, Party, names

NO_FEE = "none"
FEES = ("prop", "divorce", "personality", "other", "ip", "labour", "administrative", "administrative_ip", "enforcement", "pres", "payment_order", "arbitration")  # fmt: skip
"""The kinds of fee (诉讼费用交纳办法第13、14条) that a request to docket may fall under."""
FEE_CATEGORIES: dict[str, Label | tuple[str, str]] = {
    **common.fee_kinds(*FEES),
    NO_FEE: ("不交纳诉讼费", "No fee"),
}
FEE_ON_AMOUNT = common.on_amount(*FEES)


@request_fields
class Claim:
    """One claim (民事诉讼法第124条第三项)."""

    text: str = text("诉讼请求", "Claim", max_length=1000)
    amount: Decimal | None = money("请求金额", "Amount claimed")


@request_fields
class EvidenceItem:
    """A piece of evidence and where it comes from; of a witness name and address (民事诉讼法第124条第四项)."""

    name: str = text("证据名称", "Evidence", max_length=200)
    source: str = text("证据来源", "Source", max_length=200)
    purpose: str | None = text("证明对象", "Fact to be proved", max_length=500)
    witness_name: str | None = text("证人姓名", "Witness", max_length=50, personal=True)
    witness_address: str | None = text("证人住所", "Witness's address", max_length=200, personal=True, required_when=field("witness_name").filled())  # fmt: skip


@request_fields
class RelatedCase:
    """A case that has to do with this one."""

    case_number: str = case_number()
    relation: str = text("关联情况", "How it is related", max_length=200)


@request_fields
class Filing(common.ElectronicService):
    """A request to docket a case."""

    filing_type: str = choice("申请类型", "Type of filing", {code: kind.label for code, kind in FILING_TYPES.items()}, search=True, column=True)  # fmt: skip
    transferred: bool | None = yes_no("上级法院转交", "Passed down by a higher court")
    jurisdiction_basis: str = choice("管辖依据", "Basis of jurisdiction", {
        "defendant_domicile": ("被告住所地", "Defendant's domicile"), "contract_performance": ("合同履行地", "Place of performance"),
        "agreement": ("协议管辖", "Agreement"), "tort": ("侵权行为地", "Place of the tort"), "exclusive": ("专属管辖", "Exclusive"), "other": ("其他", "Other"),
    })  # fmt: skip
    jurisdiction_note: str | None = text("管辖依据说明", "Jurisdiction, in words", max_length=500, required_when=field("jurisdiction_basis") == "other")  # fmt: skip
    cause: ChosenCause = cause(search=True, column=True)
    parties: tuple[Party, ...] = group(Party, "当事人", "Parties", minimum=1)
    agents: tuple[Agent, ...] = group(Agent, "诉讼代理人", "Agents ad litem")
    fee_category: str = choice("计费类别", "Fee category", FEE_CATEGORIES)
    claim_amount: Decimal | None = money("诉讼标的额", "Amount in controversy", column=True, required_when=field("fee_category").is_in(*FEE_ON_AMOUNT))  # fmt: skip
    claims: tuple[Claim, ...] = group(Claim, "诉讼请求", "Claims", minimum=1, maximum=50)
    facts: str = text("事实与理由", "Facts and reasons", max_length=10000)
    evidence_list: tuple[EvidenceItem, ...] = group(
        EvidenceItem, "证据清单", "List of evidence", minimum=1, maximum=200
    )
    mediation_consent: bool = yes_no("是否同意诉前调解", "Consents to pre-action mediation")
    with_preservation: bool = yes_no("是否申请保全", "Applies for preservation")
    online_consent: bool = yes_no("是否同意在线诉讼", "Consents to online proceedings")
    fee_relief: str = choice(
        "是否申请缓减免", "Applies for fee relief", {"none": ("否", "No")} | common.RELIEF
    )
    no_duplicate_suit: bool = yes_no("声明未重复起诉", "Declares that there is no duplicate suit")
    related_cases: tuple[RelatedCase, ...] = group(RelatedCase, "关联案件", "Related cases", maximum=20)

    plaintiffs: str = derived(
        lambda filed: names(filed.parties, "plaintiff"), "原告", "Plaintiffs", search=True
    )
    defendants: str = derived(
        lambda filed: names(filed.parties, "defendant"), "被告", "Defendants", search=True, column=True
    )
    party_names: str = derived(
        lambda filed: names(filed.parties), "当事人", "Parties' names", max_length=4000, search=True
    )
    agent_names: str = derived(lambda filed: "、".join(agent.name for agent in filed.agents), "代理人", "Agents' names", max_length=4000, search=True)  # fmt: skip
