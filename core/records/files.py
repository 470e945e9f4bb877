"""Files as the store knows them, and uploads under way."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.records.base import Base
from core.store.types import Instant, Key


class Blob(Base):
    """The content with this digest: its size and what it was found to be."""

    __tablename__ = "blob"
    sha256: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    size: Mapped[int] = mapped_column(sa.BigInteger)
    mime: Mapped[str] = mapped_column(sa.String(100))
    stored_at: Mapped[datetime] = mapped_column(Instant)


class FileUpload(Base):
    """A client brought this content to this court, and may attach it there."""

    __tablename__ = "file_upload"
    court_code: Mapped[str] = mapped_column(sa.String(16), sa.ForeignKey("court.code"), primary_key=True)
    client_id: Mapped[int] = mapped_column(Key, sa.ForeignKey("client.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(sa.String(64), sa.ForeignKey("blob.sha256"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)


class UploadSession(Base):
    """A large upload in parts."""

    __tablename__ = "upload_session"
    id: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    court_code: Mapped[str] = mapped_column(sa.String(16), sa.ForeignKey("court.code"))
    client_id: Mapped[int] = mapped_column(Key, sa.ForeignKey("client.id"))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    size: Mapped[int] = mapped_column(sa.BigInteger)
    at: Mapped[datetime] = mapped_column(Instant)


class UploadPart(Base):
    """One part of a large upload, stored as a file of its own until all are there."""

    __tablename__ = "upload_part"
    upload_id: Mapped[str] = mapped_column(
        sa.String(32), sa.ForeignKey("upload_session.id"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    size: Mapped[int] = mapped_column(sa.BigInteger)
