"""What the applicant fills in, and what the house works out of it."""

from datetime import date
from decimal import Decimal

from core import ChosenCause, cause, choice, computed, day, money, request_fields, telephone, text

from .worked_out import ends_on, mediator

WAYS = {"onsite": ("现场", "On site"), "video": ("视频", "By video"), "telephone": ("电话", "By telephone")}
AGREES, NO_ANSWER, NOT_ASKED = "agrees", "no_answer", "not_asked"
CONSENTS = {
    AGREES: ("同意调解", "Agrees"),
    NO_ANSWER: ("已询问，未答复", "Asked, no answer"),
    NOT_ASKED: ("尚未询问", "Not asked"),
}


@request_fields
class Dispute:
    """The dispute, and whether the other side would have it mediated (特邀调解规定第11条)."""

    opponent: str = text("对方当事人", "Other side", max_length=100, column=True, search=True)
    opponent_phone: str | None = telephone("对方联系电话", "Telephone of the other side")
    cause: ChosenCause = cause(column=True, search=True)
    amount: Decimal | None = money("争议金额（元）", "Amount in dispute (yuan)")
    claims: str = text("调解请求和理由", "What is asked, and why", max_length=3000)
    way: str = choice("调解方式", "Way of mediation", WAYS, search=True)
    consent: str = choice(
        "对方是否同意调解", "Other side agrees", CONSENTS, column=True, search=True, tones={AGREES: "good"}
    )
    chosen_mediator: str | None = text(
        "双方共同选定的调解员", "Mediator chosen by both sides", max_length=100,
        help=("未共同选定的不填，由本院指定。", "Leave empty where both have chosen nobody: the court names one."),
    )  # fmt: skip
    preferred_on: date | None = day("期望调解日期", "Preferred date")
    in_charge: str | None = computed(
        mediator, text("调解员", "Mediator", max_length=100, column=True, search=True)
    )
    ends_on: date | None = computed(
        ends_on, day("调解届满日", "Mediation ends on", column=True, search=True, countdown=True)
    )
