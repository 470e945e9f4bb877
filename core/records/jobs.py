"""The jobs of modules: when each is due next in each court, and what came of it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.records.base import Base
from core.store.types import Instant


class JobRow(Base):
    """One job of a module in a court. While it runs, ``next_at`` is when it counts as broken off and is begun again."""

    __tablename__ = "job"
    court_code: Mapped[str] = mapped_column(sa.String(16), sa.ForeignKey("court.code"), primary_key=True)
    module: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    next_at: Mapped[datetime] = mapped_column(Instant)
    begun_at: Mapped[datetime | None] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    """When it last ended well."""
    said_zh: Mapped[str] = mapped_column(sa.String(300), default="")
    said_en: Mapped[str] = mapped_column(sa.String(300), default="")
    """What came of it then."""
    failed_at: Mapped[datetime | None] = mapped_column(Instant)
    error: Mapped[str] = mapped_column(sa.String(300), default="")
    """What the last failure was; it stays, beside what came of later runs."""
