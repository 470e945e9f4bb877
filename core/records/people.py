"""People of the courts, their roles, whom they serve, their sessions and their attempts to log in."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.records.base import Base
from core.store.sealed_types import SealedJson, SealedText
from core.store.types import Instant, Key


class Person(Base):
    """A person who may log in."""

    __tablename__ = "person"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    court_code: Mapped[str] = mapped_column(sa.String(16), sa.ForeignKey("court.code"), index=True)
    username: Mapped[str] = mapped_column(sa.String(64), unique=True)
    name: Mapped[str] = mapped_column(sa.String(100))
    password_hash: Mapped[str] = mapped_column(sa.String(200))
    department: Mapped[str] = mapped_column(sa.String(100), default="")
    telephone: Mapped[str] = mapped_column(SealedText("person.telephone"), default="")
    active: Mapped[bool] = mapped_column(default=True)


class PersonRole(Base):
    """A role a person has in the person's court."""

    __tablename__ = "person_role"
    person_id: Mapped[int] = mapped_column(Key, sa.ForeignKey("person.id"), primary_key=True)
    role: Mapped[str] = mapped_column(sa.String(32), primary_key=True)


class Serves(Base):
    """An assistant, clerk or panel member works with a judge: the judge's requests count as own."""

    __tablename__ = "serves"
    person_id: Mapped[int] = mapped_column(Key, sa.ForeignKey("person.id"), primary_key=True)
    judge_id: Mapped[int] = mapped_column(Key, sa.ForeignKey("person.id"), primary_key=True)


class SessionRow(Base):
    """A session, found by the digest of its id: whoever reads the table cannot take one over."""

    __tablename__ = "session"
    digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(Key, sa.ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    memory: Mapped[Any] = mapped_column(SealedJson("session.memory"), default=dict)
    """What the person's pages remember: language, last search of each queue."""


class LoginAttempt(Base):
    """An attempt to log in that did not succeed, or is under way; kept while it counts."""

    __tablename__ = "login_attempt"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    account: Mapped[str] = mapped_column(sa.String(64))
    """What stands for the user name that was typed."""
    place: Mapped[str] = mapped_column(sa.String(64))
    """The address it came from, or its network."""
    browser: Mapped[str] = mapped_column(sa.String(32))
    """The id of a browser that is no stranger to the account; else empty."""
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    __table_args__ = (
        sa.Index("ix_login_attempt_account_browser_at", "account", "browser", "at"),
        sa.Index("ix_login_attempt_place_at", "place", "at"),
    )
