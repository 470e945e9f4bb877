"""A queue row as the page shows it: words, colours, and what the person may do with it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from attrs import frozen

from core.fields.label import Label
from core.fields.spec import FieldSpec
from core.law.dates import court_date
from core.module import Decision, Flow
from core.values import Actor, QueueRow
from core.web.holes import Hole
from core.web.menu import tone_of
from core.web.render import moment, short_moment, shown
from core.work.access import may_draft, may_take, reach_of
from core.work.hiding import ANONYMOUS
from core.work.masking import masked
from core.work.remaining import Remaining, remaining

Word = str | Hole
"""What a row says, or the hole where it will stand."""


@frozen
class Told:
    """A moment as lists tell it: for machines, to the minute, and in short."""

    stamp: Word
    full: Word
    short: Word


@frozen
class Left:
    """What is left of a running limit."""

    text: Word
    pressing: str
    hours: bool


@frozen(kw_only=True)
class ShownRow:
    """One row, ready for the table."""

    serial_no: Word
    href: Word
    state: str
    face: Label
    label: Label
    tone: str
    applicant: Word
    submitter: Word
    cells: tuple[tuple[Word, str], ...]
    """The words of each column, and the tone of its badge; empty is plain."""
    submitted: Told
    remaining: Left | None
    handler: Word
    reviewer: Word
    reviewed: Told | None
    case_number: Word
    case_href: Word
    version: Word
    may_review: bool
    review_word: Label
    may_comment: bool
    direct: tuple[Decision, ...]


def is_simple(decision: Decision) -> bool:
    """Tell whether a decision is one press of a button: direct, and nothing to fill in."""
    return decision.direct and not decision.opinion and decision.fields is None


def row_of(
    row: QueueRow, flow: Flow, columns: Sequence[FieldSpec], actor: Actor, now: datetime, near_days: int, language: str,
) -> ShownRow:  # fmt: skip
    """Return ``row`` for the table of ``flow``."""
    left = left_of(row, now, near_days)
    return shown_as(row, flow, columns, actor, left, texts_of(row, columns, left, now, language))


def left_of(row: QueueRow, now: datetime, near_days: int) -> Remaining | None:
    """Return what is left of the row's time limit, or None where none runs."""
    return remaining(row.due_at, now, near_days, hours=row.due_hours) if row.due_at else None


def texts_of(
    row: QueueRow, columns: Sequence[FieldSpec], left: Remaining | None, now: datetime, language: str
) -> dict[str, str]:
    """Return the words of a row, each under its name; what is not there is empty."""
    more, case_number = row.more, row.case_number or ""
    texts = {
        "serial_no": row.serial_no,
        "href": row.href or f"/m/{row.module}/{row.serial_no}",
        "applicant": ANONYMOUS.in_(language) if more.get("anonymous") else row.applicant,
        "submitter": _filed_by(more, language),
        "left": left.text.in_(language) if left else "",
        "handler": more.get("handler") or "",
        "reviewer": more.get("reviewer") or "",
        "case_number": case_number,
        "case_href": f"/cases/{quote(case_number)}" if case_number else "",
        "version": str(more.get("version")),
    }
    for name, at in (("submitted", row.submitted_at), ("reviewed", more.get("reviewed_at"))):
        texts[name] = at.isoformat() if at else ""
        texts[f"{name}_full"] = moment(at) if at else ""
        texts[f"{name}_short"] = short_moment(at, now) if at else ""
    for place, spec in enumerate(columns):
        texts[f"cell_{place}"] = cell(spec, row.cells.get(spec.name), language, now)
    return texts


def tones_of(row: QueueRow, columns: Sequence[FieldSpec]) -> tuple[str, ...]:
    """Return the tone of each cell's badge; empty is plain."""
    return tuple(spec.tones.get(str(row.cells.get(spec.name)), "") if spec.tones else "" for spec in columns)


def shown_as(
    row: QueueRow, flow: Flow, columns: Sequence[FieldSpec], actor: Actor, left: Remaining | None, texts: Mapping[str, Word],
) -> ShownRow:  # fmt: skip
    """Return ``row`` with ``texts`` for its words.

    What else it shows follows from its state, the tones of its cells, how pressing ``left`` is, whether it is the actor's
    own, and whether it comes from elsewhere.
    """
    state = flow.state(row.state)
    handler = row.more.get("handler_id")
    # What comes from elsewhere is handled where it is read.
    decisions = () if row.href else flow.decisions
    may = () if row.href else reach_of(flow, actor, handler)
    choices = [one for one in decisions if not one.direct and one.leads_from(row.state)]
    return ShownRow(
        serial_no=texts["serial_no"],
        href=texts["href"],
        state=row.state,
        face=state.face,
        label=state.label,
        tone=tone_of(flow, row.state),
        applicant=texts["applicant"],
        submitter=texts["submitter"],
        cells=tuple((texts[f"cell_{place}"], tone) for place, tone in enumerate(tones_of(row, columns))),
        submitted=_told(texts, "submitted"),
        remaining=Left(texts["left"], left.pressing, left.hours) if left else None,
        handler=texts["handler"],
        reviewer=texts["reviewer"],
        reviewed=_told(texts, "reviewed") if texts["reviewed"] else None,
        case_number=texts["case_number"],
        case_href=texts["case_href"],
        version=texts["version"],
        may_review=bool(choices) and may_draft(flow, actor, handler, choices),
        review_word=flow.review_word,
        may_comment=any(one.comment for one in may),
        direct=tuple(
            one
            for one in decisions
            if is_simple(one)
            and one.when is None
            and one.leads_from(row.state)
            and may_take(one, flow, actor, handler)
        ),
    )


def _told(texts: Mapping[str, Word], name: str) -> Told:
    return Told(texts[name], texts[f"{name}_full"], texts[f"{name}_short"])


def _filed_by(more: Mapping[str, Any], language: str) -> str:
    name = submitter_of(more)
    return ANONYMOUS.in_(language) if name == ANONYMOUS.zh else name


def submitter_of(more: Mapping[str, Any]) -> str:
    """Return the name of who filed it."""
    held = more.get("submitter")
    return str(held.get("name", "")) if isinstance(held, Mapping) else ""


def cell(spec: FieldSpec, value: Any, language: str, now: datetime) -> str:
    """Return a field's value for a list: personal data is masked there, days that are left are told."""
    text = shown(spec, value, language)
    if spec.countdown and value is not None and (days := (court_date(value) - court_date(now)).days) >= 0:
        words = (
            Label("今天", "today")
            if days == 0
            else Label(f"还有{days}天", f"in {days} day{'s' * (days > 1)}")
        )
        return f"{text} · {words.in_(language)}"
    return masked(spec, value, language) if spec.personal and value is not None else text
