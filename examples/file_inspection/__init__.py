"""阅卷申请: parties and their lawyers ask to read the file of their case (民事诉讼法第52、64条；法释〔2002〕39号).

“查阅规定” is 《最高人民法院关于诉讼代理人查阅民事案件材料的规定》; its article 10 extends it to the parties themselves.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from core import (
    CASE_BOUND,
    Access,
    ApplicantStep,
    Application,
    Appointment,
    ClockStep,
    Context,
    Decision,
    Label,
    Module,
    Paper,
    Problem,
    RequestType,
    Role,
    Sight,
    State,
    View,
    attachment,
    choice,
    choices,
    computed,
    day,
    field,
    law,
    limit,
    moment,
    request_fields,
    telephone,
    text,
    whole,
    yes_no,
)

BASIS = "民事诉讼法第52、64条；查阅规定；本院设定"
MATERIALS = {
    "pleadings": ("起诉状、答辩状", "Complaint and defence"),
    "evidence": ("证据材料", "Evidence"),
    "records": ("庭审笔录", "Records of hearings"),
    "service": ("送达材料", "Papers about service"),
    "judgments": ("裁判文书", "Judgments and rulings"),
    "other": ("其他", "Other"),
}
WAYS = {
    "onsite": ("到院查阅", "Read at the court"),
    "copy": ("到院查阅并复制", "Read and copy at the court"),
    "online": ("网上查阅电子卷宗", "Read online"),
}
PURPOSES = {
    "hearing": ("准备庭审", "For the hearing"),
    "appeal": ("上诉", "For an appeal"),
    "retrial": ("申请再审", "For a retrial"),
    "enforcement": ("申请执行", "For enforcement"),
    "other": ("其他", "Other"),
}
GROUNDS = {
    "stranger": ("申请人不是本案当事人或者诉讼代理人", "The applicant is neither a party nor an agent"),
    "authority": ("未提交有效的代理手续", "Authority to act was not shown"),
    "not_main_file": ("申请查阅的材料不属于正卷", "What is asked for is not in the main file"),
    "secrets": ("涉及国家秘密、商业秘密或者个人隐私", "State or trade secrets, or privacy"),
    "hinders": ("查阅将影响案件审理", "Reading would hinder the trial"),
    "other": ("其他", "Other"),
}
COMES = field("how").is_in("onsite", "copy")
ONLINE = field("how") == "online"
BEGINS = time(9, 30)


def standing(_fields: Any, context: Context) -> str | None:
    """As what the applicant stands in the case: a party, or the agent of whom (民事诉讼法第52、64条)."""
    case, name = context.case, context.submitter.name
    if case is None:
        return None
    parties = [law.standings.standing_words(one.standing)[0] for one in case.parties if one.name == name]
    if parties:
        return "、".join(parties)
    principals = [one.party for one in case.agents_named(name)]
    return f"{'、'.join(principals)}的代理人" if principals else None


def arranged(name: str, context: Context) -> Any:
    """What was filled in for the visit, while there is one arranged."""
    return context.data.get(name) if context.state == "APPROVED" else None


def visit_at(_fields: Any, context: Context) -> datetime | None:
    """When the applicant comes."""
    begins = arranged("starts_at", context)
    return datetime.fromisoformat(begins) if begins else None


@request_fields
class Fields:
    """What the applicant fills in (查阅规定第3、4条), and what the house finds out."""

    materials: tuple[str, ...] = choices("查阅内容", "What to read", MATERIALS)
    detail: str | None = text(
        "材料名称或者页码",
        "Papers or pages",
        max_length=500,
        help=(
            "只查阅部分材料的，写明材料名称或者页码。",
            "Name the papers or pages where only some are needed.",
        ),
    )
    how: str = choice("查阅方式", "How", WAYS, column=True, search=True)
    copy_pages: int | None = whole(
        "拟复制页数", "Pages to copy", minimum=1, maximum=5000, required_when=field("how") == "copy"
    )
    purpose: str = choice("用途", "Purpose", PURPOSES, search=True)
    wanted_on: date | None = day("希望阅卷日期", "Wanted date", required_when=COMES, column=True, search=True)
    phone: str = telephone()
    standing: str | None = computed(standing, text("诉讼地位", "Standing in the case", column=True))
    visit_at: datetime | None = computed(
        visit_at, moment("阅卷时间", "Time of the visit", column=True, search=True)
    )
    visit_minutes: int | None = computed(
        lambda _fields, context: arranged("minutes", context),
        whole("阅卷时长（分钟）", "Length of the visit (minutes)"),
    )
    visit_place: str | None = computed(
        lambda _fields, context: arranged("place", context),
        text("阅卷地点", "Place of the visit", max_length=100),
    )


@request_fields
class Settings:
    """What a court sets for itself."""

    answer_days: int = whole(
        "答复期限（工作日）", "Time to answer (working days)", minimum=1, maximum=15, default=3
    )
    place: str = text("通常阅卷地点", "Usual place", max_length=100, default="阅卷室")
    minutes: int = whole(
        "通常阅卷时长（分钟）", "Usual length (minutes)", minimum=15, maximum=480, default=60
    )
    open_days: int = whole("电子卷宗开放天数", "Days open online", minimum=1, maximum=365, default=15)


@request_fields
class Visit:
    """The visit that is arranged (查阅规定第2、5、7条)."""

    starts_at: datetime = moment("阅卷时间", "Time")
    minutes: int = whole("时长（分钟）", "Length (minutes)", minimum=15, maximum=480)
    place: str = text("阅卷地点", "Place", max_length=100)
    readable: tuple[str, ...] = choices("准许查阅", "May be read", MATERIALS)
    copies: bool = yes_no("准许复制", "Copies allowed")


@request_fields
class Opening:
    """What is opened online, and until when."""

    readable: tuple[str, ...] = choices("准许查阅", "May be read", MATERIALS)
    open_until: date = day("开放至", "Open until")


@request_fields
class Refusal:
    """Why the file is not shown."""

    ground: str = choice("不予准许的理由", "Ground", GROUNDS)


@request_fields
class Move:
    """Another time for an arranged visit."""

    starts_at: datetime = moment("改定时间", "New time")
    reason: str = text("改期原因", "Why", max_length=200)


@request_fields
class Reading:
    """What is noted on the slip when the file has come back (查阅规定第6条)."""

    pages_copied: int = whole("复制页数", "Pages copied", maximum=5000)
    came_back: bool = yes_no(
        "案卷材料已全部交回并当面清查无误", "Everything came back, checked in the reader's presence"
    )


def in_future(_application: Application, values: Any, context: Context) -> Problem | None:
    """A visit lies in the future."""
    if values.starts_at > context.now:
        return None
    return Problem(
        "starts_at", "not_in_future", Label("阅卷时间应当晚于现在。", "Choose a time in the future.")
    )


def soon(context: Context) -> Mapping[str, Any]:
    """An example of a time, for a guard that wants one in the future."""
    return {"starts_at": (context.now + timedelta(days=2)).isoformat()}


def later_than_today(_application: Application, values: Any, context: Context) -> Problem | None:
    """The file is open for a day at least."""
    if values.open_until > context.today:
        return None
    return Problem(
        "open_until", "not_later", Label("开放截止日应当晚于今天。", "Choose a day later than today.")
    )


def all_back(_application: Application, values: Any, _context: Context) -> Problem | None:
    """The reader gives everything back, and it is checked in the reader's presence (查阅规定第6条)."""
    if values.came_back:
        return None
    return Problem(
        "came_back",
        "not_back",
        Label(
            "案卷材料全部交回并清查无误后，才能登记已阅卷（查阅规定第六条）。",
            "Register the reading once everything has come back and was checked (Rules on Reading, art. 6).",
        ),
    )


def for_visit(application: Application, context: Context) -> Mapping[str, Any]:
    """The wanted day, 09:30, the court's usual place and length, and what was asked for."""
    asked, settings = application.fields, context.settings
    begin = {
        "place": settings.place,
        "minutes": settings.minutes,
        "readable": list(asked.materials),
        "copies": asked.how == "copy",
    }
    if asked.wanted_on:
        begin["starts_at"] = f"{datetime.combine(asked.wanted_on, BEGINS).isoformat()}+08:00"
    return begin


def for_opening(application: Application, context: Context) -> Mapping[str, Any]:
    """What was asked for, for the court's usual number of days."""
    until = context.today + timedelta(days=context.settings.open_days)
    return {"readable": list(application.fields.materials), "open_until": until.isoformat()}


def clock(at: datetime) -> str:
    """The time of the day at the court."""
    return f"{law.dates.in_court_time(at):%H:%M}"


def about_the_time(application: Application, values: Any, context: Context) -> Iterable[Label]:
    """What speaks against the time: no working day, or the judge has something else then."""
    on = law.dates.court_date(values.starts_at)
    try:
        if context.calendar.is_rest(on):
            yield Label(f"{on:%Y年%-m月%-d日}不是工作日。", f"{on:%Y-%m-%d} is no working day.")
    except law.errors.YearUnknown:
        yield Label(
            f"{on.year}年的节假日尚未录入，请核对是否工作日。",
            f"The holidays of {on.year} are not entered; check that it is a working day.",
        )
    ends = values.starts_at + timedelta(minutes=values.minutes)
    if application.handler is None:
        return
    for one in context.engagements(application.handler, values.starts_at, ends):
        times = f"{clock(one.starts_at)}–{clock(one.ends_at)}"
        yield Label(
            f"承办法官{times}另有安排：{one.title.zh}（{one.place}）。",
            f"The judge has something else at {times}: {one.title.en} ({one.place}).",
        )


def to_know(_request: Any, context: Context) -> Iterable[Label]:
    """What to know before deciding, while the request waits."""
    case, name = context.case, context.submitter.name
    if context.state != "SUBMITTED" or case is None:
        return
    if not any(one.name == name for one in case.parties) and not case.agents_named(name):
        yield Label(
            "提交人不是在案登记的当事人或者诉讼代理人，请核对身份和代理手续（民事诉讼法第五十二条、第六十四条）。",
            "Whoever asks is on record neither as party nor as agent; check identity and authority "
            "(Civil Procedure Law, arts. 52, 64).",
        )
    yield Label(
        "只限查阅正卷（查阅规定第五条）；阅卷前核对律师执业证或者身份证件（第四条）。",
        "Only the main file may be read (Rules on Reading, art. 5); check licence or identity card (art. 4).",
    )
    for one in case.hearings:
        if one.state == "scheduled" and one.starts_at > context.now:
            on = law.dates.in_court_time(one.starts_at)
            yield Label(
                f"本案下次开庭：{on:%Y年%-m月%-d日%H:%M}，{one.courtroom}。",
                f"Next hearing: {on:%Y-%m-%d %H:%M}, {one.courtroom}.",
            )
            return


EITHER = [Role.HANDLING_JUDGE, Role.CLERK]
VISIT_NOTICE = (
    (
        "【{court}】{case_number}案的阅卷申请（流水号{serial_no}）已准许。请于{starts_at}到{place}阅卷，"
        "并出示身份证件或者律师执业证。阅卷单：{slip_number}。"
    ),
    (
        "[{court}] No. {serial_no}, case {case_number}: come to {place} at {starts_at} to read the file, "
        "with your identity card or lawyer's licence. Slip: {slip_number}."
    ),
)
OPEN_NOTICE = (
    (
        "【{court}】{case_number}案的阅卷申请（流水号{serial_no}）已准许，电子卷宗开放至{open_until}，"
        "请登录平台查阅。查阅内容：{readable}。"
    ),
    "[{court}] No. {serial_no}, case {case_number}: the file is open online until {open_until}: {readable}.",
)
MOVE_NOTICE = (
    "【{court}】{case_number}案的阅卷（流水号{serial_no}）改至{starts_at}，地点不变。原因：{reason}",
    (
        "[{court}] No. {serial_no}, case {case_number}: your visit was moved to {starts_at}, the place stays. "
        "Why: {reason}"
    ),
)
CLOSE_NOTICE = (
    "【{court}】{case_number}案的电子卷宗（流水号{serial_no}）开放期限已满，已经关闭。需要再次查阅的，请另行申请。",
    "[{court}] No. {serial_no}, case {case_number}: the time for reading online is over, the file is closed.",
)

request = RequestType(
    kind="file_inspection", title=("阅卷申请", "Reading the file"), prefix="CY", fields=Fields, case="required",
    attachments=[attachment("identity", "身份证件或者律师执业证", "Identity card or lawyer's licence", required=True),
                 attachment("authority", "授权委托书、所函", "Power of attorney, letter of the law firm")],
    access={**CASE_BOUND, Role.CLERK: Access(Sight.OWN, draft=True),
            Role.SUPERVISOR: Access(Sight.COURT, comment=True)},
    states=[State("SUBMITTED", "待处理", "To do", applicant=("已提交", "Submitted"), tone="todo", waiting=True),
            State("APPROVED", "已准许，待阅卷", "Granted, to be read", tone="good"),
            State("OPEN", "电子卷宗开放中", "Open online", tone="good"),
            State("DONE", "已阅卷", "Read", tone="done"),
            State("MISSED", "未到院", "Did not come", tone="back"),
            State("REFUSED", "不予准许", "Refused", tone="back"),
            State("WITHDRAWN", "已撤回", "Withdrawn", tone="done")],
    decisions=[
        Decision("arrange", "准许并约定时间", "Grant and arrange a time", "SUBMITTED", "APPROVED", fields=Visit,
            when=COMES, guard=in_future, example=soon, advice=about_the_time, prefill=for_visit,
            issues=["slip"], notice=VISIT_NOTICE),
        Decision("open", "准许并开放电子卷宗", "Grant and open online", "SUBMITTED", "OPEN", fields=Opening,
            when=ONLINE, guard=later_than_today, prefill=for_opening, notice=OPEN_NOTICE),
        Decision("refuse", "不予准许", "Refuse", "SUBMITTED", "REFUSED", fields=Refusal, opinion=True,
            issues=["refusal"]),
        Decision("move", "改期", "Move", "APPROVED", "APPROVED", fields=Move, direct=True, roles=EITHER,
            guard=in_future, example=soon, notice=MOVE_NOTICE),
        Decision("done", "登记已阅卷", "Register the reading", "APPROVED", "DONE", fields=Reading, direct=True,
            roles=EITHER, guard=all_back, quiet=True, example={"came_back": True}),
        Decision("missed", "登记未到院", "Nobody came", "APPROVED", "MISSED", direct=True, roles=EITHER),
    ],
    steps=[ApplicantStep("withdraw", "撤回", "Withdraw", ["SUBMITTED", "APPROVED"], "WITHDRAWN"),
           ClockStep("close", "到期关闭电子卷宗", "Closed when its day was over", "OPEN", "DONE", limit="CY-2",
               meets="CY-2", notice=CLOSE_NOTICE)],
    limits=[limit("CY-1", workdays=field("settings.answer_days"), since="received", remind=1,
                escalate=Role.SUPERVISOR, title=("阅卷答复期限", "Time to answer"), basis=BASIS),
            limit("CY-2", until=field("open_until"), since="open", applicant=True, remind=3,
                title=("电子卷宗开放期限", "Open online"), basis=BASIS)],
    papers=[Paper("slip", ("查阅案件材料阅卷单", "Slip for reading the file"), "slip.md", number=("阅卷", "Reading")),
            Paper("refusal", ("不予准许阅卷告知书", "Refusal to show the file"), "refusal.md")],
    hints=[to_know],
    appointment=Appointment(("阅卷", "Reading of a file"), "visit_at", "visit_minutes", "visit_place"),
    views=[View("all", ("全部阅卷申请", "All requests")),
           View("todo", ("待处理", "To do"), states=["SUBMITTED"], order="due"),
           View("arranged", ("待阅卷", "Arranged"), states=["APPROVED"],
               columns=["visit_at", "how", "standing"])],
)  # fmt: skip

module = Module("file_inspection", ("阅卷申请", "Reading the file"), version="1.0", requests=[request],
                settings=Settings)  # fmt: skip
