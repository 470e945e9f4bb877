"""诉前调解: pre-action mediation requests."""

from datetime import date

from core import Decision, Module, RequestType, State, attachment, choice, day, limit, request_fields, text


@request_fields
class Mediation:
    wish: str = text("调解意愿", "Proposal", max_length=2000)
    channel: str = choice(
        "方式",
        "Channel",
        {"onsite": ("现场", "On site"), "video": ("视频", "Video")},
        search=True,
        column=True,
    )
    preferred_on: date | None = day("希望日期", "Preferred date", column=True, search=True)


mediation = RequestType(
    kind="mediation", title=("诉前调解", "Pre-action mediation"), fields=Mediation,
    attachments=[attachment("petition", "申请书", "Petition", required=True)],
    states=[State("SUBMITTED", "待处理", "To do", applicant=("已提交", "Submitted")),
            State("ACCEPTED", "同意调解", "Accepted"), State("RETURNED", "退回", "Returned")],
    decisions=[Decision("accept", "同意", "Accept", "SUBMITTED", "ACCEPTED"),
               Decision("return", "退回", "Return", "SUBMITTED", "RETURNED", opinion=True)],
    limits=[limit("M-1", days=30, since="received", basis="特邀调解规定第27条")],
)  # fmt: skip

module = Module("mediation", ("诉前调解", "Mediation"), version="1.0", requests=[mediation])
