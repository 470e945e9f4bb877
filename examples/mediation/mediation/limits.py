"""The time limits: two by the court's own setting, the rest by law."""

from core import Role, field, limit

from .worked_out import DAYS

OWN = "本院设定"
LIMITS = [
    limit(
        "SQ-1", workdays=field("settings.decide_days"), since=["received", "resubmit"], during="SUBMITTED",
        title=("处理期限", "Time to decide"), basis=OWN, remind=1, escalate=Role.SUPERVISOR,
    ),
    limit(
        "SQ-2", days=DAYS, since="sign", start=field("received_on"), during="MEDIATING",
        title=("调解期限", "Time of mediation"), basis="特邀调解规定第27条", remind=(7, 3),
    ),
    limit(
        "SQ-3", until=field("extended_until"), since="extend", during="MEDIATING",
        title=("延长的调解期限", "Extended time of mediation"), basis="特邀调解规定第27条", remind=(7, 3),
    ),
    limit(
        "SQ-4", workdays=field("settings.pass_on_days"),
        since=["fail", "time_over", "extension_over"], during="ENDED",
        title=("移送立案期限", "Time to pass on"), basis=OWN, event=("调解结束", "End of mediation"),
    ),
    limit(
        "SQ-5", days=30, since="agree", start=field("agreed_on"), during="AGREED", applicant=True,
        title=("申请司法确认期限", "Time to ask for judicial confirmation"), basis="民事诉讼法第205条",
    ),
]  # fmt: skip
