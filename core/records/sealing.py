"""Which keys the database was sealed with, and how far the sealing of what is there has come."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.records.base import Base
from core.store.types import Instant, Json


class SealKey(Base):
    """A key that values here are sealed with, or that the search index is made with; told from others by its fingerprint."""

    __tablename__ = "seal_key"
    id: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(sa.String(32))
    used_at: Mapped[datetime] = mapped_column(Instant)


class SealProgress(Base):
    """How far one table has been gone over with a key; the next to go over it begins there."""

    __tablename__ = "seal_progress"
    place: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    key_id: Mapped[str] = mapped_column(sa.String(16))
    after: Mapped[Any] = mapped_column(Json)
    """The primary key of the last row gone over, as a list; empty at the beginning."""
    done_at: Mapped[datetime | None] = mapped_column(Instant)
