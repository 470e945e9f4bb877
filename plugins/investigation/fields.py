"""What is applied for, what the court sets for itself, and what the house works out."""

from datetime import date

from core import (
    Context,
    choice,
    computed,
    day,
    derived,
    group,
    law,
    licence,
    mobile,
    request_fields,
    telephone,
    text,
    whole,
)

from . import rules

APPROVAL = {
    "judge": ("承办法官签发", "The judge issues"),
    "division_head": ("报庭长批准签发", "The division head approves and issues"),
}
TIMING = {
    "in_time": ("期内", "In time"),
    "late": ("逾期", "Late"),
    "unknown": ("待核", "To be checked"),
}
RECEIPT = {
    "awaited": ("待缴回", "Awaited"), "overdue": ("逾期未缴回", "Overdue"),
    "returned": ("已缴回", "Returned"), "returned_late": ("逾期缴回", "Returned late"),
}  # fmt: skip


@request_fields
class Settings:
    """What a court sets: the chain of approval, how many lawyers, how long."""

    approval: str = choice("签发方式", "Approval", APPROVAL, default="judge")
    lawyers_needed: int = whole("持令律师人数", "Lawyers needed", minimum=1, maximum=2, default=1)
    default_days: int = whole("默认有效期（日）", "Usual validity (days)", minimum=1, maximum=rules.LONGEST, default=15)  # fmt: skip
    longest_days: int = whole("最长有效期（日）", "Longest validity (days)", minimum=1, maximum=rules.LONGEST, default=rules.LONGEST)  # fmt: skip
    decision_days: int = whole("决定期限（日）", "Days to decide", minimum=1, maximum=30, default=5)
    return_days: int = whole("期满后缴回期限（日）", "Days to return the receipt after expiry", minimum=1, maximum=30, default=5)  # fmt: skip


@request_fields
class Lawyer:
    """A lawyer who applies, or bears the order."""

    name: str = text("律师姓名", "Lawyer", max_length=50)
    licence_no: str = licence("律师执业证号", "Licence number")
    firm: str = text("律师事务所", "Law firm", max_length=100)
    phone: str = mobile("律师手机", "Mobile phone")


@request_fields
class EvidenceItem:
    """A piece of evidence that somebody else holds."""

    name: str = text("证据名称", "Evidence", max_length=200)
    kind: str = choice("证据种类", "Kind", rules.EVIDENCE_KINDS)
    from_on: date | None = day("起始日期", "From")
    to_on: date | None = day("截止日期", "To")
    scope: str = text("范围", "Scope", max_length=500)


def filled_day(context: Context, name: str) -> date | None:
    """Return the day that a step filled in under ``name``."""
    held = context.data.get(name)
    return date.fromisoformat(held) if held else None


def valid_until(asked: "Investigation", context: Context) -> date | None:
    """Return the last day of the order."""
    return filled_day(context, "valid_until")


def return_by(asked: "Investigation", context: Context) -> date | None:
    """Return by when the receipt has to be back."""
    until = valid_until(asked, context)
    return rules.receipt_due(until, context.settings.return_days, context) if until else None


def returned_on(asked: "Investigation", context: Context) -> date | None:
    """Return when the receipt came: the court's own day, whatever is written on the receipt."""
    return asked.returned_on or (context.today if "outcome" in context.data else None)


def receipt_state(asked: "Investigation", context: Context) -> str | None:
    """Return how it stands with the receipt; of an order that was revoked none is asked for."""
    if "revocation_ground" in context.data:
        return None
    due, back = return_by(asked, context), returned_on(asked, context)
    return rules.receipt_state(valid_until(asked, context), due, back, context.today)


def timing(asked: "Investigation", context: Context) -> str | None:
    """Return whether it came in time; the court may have put the day right on receiving it."""
    ends_on = filled_day(context, "adduction_ends_on") or asked.adduction_ends_on
    return rules.timing(asked.stage, ends_on, law.dates.court_date(context.submitted_at))


@request_fields
class Investigation:
    """A lawyer's application for an investigation order (民事诉讼法第67条第二款；民诉法解释第94条)."""

    stage: str = choice("阶段", "Stage", {"filing": ("立案", "Filing"), "trial": ("审理", "Trial"), "enforcement": ("执行", "Enforcement")}, search=True)  # fmt: skip
    lawyers: tuple[Lawyer, ...] = group(Lawyer, "申请律师", "Applying lawyers", minimum=1, maximum=2)
    party: str = text("所代理当事人", "Party represented", max_length=100)
    respondent_kind: str = choice("被调查人类型", "Respondent's kind", {"unit": ("单位", "Organisation"), "person": ("个人", "Person")})  # fmt: skip
    respondent: str = text("被调查人", "Respondent", max_length=100, column=True, search=True)
    respondent_address: str = text("被调查人地址", "Respondent's address", max_length=200)
    respondent_contact: str | None = text("被调查人联系人", "Contact of the respondent", max_length=50, personal=True)  # fmt: skip
    respondent_phone: str | None = telephone("被调查人联系电话", "Respondent's telephone")
    evidence_items: tuple[EvidenceItem, ...] = group(EvidenceItem, "拟调取的证据", "Evidence to be obtained", minimum=1, maximum=20)  # fmt: skip
    fact_to_prove: str = text("待证事实", "Fact to be proved", max_length=2000)
    reason: str = text("不能自行收集的原因", "Why it cannot be obtained otherwise", max_length=2000)
    clue: str = text("证据线索", "Clue", max_length=2000)
    adduction_ends_on: date | None = day("举证期限届满日", "Adduction period ends on", help=("法院已指定举证期限的填写。", "Give it where the court has set one."))  # fmt: skip
    validity_days: int | None = whole("申请有效期（日）", "Validity applied for (days)", minimum=1)

    lawyer_names: str = derived(lambda asked: "、".join(one.name for one in asked.lawyers), "申请律师", "Lawyers", search=True)  # fmt: skip
    evidence_names: str = derived(lambda asked: "、".join(one.name for one in asked.evidence_items), "证据名称", "Evidence", max_length=500, column=True, search=True)  # fmt: skip
    timing: str | None = computed(
        timing, choice("申请时点", "Time of applying", TIMING, tones={"late": "alarm"})
    )
    order_number: str | None = computed(lambda asked, context: context.data.get("order_number"), text("令号", "Order number", column=True, search=True))  # fmt: skip
    valid_until: date | None = computed(valid_until, day("有效期至", "Valid until", column=True, search=True))
    return_by: date | None = computed(return_by, day("回执应缴回日", "Receipt due on"))
    returned_on: date | None = computed(returned_on, day("回执缴回日", "Receipt returned on"))
    receipt_state: str | None = computed(receipt_state, choice("回执状态", "Receipt", RECEIPT, tones={"overdue": "alarm", "returned_late": "todo"}, column=True, search=True))  # fmt: skip
