"""Clients of the API (the outside platforms), the courts they may serve, and the answers they were given."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.records.base import Base
from core.store.sealed_types import SealedText
from core.store.types import Instant, Key


class ClientRow(Base):
    """An outside platform; its token is kept as a digest."""

    __tablename__ = "client"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(64), unique=True)
    token_digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    active: Mapped[bool] = mapped_column(default=True)


class ClientCourt(Base):
    """A court a client may serve."""

    __tablename__ = "client_court"
    client_id: Mapped[int] = mapped_column(Key, sa.ForeignKey("client.id"), primary_key=True)
    court_code: Mapped[str] = mapped_column(sa.String(16), sa.ForeignKey("court.code"), primary_key=True)


class Webhook(Base):
    """Where a client wants the changes of a court pushed, and how far they were."""

    __tablename__ = "webhook"
    client_id: Mapped[int] = mapped_column(Key, sa.ForeignKey("client.id"), primary_key=True)
    court_code: Mapped[str] = mapped_column(sa.String(16), sa.ForeignKey("court.code"), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    url: Mapped[str] = mapped_column(sa.String(500))
    secret: Mapped[str] = mapped_column(sa.String(200))
    cursor: Mapped[int] = mapped_column(sa.BigInteger)
    attempts: Mapped[int]
    next_at: Mapped[datetime] = mapped_column(Instant)
    error: Mapped[str] = mapped_column(sa.String(500), default="")


class IdempotentAnswer(Base):
    """The first answer to a keyed request; a repeat gets it again, another body under the key is refused."""

    __tablename__ = "idempotent_answer"
    client_id: Mapped[int] = mapped_column(Key, sa.ForeignKey("client.id"), primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(128), primary_key=True)
    digest: Mapped[str] = mapped_column(sa.String(64))
    status: Mapped[int]
    body: Mapped[str] = mapped_column(SealedText("idempotent_answer.body"))
    at: Mapped[datetime] = mapped_column(Instant)
