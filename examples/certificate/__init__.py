"""生效证明: that a judgment is in force, asked for by the outside platform or on paper at the counter; both stand in one queue."""

from core import (
    CASE_BOUND,
    Access,
    Decision,
    Module,
    Paper,
    RequestType,
    Role,
    Sight,
    State,
    attachment,
    choice,
    field,
    limit,
    request_fields,
    text,
    whole,
)

from .counter import COUNTER, list_queue, menu, pages
from .purposes import PURPOSES

__all__ = ["list_queue", "menu", "module", "pages"]


@request_fields
class Certificate:
    """What is to be certified, and what for."""

    document: str = text("文书名称", "Document", max_length=100, column=True, search=True, help=("例如：民事判决书。", "Such as: civil judgment."))  # fmt: skip
    purpose: str = choice("用途", "Purpose", PURPOSES, column=True, search=True)
    copies: int = whole("份数", "Copies", minimum=1, maximum=20)


@request_fields
class Refusal:
    """Why it is refused."""

    ground: str = choice("理由", "Ground", {
        "appealed": ("已提起上诉", "An appeal was filed"), "period": ("上诉期未满", "The appeal period still runs"), "stranger": ("申请人不是本案当事人", "Not a party"),
    })  # fmt: skip


@request_fields
class Settings:
    """What a court sets for itself."""

    answer_workdays: int = whole("办理期限（工作日）", "Days to answer (working days)", minimum=1, maximum=15, default=3)  # fmt: skip


certificate = RequestType(
    kind="certificate", title=("生效证明", "Certificate of legal effect"), prefix="SX", case="required", fields=Certificate,
    attachments=[attachment("identity", "身份证件", "Identity document", required=True)],
    access={**CASE_BOUND, Role.CENTRE_REVIEWER: Access(Sight.COURT, review=True, comment=True)},
    states=[State("SUBMITTED", "待办理", "To do", applicant=("已提交", "Submitted"), tone="todo", waiting=True),
            State("ISSUED", "已出具", "Issued", tone="done"), State("REFUSED", "不予出具", "Refused", tone="back")],
    decisions=[Decision("issue", "出具证明", "Issue", "SUBMITTED", "ISSUED", issues="certificate"),
               Decision("refuse", "不予出具", "Refuse", "SUBMITTED", "REFUSED", opinion=True, fields=Refusal)],
    limits=[limit("SX-1", workdays=field("settings.answer_workdays"), since="received", during="SUBMITTED", remind=1, escalate=Role.SUPERVISOR,
                  title=("出具生效证明", "Issue a certificate"), basis="本院设定")],
    papers=[Paper("certificate", ("裁判文书生效证明", "Certificate of legal effect"), "certificate.md", number=("生效", "Effect"))],
)  # fmt: skip

module = Module("certificate", ("生效证明", "Certificates of legal effect"), version="1.0", order=77, icon="file-certificate", requests=[certificate], settings=Settings, permissions=[COUNTER])  # fmt: skip
