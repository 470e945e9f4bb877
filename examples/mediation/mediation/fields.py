"""What is asked for, what the court registers on the way, and what a court sets for itself."""

from datetime import date
from decimal import Decimal

from core import (
    ChosenCause,
    Context,
    cause,
    choice,
    computed,
    day,
    field,
    law,
    money,
    request_fields,
    telephone,
    text,
    whole,
    yes_no,
)

CHANNELS = {
    "onsite": ("现场调解", "On site"), "video": ("视频调解", "By video"), "phone": ("电话调解", "By telephone"),
}  # fmt: skip
CONSENTS = {
    "agreed": ("已同意", "Agrees"), "asked": ("已联系，未答复", "Asked, no answer"), "unknown": ("未联系", "Not asked"),
}  # fmt: skip
DAYS = 30
"""How long a mediation before docketing takes, unless both sides agree to more (特邀调解规定第27条)."""


def mediator(asked: "Mediation", context: Context) -> str | None:
    """Return who mediates, once somebody was assigned."""
    return context.data.get("mediator")


def ends_on(asked: "Mediation", context: Context) -> date | None:
    """Return the last day of a mediation that is under way."""
    if context.state != "MEDIATING":
        return None
    if context.data.get("extended_to"):
        return date.fromisoformat(context.data["extended_to"])
    try:
        return context.deadline(date.fromisoformat(context.data["received_on"]), DAYS, "days").end
    except law.errors.LawError:
        return None  # the holidays of that year are not published yet


@request_fields
class Mediation:
    """The dispute, and how the applicant would like to have it mediated."""

    respondent: str = text("对方当事人", "Other side", max_length=100, column=True, search=True)
    respondent_phone: str | None = telephone("对方联系电话", "Other side's telephone")
    cause: ChosenCause = cause(search=True, column=True)
    amount: Decimal | None = money("争议金额（元）", "Amount in dispute (yuan)")
    wish: str = text("调解请求和理由", "What is asked, and why", max_length=3000)
    channel: str = choice("调解方式", "Way of mediation", CHANNELS, search=True)
    consent: str = choice("对方是否同意调解", "Does the other side agree", CONSENTS, search=True, column=True)
    mediator_wished: str | None = text("双方商定的调解组织或者调解员", "Mediator both sides chose", max_length=100)  # fmt: skip
    preferred_on: date | None = day("希望调解的日期", "Preferred date")
    mediator: str | None = computed(
        mediator, text("调解组织（调解员）", "Mediator", column=True, search=True)
    )
    ends_on: date | None = computed(ends_on, day("调解届满日", "Mediation ends on", column=True, search=True, countdown=True))  # fmt: skip


@request_fields
class Assignment:
    """To whom the dispute goes."""

    mediator: str = text("调解组织或者调解员", "Mediator", max_length=100, help=("应在本院特邀调解名册内。", "Somebody on the court's list."))  # fmt: skip
    chosen: str = choice("如何确定", "How chosen", {
        "both": ("双方协商选定", "Chosen by both sides"), "court": ("协商不成，由本院指定", "Named by the court"),
    })  # fmt: skip
    both_agree: bool = yes_no("双方均同意由其调解", "Both sides agree to this mediator")


@request_fields
class Receipt:
    """That the mediator has the papers: from that day on the time for mediation runs."""

    received_on: date = day("签收材料日期", "Papers received on", past=True)


@request_fields
class Extension:
    """Until when it may go on."""

    extended_to: date = day("延长至", "Extended to")
    both_agree: bool = yes_no("双方均同意延长", "Both sides agree to it")


@request_fields
class Agreement:
    """What the sides agreed on."""

    agreed_on: date = day("协议生效日期", "Agreement in force since", past=True, help=("双方签名、盖章或者捺印之日（特邀调解规定第24条）。", "The day on which both sides signed."))  # fmt: skip
    written: str = choice("协议形式", "Form", {
        "written": ("调解协议书", "In writing"), "oral": ("口头协议，已记录", "By word of mouth, recorded"),
    })  # fmt: skip
    terms: str = text("协议内容摘要", "Terms in short", max_length=2000)


@request_fields
class Failure:
    """Why it ended without an agreement (特邀调解规定第26条)."""

    ground: str = choice("终止原因", "Why it ended", {
        "refused": ("一方撤回调解请求或者不接受调解", "One side no longer wants it"), "far_apart": ("分歧较大，难以达成协议", "Too far apart"),
        "unreachable": ("无法联系对方当事人", "The other side cannot be reached"), "sham": ("可能存在虚假调解", "A sham is suspected"),
        "other": ("其他难以进行的情形", "Other"),
    })  # fmt: skip


@request_fields
class Return:
    """Why it does not go to a mediator."""

    ground: str = choice("退回原因", "Ground", {
        "no_consent": ("当事人不同意调解", "A side does not agree"), "unfit": ("不适宜调解", "Not fit to be mediated"),
        "not_ours": ("不属本院管辖", "Not this court's"), "incomplete": ("材料不全", "Papers are missing"),
    })  # fmt: skip
    missing: str | None = text("需补充的材料", "What is missing", max_length=500, required_when=field("ground") == "incomplete")  # fmt: skip


PHRASES = """对方当事人明确表示不接受调解，请依法登记立案。
请补充对方当事人的有效联系方式。
经核，本纠纷宜先行调解，已征得双方同意。"""


@request_fields
class Settings:
    """What a court sets for itself."""

    answer_workdays: int = whole("决定是否委派（工作日）", "Days to decide (working days)", minimum=1, maximum=5, default=3)  # fmt: skip
    handover_workdays: int = whole("调解不成后移送立案（工作日）", "Days to pass on (working days)", minimum=1, maximum=5, default=2)  # fmt: skip
    phrases: str | None = text("常用意见（每行一条）", "Standard opinions (one a line)", max_length=2000, default=PHRASES)  # fmt: skip
