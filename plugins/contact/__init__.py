"""联系法官（预约法官）: whoever is in a case asks to meet its judge, to be called back, or leaves a message."""

from core import Answering, Appointment, Module, RequestType, View, attachment, field

from .agenda import cards, menu, pages
from .decisions import DECISIONS, review
from .fields import Contact, Settings, example
from .hints import hints
from .hours import routes
from .notices import RECEIVED
from .states import ACCESS, LIMITS, STATES, STEPS
from .wishes import CHECKS

__all__ = ["cards", "contact", "menu", "module", "pages", "review", "routes"]

contact = RequestType(
    kind="contact",
    title=("预约法官", "Contact the judge"),
    prefix="LX",
    case="required",
    fields=Contact,
    attachments=[attachment("material", "附件", "Attachment", maximum=10)],
    states=STATES,
    decisions=DECISIONS,
    steps=STEPS,
    limits=LIMITS,
    checks=CHECKS,
    hints=[hints],
    access=ACCESS,
    submit_notice=RECEIVED,
    keeps={
        "result_words": ("答复结果", "The answer, in words"), "appointment": ("会见的时间和地点", "Time and place of the meeting"),
        "appointed": ("已约定会见", "A meeting stands"), "called_off": ("会见取消", "A meeting is called off"),
    },
    example=example,
    appointment=Appointment(("会见", "Meeting"), "meets_at", "meets_minutes", "meets_place"),
    answering=Answering(
        ("答复", "Reply"), ("选择预约答复结果", "Choose the result"), ("填写答复内容", "Write the reply"), ("提交答复", "Send the reply"),
        about="content",
    ),
    phrases=field("settings.phrases"),
    views=(
        View("all", ("全部", "All"), columns=("standing", "type", "wanted_at", "summary", "result")),
        View("todo", ("待答复", "To be answered"), "SUBMITTED", ("standing", "type", "wanted_at", "summary", "round"), order="due"),
        View("answered", ("已答复", "Answered"), "CLOSED", ("standing", "type", "summary", "result", "meets_at")),
    ),
)  # fmt: skip

module = Module(
    "contact", ("联系法官", "Contact the judge"), version="1.0", order=80, icon="message-circle", requests=[contact], settings=Settings,
    host=">=0.1,<0.2",
)  # fmt: skip
