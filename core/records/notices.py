"""What the house has to tell: reminders to its own people, and the outbox for everything outside."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.records.base import Base
from core.store.sealed_types import SealedJson, SealedText
from core.store.types import Instant, Key


class Reminder(Base):
    """A 12368 reminder (待处理提醒) to one person of the court."""

    __tablename__ = "reminder"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    court_code: Mapped[str] = mapped_column(sa.String(16))
    person_id: Mapped[int] = mapped_column(Key, sa.ForeignKey("person.id"))
    application_id: Mapped[int] = mapped_column(Key, sa.ForeignKey("application.id"), index=True)
    module: Mapped[str] = mapped_column(sa.String(64))
    text_zh: Mapped[str] = mapped_column(sa.String(300))
    text_en: Mapped[str] = mapped_column(sa.String(300))
    at: Mapped[datetime] = mapped_column(Instant)
    read_at: Mapped[datetime | None] = mapped_column(Instant)
    __table_args__ = (
        sa.Index("ix_reminder_person_id_id", "person_id", "id"),
        sa.Index("ix_reminder_unread", "person_id", "read_at"),
    )


class Delivery(Base):
    """One thing to deliver after commit: a notice through a channel, or an operation to the trial system.

    ``status``: ``waiting`` (for ``next_at``; a lease is a ``next_at`` in the future), ``done``,
    ``given_up`` (no answer, or a channel's final no), ``refused`` (the trial system's final no).
    """

    __tablename__ = "delivery"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(128), unique=True)
    court_code: Mapped[str] = mapped_column(sa.String(16), sa.ForeignKey("court.code"))
    application_id: Mapped[int | None] = mapped_column(Key, sa.ForeignKey("application.id"), index=True)
    """The request it is about; none where the court tells something of a case."""
    module: Mapped[str] = mapped_column(sa.String(64))
    """The module whose request it is about, empty where there is none; while it is off, the delivery is held."""
    hook: Mapped[str] = mapped_column(sa.String(16))
    """``notify`` or ``trial_system``."""
    channel: Mapped[str] = mapped_column(sa.String(64))
    """The module that carries a notice; empty for operations, which go to whichever adapter is on."""
    payload: Mapped[Any] = mapped_column(SealedJson("delivery.payload"))
    status: Mapped[str] = mapped_column(sa.String(16))
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    reference: Mapped[str] = mapped_column(sa.String(128), default="")
    error: Mapped[str] = mapped_column(SealedText("delivery.error"), default="")
    """Sealed, since what a gateway answers may quote the number."""
    __table_args__ = (
        sa.Index("ix_delivery_status_next_at", "status", "next_at"),
        sa.Index("ix_delivery_court_code_status_id", "court_code", "status", "id"),
    )


class NoticeTemplate(Base):
    """A court's own wording of a notice; no row means the built-in one."""

    __tablename__ = "notice_template"
    court_code: Mapped[str] = mapped_column(sa.String(16), sa.ForeignKey("court.code"), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    module: Mapped[str] = mapped_column(sa.String(64))
    text: Mapped[str] = mapped_column(sa.String(500))
    changed_at: Mapped[datetime] = mapped_column(Instant)
    changed_by: Mapped[str] = mapped_column(sa.String(100))
