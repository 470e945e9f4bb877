"""What the judge decides, what stands against it, and what goes to the trial system."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from core import (
    Application,
    Context,
    Decision,
    DecisionMade,
    Hearing,
    Label,
    Outcome,
    Problem,
    Role,
    choice,
    day,
    field,
    hookimpl,
    law,
    moment,
    request_fields,
    text,
    whole,
    yes_no,
)

from . import notices
from .dates import advice, clashes_of
from .fields import granted, hearing_of
from .rules import ARTICLES, GROUNDS, NEEDS_PRESIDENT, PROCEDURES, article_of, cited, most, most_deductible

BY_PRESIDENT = field("article") == NEEDS_PRESIDENT
FIXED = field("next_hearing") == "fixed"
CLASH_HELP = ("法官或法庭在新的时间已有开庭的，不写明理由不能排定。", "Where the judge or the courtroom is taken, it is not fixed without a reason.")  # fmt: skip


@request_fields
class Approval:
    """What goes with granting it."""

    article: str = choice("法条项", "Article", ARTICLES)
    president: str | None = text(
        "批准的院长", "President who approved", max_length=50, required_when=BY_PRESIDENT
    )
    president_on: date | None = day("院长批准日期", "Approved on", required_when=BY_PRESIDENT)
    president_no: str | None = text(
        "院长批准文号", "Number of the approval", max_length=50, required_when=BY_PRESIDENT
    )
    next_hearing: str = choice(
        "新的开庭", "Next hearing", {"fixed": ("定于", "Fixed"), "later": ("另行通知", "Date to follow")}
    )
    new_hearing_at: datetime | None = moment("新开庭时间", "New hearing", required_when=FIXED)
    new_courtroom: str | None = text(
        "新法庭", "New courtroom", max_length=100, help=("不填则仍在原法庭。", "Empty: the same one.")
    )
    clash_reason: str | None = text(
        "已知排期冲突仍安排的理由", "Why it is fixed in spite of a clash", max_length=200, help=CLASH_HELP
    )
    deducted: bool = yes_no("是否扣除审限", "Left out of the time for trial")
    deducted_days: int | None = whole("扣除天数", "Days left out", minimum=1, maximum=366, required_when=field("deducted") == True)  # noqa: E712 - == builds a condition  # fmt: skip


@request_fields
class NewDate:
    """The date that was to follow."""

    new_hearing_at: datetime = moment("新开庭时间", "New hearing")
    new_courtroom: str | None = text(
        "新法庭", "New courtroom", max_length=100, help=("不填则仍在原法庭。", "Empty: the same one.")
    )
    clash_reason: str | None = text("已知排期冲突仍安排的理由", "Why it is fixed in spite of a clash", max_length=200, help=CLASH_HELP)  # fmt: skip


def may_approve(application: Application, values: Approval, context: Context) -> Problem | None:
    """Return what stands against granting it."""
    hearing = hearing_of(application.fields, context)
    return (
        _stands(hearing)
        or _counted(context)
        or _grounded(application, values, context)
        or (_dated(application, values, hearing, context) if values.next_hearing == "fixed" else None)
        or _deducted(application, values)
    )


def may_date(application: Application, values: NewDate, context: Context) -> Problem | None:
    """Return what stands against the date."""
    return _dated(application, values, hearing_of(application.fields, context), context)


def may_resend(application: Application, _values: None, context: Context) -> Problem | None:
    """Return what stands against sending the same again: the time that was fixed has meanwhile passed."""
    goal = application.data.get("new_hearing_at")
    if goal and datetime.fromisoformat(goal) <= context.now:
        return Problem("decision", "past", Label("所定的新开庭时间已过，请重新审查并另定时间。", "The time fixed has passed; review it again and fix another."))  # fmt: skip
    return None


def _stands(hearing: Hearing | None) -> Problem | None:
    if hearing is not None and hearing.state != "held":
        return None
    return Problem("decision", "no_hearing", Label("该次开庭已经进行，或者不在案件的排期中，不能再延期。", "This hearing was held, or is not in the case's list; it cannot be postponed."))  # fmt: skip


def _counted(context: Context) -> Problem | None:
    procedure = context.case.procedure if context.case else ""
    limit, done = most(procedure), granted(context)
    if done < limit:
        return None
    zh, en = PROCEDURES[procedure]
    return Problem("decision", "too_often", Label(
        f"本案已延期{done}次：{zh}，延期开庭不得超过{limit}次（延期开庭规定第3条），不能准许。",
        f"The case was postponed {done} time(s); in {en} at most {limit} is allowed (Postponement Provisions, art. 3).",
    ))  # fmt: skip


def _grounded(application: Application, values: Approval, context: Context) -> Problem | None:
    if values.article != NEEDS_PRESIDENT:
        return None
    if application.fields.ground != "force_majeure":
        return Problem("article", "not_force_majeure", Label("第（四）项仅限不可抗力或者意外事件（延期开庭规定第2条），与所报事由不符。", "Item (4) is for force majeure or accident only (Postponement Provisions, art. 2)."))  # fmt: skip
    if values.president_on and values.president_on > context.today:
        return Problem("president_on", "in_future", Label("批准日期不能晚于今天。", "The approval cannot lie in the future."))  # fmt: skip
    return None


def _dated(
    application: Application, values: Any, hearing: Hearing | None, context: Context
) -> Problem | None:
    fields, at = application.fields, values.new_hearing_at
    room = values.new_courtroom or fields.courtroom
    if at <= context.now:
        return Problem("new_hearing_at", "past", Label("新的开庭时间应在现在之后。", "The new hearing is still to come."))  # fmt: skip
    if at == fields.hearing_at and hearing is not None and hearing.state == "scheduled":
        return Problem(
            "new_hearing_at", "same", Label("新的开庭时间与原定时间相同。", "This is the time it has now.")
        )
    if values.clash_reason:
        return None
    found = clashes_of(at, room, hearing, context)
    if not found:
        return None
    return Problem("new_hearing_at", "clash", Label(
        f"{'；'.join(one.zh for one in found)}。请另定时间，或者写明已知冲突仍安排的理由。",
        f"{'; '.join(one.en for one in found)}. Fix another time, or write why it is fixed all the same.",
    ))  # fmt: skip


def _deducted(application: Application, values: Approval) -> Problem | None:
    day_of = law.dates.court_date
    fixed = values.new_hearing_at if values.next_hearing == "fixed" else None
    after = day_of(fixed) if fixed else None
    limit = most_deductible(values.article, day_of(application.fields.hearing_at), after)
    if not values.deducted or limit is None or (values.deducted_days or 0) <= limit:
        return None
    return Problem("deducted_days", "too_many", Label(
        f"最多可扣除{limit}天：不超过所延期间；因第（三）项延期的，不超过一个月（严格执行案件审理期限制度的若干规定第9条）。",
        f"At most {limit} day(s): what the postponement takes; under item (3) not more than a month (Trial Time-limit Provisions, art. 9).",
    ))  # fmt: skip


def begins_with(application: Application, _context: Context) -> Mapping[str, Any]:
    """Return what the form begins with: the article of the ground."""
    return {"article": article_of(application.fields.ground), "next_hearing": "fixed", "deducted": False}


def for_example(context: Context) -> Mapping[str, Any]:
    """Return a time that is still to come, a month from now."""
    return {"new_hearing_at": (context.now + timedelta(days=30)).isoformat(timespec="seconds")}


DECISIONS = (
    Decision("approve", "通过", "Grant", ["SUBMITTED", "RESCHEDULE_FAILED"], "RESCHEDULING", opinion=True, fields=Approval, guard=may_approve, advice=advice,
             prefill=begins_with, example=for_example, operation="reschedule", meets="P-9", quiet=True, private=True,
             confirm=("确定准许延期并变更排期？所有当事人和诉讼参与人都会收到通知。", "Grant it and reschedule? Everybody in the case will be told.")),
    Decision("reject", "不通过", "Refuse", "SUBMITTED", "REJECTED", opinion=True, meets="P-9", notice=notices.REJECTED,
             confirm=("确定不准许延期？申请人将被告知仍按原定时间开庭。", "Refuse it? The applicant is told that the hearing stands.")),
    Decision("set_date", "定开庭时间", "Fix the date", "APPROVED", "RESCHEDULING", direct=True, fields=NewDate, guard=may_date, advice=advice, example=for_example,
             operation="reschedule", quiet=True, meets="P-4", roles={Role.HANDLING_JUDGE, Role.CLERK}),
    Decision("resend", "重新变更排期", "Send again", "RESCHEDULE_FAILED", "RESCHEDULING", direct=True, guard=may_resend, operation="reschedule", quiet=True,
             confirm=("确定按原结论重新推送审判系统？", "Send the same to the trial system again?")),
)  # fmt: skip


@hookimpl
def review(application: Application, decision: DecisionMade, context: Context) -> Outcome | None:
    """Give the trial system its order, and the notices and papers their words."""
    fields, values = application.fields, decision.values
    kept: dict[str, Any] = {
        "old_words": said(fields.hearing_at, fields.courtroom),
        "ground_words": dict(GROUNDS)[fields.ground][0],
    }
    if decision.code == "reject":
        return Outcome(data=kept)
    if decision.code == "resend":
        goal, room = application.data.get("new_hearing_at"), application.data.get("new_courtroom")
    else:
        fixed = decision.code == "set_date" or values.next_hearing == "fixed"
        goal = values.new_hearing_at.isoformat() if fixed else None
        room = (values.new_courtroom or fields.courtroom) if fixed else None
        new_words = said(values.new_hearing_at, room) if fixed else None
        kept |= {"new_hearing_at": goal, "new_courtroom": room, "new_words": new_words}
    if decision.code == "approve":
        kept |= {"article_words": cited(values.article)} | _unasked(values)
    return Outcome(data=kept, payload={
        "case_number": application.case_number, "hearing_at": fields.hearing_at.isoformat(), "courtroom": fields.courtroom,
        "new_hearing_at": goal, "new_courtroom": room,
    })  # fmt: skip


def _unasked(values: Approval) -> dict[str, None]:
    """Return, emptied, what an earlier decision may have filled in and this one does not have."""
    optional: Iterable[str] = ("president", "president_on", "president_no", "clash_reason", "deducted_days")
    return {name: None for name in optional if getattr(values, name) is None}


def said(at: datetime, room: str | None) -> str:
    """Return time and place as notices say them."""
    there = law.dates.in_court_time(at)
    return f"{there.year}年{there.month}月{there.day}日{there:%H:%M}{f'（{room}）' if room else ''}"
