"""What is filled in with each step."""

from datetime import date
from decimal import Decimal

from core import choice, choices, day, field, group, money, request_fields, text, whole, yes_no

from .fields import SECURITIES
from .parties import Measure


@request_fields
class Return:
    """What is missing in form, told at once."""

    reasons: tuple[str, ...] = choices("退回理由", "Reasons", {
        "incomplete": ("材料不全", "Papers incomplete"), "illegible": ("附件不清晰", "Attachments illegible"),
        "unsigned": ("未签名或盖章", "Not signed"), "not_this_case": ("非本案、非本院", "Not of this case or court"),
        "no_clue": ("没有财产信息或线索", "No asset or clue"), "other": ("其他形式问题", "Other defect of form"),
    }, help=("申请不成立的应当裁定驳回，不得退回。", "A request without merit is refused by ruling, not returned."))  # fmt: skip
    requirement: str = text("需补充的内容（一次列全）", "What to complete (all at once)", max_length=1000)


@request_fields
class SecurityOrder:
    """The security to be provided, in writing (民诉法解释第152条)."""

    security_amount: Decimal = money("应提供担保数额", "Security to be provided")
    security_days: int = whole("提供期限（日）", "Days to provide it", minimum=1, maximum=30, default=5)
    special_reason: str | None = text("酌情处理的理由", "Why another amount", max_length=500, help=("诉前保全的担保不等于请求保全数额的填写。", "Before an action, where it is not the amount asked for."))  # fmt: skip


@request_fields
class SecurityProvided:
    """The security as it was provided."""

    provided_type: str = choice("担保方式", "Security", SECURITIES)
    provided_amount: Decimal = money("担保数额", "Amount of security")
    provided_guarantor: str | None = text("担保人、担保机构", "Guarantor", max_length=120, required_when=field("provided_type").is_in("surety", "insurance", "bank"))  # fmt: skip


@request_fields
class Ruling:
    """A ruling that grants preservation, in whole or in part."""

    ruling_number: str = text("裁定文号", "Ruling number", max_length=80)
    ruled_on: date = day("裁定日期", "Ruled on", past=True)
    granted_amount: Decimal | None = money("裁定保全数额", "Amount granted")
    measures: tuple[Measure, ...] = group(Measure, "保全措施", "Measures", maximum=100)


@request_fields
class Refusal:
    """A ruling that refuses."""

    ruling_number: str = text("裁定文号", "Ruling number", max_length=80)
    ruled_on: date = day("裁定日期", "Ruled on", past=True)


@request_fields
class CarriedOut:
    """What was really preserved, and when the respondent was told (民事诉讼法第106条)."""

    carried_out_on: date = day("实施日期", "Carried out on", past=True)
    measures: tuple[Measure, ...] = group(
        Measure, "已保全的财产（行为、证据）", "What was preserved", minimum=1, maximum=100
    )
    respondent_told_on: date | None = day("通知被保全人日期", "Respondent told on", past=True)


@request_fields
class RenewalAsked:
    """Why preservation has to go on."""

    renewal_reason: str = text("续行理由", "Why it should go on", max_length=1000)


@request_fields
class Renewal:
    """What stays preserved, from when and until when (民诉法解释第485条第2款)."""

    renewal_number: str = text("续行裁定文号", "Number of the renewal", max_length=80)
    renewed_from: date = day(
        "续行起始日", "Renewed from", help=("须在届满前办理续行手续。", "It is renewed before it expires.")
    )
    measures: tuple[Measure, ...] = group(
        Measure, "续行后仍保全的全部财产", "All that stays preserved", minimum=1, maximum=100
    )


@request_fields
class LiftingAsked:
    """Why preservation should end (财产保全规定第23条)."""

    lifting_reason: str = text("申请解除的理由", "Why it should be lifted", max_length=1000)
    lifting_urgent: bool = yes_no("情况紧急", "Urgent")


@request_fields
class Lifting:
    """A ruling that lifts preservation."""

    lifting_ground: str = choice("解除事由", "Ground", {
        "applicant": ("申请保全人申请（规定第23条）", "The applicant asks for it (art. 23)"),
        "not_pursued": ("逾期未起诉、申请仲裁或执行（民诉法第104条、解释第163条）", "Not pursued in time (Law 104, Interpretation 163)"),
        "counter_security": ("被保全人提供充分担保（民诉法第107条）", "The respondent gives security (Law 107)"),
        "claim_lost": ("起诉、请求被驳回或撤回（规定第23条）", "The claim failed or was withdrawn (art. 23)"),
        "wrong": ("保全错误、复议后撤销（解释第166、171条）", "Wrong, or revoked on reconsideration (Interpretation 166, 171)"),
        "other": ("人民法院认为应当解除的其他情形（解释第166条）", "Other cases (Interpretation 166)"),
    })  # fmt: skip
    lifting_number: str = text("解除裁定文号", "Number of the ruling", max_length=80)
    lifted_on: date = day("解除日期", "Lifted on", past=True)


@request_fields
class Proceedings:
    """The action, arbitration or enforcement that the preservation serves."""

    proceedings: str = text("案号或受理机构", "Case number or body", max_length=120)
    brought_on: date = day("起诉、申请日期", "Brought on", past=True)


@request_fields
class Reconsideration:
    """Somebody asks the court to look at its ruling again (民事诉讼法第111条)."""

    asked_by: str = text("复议申请人", "Asked by", max_length=100)
    served_on: date = day("收到裁定书日期", "Ruling received on", past=True)
    asked_on: date = day("申请复议日期", "Asked on", past=True)


@request_fields
class Reconsidered:
    """What came of it (民诉法解释第171条)."""

    reconsideration: str = choice("复议结果", "Result", {
        "upheld": ("裁定驳回复议申请", "The ruling stands"), "changed": ("变更原裁定", "Changed"), "revoked": ("撤销原裁定", "Revoked"),
    })  # fmt: skip
    reconsidered_on: date = day("决定日期", "Decided on", past=True)
