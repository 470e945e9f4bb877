"""The replies, and handing over: what stands against them, what to weigh, and what is kept."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from core import Application, Context, Decision, DecisionMade, Label, Outcome, Problem, Role, field, hookimpl

from . import notices, rules
from .fields import RESULTS, WANTS_MEETING, HandOver, Meeting
from .states import ANSWERED, OPEN, REPLY, REPLY_AGAIN

MEETINGS = ("agree", "change")


def ahead(application: Application, values: Meeting, context: Context) -> Problem | None:
    """Nobody is met in the past."""
    past = values.meeting_at <= context.now
    return Problem("meeting_at", "past", Label("会见时间已过，请另选。", "That time is past; choose another.")) if past else None  # fmt: skip


def weigh(application: Application, values: Meeting, context: Context) -> Iterator[Label]:
    """Days and hours off, and what the judge has then already."""
    over = values.meeting_at + timedelta(minutes=values.meeting_minutes)
    yield from rules.odd_hours(values.meeting_at, over, context.calendar)
    if application.handler is not None:
        yield from rules.overlaps(context.engagements(application.handler, values.meeting_at, over))


def proposed(application: Application, context: Context) -> Mapping[str, Any]:
    """Return what a meeting begins with, save its time: the usual place and length, the applicant and the judge."""
    judge = context.case.handler_name if context.case else ""
    return {
        "meeting_minutes": context.settings.meeting_minutes,
        "meeting_place": context.settings.meeting_place,
        "participants": "、".join(filter(None, [application.submitter.name, judge])),
    }


def as_wanted(application: Application, context: Context) -> Mapping[str, Any]:
    """Return what an agreed meeting begins with: the first wanted time that is still to come."""
    slot = next((one for one in application.fields.wanted or () if one.starts_at > context.now), None)
    if slot is None:
        return proposed(application, context)
    usual = context.settings.meeting_minutes
    return {
        **proposed(application, context),
        "meeting_at": slot.starts_at.astimezone(rules.SHANGHAI).isoformat(),
        "meeting_minutes": min(usual, rules.minutes_of(slot.starts_at, slot.ends_at)),
    }


def tomorrow(context: Context) -> Mapping[str, Any]:
    """Return a time that is still to come, for examples."""
    return {"meeting_at": (context.now + timedelta(days=1)).isoformat(timespec="seconds")}


def to_another(application: Application, values: HandOver, context: Context) -> Problem | None:
    """It is handed to somebody else than who has it."""
    same = values.colleague.id == application.handler
    return (
        Problem("colleague", "same", Label("此件已由该法官办理。", "That judge has it already."))
        if same
        else None
    )


@hookimpl
def review(application: Application, decision: DecisionMade) -> Outcome | None:
    """Keep the result and count the answers; a meeting stands until it is declined. Or hand over."""
    if decision.code == "hand_over":
        return Outcome(handler=decision.values.colleague.id)
    kept = {
        "result": decision.code,
        "result_words": RESULTS[decision.code][0],
        "answers": application.data.get("answers", 0) + 1,
    }
    if decision.code in MEETINGS:
        words = rules.said(decision.values.meeting_at, decision.values.meeting_place)
        kept |= {"appointed": True, "appointment": words}
    elif decision.code == "decline":
        stood = bool(application.data.get("appointed"))
        kept |= {"appointed": False, "called_off": stood and bool(application.data.get("tell_others"))}
    return Outcome(data=kept)


def _reply(code: str, **more: Any) -> Decision:
    told = {"notice": notices.ANSWERED} | more
    return Decision(code, *RESULTS[code], OPEN, ANSWERED, opinion=True, meets=(REPLY, REPLY_AGAIN), **told)


_MEETING: dict[str, Any] = {
    "fields": Meeting, "guard": ahead, "advice": weigh, "when": WANTS_MEETING, "example": tomorrow, "notice": notices.AGREED,
    "participants": notices.OTHERS, "participants_when": field("tell_others") == True,  # noqa: E712 - == builds a condition
}  # fmt: skip

DECISIONS = (
    _reply("agree", prefill=as_wanted, **_MEETING),
    _reply("decline", participants=notices.CALLED_OFF, participants_when=field("called_off") == True),  # noqa: E712 - the same
    _reply("change", prefill=proposed, **_MEETING),
    _reply("phoned"),
    _reply("written"),
    Decision("hand_over", "转办", "Hand over", OPEN, None, direct=True, fields=HandOver, guard=to_another,
             roles={Role.HANDLING_JUDGE, Role.SUPERVISOR}, notice=notices.HANDED_OVER),
)  # fmt: skip
