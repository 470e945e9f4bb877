"""What a request for preservation says (财产保全规定第1条), and what the house works out of it."""

from datetime import date
from decimal import Decimal
from typing import Any

from core import (
    ChosenCause,
    Context,
    cause,
    choice,
    computed,
    day,
    derived,
    field,
    group,
    law,
    money,
    request_fields,
    text,
    yes_no,
)

from . import rules
from .parties import Agent, Asset, Party, names

STAGES = {
    rules.PRE_ACTION: ("诉前", "Before action"), rules.IN_ACTION: ("诉讼中", "In action"),
    rules.ARBITRATION: ("仲裁", "Arbitration"), rules.BEFORE_ENFORCEMENT: ("执行前", "Before enforcement"),
}  # fmt: skip
KINDS = {
    rules.PROPERTY: ("财产", "Property"),
    rules.ACT: ("行为", "Act"),
    rules.EVIDENCE: ("证据", "Evidence"),
}
WAIVED = "waived"
SECURITIES = {
    "cash": ("现金", "Cash"), "property": ("实物", "Property"), "surety": ("第三人保证", "Surety"),
    "insurance": ("保险保函", "Insurer's letter"), "bank": ("金融机构独立保函", "Bank guarantee"),
}  # fmt: skip
OUTCOMES = {
    "order_security": ("责令担保", "Security ordered"), "grant": ("准许", "Granted"),
    "partly_grant": ("部分准许", "Partly granted"), "refuse": ("驳回", "Refused"),
    "withdraw": ("撤回", "Withdrawn"),
}  # fmt: skip
IS_PROPERTY = field("preservation_kind") == rules.PROPERTY
SECURED = field("guarantee_type").is_in(*SECURITIES)


def base(fields: Any) -> Decimal | None:
    """Return what security is measured by: the value of what is in dispute where that is preserved, else the amount."""
    if fields.preservation_kind != rules.PROPERTY:
        return None
    found: Decimal | None = fields.subject_value if fields.subject_value is not None else fields.amount
    return found


def security_of(fields: Any) -> rules.Security | None:
    """Return the security offered, measured; None where none is offered, or none can be measured."""
    whole = base(fields)
    if whole is None or fields.guarantee_amount is None:
        return None
    return rules.security(fields.stage, whole, fields.guarantee_amount)


def ratio(fields: Any, context: Context) -> str | None:
    """Return the security as per cent of what it is measured by."""
    found = security_of(fields)
    return found.percent if found else None


def fee(fields: Any, context: Context) -> Decimal:
    """Return the fee (诉讼费用交纳办法第14条(二)): by the amount for property, else the flat one."""
    return fee_of(fields).fee


def fee_of(fields: Any) -> "law.fees.FeeEstimate":
    """Return the fee with how it is reckoned."""
    return law.fees.fee("pres", fields.amount if fields.preservation_kind == rules.PROPERTY else None)


def dispute(fields: Any, context: Context) -> str | None:
    """Return the cause of action: the case's, or before there is one the applicant's."""
    chosen = context.case.cause if context.case else fields.cause.name if fields.cause else ""
    return chosen or None


def outcome(fields: Any, context: Context) -> str | None:
    """Return what came of it: by the court's ruling, or that it was withdrawn."""
    return "withdraw" if context.state == "WITHDRAWN" else context.data.get("outcome")


@request_fields
class Preservation:
    """A request for preservation: by whom, against what, with which security."""

    stage: str = choice("阶段", "Stage", STAGES, column=True, search=True)
    preservation_kind: str = choice("种类", "Kind", KINDS, column=True, search=True)
    urgent: bool = yes_no("紧急", "Urgent", column=True, search=True, help=("紧急的须在48小时内裁定并立即执行。", "An urgent request is ruled on within 48 hours."))  # fmt: skip
    parties: tuple[Party, ...] = group(Party, "当事人", "Parties", minimum=2, maximum=50)
    applicants: str = derived(
        lambda one: names(one.parties, "applicant"), "申请人", "Applicants", search=True
    )
    respondents: str = derived(
        lambda one: names(one.parties, "respondent"), "被申请人", "Respondents", column=True, search=True
    )
    agents: tuple[Agent, ...] = group(Agent, "代理人", "Agents", maximum=20)
    request: str = text("请求事项", "What is asked for", max_length=2000)
    facts: str = text("事实与理由", "Facts and reasons", max_length=5000)
    amount: Decimal | None = money("请求保全数额", "Amount", column=True, required_when=IS_PROPERTY)
    subject: str | None = text("争议标的", "What is in dispute", max_length=500, help=("保全的财产就是争议标的的填写。", "Where the very thing in dispute is preserved."))  # fmt: skip
    subject_value: Decimal | None = money("争议标的价值", "Value of what is in dispute", required_when=field("subject").filled() & IS_PROPERTY)  # fmt: skip
    cause: ChosenCause | None = cause(required_when=field("stage").is_in(rules.PRE_ACTION, rules.ARBITRATION, rules.BEFORE_ENFORCEMENT), help=("诉讼中保全按案件的案由，不必填写。", "Not needed in action: the case has one."))  # fmt: skip
    dispute: str | None = computed(dispute, text("案由", "Cause", column=True))
    assets: tuple[Asset, ...] | None = group(
        Asset, "财产信息或线索", "Assets or clues", maximum=100, required_when=IS_PROPERTY
    )
    guarantee_type: str = choice(
        "担保方式", "Security", {**SECURITIES, WAIVED: ("免担保", "None")}, column=True
    )
    guarantee_amount: Decimal | None = money("担保数额", "Amount of security", required_when=SECURED)
    guarantee_ratio: str | None = computed(ratio, text("比例", "Ratio", column=True))
    guarantor: str | None = text("担保人、担保机构", "Guarantor", max_length=120, required_when=field("guarantee_type").is_in("surety", "insurance", "bank"))  # fmt: skip
    waiver_ground: str | None = choice("免担保理由", "Why no security", rules.GROUNDS, required_when=field("guarantee_type") == WAIVED)  # fmt: skip
    query_system: bool | None = yes_no("申请网络查控", "Search by the network asked for")
    arbitration_body: str | None = text("仲裁机构", "Arbitration body", max_length=120, required_when=field("stage") == rules.ARBITRATION)  # fmt: skip
    judgment: str | None = text("生效法律文书文号", "Binding judgment", max_length=120, required_when=field("stage") == rules.BEFORE_ENFORCEMENT)  # fmt: skip
    perform_by: date | None = day("履行期间届满日", "Performance due by", required_when=field("stage") == rules.BEFORE_ENFORCEMENT)  # fmt: skip
    fee: Decimal | None = computed(fee, money("保全申请费", "Fee"))
    outcome: str | None = computed(outcome, choice("办理结果", "Outcome", OUTCOMES, column=True, search=True))  # fmt: skip
    expires_on: date | None = computed(
        lambda one, context: _date(context.data.get("first_expiry")),
        day("届满日", "Expires on", column=True, search=True),
    )


def _date(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None
