"""Hearings as they are read: those of a case, and those of the court that stand in the way of a slot."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.engine import Connection

from core.context import Hearing
from core.records import CaseRow, HearingRow, Person

LONGEST = timedelta(days=1)
"""No hearing is longer; so those that can overlap begin within a day of each other."""
USUAL = timedelta(hours=2)
"""What a hearing takes where nobody has said."""
_HEARINGS = (
    sa.select(
        HearingRow.id, CaseRow.case_number, HearingRow.starts_at, HearingRow.ends_at, HearingRow.courtroom,
        HearingRow.judge_id, sa.func.coalesce(Person.name, "").label("judge_name"), HearingRow.state,
    )
    .join(CaseRow, CaseRow.id == HearingRow.case_id)
    .outerjoin(Person, Person.id == HearingRow.judge_id)
    .order_by(HearingRow.starts_at, HearingRow.id)
)  # fmt: skip


@frozen(kw_only=True)
class Slot:
    """When and where a hearing is to be, and who sits."""

    starts_at: datetime
    ends_at: datetime
    courtroom: str
    judge: int | None = None

    def at(self, starts_at: datetime, courtroom: str = "") -> "Slot":
        """Return the slot of the same length and judge at another time, and place where one is given."""
        return Slot(
            starts_at=starts_at, ends_at=starts_at + (self.ends_at - self.starts_at),
            courtroom=courtroom or self.courtroom, judge=self.judge,
        )  # fmt: skip


def slot_of(hearing: Hearing) -> Slot:
    """Return the slot a hearing takes."""
    return Slot(
        starts_at=hearing.starts_at, ends_at=hearing.ends_at, courtroom=hearing.courtroom, judge=hearing.judge
    )


def hearings_of(connection: Connection, case: int) -> tuple[Hearing, ...]:
    """Return every hearing of a case in the order of their beginning, those that were moved among them."""
    return tuple(Hearing(*row) for row in connection.execute(_HEARINGS.where(HearingRow.case_id == case)))


def hearing(connection: Connection, key: int) -> Hearing:
    """Return the hearing with this key."""
    return Hearing(*connection.execute(_HEARINGS.where(HearingRow.id == key)).one())


def clashing(
    connection: Connection, court: str, slot: Slot, *, besides: int | None = None
) -> tuple[Hearing, ...]:
    """Return the scheduled hearings of the court that overlap ``slot`` in its courtroom or before its judge.

    ``besides`` is a hearing that is about to leave its place.
    """
    same = [HearingRow.courtroom == slot.courtroom] if slot.courtroom else []
    same += [HearingRow.judge_id == slot.judge] if slot.judge is not None else []
    if not same:
        return ()
    # One branch an index; of each only what begins within a day before the slot's end is looked at.
    keys = sa.union(*(
        sa.select(HearingRow.id).where(
            HearingRow.court_code == court,
            one,
            HearingRow.starts_at > slot.starts_at - LONGEST,
            HearingRow.starts_at < slot.ends_at,
            HearingRow.ends_at > slot.starts_at,
            HearingRow.state == "scheduled",
            HearingRow.id != (besides or 0),
        )
        for one in same
    ))  # fmt: skip
    return tuple(Hearing(*row) for row in connection.execute(_HEARINGS.where(HearingRow.id.in_(keys))))
