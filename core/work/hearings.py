"""Hearings: appointed, moved and cancelled in one place, with everything that follows from it, in the transaction at hand.

Whoever moves a hearing — an import from the trial system, a receipt of it — comes through here: the row, the audit
entry, the step that open requests of the case declare for it, and the notice to everybody in the case.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.context import Hearing, HearingChange
from core.fields.label import Label
from core.law.dates import SHANGHAI
from core.module import Flow
from core.records import ApplicationRow, Delivery, HearingRow
from core.transitions import HEARING_CHANGED, CaseStep
from core.work.advice import against
from core.work.context import around, exists
from core.work.hearing_facts import Slot, hearing, hearings_of, slot_of
from core.work.participants import tell_case
from core.work.refusals import stale
from core.work.snapshots import by_id
from core.work.steps import Taken, take_step
from core.work.transaction import Transaction

RESCHEDULE = "reschedule"
"""The operation of the trial system after which the house moves the hearing that its payload names."""
_GONE = "原定开庭已经变更或者不存在，未能按此改期。"
_OVERTAKEN = "开庭已另行变更，此项不再发送。"
_MOVED = Label(
    "【{court}】{name}：{case_number}案原定{before}的开庭改为{after}，请按新的时间到庭。咨询12368。",
    "[{court}] {name}: the hearing of {case_number} on {before} is moved to {after}. Questions: 12368.",
)
_CANCELLED = Label(
    "【{court}】{name}：{case_number}案原定{before}的开庭取消，新的时间另行通知。咨询12368。",
    "[{court}] {name}: the hearing of {case_number} on {before} is cancelled; a new date follows. Questions: 12368.",
)


def schedule(tx: Transaction, case: int, slot: Slot, *, source: str, state: str = "scheduled") -> Hearing:
    """Appoint a hearing of a case, or record one that was held."""
    key = tx.connection.execute(
        sa.insert(HearingRow)
        .values(
            court_code=tx.court, case_id=case, starts_at=slot.starts_at, ends_at=slot.ends_at,
            courtroom=slot.courtroom, judge_id=slot.judge, state=state, source=source,
        )
        .returning(HearingRow.id)
    ).scalar_one()  # fmt: skip
    made = hearing(tx.connection, key)
    tx.audit("hearing.schedule", made.case_number, {"hearing": key, "at": _stamp(made), "state": state})
    return made


def move(
    tx: Transaction, case: int, before: Hearing, slot: Slot, *, source: str, by: int | None = None, tell: bool = True
) -> Hearing:  # fmt: skip
    """Move a hearing to ``slot``: the old one stays, as moved, a new one is appointed (or is there); return the new one.

    ``by`` is the request whose own step this is, which takes no other; ``tell`` is false where that step tells everybody.

    Raises:
        Refused: somebody was faster.
    """
    taken = (slot.starts_at, slot.courtroom, "scheduled")
    there = (
        one for one in hearings_of(tx.connection, case) if (one.starts_at, one.courtroom, one.state) == taken
    )
    after = next(there, None) or schedule(tx, case, slot, source=source)
    _end(tx, before, "moved", after.id)
    places = {"hearing": before.id, "from": _stamp(before), "to": _stamp(after)}
    tx.audit("hearing.move", before.case_number, places)
    _changed(tx, case, HearingChange(before, after), by, _MOVED if tell else None)
    return after


def cancel(tx: Transaction, case: int, before: Hearing, *, by: int | None = None, tell: bool = True) -> None:
    """Cancel a hearing until further notice; ``by`` and ``tell`` as for ``move``."""
    _end(tx, before, "cancelled", None)
    tx.audit("hearing.cancel", before.case_number, {"hearing": before.id, "from": _stamp(before)})
    _changed(tx, case, HearingChange(before, None), by, _CANCELLED if tell else None)


def reschedule(tx: Transaction, case: int, payload: Mapping[str, Any], *, by: int, tell: bool) -> str:
    """Do to a hearing what the trial system has confirmed (``RESCHEDULE``); return what stands against it, or nothing.

    A hearing that is already where it was to go (the trial system's own list came first) stays; one that was
    cancelled until further notice gets its date.
    """
    starts, goal = _moment(payload.get("hearing_at")), _moment(payload.get("new_hearing_at"))
    room, new_room = str(payload.get("courtroom") or ""), str(payload.get("new_courtroom") or "")
    hearings = hearings_of(tx.connection, case)
    named = [one for one in hearings if one.starts_at == starts and room in ("", one.courtroom)]
    found = next((one for state in ("scheduled", "cancelled") for one in named if one.state == state), None)
    if found is None:
        there = any(
            goal is not None and one.starts_at == goal and one.state == "scheduled" for one in hearings
        )
        return "" if there else _GONE
    if goal is not None:
        move(tx, case, found, slot_of(found).at(goal, new_room), source=RESCHEDULE, by=by, tell=tell)
    elif found.state == "scheduled":
        cancel(tx, case, found, by=by, tell=tell)
    return ""


def said(one: Hearing | None) -> str:
    """Return time and place as a notice says them."""
    if one is None:
        return "另行通知的时间"
    at = one.starts_at.astimezone(SHANGHAI)
    return f"{at.year}年{at.month}月{at.day}日{at:%H:%M}（{one.courtroom}）"


def _end(tx: Transaction, before: Hearing, state: str, moved_to: int | None) -> None:
    done = tx.connection.execute(
        sa.update(HearingRow)
        .where(HearingRow.id == before.id, HearingRow.state == before.state)
        .values(state=state, moved_to=moved_to)
    )
    if done.rowcount != 1:
        raise stale()


def _changed(tx: Transaction, case: int, change: HearingChange, by: int | None, text: Label | None) -> None:
    words = {
        "case_number": change.before.case_number,
        "before": said(change.before),
        "after": said(change.after),
    }
    ahead = change.before.starts_at > tx.at or (change.after is not None and change.after.starts_at > tx.at)
    if text is not None and ahead:
        tell_case(tx, case, text, words)
    flows = {kind: side.flow for kind, side in tx.house.modules.sides.items()}
    steps = {kind: found for kind, flow in flows.items() if (found := _steps_of(flow))}
    keys = tx.connection.scalars(
        sa.select(ApplicationRow.id)
        .where(ApplicationRow.case_id == case, ApplicationRow.kind.in_(sorted(steps)), ApplicationRow.id != (by or 0))
        .order_by(ApplicationRow.id)
    ).all()  # fmt: skip
    for key in keys:
        application = by_id(tx.connection, tx.house.modules, key)
        context = around(tx, flows[application.kind], application)
        for step in steps[application.kind]:
            open_now = step.leads_from(application.state) and exists(step, application, context)
            if open_now and against(step, application, change, context) is None:
                _call_off(tx, key)
                data = {"hearing_before": words["before"], "hearing_after": words["after"]}
                data |= {"hearing_after_at": change.after.starts_at.isoformat()} if change.after else {}
                take_step(tx, application, step, Taken(data=data))
                break


def _steps_of(flow: Flow) -> list[CaseStep]:
    return [step for step in flow.steps if isinstance(step, CaseStep) and step.on == HEARING_CHANGED]


def _call_off(tx: Transaction, application: int) -> None:
    """Send nothing more to the trial system for a request that something overtakes."""
    tx.connection.execute(
        sa.update(Delivery)
        .where(
            Delivery.application_id == application, Delivery.hook == "trial_system", Delivery.status == "waiting"
        )
        .values(status="refused", error=_OVERTAKEN, done_at=tx.at)
    )  # fmt: skip


def _stamp(one: Hearing) -> str:
    return f"{one.starts_at.isoformat()} {one.courtroom}"


def _moment(given: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(given)
    except (TypeError, ValueError):
        return None
    return found if found.utcoffset() is not None else None
