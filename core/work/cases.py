"""Cases as people of the court see them: their own, all of the court's for those who may."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from attrs import frozen

from core.context import Hearing, Service
from core.fields.label import Label, label
from core.gate import enabled
from core.law import case_number as case_numbers
from core.law.errors import LawError
from core.law.standings import standing_words
from core.records import ApplicationRow, CaseRow, Person
from core.roles import Role, Sight
from core.values import Actor
from core.work.access import sight
from core.work.case_facts import case_of
from core.work.case_file import PROCEDURES
from core.work.gone import opens_gone, oversees
from core.work.hiding import is_hidden
from core.work.house import House
from core.work.refusals import not_found, not_mine

_WIDE = frozenset({Role.CENTRE_REVIEWER, Role.PRESIDENT, Role.SUPERVISOR})
PAGE = 20
_FULL_WIDTH = str.maketrans("()", "（）")


@frozen
class CaseLine:
    """A case in a list."""

    id: int
    case_number: str
    cause: str
    title: str
    handler: str
    docketed_on: date


@frozen
class CaseRequest:
    """A request that belongs to a case.

    ``working`` is false where its module is missing or failed, ``opens`` where the actor may not open it.
    """

    serial_no: str
    module: str
    kind: str
    title: Label
    code: str
    state: Label
    applicant: str
    submitted_at: datetime
    working: bool
    opens: bool


@frozen
class CaseFacts:
    """A case with its parties, agents and requests."""

    line: CaseLine
    procedure: Label | None
    parties: tuple[tuple[Label, str], ...]
    """(standing, name)"""
    agents: tuple[tuple[str, str], ...]
    """(party, name)"""
    requests: tuple[CaseRequest, ...]
    hearings: tuple[Hearing, ...]
    services: tuple[Service, ...]


def list_cases(
    house: House, actor: Actor, words: str = "", after: int | None = None
) -> tuple[list[CaseLine], str]:
    """Return a page of the cases the actor sees, newest first, and the cursor of the next page.

    ``words`` is part of a case number; its round brackets may be of either width.
    """
    query = _cases().where(CaseRow.court_code == actor.court, *_visible(actor))
    if part := "".join(words.split()).translate(_FULL_WIDTH):
        query = query.where(CaseRow.case_number.contains(part, autoescape=True))
    if after is not None:
        query = query.where(CaseRow.id < after)
    with house.store.read() as connection:
        rows = connection.execute(query.order_by(CaseRow.id.desc()).limit(PAGE + 1)).all()
    lines = [_line(row) for row in rows[:PAGE]]
    return lines, str(lines[-1].id) if len(rows) > PAGE else ""


def read_case(house: House, actor: Actor, case_number: str) -> CaseFacts:
    """Return a case.

    Raises:
        Refused: not found (another court's, sealed), or not mine.
    """
    number = _canonical(case_number)
    with house.store.read() as connection:
        row = connection.execute(
            _cases().where(CaseRow.court_code == actor.court, CaseRow.case_number == number)
        ).one_or_none()
        if row is None or (row.sealed and row.handler_id not in actor.handles):
            raise not_found()
        if row.handler_id not in actor.handles and not actor.roles & _WIDE:
            raise not_mine()
        case = case_of(connection, row.id)
        on = enabled(connection, actor.court)
        requests = connection.execute(
            sa.select(ApplicationRow.__table__)
            .where(ApplicationRow.case_id == row.id)
            .order_by(ApplicationRow.id)
        )
        return CaseFacts(
            line=_line(row),
            procedure=label(PROCEDURES[case.procedure]) if case.procedure in PROCEDURES else None,
            parties=tuple((label(standing_words(one.standing)), one.name) for one in case.parties),
            agents=tuple((one.party, one.name) for one in case.agents),
            hearings=case.hearings,
            services=case.services,
            requests=tuple(made for one in requests if (made := _request(house, actor, on, one)) is not None),
        )


def _canonical(text: str) -> str:
    try:
        return case_numbers.normalise(text)
    except LawError:
        return text  # what the trial system of the court calls a case, whatever its form


def _cases() -> Any:
    columns = (
        CaseRow.id,
        CaseRow.case_number,
        CaseRow.cause,
        CaseRow.title,
        CaseRow.docketed_on,
        CaseRow.sealed,
    )
    return sa.select(*columns, CaseRow.handler_id, Person.name.label("handler")).outerjoin(
        Person, Person.id == CaseRow.handler_id
    )


def _visible(actor: Actor) -> list[sa.ColumnElement[bool]]:
    own = CaseRow.handler_id.in_(sorted(actor.handles))
    return [CaseRow.sealed.is_(False) | own] if actor.roles & _WIDE else [own]


def _line(row: Any) -> CaseLine:
    return CaseLine(row.id, row.case_number, row.cause, row.title, row.handler or "", row.docketed_on)


def _request(house: House, actor: Actor, on: frozenset[str], row: Any) -> CaseRequest | None:
    """Return a request; one of a module that is off is absent, one whose module is gone stays, read-only."""
    flow = house.modules.flow(row.kind)
    if flow is not None and row.module not in on:
        return None
    missing = Label("（模块不可用）", "(module not available)")
    if flow is None:
        opens, reached = opens_gone(actor, row.handler_id) and row.module in on, oversees(actor)
    else:
        seen = sight(flow, actor)
        opens = reached = seen is Sight.COURT or (seen is Sight.OWN and row.handler_id in actor.handles)
    if is_hidden(actor, row.hidden_from, reached=reached):
        return None
    return CaseRequest(
        row.serial_no, row.module, row.kind, flow.title if flow else Label(row.kind, row.kind), row.state,
        flow.state(row.state).label if flow else missing, row.applicant, row.submitted_at, flow is not None, opens,
    )  # fmt: skip
