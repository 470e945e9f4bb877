"""意见建议: suggestions and complaints. What is about the handling judge goes to the supervisor and stays unseen by that judge."""

from collections.abc import Iterable
from datetime import date

from attrs import evolve

from core import (
    CASE_BOUND,
    Access,
    Answering,
    Application,
    ChosenPerson,
    Context,
    Decision,
    DecisionMade,
    Label,
    Message,
    Module,
    Outcome,
    Problem,
    RequestType,
    Role,
    Routing,
    Sight,
    State,
    attachment,
    choice,
    colleague,
    computed,
    day,
    field,
    hookimpl,
    limit,
    request_fields,
    text,
    whole,
    yes_no,
)

ABOUT_JUDGE, DOCKETING = "judge", "docketing"
CATEGORIES = {
    "conduct": ("审判作风", "Conduct"), "progress": ("程序进度", "Progress"), "platform": ("平台功能", "Platform"),
    "counter": ("窗口服务", "Counter service"), "enforcement": ("执行", "Enforcement"), DOCKETING: ("立案投诉", "Complaint about docketing"),
    ABOUT_JUDGE: ("投诉承办法官", "Complaint about the judge"), "other": ("其他", "Other"),
}  # fmt: skip

RESULTS = {
    "adopted": ("采纳", "Adopted"), "partly": ("部分采纳", "Adopted in part"), "explained": ("解释说明", "Explained"), "passed_on": ("转交", "Passed on"),
}  # fmt: skip


@request_fields
class Suggestion:
    """What is suggested, to which court, about which case if any."""

    court: str | None = computed(
        lambda given, context: context.court_name, text("法院", "Court", column=True, search=True)
    )
    category: str = choice("类别", "Category", CATEGORIES, column=True, search=True)
    title: str = text("标题", "Title", max_length=100, column=True, search=True)
    content: str = text("内容", "Content", max_length=3000)
    anonymous: bool = yes_no("对承办人匿名", "Anonymous to the handler")
    result: str | None = computed(lambda given, context: context.data.get("result"), choice("处理结果", "Result", RESULTS, column=True, search=True))  # fmt: skip
    answered_on: date | None = computed(lambda given, context: None if context.state in ("", "SUBMITTED") else context.today, day("答复日期", "Answered on", column=True))  # fmt: skip


@request_fields
class Reply:
    """What came of it, and what the applicant is told."""

    result: str = choice("处理结果", "Result", RESULTS)
    passed_to: str | None = text("转交部门", "Passed on to", max_length=100, required_when=field("result") == "passed_on")  # fmt: skip


@request_fields
class Refusal:
    """Why it is not taken up."""

    ground: str = choice("理由", "Ground", {
        "not_ours": ("不属本院职责", "Not this court's business"), "in_proceedings": ("应在诉讼程序中提出", "To be raised in the proceedings"),
        "repeated": ("重复提出且已答复", "Repeated, already answered"), "unclear": ("内容不明，无法办理", "Too unclear to be handled"),
    })  # fmt: skip


@request_fields
class HandOver:
    """Who handles it from now on."""

    colleague: ChosenPerson = colleague("转给", "To")
    note: str | None = text("转办说明", "Note", max_length=500)


@request_fields
class Settings:
    """What a court sets for itself."""

    reply_workdays: int = whole(
        "答复期限（工作日）", "Days to reply (working days)", minimum=1, maximum=60, default=10
    )


def names_case(given: Suggestion, context: Context) -> Iterable[Problem]:
    """Give what stands against a complaint about a judge: without a case nobody knows about which one."""
    if given.category == ABOUT_JUDGE and context.case is None:
        yield Problem("category", "needs_case", Label("投诉承办法官请写明案号（case_number）。", "A complaint about the judge needs the case number (case_number)."))  # fmt: skip


def route(given: Suggestion, context: Context) -> Routing | None:
    """Return to whom it goes: what is about the judge, to those who supervise, unseen by the judge."""
    if given.category == ABOUT_JUDGE and context.case is not None:
        return Routing(hidden_from=context.case.handler)
    return None


@hookimpl
def review(decision: DecisionMade) -> Outcome | None:
    """Hand it over where that was decided."""
    return Outcome(handler=decision.values.colleague.id) if decision.code == "hand_over" else None


@hookimpl
def comment(application: Application, message: Message) -> Message | None:
    """Sign for the office: whoever looks into a complaint about a judge is not named to the parties."""
    return evolve(message, author="本院监督部门") if message.from_court and application.fields.category == ABOUT_JUDGE else None  # fmt: skip


suggestion = RequestType(
    kind="suggestion", title=("意见建议", "Suggestions"), prefix="YJ", fields=Suggestion, checks=[names_case], route=route,
    anonymous=field("anonymous") == True,  # noqa: E712 - == builds a condition
    attachments=[attachment("material", "附件", "Attachment", maximum=10)],
    answering=Answering(("答复", "Reply"), ("选择处理方式", "Choose what to do"), ("填写答复内容或者不予受理的理由", "Write the reply, or why it is not accepted"),
                        ("提交", "Send"), about="content"),
    access={**CASE_BOUND, Role.SUPERVISOR: Access(Sight.COURT, review=True, comment=True)},
    states=[State("SUBMITTED", "待处理", "To do", applicant=("待处理", "To be handled")), State("CLOSED", "已答复", "Replied"),
            State("NOT_ACCEPTED", "不予受理", "Not accepted", tone="back")],
    decisions=[
        Decision("reply", "答复意见建议", "Reply", "SUBMITTED", "CLOSED", opinion=True, fields=Reply,
                 notice=("【{court}】您的意见建议（流水号{serial_no}）已答复：{result}。详情请登录诉讼服务网，咨询12368。",
                         "[{court}] Your suggestion (no. {serial_no}) was answered: {result}. See the service site; questions: 12368.")),
        Decision("not_accept", "不予受理", "Do not accept", "SUBMITTED", "NOT_ACCEPTED", opinion=True, fields=Refusal),
        Decision("hand_over", "转办", "Hand over", "SUBMITTED", None, direct=True, quiet=True, fields=HandOver),
    ],
    limits=[
        limit("S-1", days=15, since="received", when=field("category") == DOCKETING, escalate=Role.SUPERVISOR, remind=3,
              title=("反馈立案投诉", "Answer a complaint about docketing"), basis="登记立案规定第13条"),
        limit("S-2", workdays=field("settings.reply_workdays"), since="received", escalate=Role.SUPERVISOR, remind=3,
              when=field("category").is_in(*(one for one in CATEGORIES if one != DOCKETING)),
              title=("答复意见建议", "Answer a suggestion"), basis="本院设定"),
    ],
)  # fmt: skip

module = Module("suggestion", ("意见建议", "Suggestions"), version="1.0", order=90, icon="bulb", settings=Settings, requests=[suggestion])  # fmt: skip
