"""What was asked for at the counter, on paper."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core import plugin_base

Base: Any = plugin_base()


class Slip(Base):
    """One slip of paper, and when the certificate was handed out."""

    __tablename__ = "certificate_slip"
    __table_args__ = (sa.Index("ix_certificate_slip_court_code_id", "court_code", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    court_code: Mapped[str] = mapped_column(sa.String(16))
    taken_at: Mapped[datetime]
    taken_by: Mapped[str] = mapped_column(sa.String(100))
    applicant: Mapped[str] = mapped_column(sa.String(100))
    case_number: Mapped[str] = mapped_column(sa.String(64))
    document: Mapped[str] = mapped_column(sa.String(100))
    purpose: Mapped[str] = mapped_column(sa.String(20))
    copies: Mapped[int]
    handed_out_at: Mapped[datetime | None]
