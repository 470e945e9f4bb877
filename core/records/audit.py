"""What was done, for ever; and what the outside platform must be told, in order."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.records.base import Base
from core.store.types import Instant, Json, Key


class Audit(Base):
    """An entry of the audit log; committed with what it tells of, never changed (网络安全法: kept ≥ 6 months)."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    court_code: Mapped[str] = mapped_column(sa.String(16))
    at: Mapped[datetime] = mapped_column(Instant)
    actor: Mapped[str] = mapped_column(sa.String(100))
    actor_id: Mapped[int | None] = mapped_column(Key)
    client: Mapped[str] = mapped_column(sa.String(64), default="")
    address: Mapped[str] = mapped_column(sa.String(64), default="")
    request_id: Mapped[str] = mapped_column(sa.String(32), default="")
    action: Mapped[str] = mapped_column(sa.String(64))
    target: Mapped[str] = mapped_column(sa.String(128))
    succeeded: Mapped[bool] = mapped_column(default=True)
    data: Mapped[Any] = mapped_column(Json, default=dict)
    __table_args__ = (sa.Index("ix_audit_court_code_id", "court_code", "id"),)


class AuditSeal(Base):
    """A link of a court's chain: which entries it covers, and a digest over them and over the link before.

    Seals are written some seconds after the entries, by the worker; writers know nothing of them.
    """

    __tablename__ = "audit_seal"
    court_code: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    number: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    first_id: Mapped[int] = mapped_column(Key)
    last_id: Mapped[int] = mapped_column(Key)
    """The highest entry that the chain has come to; a late entry of this seal may lie below ``first_id``."""
    last_at: Mapped[datetime] = mapped_column(Instant)
    """The latest time of an entry in it."""
    entries: Mapped[str] = mapped_column(sa.Text)
    """``id:beginning of its digest``, separated by spaces, in the order in which they were digested."""
    digest: Mapped[str] = mapped_column(sa.String(80))
    """``algorithm:hex``."""
    previous: Mapped[str] = mapped_column(sa.String(80))
    """The digest of the seal before; empty in the first."""
    sealed_at: Mapped[datetime] = mapped_column(Instant)


class Change(Base):
    """Something the outside platform must show.

    ``number`` is given when the feed is first read after the commit, one reader at a time: a change that
    commits late gets a later number, so no cursor ever skips one.
    """

    __tablename__ = "change"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    court_code: Mapped[str] = mapped_column(sa.String(16))
    client_id: Mapped[int | None] = mapped_column(Key)
    number: Mapped[int | None] = mapped_column(sa.BigInteger)
    module: Mapped[str] = mapped_column(sa.String(64))
    serial_no: Mapped[str] = mapped_column(sa.String(32))
    what: Mapped[str] = mapped_column(sa.String(32))
    at: Mapped[datetime] = mapped_column(Instant)
    data: Mapped[Any] = mapped_column(Json, default=dict)
    __table_args__ = (
        sa.UniqueConstraint("court_code", "number"),
        sa.Index("ix_change_court_code_client_id_number", "court_code", "client_id", "number"),
    )


class ChangeCursor(Base):
    """The last number given in a court's feed; its row is the lock of the numbering."""

    __tablename__ = "change_cursor"
    court_code: Mapped[str] = mapped_column(sa.String(16), sa.ForeignKey("court.code"), primary_key=True)
    last: Mapped[int] = mapped_column(sa.BigInteger)
