"""Where a contact stands, who may do what, in which time, and what the applicant does."""

from core import CASE_BOUND, Access, ApplicantStep, Role, Sight, State, field, limit

from . import notices

OPEN, ANSWERED, WITHDRAWN = "SUBMITTED", "CLOSED", "WITHDRAWN"
STATES = (
    State(OPEN, "待答复", "To be answered", applicant=("已提交，待答复", "Submitted, to be answered"), tone="todo", waiting=True),
    State(ANSWERED, "已答复", "Answered", tone="done"),
    State(WITHDRAWN, "已撤回", "Withdrawn", tone="back"),
)  # fmt: skip

ACCESS = {
    **CASE_BOUND,
    Role.CLERK: Access(Sight.OWN, draft=True),
    Role.SUPERVISOR: Access(Sight.COURT, comment=True),
}
"""A clerk drafts and the handling judge sends; the supervisor sees all, and may hand over."""

STANDING = (field("appointed") == True) & (field("tell_others") == True)  # noqa: E712 - == builds a condition
"""A meeting stands of which the other side was told."""

STEPS = (
    ApplicantStep("follow_up", "追问", "Follow-up question", ANSWERED, OPEN, by_message=True, notice=notices.AGAIN),
    ApplicantStep("withdraw", "撤回", "Withdraw", OPEN, WITHDRAWN, notice=notices.WITHDRAWN, participants=notices.CALLED_OFF, participants_when=STANDING),
)  # fmt: skip

REPLY, REPLY_AGAIN = "LX-1", "LX-2"
LIMITS = tuple(
    limit(rule, workdays=field("settings.reply_workdays"), since=since, during=OPEN, remind=1, escalate=Role.SUPERVISOR,
          title=title, basis="本院设定（默认2个工作日）")
    for rule, since, title in (
        (REPLY, "received", ("答复联系法官申请", "Reply to a contact")), (REPLY_AGAIN, "follow_up", ("答复追问", "Reply to a follow-up question")),
    )
)  # fmt: skip
