"""What is asked of the judge, what a reply fills in, and what a court sets for itself."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from core import (
    ChosenPerson,
    Context,
    choice,
    colleague,
    computed,
    derived,
    field,
    group,
    moment,
    request_fields,
    telephone,
    text,
    whole,
    yes_no,
)

from . import rules

APPOINTMENT = "appointment"
KINDS = {
    APPOINTMENT: ("预约会见", "Appointment"), "callback": ("电话回复", "Call back"), "message": ("留言", "Message"),
}  # fmt: skip
TOPICS = {
    "progress": ("案件进展", "Progress of the case"), "material": ("材料", "Papers"), "schedule": ("排期", "Dates"),
    "mediation": ("调解", "Mediation"), "other": ("其他", "Other"),
}  # fmt: skip
RESULTS = {
    "agree": ("同意", "Agreed"), "decline": ("不同意", "Declined"), "change": ("改约", "At another time"),
    "phoned": ("已电话答复", "Answered by telephone"), "written": ("书面答复", "Answered in writing"),
}  # fmt: skip
WANTS_MEETING = field("type") == APPOINTMENT


def _meeting(context: Context, name: str) -> Any:
    """Return what was agreed of a meeting, while it stands."""
    stands = context.data.get("appointed") and context.state != "WITHDRAWN"
    return context.data.get(name) if stands else None


def _meets_at(asked: "Contact", context: Context) -> datetime | None:
    held = _meeting(context, "meeting_at")
    return datetime.fromisoformat(held) if held else None


def _round(asked: "Contact", context: Context) -> int:
    return rules.round_of(context.data.get("answers", 0), answered=context.state == "CLOSED")


@request_fields
class Slot:
    """A time that would suit the applicant."""

    starts_at: datetime = moment("从", "From")
    ends_at: datetime = moment("至", "To")


@request_fields
class Contact:
    """What is asked, and what came of it."""

    standing: str | None = computed(lambda asked, context: rules.standing(context.case, context.submitter.name), text("诉讼地位", "Standing", column=True))  # fmt: skip
    type: str = choice("类型", "Kind", KINDS, column=True, search=True)
    topic: str = choice("事由类别", "Topic", TOPICS, search=True)
    content: str = text("内容", "Content", max_length=500)
    wanted: tuple[Slot, ...] | None = group(
        Slot, "期望时间段", "Wanted times", maximum=5, required_when=WANTS_MEETING
    )
    place: str | None = text("地点偏好", "Preferred place", max_length=100)
    phone: str = telephone("联系电话", "Telephone")
    wanted_at: datetime | None = computed(lambda asked, context: min((one.starts_at for one in asked.wanted or ()), default=None), moment("期望时间", "Wanted time", column=True, search=True))  # fmt: skip
    summary: str = derived(lambda asked: rules.summary(asked.content), "内容摘要", "Summary", column=True)
    round: int | None = computed(_round, whole("轮次", "Round", column=True))
    result: str | None = computed(lambda asked, context: context.data.get("result"), choice("答复结果", "Result", RESULTS, column=True, search=True))  # fmt: skip
    meets_at: datetime | None = computed(_meets_at, moment("会见时间", "Meeting", column=True, search=True))
    meets_minutes: int | None = computed(lambda asked, context: _meeting(context, "meeting_minutes"), whole("会见时长（分钟）", "Minutes of the meeting"))  # fmt: skip
    meets_place: str | None = computed(lambda asked, context: _meeting(context, "meeting_place"), text("会见地点", "Place of the meeting"))  # fmt: skip


@request_fields
class Meeting:
    """When, where and with whom; and that the other side knows of it."""

    meeting_at: datetime = moment("会见时间", "Time")
    meeting_minutes: int = whole("时长（分钟）", "Minutes", minimum=rules.SHORTEST, maximum=rules.LONGEST)
    meeting_place: str = text("会见地点", "Place", max_length=100, help=("应在办公场所。", "On the court's premises."))  # fmt: skip
    participants: str = text("参与人", "Participants", max_length=200)
    tell_others: bool = yes_no("告知对方当事人", "Tell the other side", default=True, help=("默认告知；选“否”须写明理由。", "They are told unless there is a reason not to."))  # fmt: skip
    not_told_reason: str | None = text("不告知的理由", "Why they are not told", max_length=200, required_when=field("tell_others") == False)  # fmt: skip  # noqa: E712 - == builds a condition


@request_fields
class HandOver:
    """Who answers in one's place, and why."""

    colleague: ChosenPerson = colleague("转给", "To")
    reason: str = text("转办理由", "Reason", max_length=200)


PHRASES = """您的来意已收悉，请按下列时间携带本人身份证件到院。
案件正在审理中，开庭时间以传票通知为准。
请将补充材料通过诉讼服务平台在线提交，无需到院。
所询事项已在电话中答复，此处留存备查。"""


@request_fields
class Settings:
    """What a court sets for itself."""

    reply_workdays: int = whole("答复期限（工作日）", "Days to reply (working days)", minimum=1, maximum=30, default=2)  # fmt: skip
    meeting_place: str = text("会见地点（默认）", "Usual place of meetings", max_length=100, default="诉讼服务中心法官会见室")  # fmt: skip
    meeting_minutes: int = whole("会见时长（默认，分钟）", "Usual length of meetings (minutes)", minimum=rules.SHORTEST, maximum=rules.LONGEST, default=30)  # fmt: skip
    phrases: str | None = text("常用答复（每行一条）", "Standard replies (one a line)", max_length=2000, default=PHRASES)  # fmt: skip


def example(context: Context) -> Mapping[str, Any]:
    """Return values of an appointment that is valid right now: next working day, in the morning."""
    day = rules.next_open(context.today + timedelta(days=1), context.calendar)
    begins = datetime.combine(day, time(9, 30), rules.SHANGHAI)
    slot = {"starts_at": begins.isoformat(), "ends_at": (begins + timedelta(hours=1)).isoformat()}
    return {"type": APPOINTMENT, "content": "希望就证据交换的安排与法官面谈。", "wanted": [slot], "phone": "19900000000"}  # fmt: skip
