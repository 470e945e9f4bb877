"""What the court decides on a request to docket, and what it registers afterwards."""

from datetime import date
from decimal import Decimal
from typing import Any

from core import (
    Application,
    ChosenCause,
    Context,
    Decision,
    Label,
    Problem,
    Role,
    cause,
    choice,
    choices,
    day,
    group,
    money,
    request_fields,
    text,
    whole,
)

from . import notices
from .fields import FEE_CATEGORIES
from .limits import DECIDING

REASONS = {
    "subject_unfit": ("主体不适格", "Party without standing"), "no_clear_defendant": ("无明确被告", "No definite defendant"),
    "claims_unspecific": ("请求不具体", "Claims not specific"), "not_for_courts": ("不属主管", "Not within the courts' remit"),
    "no_jurisdiction": ("无管辖权", "No jurisdiction"), "arbitration": ("有仲裁协议", "Arbitration agreement"),
    "duplicate": ("重复起诉", "Duplicate suit"), "barred_period": ("禁诉期内", "Within a period barred to suit"),
    "incomplete": ("材料不全", "Papers incomplete"), "unclear": ("附件不清晰", "Attachments illegible"),
    "unsigned": ("签名缺失", "Signature missing"), "wrong_cause": ("案由不当", "Wrong cause of action"),
    "wrong_amount": ("标的额有误", "Wrong amount"), "other": ("其他", "Other"),
}  # fmt: skip


@request_fields
class Approval:
    """What goes with an approval."""

    corrected_cause: ChosenCause | None = cause("校正案由", "Corrected cause of action", help=("与申请一致的不填。", "Leave empty where the cause filed is right."))  # fmt: skip
    procedure: str = choice("适用程序建议", "Suggested procedure", {
        "ordinary": ("普通程序", "Ordinary"), "summary": ("简易程序", "Summary"), "small_claims": ("小额诉讼程序", "Small claims"),
        "special": ("特别程序、督促程序等", "Special or payment order"), "other": ("执行、保全等其他程序", "Enforcement, preservation and other"),
    })  # fmt: skip
    fee_category: str = choice("计费类别", "Fee category", FEE_CATEGORIES)
    prepaid_fee: Decimal = money(
        "预交金额", "Fee to be prepaid", help=("不需预交的填0。", "Enter 0 where nothing is prepaid.")
    )


@request_fields
class Correction:
    """One thing to be corrected."""

    item: str = text("补正事项", "Item", max_length=200)
    requirement: str = text("补正要求", "What is required", max_length=500)


@request_fields
class Return:
    """All that has to be corrected, told at once (登记立案规定第7条)."""

    reasons: tuple[str, ...] = choices("退回理由", "Reasons", REASONS)
    corrections: tuple[Correction, ...] = group(
        Correction, "补正清单", "List of corrections", minimum=1, maximum=50
    )
    correction_days: int = whole(
        "补正期限（日）",
        "Days for correction",
        minimum=1,
        maximum=60,
        default=7,
        help=("一般7日。", "As a rule 7."),
    )


@request_fields
class Refusal:
    """Why a suit is not accepted (民事诉讼法第126条)."""

    ground: str = choice("情形", "Ground", {
        "insisted": ("不符合起诉条件，原告坚持起诉", "Conditions not met, the plaintiff insists"),
        "still_deficient": ("补正后仍不符合", "Still not met after correction"),
    })  # fmt: skip
    reasons: tuple[str, ...] = choices("不予受理理由", "Reasons", REASONS)


@request_fields
class Referral:
    """Where the plaintiff has to turn (民事诉讼法第127条)."""

    redirect_ground: str = choice("法定情形", "Ground", {
        "administrative": ("属于行政诉讼受案范围（127条一项）", "For administrative proceedings (art. 127(1))"),
        "arbitration": ("有书面仲裁协议（127条二项）", "Written arbitration agreement (art. 127(2))"),
        "other_authority": ("应由其他机关处理（127条三项）", "For another authority (art. 127(3))"),
        "other_court": ("不属本院管辖（127条四项）", "For another court (art. 127(4))"),
        "retrial": ("已生效，按申请再审处理（127条五项）", "Already final: apply for retrial (art. 127(5))"),
    })  # fmt: skip
    reasons: tuple[str, ...] = choices("理由", "Reasons", REASONS)
    authority: str = text("应向何机关、法院提出", "Authority or court to turn to", max_length=100)


@request_fields
class Revocation:
    """Why an approval is taken back."""

    revocation_reason: str = text("撤回理由", "Reason for revoking", max_length=500)


@request_fields
class MediationReferral:
    """Who mediates, from when (特邀调解规定第27条)."""

    organisation: str = text("调解组织", "Mediation organisation", max_length=100)
    signed_on: date = day("调解组织签收日期", "Date the organisation signed for it")


@request_fields
class FeePaid:
    """A prepaid fee that came in (诉讼费用交纳办法第22条)."""

    paid_amount: Decimal = money("实收金额", "Amount received")
    paid_on: date = day("缴费日期", "Date paid")


@request_fields
class CopyServed:
    """The complaint went to the defendant (民事诉讼法第128条)."""

    copy_served_on: date = day("发送日期", "Date sent")
    copy_served_to: str = text("受送达人", "Sent to", max_length=200)


@request_fields
class PassedOn:
    """The case went to the division that hears it."""

    division: str = text("审判庭", "Division", max_length=100)
    passed_on: date = day("移送日期", "Date passed on")


def was_corrected(application: Application, values: Any, context: Context) -> Problem | None:
    """Return what stands against “still deficient”: nobody asked for a correction."""
    if values.ground == "still_deficient" and "correction_days" not in application.data:
        return Problem("ground", "never_returned", Label("此件未曾退回补正，请先一次性告知补正内容，或选择原告坚持起诉。", "It was never returned for correction; do that first, or choose the other ground."))  # fmt: skip
    return None


def consents_to_mediation(application: Application, values: Any, context: Context) -> Problem | None:
    """Return what stands against mediation: the applicant did not consent (民事诉讼法第125条)."""
    if not application.fields.mediation_consent:
        return Problem("organisation", "no_consent", Label("申请人不同意诉前调解，不能委派。", "The applicant does not consent to mediation before action."))  # fmt: skip
    return None


DECISIONS = (
    Decision("approve", "通过", "Approve", "SUBMITTED", "APPROVED", opinion=True, private=True, fields=Approval, notice=notices.APPROVED),
    Decision("return_for_correction", "退回补正", "Return for correction", "SUBMITTED", "RETURNED_FOR_CORRECTION",
             opinion=True, fields=Return, meets=DECIDING, notice=notices.CORRECT, issues="correction"),
    Decision("not_accept", "不予受理", "Do not accept", "SUBMITTED", "NOT_ACCEPTED", opinion=True, fields=Refusal,
             guard=was_corrected, meets=DECIDING, notice=notices.NOT_ACCEPTED,
             confirm=("确定裁定不予受理？", "Rule not to accept it?")),
    Decision("redirect", "告知另行处理", "Refer elsewhere", "SUBMITTED", "REDIRECTED", opinion=True, fields=Referral,
             meets=DECIDING, notice=notices.REDIRECTED),
    Decision("docket", "收案（推送审判系统）", "Docket (send to the trial system)", ["APPROVED", "DOCKET_FAILED"], "DOCKETING",
             direct=True, quiet=True, operation="docket", confirm=("确定收案并推送审判系统？", "Docket it and send it to the trial system?")),
    Decision("revoke_approval", "撤回通过结论", "Revoke the approval", "APPROVED", "SUBMITTED", direct=True,
             fields=Revocation, roles={Role.CENTRE_REVIEWER}, notice=notices.REVOKED,
             confirm=("确定撤回通过结论并重新审查？", "Revoke the approval and review it again?")),
    Decision("refer_to_mediation", "委派诉前调解", "Refer to mediation", "SUBMITTED", None, direct=True,
             fields=MediationReferral, guard=consents_to_mediation, notice=notices.MEDIATION),
    Decision("fee_paid", "登记缴费", "Register the fee", "DOCKETED", None, direct=True, fields=FeePaid, meets="F-8",
             notice=notices.FEE_PAID),
    Decision("copy_served", "登记发送起诉状副本", "Register sending the complaint", "DOCKETED", None, direct=True,
             fields=CopyServed, meets="F-9"),
    Decision("transferred_to_division", "登记移送审判庭", "Register passing on to the division", "DOCKETED", None, direct=True,
             fields=PassedOn, meets="F-10"),
)  # fmt: skip
