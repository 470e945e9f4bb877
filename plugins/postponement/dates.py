"""What is to be said of a new time: what stands in its way, and what to weigh."""

from collections.abc import Iterator
from datetime import datetime

from core import Application, Context, Hearing, Label, law

from .rules import earliest, latest


def clashes_of(at: datetime, room: str, hearing: Hearing | None, context: Context) -> list[Label]:
    """Return in words which hearings stand in the way of one at ``at``."""
    in_charge = context.case.handler if context.case else None
    judge = hearing.judge if hearing else in_charge
    words = []
    for one in context.clashes(at, room, judge, besides=hearing):
        start = law.dates.in_court_time(one.starts_at)
        whose = one.judge_name if judge is not None and one.judge == judge else ""
        zh = "、".join([f"{whose}法官"] * bool(whose) + [one.courtroom] * (one.courtroom == room))
        words.append(Label(
            f"{zh}在{start:%m月%d日%H:%M}已有{one.case_number}案开庭",
            f"{' and '.join([whose] * bool(whose) + [one.courtroom] * (one.courtroom == room))}: {one.case_number} is heard at {start:%Y-%m-%d %H:%M}",
        ))  # fmt: skip
    return words


def rests(at: datetime, context: Context) -> bool:
    """Tell whether the court rests that day; nobody knows in a year whose calendar is not entered."""
    try:
        return context.calendar.is_rest(law.dates.court_date(at))
    except law.errors.LawError:
        return False


def advice(application: Application, values: object, context: Context) -> Iterator[Label]:
    """Yield what to weigh about a date that was chosen: it is allowed, but short, late or on a day off."""
    at = getattr(values, "new_hearing_at", None)
    if at is None or getattr(values, "next_hearing", "fixed") != "fixed":
        return
    fields, day_of = application.fields, law.dates.court_date
    if day_of(at) < earliest(context.today):
        yield Label("新的开庭时间距今不足3日，来不及提前3日通知当事人和律师（民事诉讼法第139条；法发〔2015〕16号第三项）。", "The new hearing is less than three days off: too late to give three days' notice (art. 139; Fafa [2015] 16, III).")  # fmt: skip
    if rests(at, context):
        yield Label("新的开庭时间是休息日。", "The court rests on the day of the new hearing.")
    late = day_of(at) > latest(day_of(fields.hearing_at))
    if late and fields.ground != "force_majeure" and fields.other_side_consent != "consents":
        yield Label("新的开庭时间距原定开庭超过1个月（延期开庭规定第5条）。", "The new hearing is more than a month after the old one (Postponement Provisions, art. 5).")  # fmt: skip
