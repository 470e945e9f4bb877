"""Court papers: what was issued, the texts that courts put in the place of built-in ones, the numbers given."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.records.base import Base
from core.store.sealed_types import SealedJson
from core.store.types import Instant, Key


class PaperRow(Base):
    """A paper that was issued. What it says is fixed with the step; its files are made afterwards, from that alone."""

    __tablename__ = "paper"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    application_id: Mapped[int] = mapped_column(Key, sa.ForeignKey("application.id"), index=True)
    court_code: Mapped[str] = mapped_column(sa.String(16), sa.ForeignKey("court.code"))
    code: Mapped[str] = mapped_column(sa.String(64))
    title: Mapped[str] = mapped_column(sa.String(200))
    title_en: Mapped[str] = mapped_column(sa.String(200))
    offered: Mapped[str] = mapped_column(sa.String(16))
    """``applicant``, ``participants`` or ``court``."""
    number: Mapped[str] = mapped_column(sa.String(64), default="")
    verification: Mapped[str | None] = mapped_column(sa.String(40), unique=True)
    """The code that strangers look it up by: 160 bits of chance."""
    issued_at: Mapped[datetime] = mapped_column(Instant)
    issued_by: Mapped[str] = mapped_column(sa.String(100))
    issued_by_id: Mapped[int | None] = mapped_column(Key)
    step: Mapped[str] = mapped_column(sa.String(64))
    revision: Mapped[int]
    content: Mapped[Any] = mapped_column(SealedJson("paper.content"))
    """The blocks, as ``core.papers.blocks`` keeps them."""
    template_digest: Mapped[str] = mapped_column(sa.String(64))
    state: Mapped[str] = mapped_column(sa.String(16), default="waiting")
    """``waiting`` for its files, ``made``, or ``failed``: then the first reader tries again."""
    error: Mapped[str] = mapped_column(sa.Text, default="")
    pdf_sha256: Mapped[str | None] = mapped_column(sa.String(64), sa.ForeignKey("blob.sha256"))
    docx_sha256: Mapped[str | None] = mapped_column(sa.String(64), sa.ForeignKey("blob.sha256"))
    __table_args__ = (sa.Index("ix_paper_state_id", "state", "id"),)


class PaperTemplate(Base):
    """A court's own text of a paper; no row means the built-in one."""

    __tablename__ = "paper_template"
    court_code: Mapped[str] = mapped_column(sa.String(16), sa.ForeignKey("court.code"), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    module: Mapped[str] = mapped_column(sa.String(64))
    text: Mapped[str] = mapped_column(sa.Text)
    changed_at: Mapped[datetime] = mapped_column(Instant)
    changed_by: Mapped[str] = mapped_column(sa.String(100))


class PaperCounter(Base):
    """The last number given under a caption in a court's year; its row is locked until the paper is issued."""

    __tablename__ = "paper_counter"
    court_code: Mapped[str] = mapped_column(sa.String(16), sa.ForeignKey("court.code"), primary_key=True)
    caption: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]
