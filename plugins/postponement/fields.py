"""What is asked for: which hearing, why, and what the house knows beside it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from core import (
    Context,
    Hearing,
    Label,
    Problem,
    attachment,
    choice,
    computed,
    day,
    group,
    law,
    moment,
    request_fields,
    text,
    whole,
)

from .rules import GROUNDS, reply_by
from .states import GRANTED

KIND = "postponement"


def granted(context: Context) -> int:
    """Return how many postponements were granted in the case, besides this one."""
    return sum(one.state in GRANTED for one in context.earlier(KIND))


def hearing_of(fields: Any, context: Context) -> Hearing | None:
    """Return the hearing the request is about: the one that still stands, if any of that time and place does."""
    hearings = context.case.hearings if context.case else ()
    found = [
        one for one in hearings if (one.starts_at, one.courtroom) == (fields.hearing_at, fields.courtroom)
    ]
    return next((one for one in found if one.state == "scheduled"), found[-1] if found else None)


def _new_time(_fields: Any, context: Context) -> datetime | None:
    found = context.data.get("hearing_after_at") or context.data.get("new_hearing_at")
    return datetime.fromisoformat(found) if found else None


def _parties(_fields: Any, context: Context) -> str | None:
    return "、".join(one.name for one in context.case.parties)[:400] if context.case else None


def _reply_by(fields: Any, context: Context) -> date | None:
    court_day = law.dates.court_date
    try:
        return reply_by(court_day(context.submitted_at), court_day(fields.hearing_at), context.calendar)
    except law.errors.LawError:
        return None


@request_fields
class ProposedSlot:
    """A time at which the applicant could attend."""

    starts_at: datetime = moment("可出庭时间", "Could attend at")


@request_fields
class Postponement:
    """A request to postpone a hearing (民事诉讼法第149条)."""

    hearing_at: datetime = moment("原定开庭时间", "Hearing", column=True, search=True, countdown=True)
    courtroom: str = text("原定法庭", "Courtroom", max_length=100)
    ground: str = choice("延期事由", "Ground", GROUNDS, column=True, search=True)
    cause: str | None = computed(lambda _, context: context.case and context.case.cause, text("案由", "Cause of action", column=True))  # fmt: skip
    parties: str | None = computed(
        _parties, text("当事人", "Parties", max_length=400, column=True, search=True)
    )
    reason: str = text("事由说明", "Reasons", max_length=1000)
    proposed_slots: tuple[ProposedSlot, ...] = group(ProposedSlot, "建议可出庭时间", "Proposed times", maximum=3)  # fmt: skip
    other_side_consent: str = choice("征求对方意见", "Other side asked", {
        "consents": ("同意", "Consents"), "objects": ("不同意", "Objects"), "not_asked": ("未征求", "Not asked"),
    })  # fmt: skip
    granted: int | None = computed(lambda _, context: granted(context), whole("已延期次数", "Postponed so far", column=True))  # fmt: skip
    new_hearing_at: datetime | None = computed(_new_time, moment("新开庭时间", "New hearing", column=True, search=True))  # fmt: skip
    reply_by: date | None = computed(_reply_by, day("应答复日", "Answer by"))


ATTACHMENTS = (
    attachment("application", "延期开庭申请书", "Application to postpone", required=True),
    attachment("proof", "证明材料", "Proof", required=True),
)


def checks(fields: Postponement, context: Context) -> Iterator[Problem]:
    """What must hold: the hearing is one of the case and still to come, and what agrees is agreed."""
    at = [one for one in context.case.hearings if one.starts_at == fields.hearing_at] if context.case else []
    if fields.hearing_at <= context.now:
        yield Problem(
            "hearing_at",
            "past",
            Label("原定开庭时间已过，不能申请延期。", "The hearing is past and can no longer be postponed."),
        )
    elif not any(one.state == "scheduled" for one in at):
        yield Problem(
            "hearing_at",
            "unknown_hearing",
            Label(
                "本案没有在此时间的开庭，或者已经变更，请核对传票。",
                "The case has no hearing at this time, or it was changed; check the summons.",
            ),
        )
    elif not any((one.state, one.courtroom) == ("scheduled", fields.courtroom) for one in at):
        rooms = "、".join(one.courtroom for one in at if one.state == "scheduled")
        yield Problem(
            "courtroom",
            "other_courtroom",
            Label(f"该次开庭在{rooms}，请核对。", f"That hearing is in {rooms}; please check."),
        )
    if fields.ground == "agreed" and fields.other_side_consent != "consents":
        yield Problem(
            "other_side_consent",
            "not_agreed",
            Label(
                "以双方同意为由的，应已征得对方同意。",
                "Where both sides agree, the other side has consented.",
            ),
        )
    for place, slot in enumerate(fields.proposed_slots):
        if slot.starts_at <= context.now:
            yield Problem(f"proposed_slots[{place}].starts_at", "past", Label("建议的时间已过。", "This time is past."))  # fmt: skip


def example(context: Context) -> dict[str, Any] | None:
    """Return what a lawyer with another hearing would ask of the case; None where nothing is to come in it."""
    hearings = context.case.hearings if context.case else ()
    ahead = [one for one in hearings if one.state == "scheduled" and one.starts_at > context.now]
    if not ahead:
        return None
    there = law.dates.in_court_time(ahead[0].starts_at)
    return {
        "hearing_at": there.isoformat(), "courtroom": ahead[0].courtroom, "ground": "lawyer_conflict",
        "reason": "代理律师同日另有他案开庭，传票附后。", "other_side_consent": "consents",
        "proposed_slots": [{"starts_at": (there + timedelta(days=days)).isoformat()} for days in (7, 14)],
    }  # fmt: skip
