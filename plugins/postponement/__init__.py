"""延期开庭: requests to postpone a hearing. They come from outside, the judge of the case decides, the trial system reschedules."""

from core import Module, Paper, RequestType, Role, field, limit

from .decisions import DECISIONS, review
from .fields import ATTACHMENTS, KIND, Postponement, checks, example
from .hints import hints
from .notices import RECEIVED
from .states import STATES
from .steps import STEPS

__all__ = ["module", "postponement", "review"]

postponement = RequestType(
    kind=KIND,
    title=("延期开庭", "Postponement of a hearing"),
    prefix="YQ",
    case="required",
    fields=Postponement,
    attachments=ATTACHMENTS,
    states=STATES,
    decisions=DECISIONS,
    steps=STEPS,
    limits=(
        limit("P-9", until=field("reply_by"), since="received", during="SUBMITTED", escalate=Role.SUPERVISOR,
              title=("答复延期申请", "Answer the request"), basis="法律未定时限；本院要求：距开庭超过3个工作日的2个工作日内，否则当日"),
        limit("P-4", months=1, since="adjourned", start=field("hearing_at"), roll=False, during="APPROVED", remind=3, escalate=Role.SUPERVISOR,
              title=("另定开庭时间", "Fix the date that was to follow"), basis="延长审限和延期开庭规定第5条"),
    ),
    papers=[Paper("notice", ("延期开庭通知书", "Notice of postponement"), "notice.md", number="延期", to="participants")],
    checks=[checks],
    hints=[hints],
    submit_notice=RECEIVED,
    keeps={
        "old_words": ("原开庭时间和地点", "Hearing as it was"), "new_words": ("新开庭时间和地点", "Hearing as it will be"),
        "ground_words": ("延期事由", "Ground, in words"),
    },
    disclosed_in=["APPROVED", "RESCHEDULED"],
    example=example,
)  # fmt: skip

module = Module(
    KIND,
    ("延期开庭", "Postponement"),
    version="1.0",
    order=50,
    icon="calendar-event",
    requests=[postponement],
)
