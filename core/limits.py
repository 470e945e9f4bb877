"""Time limits as a module declares them: how long, from which event, under which article, who is reminded when.

A declared limit is a rule on its own: ``reckon`` needs a start and a calendar, no request and no database.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from attrs import evolve, frozen

from core.fields.condition import Condition, FieldRef
from core.fields.kinds import KINDS
from core.fields.label import Label, Words, label, optional_label
from core.fields.spec import DeclarationError, FieldSpec, specs_of
from core.law.calendar import CourtCalendar
from core.law.dates import SHANGHAI
from core.law.errors import LawError
from core.law.period_words import UNIT_LABELS, Unit
from core.law.periods import START_LABEL, Deadline, deadline, end_instant, set_end
from core.roles import Access, Role, Sight
from core.transitions import Transition, codes_of

RECEIVED = "received"
"""The event of a submission or resubmission arriving complete."""
MESSAGE = "message"
"""The event of a complaint by the applicant."""
MORNING = time(9)
"""When a reminder comes that is told in days."""
_EVENTS = {RECEIVED: Label("收到", "Received"), MESSAGE: Label("投诉", "Complaint")}
_ENDINGS_ZH = ("日期", "时间", "日")
_ENDINGS_EN = (" date", " on", " at")


@frozen
class Limit:
    """A time limit: how long, counted from which event, under which article.

    Where a field that it names was left empty, it does not begin.
    """

    id: str
    """The number of the rule, of one module alone."""
    length: int | FieldRef | None
    """How many ``unit``; None where it ends on a day that was set."""
    unit: Unit
    """``hours``, ``days``, ``workdays``, ``months`` or ``years``."""
    since: tuple[str, ...]
    """The events that start it, anew where it runs already; without one the module reckons with it by itself."""
    basis: str
    """The article it follows from."""
    label: Label
    """What it is called."""
    when: Condition | None = None
    """It begins only where this holds."""
    during: tuple[str, ...] = ()
    """The states in which it runs, leaving them ends it; empty: where its event leads."""
    start: FieldRef | None = None
    """The field with the date (of hours: the moment) it counts from; else the event itself."""
    applicant: bool = False
    """It binds the applicant, not the court."""
    before: bool = False
    """It counts back from ``start``."""
    roll: bool = True
    """An end on a rest day moves to a working day; not of hours, and of a day that was set only where asked for."""
    until: FieldRef | None = None
    """The field with the day on which it ends, instead of a length."""
    remind: tuple[int, ...] = ()
    """Days before its last day (of hours: hours before its end) on which those whom it binds are reminded."""
    escalate: Role | None = None
    """The role that hears of it when the court's limit is over."""
    binds: Label | None = None
    """Whom it binds where that is neither the court nor the applicant: the other side, another court. Reminders go to those who look after it."""
    event: Label | None = None
    """What it counts from, in words; empty takes the name of the start's field, else that of the event, of several the first."""

    @property
    def ours(self) -> bool:
        """Whether it binds the court."""
        return not self.applicant and self.binds is None

    def reckon(self, start: date, calendar: CourtCalendar, *, length: int | None = None) -> Deadline:
        """Return when it ends, counted from ``start`` (with ``until``: the day that was set), and how that was reached.

        ``length`` is needed where the declaration leaves it to a field.

        Raises:
            LawError: the length is not known or not possible, hours have no moment, a year is not in the calendar.
        """
        words = (self.event.zh, self.event.en) if self.event else START_LABEL
        if self.until is not None:
            return evolve(set_end(start, calendar, roll=self.roll, start_label=words), basis=self.basis)
        known = length or self.length
        if not isinstance(known, int):
            raise LawError(
                "length_unknown",
                f"{self.id} 的长度由每件申请自己填写；请一并给出长度。",
                f"The length of {self.id} is filled in for each request; give it too.",
            )
        found = deadline(
            start, known, self.unit, calendar, before=self.before, roll=self.roll, start_label=words
        )
        return evolve(found, basis=self.basis)

    def alarms(self, end: date, calendar: CourtCalendar) -> tuple[datetime, ...]:
        """Return when somebody is to be reminded, earliest first; ``end`` is the end that ``reckon`` found.

        Days are told in the morning; one that falls on a rest day is told on the working day before.
        """
        if isinstance(end, datetime):
            return tuple(sorted({end - timedelta(hours=hours) for hours in self.remind}))
        days = {_working(end - timedelta(days=days), calendar) for days in self.remind}
        return tuple(datetime.combine(day, MORNING, SHANGHAI) for day in sorted(days))

    def next_alarm(self, end: date, calendar: CourtCalendar, after: datetime) -> datetime | None:
        """Return when somebody has to hear of it next: a reminder after ``after``, else that it is over."""
        found = next((at for at in self.alarms(end, calendar) if at > after), None)
        return found or (end_instant(end) if self.escalate is not None else None)


def _working(day: date, calendar: CourtCalendar) -> date:
    try:
        return calendar.previous_working(day)
    except LawError:
        return day


def limit(
    id: str,  # noqa: A002 - the field's own word for the rule's number
    *,
    since: str | Iterable[str],
    basis: str,
    hours: int | FieldRef | None = None,
    days: int | FieldRef | None = None,
    workdays: int | FieldRef | None = None,
    months: int | FieldRef | None = None,
    years: int | FieldRef | None = None,
    until: FieldRef | None = None,
    title: Words | None = None,
    when: Condition | None = None,
    during: str | Iterable[str] = (),
    start: FieldRef | None = None,
    applicant: bool = False,
    before: bool = False,
    roll: bool | None = None,
    remind: int | Iterable[int] = (),
    escalate: Role | None = None,
    binds: Words | None = None,
    event: Words | None = None,
) -> Limit:
    """Declare a time limit; exactly one of the units, or ``until``, is given."""
    units: dict[Unit, int | FieldRef | None] = {
        "hours": hours, "days": days, "workdays": workdays, "months": months, "years": years,
    }  # fmt: skip
    given = [(unit, length) for unit, length in units.items() if length is not None]
    if len(given) + (until is not None) != 1:
        raise DeclarationError(f"limit {id}: give exactly one of {', '.join(units)}, until")
    set_day: tuple[Unit, int | FieldRef | None] = ("days", None)
    unit, length = given[0] if given else set_day
    reminders = (remind,) if isinstance(remind, int) else tuple(remind)
    faults = [
        (roll is True and unit == "hours", "hours never roll over rest days"),
        (before and until is not None, "a day that was set is not counted back from"),
        (before and start is None, "it counts back: say from which date with start=field(...)"),
        (until is not None and start is not None, "a day that was set has no start"),
        (any(one < 1 for one in reminders), "remind lists whole numbers above zero"),
        (applicant and binds is not None, "it binds the applicant or somebody else, not both"),
        (
            escalate is not None and (applicant or binds is not None),
            "only a limit of the court's goes to somebody when it is over",
        ),
    ]
    for wrong, why in faults:
        if wrong:
            raise DeclarationError(f"limit {id}: {why}")
    return Limit(
        id, length, unit, codes_of(since) if since else (), basis, label(title or id), when, codes_of(during), start, applicant, before,
        (until is None) if roll is None else roll, until, reminders, escalate, optional_label(binds), optional_label(event),
    )  # fmt: skip


def named(limits: Iterable[Limit], fields: type, steps: Iterable[Transition]) -> tuple[Limit, ...]:
    """Return ``limits`` with the words of what each counts from: its date's field, else its event."""
    steps = tuple(steps)
    specs = known_fields(fields, steps)
    events = _EVENTS | {step.code: step.label for step in steps}
    return tuple(
        one if one.event else evolve(one, event=_words(one, specs) or _first(one.since, events))
        for one in limits
    )


def _first(codes: Iterable[str], events: Mapping[str, Label]) -> Label | None:
    return next((events[code] for code in codes if code in events), None)


def _words(rule: Limit, specs: Mapping[str, FieldSpec]) -> Label | None:
    if rule.until is not None and rule.until.name in specs:
        return specs[rule.until.name].label
    if rule.start is None or rule.start.name not in specs:
        return None
    whole = specs[rule.start.name].label
    return Label(_without(whole.zh, _ENDINGS_ZH), _without(whole.en, _ENDINGS_EN))


def _without(words: str, endings: Iterable[str]) -> str:
    """Return what happened, of a field that says when: 送达日期 → 送达."""
    for ending in endings:
        if words.endswith(ending) and words != ending:
            return words.removesuffix(ending)
    return words


def known_fields(fields: type, steps: Iterable[Transition]) -> dict[str, FieldSpec]:
    """Return every field that the request or one of its steps declares, by name."""
    specs = dict(specs_of(fields))
    for step in steps:
        if step.fields is not None:
            specs = dict(specs_of(step.fields)) | specs
    return specs


def faults_of(
    limits: Iterable[Limit], fields: type, steps: Iterable[Transition], states: Iterable[str], access: Mapping[Role, Access]
) -> list[str]:  # fmt: skip
    """Return what is wrong with the limits of one declaration, in plain sentences."""
    steps, limits, states = tuple(steps), tuple(limits), set(states)
    specs = known_fields(fields, steps)
    events = {*_EVENTS, *(step.code for step in steps)}
    ids = [rule.id for rule in limits]
    wrong = [f"limit {one} is declared twice" for one in sorted({one for one in ids if ids.count(one) > 1})]
    for rule in limits:
        wrong += [
            f"limit {rule.id} counts from {code}, which is neither 'received' nor a step"
            for code in rule.since
            if code not in events
        ]
        wrong += [
            f"limit {rule.id} runs in the unknown state {code}" for code in rule.during if code not in states
        ]
        wrong += _wrong_fields(rule, specs)
        if rule.escalate is not None and access.get(rule.escalate, Access()).see is Sight.NONE:
            wrong.append(f"limit {rule.id} goes to {rule.escalate}, who does not see such requests")
    return wrong


def _wrong_fields(rule: Limit, specs: Mapping[str, FieldSpec]) -> list[str]:
    """Check the fields a limit names, as far as they are declared: what a receipt or a hook gives, nobody knows before."""
    dates, moments = [KINDS.day, KINDS.moment], [KINDS.moment]
    asked: list[tuple[str, Any, list[Any], str]] = [
        ("length", rule.length, [KINDS.whole], "a whole number"),
        ("start", rule.start, moments if rule.unit == "hours" else dates, "a moment" if rule.unit == "hours" else "a date or a moment"),
        ("until", rule.until, dates, "a date or a moment"),
    ]  # fmt: skip
    return [
        f"limit {rule.id}: its {what} names {ref.name}, which is not {needed}"
        for what, ref, kinds, needed in asked
        if isinstance(ref, FieldRef) and ref.name in specs and specs[ref.name].kind not in kinds
    ]


def length_words(rule: Limit, specs: Mapping[str, FieldSpec]) -> Label:
    """Return how long a limit is, in words; a length that each request gives shows as its field's name."""
    if rule.until is not None:
        return Label("所定日期", "a day that is set")
    zh, en = UNIT_LABELS[rule.unit]
    back = Label("向前 ", " back") if rule.before else Label("", "")
    if isinstance(rule.length, FieldRef):
        spec = specs.get(rule.length.name)
        name = spec.label if spec else Label(rule.length.name, rule.length.name)
        return Label(f"{back.zh}〔{name.zh}〕", f"[{name.en}]{back.en}")
    return Label(f"{back.zh}{rule.length} {zh}", f"{rule.length} {en}{back.en}")
