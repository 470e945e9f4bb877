"""One step of a request, with everything that belongs to it, in the transaction at hand.

State, history, audit, deadlines, counts, search words, notices, changes and operations: a step has all of
them or none. Every step of every kind goes through here.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from attrs import frozen

from core.attributes import changed
from core.fields.bind import to_json, work_out
from core.fields.label import Label
from core.module import RECEIVED, ApplicantStep, Decision, Flow, Transition
from core.records import ApplicationRow, History, ReviewDraft, ReviewLock
from core.store.prepared import PreparedWrite, inserting
from core.store.terms import write_terms
from core.values import Application
from core.work.context import around
from core.work.deadlines import event_happened, write_limits
from core.work.feed import tell_outside
from core.work.notices import order_again, remind, remind_next, tell_applicant, text_of_step
from core.work.opened import Opened
from core.work.papers import Issuing, issue
from core.work.participants import tell_others
from core.work.refusals import stale, wrong_state
from core.work.tokens import words_of
from core.work.transaction import Transaction
from core.work.wordings import OTHERS, SUBMIT, wording_of

_TABLE: Any = ApplicationRow.__table__
_HISTORY = inserting(
    History, "application_id", "court_code", "at", "step", "from_state", "to_state", "actor", "actor_id", "reason", "revision",
    "data",
)  # fmt: skip
_OVER = tuple(
    PreparedWrite(sa.delete(table).where(table.application_id == sa.bindparam("application")))
    for table in (ReviewDraft, ReviewLock)
)


@frozen(kw_only=True)
class Taken:
    """What goes with a step: its typed fields, the reason given, and what a module or a receipt adds."""

    values: Any = None
    reason: str = ""
    data: Mapping[str, Any] = {}
    payload: Mapping[str, Any] = {}
    changes: Mapping[str, Any] = {}
    """Columns of the request that the step sets besides its state."""
    kept: Mapping[str, Any] = {}
    """What only the history keeps: of a resubmission, the fields as they were."""
    happened: datetime | None = None
    """When it happened, where that lies before now: a time limit was over then, whenever the clock gets to it."""


def take_step(tx: Transaction, before: Application, step: Transition, taken: Taken) -> Application:
    """Move ``before`` by ``step`` and return it as it stands afterwards.

    Raises:
        Refused: the state does not allow the step, or somebody was faster.
    """
    flow = _flow(tx, before)
    if not step.leads_from(before.state):
        label = flow.state(before.state).label
        raise wrong_state(label.zh, label.en)
    filled = to_json(taken.values) if taken.values is not None else {}
    data = {**before.data, **filled, **taken.data}
    reviewed = {"reviewed_by": tx.actor.person, "reviewed_at": tx.at} if _is_review(step) else {}
    changes = {"state": step.target or before.state, **reviewed, **taken.changes}
    _update(tx, before, {**changes, "data": data})
    after = changed(before, **_attributes(changes), data=data, version=before.version + 1)
    after = worked_out(tx, flow, after)
    history = {**filled, **taken.data, **taken.kept}
    _history(tx, step.code, before, after, taken.reason, history)
    resubmitted = isinstance(step, ApplicantStep) and step.resubmits
    event = RECEIVED if resubmitted else step.code
    after = event_happened(tx, flow, before, after, event, data, step.meets, at=taken.happened)
    if after.state != before.state or resubmitted:
        for over in _OVER:
            over.run(tx.connection, {"application": after.id})
    if step.operation:
        _ask_trial_system(tx, after, step, taken.payload)
    tx.audit(f"{after.kind}.{step.code}", after.serial_no, {"from": before.state, "to": after.state})
    issuing = Issuing(step=step.code, filled={**filled, **taken.data}, opinion=taken.reason)
    after = _issued(tx, flow, after, step.issues, issuing)
    if step.tells:
        told = wording_of(tx, flow, step.code, text_of_step(flow, step))
        tell_applicant(tx, flow, after, told, taken.values)
    if step.participants is not None and (
        step.participants_when is None or step.participants_when.holds(data)
    ):
        told = wording_of(tx, flow, step.code + OTHERS, step.participants)
        tell_others(tx, flow, after, told, taken.values)
    _remind(tx, flow, before, after, step)
    tell_outside(tx, after, "state", {"state": after.state, "step": step.code})
    write_terms(tx.connection, after.id, words_of(flow, after), replace=True)
    tx.count(before, after)
    return after


def begin(tx: Transaction, application: Application, opened: Opened) -> Application:
    """Write the first history, deadlines, notices and search words of a request that was just inserted."""
    flow = _flow(tx, application)
    _history(tx, "submit", None, application, "", {})
    write_limits(tx, opened.limits)
    tx.audit(f"{application.kind}.submit", application.serial_no, {"to": application.state})
    told = wording_of(tx, flow, SUBMIT, text_of_step(flow, None))
    tell_applicant(tx, flow, application, told, opened=opened)
    remind(tx, flow, application, _reminder(flow, application))
    tell_outside(tx, application, "received", {"state": application.state})
    application = _issued(tx, flow, application, flow.submit_issues, Issuing(step="submit", opened=opened))
    write_terms(tx.connection, application.id, words_of(flow, application))
    tx.count(None, application)
    return application


def _remind(tx: Transaction, flow: Flow, before: Application, after: Application, step: Transition) -> None:
    """Remind those who have to act now and do not know it yet, since they did not take the step themselves."""
    if not flow.waits(flow.state(after.state)):
        return
    if not isinstance(step, Decision) or after.handler != before.handler:
        remind(tx, flow, after, _reminder(flow, after))
    elif after.state != before.state:
        remind_next(tx, flow, after, _reminder(flow, after), besides=tx.actor.person)


def _issued(
    tx: Transaction, flow: Flow, after: Application, codes: Iterable[str], issuing: Issuing
) -> Application:
    """Issue papers, and keep their numbers with what steps filled in: the paper ``order`` gives ``order_number``."""
    numbers = issue(tx, flow, after, codes, issuing)
    if not numbers:
        return after
    data = {**after.data, **{f"{code}_number": number for code, number in numbers.items()}}
    _setting("data").run(tx.connection, {"key": after.id, "data": data})
    return worked_out(tx, flow, changed(after, data=data))


def worked_out(tx: Transaction, flow: Flow, after: Application) -> Application:
    """Return the request with its computed fields as they are now, and keep them so."""
    fields = work_out(after.fields, around(tx, flow, after))
    if fields is after.fields:
        return after
    tx.house.modules.sides[flow.kind].update(tx.connection, after.id, fields)
    return changed(after, fields=fields)


def _flow(tx: Transaction, application: Application) -> Flow:
    return tx.house.modules.sides[application.kind].flow


def _is_review(step: Transition) -> bool:
    return isinstance(step, Decision) and not step.direct


def _attributes(changes: Mapping[str, Any]) -> dict[str, Any]:
    names = {"handler_id": "handler"}
    return {names.get(name, name): value for name, value in changes.items()}


def _update(tx: Transaction, before: Application, changes: Mapping[str, Any]) -> None:
    place = {"key": before.id, "expected": before.version, "version": before.version + 1}
    if _moving(*sorted(changes)).run(tx.connection, {**changes, **place}) != 1:
        raise stale()


@cache
def _setting(*names: str) -> PreparedWrite:
    """Return the statement that sets these columns of a request."""
    given = {name: sa.bindparam(name, type_=_TABLE.c[name].type) for name in names}
    return PreparedWrite(sa.update(_TABLE).where(_TABLE.c.id == sa.bindparam("key")).values(given))


@cache
def _moving(*names: str) -> PreparedWrite:
    """Return the same for a request that still is as it was read."""
    given = {name: sa.bindparam(name, type_=_TABLE.c[name].type) for name in (*names, "version")}
    unchanged = (_TABLE.c.id == sa.bindparam("key"), _TABLE.c.version == sa.bindparam("expected"))
    return PreparedWrite(sa.update(_TABLE).where(*unchanged).values(given))


def _history(
    tx: Transaction,
    step: str,
    before: Application | None,
    after: Application,
    reason: str,
    data: Mapping[str, Any],
) -> None:
    entry = {
        "application_id": after.id, "court_code": after.court, "at": tx.at, "step": step,
        "from_state": before.state if before else None, "to_state": after.state, "actor": tx.actor.name,
        "actor_id": tx.actor.person, "reason": reason, "revision": after.revision, "data": dict(data),
    }  # fmt: skip
    _HISTORY.later(tx.connection, entry)


def _ask_trial_system(
    tx: Transaction, after: Application, step: Transition, payload: Mapping[str, Any]
) -> None:
    content = {"name": step.operation, "serial_no": after.serial_no, "payload": dict(payload)}
    order_again(tx, after, f"{after.serial_no}-r{after.revision}-{step.operation}", content)


def _reminder(flow: Flow, application: Application) -> Label:
    state = flow.state(application.state).label
    return Label(
        f"{flow.title.zh} {application.serial_no}（{application.applicant}）：{state.zh}，请处理。",
        f"{flow.title.en} {application.serial_no} ({application.applicant}): {state.en}; please act.",
    )
