"""What the names in a paper's template stand for, for one request and one step."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from attrs import frozen

from core.context import Case
from core.fields.kinds import KINDS, Unfit
from core.fields.spec import FieldSpec, specs_of
from core.module import Flow
from core.papers.shapes import Record
from core.papers.shown import EMPTY, Asked, Shown, shown_field, shown_fields, shown_plain, signed_on
from core.papers.variables import due_name
from core.records import DeadlineRow, Person
from core.store.prepared import PreparedRead
from core.values import Application, AttachedFile, Submitter
from core.work.context import around
from core.work.hiding import as_seen
from core.work.opened import FileGiven, Opened
from core.work.snapshots import files_of
from core.work.times import last_day
from core.work.transaction import Transaction

STANDINGS = {"plaintiff": "原告", "defendant": "被告", "third_party": "第三人"}
_SUING = frozenset({"原告", "申请人", "上诉人", "申请执行人", "起诉人"})
_SUED = frozenset({"被告", "被申请人", "被上诉人", "被执行人"})
_PROCEDURES = {"ordinary": "普通程序", "summary": "简易程序", "small_claims": "小额诉讼程序"}
_HEARINGS = {"scheduled": "已排期", "held": "已开庭", "moved": "已改期", "cancelled": "已取消"}

_PERSON = PreparedRead(sa.select(Person.name, Person.telephone).where(Person.id == sa.bindparam("person")))
_DUE = PreparedRead(
    sa.select(DeadlineRow.rule, DeadlineRow.ends_at)
    .where(DeadlineRow.application_id == sa.bindparam("application"))
    .order_by(DeadlineRow.id)
)


@frozen(kw_only=True)
class Filling:
    """What the step at hand gives: its fields JSON-like, its opinion, the paper's number and code."""

    step: Mapping[str, Any]
    opinion: str
    number: str
    code: str
    opened: Opened | None = None
    """Of a request that is opened just now: what was written of it."""


def values_for(
    tx: Transaction, flow: Flow, application: Application, variables: Record, filling: Filling
) -> Mapping[str, Any]:
    """Return the values of a template, under the very names that ``variables`` lists, each made when it is asked for."""
    # A paper is read by whoever handles the request: it names no one that they must not know.
    application = as_seen(tx.actor, application, whole_court=False)
    context = around(tx, flow, application)
    specs = _step_specs(flow)
    shape = variables.names

    def settings() -> Mapping[str, Any]:
        held = context.settings
        return {} if held is None else shown_fields(type(held), held)

    def verify() -> Mapping[str, Any]:
        address = f"{tx.house.settings.outside_address}/verify/{filling.code}" if filling.code else ""
        return {"code": Shown(filling.code), "address": Shown(address)}

    made: dict[str, Callable[[], Any]] = {
        "number": lambda: Shown(filling.number),
        "today": lambda: Shown(signed_on(tx.today), tx.today),
        "opinion": lambda: Shown(filling.opinion),
        "court": lambda: {"name": Shown(tx.court_name), "telephone": Shown(tx.named_court.telephone)},
        "application": lambda: _application(flow, application),
        "materials": lambda: _materials(tx, flow, application, filling.opened),
        "submitter": lambda: shown_fields(Submitter, application.submitter),
        "fields": lambda: shown_fields(flow.fields, application.fields),
        "step": lambda: _kept(tx, shape["step"], specs, filling.step),
        "data": lambda: _kept(tx, shape["data"], specs, application.data),
        "settings": settings,
        "case": lambda: _case(context.case, application),
        "handler": lambda: _person(tx, application.handler, tx.named_court.telephone),
        "issuer": lambda: _person(tx, tx.actor.person, tx.named_court.telephone),
        "due": lambda: {due_name(rule.id): EMPTY for rule in flow.limits} | _due(tx, application, filling.opened),
        "verify": verify,
    }  # fmt: skip
    return Asked(made, lambda name: made[name]())


@lru_cache(maxsize=256)
def _step_specs(flow: Flow) -> Mapping[str, FieldSpec]:
    """Return the fields that the steps of a flow fill in."""
    specs: dict[str, FieldSpec] = {}
    for transition in flow.transitions:
        specs |= specs_of(transition.fields) if transition.fields is not None else {}
    return specs


def _application(flow: Flow, application: Application) -> dict[str, Any]:
    return {
        "serial_no": Shown(application.serial_no),
        "kind": Shown(flow.title.zh),
        "applicant": Shown(application.applicant),
        "submitted_at": shown_plain(application.submitted_at),
        "received_at": shown_plain(application.received_at),
    }


def _materials(
    tx: Transaction, flow: Flow, application: Application, opened: Opened | None
) -> tuple[dict[str, Any], ...]:
    """Return the files of the newest revision (民事诉讼法第69条: name, pages, copies, original or copy)."""
    categories = _categories(flow)
    kept = () if opened else files_of(tx.connection, application.id)
    newest = opened.files if opened else [one for one in kept if one.revision == application.revision]
    return tuple(
        _material(file, categories.get(file.category) or Shown(file.category, file.category))
        for file in newest
    )


@lru_cache(maxsize=256)
def _categories(flow: Flow) -> Mapping[str, Shown]:
    return {one.category: Shown(one.zh, one.category) for one in flow.attachments}


_ORIGINAL = {True: Shown("原件", True), False: Shown("复印件", False)}


def _material(file: AttachedFile | FileGiven, category: Shown) -> dict[str, Any]:
    return {
        "name": Shown(file.name),
        "category": category,
        "pages": shown_plain(file.pages),
        "copies": shown_plain(file.copies),
        "original": _ORIGINAL[file.is_original],
    }


def _kept(
    tx: Transaction, shape: object, specs: Mapping[str, FieldSpec], data: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Return what steps filled in: every declared name, filled or not, and what the module keeps besides."""
    assert isinstance(shape, Record)
    return Asked(
        {**shape.names, **data},
        lambda name: (
            shown_kept(tx, specs[name], data.get(name)) if name in specs else shown_plain(data.get(name))
        ),
    )


def shown_kept(tx: Transaction, spec: FieldSpec, raw: Any) -> Any:
    """Return the JSON-like value of a field as papers show it; one that no longer fits as it was kept."""
    if spec.kind is KINDS.group:
        assert spec.item is not None
        inner = specs_of(spec.item)
        return tuple(
            {name: shown_kept(tx, inner[name], one.get(name)) for name in inner} for one in raw or ()
        )
    if raw is None:
        return EMPTY
    try:
        return shown_field(spec, spec.kind.read(raw, spec, tx.registers))
    except Unfit:
        return shown_plain(raw)


def _case(case: Case | None, application: Application) -> dict[str, Any]:
    if case is None:
        names = ("cause", "title", "docketed_on", "procedure", "handler", "plaintiffs", "defendants")
        return dict.fromkeys(names, EMPTY) | {
            "number": Shown(application.case_number or ""), "parties": (), "agents": (), "hearings": (),
        }  # fmt: skip
    parties = [(STANDINGS.get(one.standing, one.standing), one.name) for one in case.parties]
    return {
        "number": Shown(case.case_number),
        "cause": Shown(case.cause),
        "title": Shown(case.title),
        "docketed_on": shown_plain(case.docketed_on),
        "procedure": Shown(_PROCEDURES.get(case.procedure, ""), case.procedure or None),
        "handler": Shown(case.handler_name),
        "plaintiffs": _side(parties, _SUING),
        "defendants": _side(parties, _SUED),
        "parties": tuple({"standing": Shown(standing), "name": Shown(name)} for standing, name in parties),
        "agents": tuple(
            {"party": Shown(one.party), "name": Shown(one.name), "licence_no": Shown(one.licence_no)} for one in case.agents
        ),
        "hearings": tuple(
            {"starts_at": shown_plain(one.starts_at), "courtroom": Shown(one.courtroom), "judge": Shown(one.judge_name),
             "state": Shown(_HEARINGS.get(one.state, one.state), one.state)}
            for one in case.hearings
        ),
    }  # fmt: skip


def _side(parties: Iterable[tuple[str, str]], standings: frozenset[str]) -> Shown:
    return Shown("、".join(name for standing, name in parties if standing in standings))


def _person(tx: Transaction, person: int | None, telephone: str) -> dict[str, Any]:
    """Return whom to ask: name and telephone; the court's where the person has none."""
    row = None
    if person is not None:
        row = _PERSON.first(tx.connection, {"person": person})
    if row is None:
        return {"name": EMPTY, "telephone": Shown(telephone)}
    return {"name": Shown(row.name), "telephone": Shown(row.telephone or telephone)}


def _due(tx: Transaction, application: Application, opened: Opened | None) -> dict[str, Any]:
    rows = opened.limits if opened else _DUE.all(tx.connection, {"application": application.id})
    return {due_name(row.rule): shown_plain(last_day(row.ends_at) if row.ends_at else None) for row in rows}
