"""The hearings of a case as a file of the trial system lists them, set against those the house holds."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.context import Hearing
from core.records import HearingRow
from core.work.case_file import HearingGiven
from core.work.hearing_facts import USUAL, Slot, hearings_of, slot_of
from core.work.hearings import cancel, move, schedule
from core.work.transaction import Transaction

SOURCE = "import"


def bring_hearings(
    tx: Transaction, case: int, given: Sequence[HearingGiven], staff: Mapping[str, int]
) -> int:
    """Make the case's hearings what the list says; return how many were appointed, moved, cancelled or corrected.

    A hearing is known by when it begins. One that the list does not name stays as it is.
    """
    listed = {one.starts_at: one for one in given}
    slots = {
        starts: Slot(
            starts_at=starts, ends_at=one.ends_at or starts + USUAL, courtroom=one.courtroom, judge=staff.get(one.judge or "")
        )
        for starts, one in listed.items()
    }  # fmt: skip
    acts = 0
    # What moved comes first: it brings the hearing in whose place it moved.
    for starts in sorted(listed, key=lambda one: (listed[one].state != "moved", one)):
        one, held = listed[starts], hearings_of(tx.connection, case)
        acts += _bring(tx, case, one.state, slots[starts], slots.get(_goal(listed, starts)), held)
    return acts


def _goal(listed: Mapping[datetime, HearingGiven], starts: datetime) -> datetime:
    """Return where a hearing that was moved, perhaps several times, stands in the end."""
    seen = {starts}
    while (goal := listed[starts].moved_to) is not None and goal not in seen:
        starts = goal
        seen.add(starts)
    return starts


def _bring(
    tx: Transaction, case: int, state: str, slot: Slot, goal: Slot | None, hearings: Sequence[Hearing]
) -> bool:
    there = [one for one in hearings if one.starts_at == slot.starts_at]
    ordered = (one for wanted in ("scheduled", "cancelled") for one in there if one.state == wanted)
    stands = next(ordered, None)
    match state:
        case "moved" if stands is not None and goal is not None:
            move(tx, case, stands, goal, source=SOURCE)
        case "cancelled" if stands is not None and stands.state == "scheduled":
            cancel(tx, case, stands)
        case "held" if stands is not None and stands.state == "scheduled":
            _correct(tx, stands, state="held")
        case "scheduled" if stands is not None and stands.state == "scheduled":
            return _same(tx, case, stands, slot)
        case _ if any(one.state == state for one in there):
            return False
        case _:
            schedule(tx, case, slot, source=SOURCE, state=state)
    return True


def _same(tx: Transaction, case: int, held: Hearing, slot: Slot) -> bool:
    """Take over what is new about a hearing whose time stands; another courtroom is a move, for people go there."""
    if held.courtroom != slot.courtroom:
        move(tx, case, held, slot, source=SOURCE)
        return True
    if slot_of(held) == slot:
        return False
    _correct(tx, held, ends_at=slot.ends_at, judge_id=slot.judge)
    return True


def _correct(tx: Transaction, held: Hearing, **values: Any) -> None:
    tx.connection.execute(sa.update(HearingRow).where(HearingRow.id == held.id).values(**values))
    tx.audit("hearing.correct", held.case_number, {"hearing": held.id, "names": sorted(values)})
