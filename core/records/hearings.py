"""Hearings of cases, and what was served on whom: facts that the trial system knows and requests lean on."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.records.base import Base
from core.store.types import Instant, Key


class HearingRow(Base):
    """One appointed hearing. One that was moved stays, and points at the one that took its place.

    ``state``: ``scheduled``, ``held``, ``moved`` or ``cancelled``; ``source``: who made it known. No hearing is
    longer than a day, so those that can overlap begin within a day of each other: the two last indexes serve that.
    """

    __tablename__ = "hearing"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    court_code: Mapped[str] = mapped_column(sa.String(16), sa.ForeignKey("court.code"))
    case_id: Mapped[int] = mapped_column(Key, sa.ForeignKey("court_case.id"))
    starts_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    courtroom: Mapped[str] = mapped_column(sa.String(100))
    judge_id: Mapped[int | None] = mapped_column(Key, sa.ForeignKey("person.id"))
    state: Mapped[str] = mapped_column(sa.String(16))
    source: Mapped[str] = mapped_column(sa.String(64))
    moved_to: Mapped[int | None] = mapped_column(Key, sa.ForeignKey("hearing.id"))
    __table_args__ = (
        sa.Index("ix_hearing_case_id_starts_at", "case_id", "starts_at"),
        sa.Index("ix_hearing_judge", "court_code", "judge_id", "starts_at"),
        sa.Index("ix_hearing_courtroom", "court_code", "courtroom", "starts_at"),
    )


class ServiceRecord(Base):
    """A document served on a party of a case (民事诉讼法第87条)."""

    __tablename__ = "service_record"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    court_code: Mapped[str] = mapped_column(sa.String(16), sa.ForeignKey("court.code"))
    case_id: Mapped[int] = mapped_column(Key, sa.ForeignKey("court_case.id"), index=True)
    document: Mapped[str] = mapped_column(sa.String(100))
    party: Mapped[str] = mapped_column(sa.String(200))
    served_on: Mapped[date]
    method: Mapped[str] = mapped_column(sa.String(40), default="")
