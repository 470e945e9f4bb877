"""A queue row as the page shows it: words, colours, and what the person may do with it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import frozen

from core.fields.label import Label
from core.fields.spec import FieldSpec
from core.law.dates import court_date
from core.module import Decision, Flow
from core.values import Actor, QueueRow
from core.web.menu import tone_of
from core.web.render import shown
from core.work.access import may_draft, may_take, reach_of
from core.work.hiding import ANONYMOUS
from core.work.masking import masked
from core.work.remaining import Remaining, remaining


@frozen(kw_only=True)
class ShownRow:
    """One row, ready for the table."""

    serial_no: str
    href: str
    state: str
    face: Label
    label: Label
    tone: str
    applicant: str
    submitter: str
    cells: tuple[tuple[str, str], ...]
    """The words of each column, and the tone of its badge; empty is plain."""
    submitted_at: datetime
    remaining: Remaining | None
    handler: str
    reviewer: str
    reviewed_at: datetime | None
    case_number: str | None
    version: int | None
    may_review: bool
    review_word: Label
    may_comment: bool
    direct: tuple[Decision, ...]


def is_simple(decision: Decision) -> bool:
    """Tell whether a decision is one press of a button: direct, and nothing to fill in."""
    return decision.direct and not decision.opinion and decision.fields is None


def row_of(
    row: QueueRow,
    flow: Flow,
    columns: list[FieldSpec],
    actor: Actor,
    now: datetime,
    near_days: int,
    language: str,
) -> ShownRow:
    """Return ``row`` for the table of ``flow``."""
    state = flow.state(row.state)
    handler = row.more.get("handler_id")
    # What comes from elsewhere is handled where it is read.
    decisions = () if row.href else flow.decisions
    may = () if row.href else reach_of(flow, actor, handler)
    choices = [one for one in decisions if not one.direct and one.leads_from(row.state)]
    return ShownRow(
        serial_no=row.serial_no,
        href=row.href or f"/m/{row.module}/{row.serial_no}",
        state=row.state,
        face=state.face,
        label=state.label,
        tone=tone_of(flow, row.state),
        applicant=ANONYMOUS.in_(language) if row.more.get("anonymous") else row.applicant,
        submitter=_filed_by(row.more, language),
        cells=tuple(
            (cell(spec, held, language, now), spec.tones.get(str(held), ""))
            for spec in columns
            for held in [row.cells.get(spec.name)]
        ),
        submitted_at=row.submitted_at,
        remaining=remaining(row.due_at, now, near_days, hours=row.due_hours),
        handler=row.more.get("handler") or "",
        reviewer=row.more.get("reviewer") or "",
        reviewed_at=row.more.get("reviewed_at"),
        case_number=row.case_number,
        version=row.more.get("version"),
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
