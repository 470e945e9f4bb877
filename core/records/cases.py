"""Cases with their parties and agents."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.records.base import Base
from core.store.sealed_types import SealedJson
from core.store.types import Key


class CaseRow(Base):
    """A case; its number is kept whole and in its four parts (案号规定第2-10条)."""

    __tablename__ = "court_case"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    court_code: Mapped[str] = mapped_column(sa.String(16), sa.ForeignKey("court.code"))
    case_number: Mapped[str] = mapped_column(sa.String(64))
    year: Mapped[int]
    court_prefix: Mapped[str] = mapped_column(sa.String(16))
    case_type: Mapped[str] = mapped_column(sa.String(16))
    sequence: Mapped[int]
    cause: Mapped[str] = mapped_column(sa.String(160), default="")
    title: Mapped[str] = mapped_column(sa.String(200), default="")
    handler_id: Mapped[int | None] = mapped_column(Key, sa.ForeignKey("person.id"))
    docketed_on: Mapped[date]
    sealed: Mapped[bool] = mapped_column(default=False)
    procedure: Mapped[str] = mapped_column(sa.String(16), default="", server_default="")
    """``ordinary``, ``summary``, ``small_claims``; empty where it is not known."""
    __table_args__ = (
        sa.UniqueConstraint("court_code", "case_number"),
        sa.Index("ix_court_case_court_code_handler_id_id", "court_code", "handler_id", "id"),
        sa.Index("ix_court_case_court_code_id", "court_code", "id"),
    )


class CaseParty(Base):
    """A party to a case."""

    __tablename__ = "case_party"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    case_id: Mapped[int] = mapped_column(Key, sa.ForeignKey("court_case.id"), index=True)
    court_code: Mapped[str] = mapped_column(sa.String(16))
    standing: Mapped[str] = mapped_column(sa.String(32))
    name: Mapped[str] = mapped_column(sa.String(200))
    facts: Mapped[Any] = mapped_column(SealedJson("case_party.facts"), default=dict)


class CaseAgent(Base):
    """An agent ad litem of a party."""

    __tablename__ = "case_agent"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    case_id: Mapped[int] = mapped_column(Key, sa.ForeignKey("court_case.id"), index=True)
    court_code: Mapped[str] = mapped_column(sa.String(16))
    party_name: Mapped[str] = mapped_column(sa.String(200))
    name: Mapped[str] = mapped_column(sa.String(100))
    facts: Mapped[Any] = mapped_column(SealedJson("case_agent.facts"), default=dict)
