"""What the judge should know before deciding: how often, how late, how early, and what is in the way."""

from collections.abc import Iterator

from core import Application, Context, Label, law

from .dates import clashes_of, rests
from .fields import KIND, granted, hearing_of
from .rules import NEEDS_PRESIDENT, PROCEDURES, article_of, earliest, latest, most
from .states import OPEN


def hints(application: Application, context: Context) -> Iterator[Label]:
    """Yield the lines, weightiest first, while there is something to decide."""
    if application.state not in (*OPEN, "APPROVED"):
        return
    if application.state == "SUBMITTED":
        yield from _standing(application, context)
        yield from _so_far(context)
    yield from _window(application, context)
    yield from _proposed(application, context)


def _standing(application: Application, context: Context) -> Iterator[Label]:
    hearing = hearing_of(application.fields, context)
    if hearing is not None and hearing.state == "scheduled" and hearing.starts_at <= context.now:
        yield Label(
            "原定开庭时间已过，请核对开庭情况。", "The time of the hearing has passed; check what happened."
        )
    others = [one for one in context.earlier(KIND) if one.state in OPEN and one.fields.hearing_at == application.fields.hearing_at]  # fmt: skip
    if others:
        numbers = "、".join(one.serial_no for one in others)
        yield Label(f"同一次开庭另有延期申请：{numbers}。", f"There are further requests about this hearing: {numbers}.")  # fmt: skip
    submitter = context.submitter
    known = {one.name for one in context.case.parties} | {one.name for one in context.case.agents} if context.case else set()  # fmt: skip
    if submitter.name not in known:
        yield Label(f"提交人{submitter.name}不在本案登记的当事人和代理人之列，请核对代理权（民事诉讼法第62条）。", f"The submitter {submitter.name} is no recorded party or agent; check the power of attorney (art. 62).")  # fmt: skip
    if article_of(application.fields.ground) == NEEDS_PRESIDENT:
        yield Label("以不可抗力或者意外事件为由延期的，须报院长批准并登记（延期开庭规定第6条）。", "Postponing for force majeure or accident needs the president's approval, to be recorded (Postponement Provisions, art. 6).")  # fmt: skip


def _so_far(context: Context) -> Iterator[Label]:
    procedure = context.case.procedure if context.case else ""
    done, limit, (zh, en) = granted(context), most(procedure), PROCEDURES[procedure]
    over = ("，不能再准许", "; no more can be granted") if done >= limit else ("", "")
    yield Label(
        f"本案已延期{done}次，最多{limit}次（{zh}；延期开庭规定第3条）{over[0]}。",
        f"Postponed {done} of at most {limit} time(s) ({en}; Postponement Provisions, art. 3){over[1]}.",
    )


def _window(application: Application, context: Context) -> Iterator[Label]:
    fields, day_of = application.fields, law.dates.court_date
    first, last = earliest(context.today), latest(day_of(fields.hearing_at))
    free = fields.ground == "force_majeure" or fields.other_side_consent == "consents"
    kept = ("；不可抗力或当事人同意的不受此限", "; force majeure or the parties' consent lifts this") if free else ("", "")  # fmt: skip
    yield Label(
        f"新的开庭时间：不早于{first}，以便提前3日通知当事人和律师（民事诉讼法第139条；法发〔2015〕16号第三项）；不晚于{last}，两次开庭间隔不超过1个月（延期开庭规定第5条）{kept[0]}。",
        f"New hearing: not before {first}, to give three days' notice (art. 139; Fafa [2015] 16, III); not after {last}, a month at most between hearings (Postponement Provisions, art. 5){kept[1]}.",
    )


def _proposed(application: Application, context: Context) -> Iterator[Label]:
    hearing = hearing_of(application.fields, context)
    for slot in application.fields.proposed_slots:
        there = law.dates.in_court_time(slot.starts_at)
        found = clashes_of(slot.starts_at, application.fields.courtroom, hearing, context)
        zh, en = ("；".join(one.zh for one in found), "; ".join(one.en for one in found)) if found else ("法官和法庭均空闲", "judge and courtroom are free")  # fmt: skip
        off = ("（休息日）", " (a day off)") if rests(slot.starts_at, context) else ("", "")
        yield Label(
            f"申请人建议{there:%Y-%m-%d %H:%M}{off[0]}：{zh}。",
            f"Proposed {there:%Y-%m-%d %H:%M}{off[1]}: {en}.",
        )
