"""阅卷申请: parties and their lawyers ask to read the file of their case; who handles the case says what, how and when.

The rules: 民事诉讼法第52、64条 and 最高人民法院关于诉讼代理人查阅民事案件材料的规定 (法释〔2002〕39号), called 查阅规定 here. No
law says by when to answer: the court sets it.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
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

PARTS = {
    "pleadings": ("起诉状、答辩状", "Pleadings"), "evidence": ("证据材料", "Evidence"), "transcripts": ("庭审笔录", "Transcripts"),
    "service": ("送达材料", "Papers of service"), "judgments": ("裁判文书", "Judgments"), "other": ("其他正卷材料", "Other"),
}  # fmt: skip
ONSITE, COPY, ONLINE = "onsite", "copy", "online"
METHODS = {
    ONSITE: ("到院查阅", "Read at the court"), COPY: ("到院查阅并复制", "Read and copy at the court"), ONLINE: ("网上查阅电子卷宗", "Read online"),
}  # fmt: skip
COMES = field("method").is_in(ONSITE, COPY)
STANDS = "APPROVED"


def standing(asked: "Inspection", context: Context) -> str | None:
    """Return as what the applicant, or whom the applicant acts for, stands in the case (查阅规定第1条)."""
    if context.case is None:
        return None
    name = context.submitter.name
    agents = [f"{one.party}的代理人" for one in context.case.agents_named(name)]
    parties = [
        law.standings.standing_words(one.standing)[0] for one in context.case.parties if one.name == name
    ]
    return "、".join(dict.fromkeys([*parties, *agents])) or None


def arranged(name: str) -> Any:
    """Return what a computed field needs to show ``name`` of the visit that was arranged, while it stands."""

    def of(asked: "Inspection", context: Context) -> Any:
        held = context.data.get(name) if context.state == STANDS else None
        return datetime.fromisoformat(held) if held and name == "visit_at" else held

    return of


@request_fields
class Inspection:
    """What is to be read, how, and when it would suit."""

    standing: str | None = computed(standing, text("诉讼地位", "Standing", column=True))
    parts: tuple[str, ...] = choices("查阅范围", "What to read", PARTS)
    pages: str | None = text("具体材料或者页码", "Papers or pages", max_length=500, help=("例如：证据卷第12至30页。", "Such as: volume of evidence, pages 12 to 30."))  # fmt: skip
    method: str = choice("查阅方式", "How", METHODS, column=True, search=True)
    copies: int | None = whole("拟复制页数", "Pages to copy", minimum=1, maximum=5000, required_when=field("method") == COPY)  # fmt: skip
    purpose: str = choice("用途", "Purpose", {
        "trial": ("准备庭审", "For the hearing"), "appeal": ("上诉", "For an appeal"), "retrial": ("申请再审", "For a retrial"), "enforcement": ("申请执行", "For enforcement"),
        "other": ("其他", "Other"),
    }, search=True)  # fmt: skip
    wanted_on: date | None = day(
        "希望查阅的日期", "Wanted date", column=True, search=True, required_when=COMES
    )
    phone: str = telephone("联系电话", "Telephone")
    visit_at: datetime | None = computed(arranged("visit_at"), moment("约定时间", "Appointment", column=True, search=True))  # fmt: skip
    visit_minutes: int | None = computed(arranged("visit_minutes"), whole("时长（分钟）", "Minutes"))
    visit_place: str | None = computed(arranged("visit_place"), text("地点", "Place"))


@request_fields
class Visit:
    """When and where the file is read, and how much of it."""

    visit_at: datetime = moment("查阅时间", "Time")
    visit_minutes: int = whole("时长（分钟）", "Minutes", minimum=15, maximum=480)
    visit_place: str = text("查阅地点", "Place", max_length=100)
    granted: str = text("准许查阅的材料", "What may be read", max_length=1000, help=("限于正卷；涉及国家秘密、商业秘密、个人隐私的应先行剔除。", "The main file only; secrets and privacy are taken out first."))  # fmt: skip
    may_copy: bool = yes_no("准许复制", "Copies allowed")


@request_fields
class Opening:
    """What is opened online, and until when."""

    granted: str = text("准许查阅的材料", "What may be read", max_length=1000)
    open_until: date = day("开放至", "Open until")


@request_fields
class Moved:
    """The new time of a visit."""

    visit_at: datetime = moment("新的查阅时间", "New time")
    reason: str = text("改期原因", "Why it moves", max_length=200)


@request_fields
class Done:
    """What was read, and that all of it came back."""

    copied: int = whole("复制页数", "Pages copied", maximum=5000)
    returned: bool = yes_no("材料已全部交回并清点", "All papers came back, counted")


@request_fields
class Refusal:
    """Why it is refused."""

    ground: str = choice("理由", "Ground", {
        "not_in_case": ("不是本案当事人或者其代理人", "Neither party nor agent in the case"), "no_authority": ("授权手续不全", "Authority not shown"),
        "not_open": ("所申请的材料不属正卷", "Not in the main file"), "secret": ("涉及国家秘密、商业秘密或者个人隐私", "Secrets or privacy"),
        "hinders": ("影响案件审理，宜另择时间", "It would hinder the trial now"), "other": ("其他", "Other"),
    })  # fmt: skip


@request_fields
class Settings:
    """What a court sets for itself."""

    answer_workdays: int = whole("答复期限（工作日）", "Days to answer (working days)", minimum=1, maximum=15, default=3)  # fmt: skip
    place: str = text("阅卷地点（默认）", "Usual place", max_length=100, default="诉讼服务中心阅卷室")
    minutes: int = whole("阅卷时长（默认，分钟）", "Usual length (minutes)", minimum=15, maximum=480, default=60)  # fmt: skip
    online_days: int = whole(
        "电子卷宗开放天数（默认）", "Days open online", minimum=1, maximum=90, default=15
    )


def ahead(application: Application, values: Any, context: Context) -> Problem | None:
    """Nobody is asked to come in the past."""
    if values.visit_at > context.now:
        return None
    return Problem("visit_at", "past", Label("该时间已过，请另选。", "That time is past; choose another."))


def open_ahead(application: Application, values: Opening, context: Context) -> Problem | None:
    """What is opened stays open until some later day."""
    if values.open_until > context.today:
        return None
    return Problem("open_until", "past", Label("应晚于今天。", "It must be later than today."))


def all_back(application: Application, values: Done, context: Context) -> Problem | None:
    """It is over when every paper is back (查阅规定第6条)."""
    if values.returned:
        return None
    return Problem("returned", "not_returned", Label("材料须全部交回并清点后方可登记。", "Register it once every paper is back."))  # fmt: skip


def clashes(application: Application, values: Any, context: Context) -> Iterator[Label]:
    """Say where a visit falls on a day off, or on something the judge has then."""
    begins = values.visit_at
    minutes = getattr(values, "visit_minutes", None) or application.data.get("visit_minutes") or 60
    if context.calendar.rests(law.dates.court_date(begins)):
        yield Label("该日不是工作日。", "That is no working day.")
    if application.handler is None:
        return
    for one in context.engagements(application.handler, begins, begins + timedelta(minutes=minutes)):
        yield Label(f"承办法官当时另有{one.title.zh}（{one.place}）。", f"The judge has a {one.title.en.lower()} then ({one.place}).")  # fmt: skip


def asked_for(fields: Inspection) -> str:
    """Return what is asked for, in words."""
    parts = "、".join(PARTS[one][0] for one in fields.parts)
    return f"{parts}（{fields.pages}）" if fields.pages else parts


def usual_visit(application: Application, context: Context) -> Mapping[str, Any]:
    """Return what an arrangement begins with: the wanted day, the court's place and length, and what was asked for."""
    fields, settings = application.fields, context.settings
    return {
        "visit_at": f"{fields.wanted_on}T09:30:00+08:00",
        "visit_minutes": settings.minutes,
        "visit_place": settings.place,
        "granted": asked_for(fields),
        "may_copy": fields.method == COPY,
    }


def usual_opening(application: Application, context: Context) -> Mapping[str, Any]:
    """Return what an opening begins with: what was asked for, for as long as the court usually opens it."""
    until = context.today + timedelta(days=context.settings.online_days)
    return {"granted": asked_for(application.fields), "open_until": until.isoformat()}


def tomorrow(context: Context) -> Mapping[str, Any]:
    """Return a time, and a day, that are still to come, for examples."""
    return {"visit_at": (context.now + timedelta(days=1)).isoformat(timespec="seconds")}


def next_week(context: Context) -> Mapping[str, Any]:
    """Return a day that is still to come, for examples."""
    return {"open_until": (context.today + timedelta(days=7)).isoformat()}


def hints(application: Application, context: Context) -> Iterator[Label]:
    """While it waits: who asks, and what the law minds."""
    if application.state != "SUBMITTED":
        return
    if application.fields.standing is None:
        yield Label("提交人不在本案登记的当事人、代理人之中，请先核对授权手续。", "Whoever asks is neither a party nor an agent on record; check the authority first.")  # fmt: skip
    yield Label(
        "查阅限于正卷（查阅规定第5条）；到院查阅应核对有效证件并填写阅卷单（第4条）。",
        "Only the main file may be read (rules, art. 5); identity is checked and a slip filled in (art. 4).",
    )
    hearings = [one for one in context.case.hearings if one.state == "scheduled" and one.starts_at > context.now] if context.case else []  # fmt: skip
    if hearings:
        begins = law.dates.court_date(hearings[0].starts_at)
        yield Label(f"本案定于{begins}开庭，请在此前安排。", f"The case is heard on {begins}; arrange it before.")  # fmt: skip


ARRANGED = Label(
    "【{court}】{name}：阅卷申请（流水号{serial_no}）已准许，请于{visit_at}携带有效证件到{visit_place}。咨询12368。",
    "[{court}] {name}: you may read the file (no. {serial_no}) on {visit_at} at {visit_place}; bring your identity document. Questions: 12368.",
)
MOVED = Label(
    "【{court}】{name}：阅卷（流水号{serial_no}）改至{visit_at}，原因：{reason}。咨询12368。",
    "[{court}] {name}: reading the file (no. {serial_no}) moves to {visit_at}: {reason}. Questions: 12368.",
)
OPENED = Label(
    "【{court}】{name}：阅卷申请（流水号{serial_no}）已准许，电子卷宗开放至{open_until}，请登录诉讼服务网查阅。咨询12368。",
    "[{court}] {name}: the file (no. {serial_no}) is open to you online until {open_until}. Questions: 12368.",
)

inspection = RequestType(
    kind="file_inspection",
    title=("阅卷申请", "Reading the file"),
    prefix="CY",
    case="required",
    fields=Inspection,
    attachments=[
        attachment("identity", "身份证件或者律师执业证", "Identity document or licence", required=True),
        attachment("authority", "授权委托书、所函", "Power of attorney"),
    ],
    access={**CASE_BOUND, Role.CLERK: Access(Sight.OWN, draft=True), Role.SUPERVISOR: Access(Sight.COURT, comment=True)},
    states=[
        State("SUBMITTED", "待处理", "To do", applicant=("已提交", "Submitted"), tone="todo", waiting=True),
        State(STANDS, "已准许，待阅卷", "Arranged", applicant=("已准许，请按时到院", "Granted, please come"), tone="good"),
        State("OPEN", "电子卷宗开放中", "Open online", tone="good"),
        State("DONE", "已阅卷", "Read", tone="done"),
        State("MISSED", "未到院", "Did not come", tone="back"),
        State("REFUSED", "不予准许", "Refused", tone="back"),
        State("WITHDRAWN", "已撤回", "Withdrawn", tone="done"),
    ],
    decisions=[
        Decision("arrange", "准许并约定时间", "Grant and arrange", "SUBMITTED", STANDS, fields=Visit, when=COMES, guard=ahead, advice=clashes,
                 prefill=usual_visit, example=tomorrow, issues="slip", notice=ARRANGED),
        Decision("open", "准许并开放电子卷宗", "Grant online", "SUBMITTED", "OPEN", fields=Opening, when=field("method") == ONLINE, guard=open_ahead,
                 prefill=usual_opening, example=next_week, notice=OPENED),
        Decision("refuse", "不予准许", "Refuse", "SUBMITTED", "REFUSED", opinion=True, fields=Refusal, issues="refusal"),
        Decision("move", "改期", "Move", STANDS, None, direct=True, fields=Moved, guard=ahead, advice=clashes, example=tomorrow, notice=MOVED,
                 roles={Role.HANDLING_JUDGE, Role.CLERK}),
        Decision("done", "登记已阅卷", "Register as read", STANDS, "DONE", direct=True, fields=Done, guard=all_back, example={"returned": True},
                 roles={Role.HANDLING_JUDGE, Role.CLERK}, quiet=True),
        Decision("missed", "登记未到院", "Register as missed", STANDS, "MISSED", direct=True, roles={Role.HANDLING_JUDGE, Role.CLERK}),
    ],
    steps=[
        ApplicantStep("withdraw", "撤回", "Withdraw", ("SUBMITTED", STANDS), "WITHDRAWN"),
        ClockStep("close", "开放到期", "No longer open", "OPEN", "DONE", limit="CY-2"),
    ],
    limits=[
        limit("CY-1", workdays=field("settings.answer_workdays"), since="received", during="SUBMITTED", remind=1, escalate=Role.SUPERVISOR,
              title=("答复阅卷申请", "Answer a request to read"), basis="本院设定（法律未定答复时限）"),
        limit("CY-2", until=field("open_until"), since="open", during="OPEN", applicant=True, remind=3,
              title=("电子卷宗开放期", "Open online"), basis="承办人准许的期间"),
    ],
    papers=[
        Paper("slip", ("查阅案件材料阅卷单", "Slip for reading the file"), "slip.md", number=("阅卷", "Reading")),
        Paper("refusal", ("不予准许阅卷告知书", "Notice of refusal"), "refusal.md"),
    ],
    hints=[hints],
    appointment=Appointment(("阅卷", "Reading the file"), "visit_at", "visit_minutes", "visit_place"),
    views=[
        View("all", ("全部", "All")),
        View("todo", ("待处理", "To do"), "SUBMITTED", order="due"),
        View("arranged", ("待阅卷", "Arranged"), STANDS, ("standing", "method", "visit_at")),
    ],
)  # fmt: skip

module = Module("file_inspection", ("阅卷申请", "Reading the file"), version="1.0", order=75, icon="files", requests=[inspection], settings=Settings)  # fmt: skip
