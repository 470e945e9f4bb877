"""提起上诉: appeals against decisions of this court. They are received, not granted, and go with the file to the second court."""

from core import Module, Paper, RequestType, View, field, request_fields, text, whole

from .attachments import ATTACHMENTS
from .checks import CHECKS
from .decisions import DECISIONS
from .example import example
from .fields import Appeal
from .hints import hints
from .limits import LIMITS
from .notices import SUBMITTED
from .outcomes import review
from .states import AFTER_RECEIPT, STATES
from .steps import STEPS

__all__ = ["appeal", "hints", "module", "review"]


@request_fields
class AppealSettings:
    """What a court sets."""

    second_court: str | None = text("第二审人民法院", "Court of second instance", max_length=100, help=("移送函和移送登记先填此名。", "The letter and the form of transfer begin with it."))  # fmt: skip
    internal_days: int = whole("一审结案至移送的内控天数", "Days from judgment to transfer (own target)", minimum=1, maximum=365, default=40)  # fmt: skip


appeal = RequestType(
    kind="appeal",
    title=("提起上诉", "Appeals"),
    prefix="SS",
    case="required",
    opened_by="outside",
    applicant="appellants",
    fields=Appeal,
    attachments=ATTACHMENTS,
    states=STATES,
    decisions=DECISIONS,
    steps=STEPS,
    limits=LIMITS,
    checks=CHECKS,
    submit_notice=SUBMITTED,
    keeps={"defence_days": ("答辩期（天）", "Days for the defence"), "fee_words": ("上诉费说明", "The fee, in words")},
    hints=[hints],
    example=example,
    papers=[
        Paper("receipt", ("上诉案件接收凭证", "Receipt for an appeal"), "receipt.md"),
        Paper("fee_notice", ("上诉费缴费通知", "Notice of the appeal fee"), "fee_notice.md", when=field("fee_state") == "due"),
        Paper("transfer_letter", ("上诉案件移送函", "Letter of transfer"), "transfer_letter.md", to="court", number="上诉移送"),
        Paper("transfer_stub", ("上诉案件移送函（存根）", "Letter of transfer (stub)"), "transfer_stub.md", to="court"),
    ],
    views=(
        View("review", ("提起上诉", "Appeals")),
        View("transfer", ("移送进度", "Transfer to the second court"), AFTER_RECEIPT, order="due"),
    ),
)  # fmt: skip

module = Module(
    "appeal", ("提起上诉", "Appeals"), version="1.0", order=40, icon="file-text", requests=[appeal], settings=AppealSettings,
)  # fmt: skip
