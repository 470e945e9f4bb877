"""Requests: the one table every queue reads, and what belongs to a request whatever its kind."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.fields.spec import specs_of
from core.records.base import Base
from core.store.sealed_types import PartlySealedJson, SealedJson
from core.store.types import Instant, Json, Key
from core.values import Submitter

SUBMITTER_NUMBERS = tuple(name for name, spec in specs_of(Submitter).items() if spec.sealed)


def _limits(name: str, *columns: str) -> sa.Index:
    """Return an index that walks time limits, nearest first; it holds the few requests that have one running."""
    running = sa.text("due_at IS NOT NULL")
    picked = ("court_code", "kind", *columns, "due_at", "id")
    return sa.Index(f"ix_application_{name}", *picked, sqlite_where=running, postgresql_where=running)


_EARLY = sa.text("due_at < received_at")
"""A limit that was over before the request came: there are next to none, and so a list from a day on knows where to begin."""
SHORT_DAYS = 7
"""A limit that is over sooner after the request came is short. The commonest is not: a filing is looked at within seven days, and
the day it came is not counted."""
SHORT = sa.text(f"due_at < datetime(received_at, '+{SHORT_DAYS} days')")
"""What makes a limit short, as SQLite says it, to the second. Where no short one is over first, a list from a day on begins so many
days later. PostgreSQL passes limits by in less time than it takes to plan for such an index, and has none."""


class ApplicationRow(Base):
    """One request. ``id`` follows the time of reception, so order by id is order of reception.

    The indexes serve the orders the pages offer: a whole court or one handler, all states or one, newest
    first or due first. A test explains every combination.
    """

    __tablename__ = "application"
    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    serial_no: Mapped[str] = mapped_column(sa.String(32), unique=True)
    court_code: Mapped[str] = mapped_column(sa.String(16), sa.ForeignKey("court.code"))
    module: Mapped[str] = mapped_column(sa.String(64))
    kind: Mapped[str] = mapped_column(sa.String(64))
    parent_id: Mapped[int | None] = mapped_column(Key, sa.ForeignKey("application.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(Key, sa.ForeignKey("court_case.id"), index=True)
    case_number: Mapped[str | None] = mapped_column(sa.String(64))
    applicant: Mapped[str] = mapped_column(sa.String(200))
    handler_id: Mapped[int | None] = mapped_column(Key, sa.ForeignKey("person.id"))
    hidden_from: Mapped[int | None] = mapped_column(Key)
    """The person it is about, for whom it is nowhere to be found."""
    anonymous: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    """Whoever handles it does not learn who filed it."""
    state: Mapped[str] = mapped_column(sa.String(64))
    version: Mapped[int]
    revision: Mapped[int]
    submitted_at: Mapped[datetime] = mapped_column(Instant)
    received_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    """When the court's next time limit is over; derived from the running deadlines."""
    due_hours: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    """Whether that limit counts hours."""
    reviewed_by: Mapped[int | None] = mapped_column(Key, sa.ForeignKey("person.id"))
    reviewed_at: Mapped[datetime | None] = mapped_column(Instant)
    client_id: Mapped[int | None] = mapped_column(Key, sa.ForeignKey("client.id"))
    submission_id: Mapped[str | None] = mapped_column(sa.String(128))
    submission_digest: Mapped[str | None] = mapped_column(sa.String(64))
    submitter: Mapped[Any] = mapped_column(PartlySealedJson("application.submitter", SUBMITTER_NUMBERS))
    """Lists show the name, which is all of it that they read."""
    data: Mapped[Any] = mapped_column(SealedJson("application.data"), default=dict)
    """What the steps so far filled in, the latest winning."""
    __table_args__ = (
        sa.UniqueConstraint("client_id", "submission_id"),
        sa.Index("ix_application_queue", "court_code", "kind", "id"),
        sa.Index("ix_application_queue_state", "court_code", "kind", "state", "id"),
        sa.Index("ix_application_own", "court_code", "kind", "handler_id", "id"),
        sa.Index("ix_application_own_state", "court_code", "kind", "handler_id", "state", "id"),
        _limits("due"),
        _limits("state_due", "state"),
        _limits("own_due", "handler_id"),
        _limits("own_state_due", "handler_id", "state"),
        sa.Index(
            "ix_application_early",
            "court_code",
            "kind",
            "id",
            "due_at",
            sqlite_where=_EARLY,
            postgresql_where=_EARLY,
        ),
        sa.Index(
            "ix_application_short",
            "court_code",
            "kind",
            "due_at",
            "id",
            sqlite_where=SHORT,
            info={"brand": "sqlite"},
        ).ddl_if(dialect="sqlite"),
    )


class ApplicationFile(Base):
    """A file that came with a revision of a request."""

    __tablename__ = "application_file"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    application_id: Mapped[int] = mapped_column(Key, sa.ForeignKey("application.id"), index=True)
    court_code: Mapped[str] = mapped_column(sa.String(16))
    revision: Mapped[int]
    place: Mapped[int]
    category: Mapped[str] = mapped_column(sa.String(64))
    name: Mapped[str] = mapped_column(sa.String(255))
    sha256: Mapped[str] = mapped_column(sa.String(64), sa.ForeignKey("blob.sha256"))
    pages: Mapped[int | None]
    copies: Mapped[int] = mapped_column(default=1)
    is_original: Mapped[bool]


class History(Base):
    """A step a request took; written once, never changed."""

    __tablename__ = "history"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    application_id: Mapped[int] = mapped_column(Key, sa.ForeignKey("application.id"), index=True)
    court_code: Mapped[str] = mapped_column(sa.String(16))
    at: Mapped[datetime] = mapped_column(Instant)
    step: Mapped[str] = mapped_column(sa.String(64))
    from_state: Mapped[str | None] = mapped_column(sa.String(64))
    to_state: Mapped[str] = mapped_column(sa.String(64))
    actor: Mapped[str] = mapped_column(sa.String(100))
    actor_id: Mapped[int | None] = mapped_column(Key)
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    revision: Mapped[int]
    data: Mapped[Any] = mapped_column(SealedJson("history.data"), default=dict)
    """What the step filled in; of a resubmission, the fields as they were before."""


class Comment(Base):
    """A message about a request, to or from the applicant."""

    __tablename__ = "comment"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    application_id: Mapped[int] = mapped_column(Key, sa.ForeignKey("application.id"), index=True)
    court_code: Mapped[str] = mapped_column(sa.String(16))
    at: Mapped[datetime] = mapped_column(Instant)
    from_court: Mapped[bool]
    author: Mapped[str] = mapped_column(sa.String(100))
    author_id: Mapped[int | None] = mapped_column(Key)
    text: Mapped[str] = mapped_column(sa.Text)
    complaint: Mapped[bool] = mapped_column(default=False)


class DeadlineRow(Base):
    """A time limit that runs, or ran, for a request.

    ``ends_at`` is empty while the court calendar does not hold the year it falls in: a date is never guessed.
    """

    __tablename__ = "deadline"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    application_id: Mapped[int] = mapped_column(Key, sa.ForeignKey("application.id"), index=True)
    court_code: Mapped[str] = mapped_column(sa.String(16))
    rule: Mapped[str] = mapped_column(sa.String(32))
    basis: Mapped[str] = mapped_column(sa.String(200))
    applicant: Mapped[bool]
    """Whether it binds the applicant, or a third whom the declaration names, and not the court."""
    created_at: Mapped[datetime] = mapped_column(Instant)
    started_at: Mapped[datetime] = mapped_column(Instant)
    length: Mapped[int]
    unit: Mapped[str] = mapped_column(sa.String(16))
    ends_at: Mapped[datetime | None] = mapped_column(Instant)
    explanation: Mapped[Any] = mapped_column(Json, default=dict)
    status: Mapped[str] = mapped_column(sa.String(16))
    """``running``, ``met``, ``ended`` (no longer matters), ``lapsed`` (it was over, and nobody had acted) or ``expired`` (what
    was to last so long has lasted)."""
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    remind_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    """When somebody has to be reminded of it next, or told that it is over; empty when nobody has to."""
    __table_args__ = (sa.Index("ix_deadline_status_ends_at", "status", "ends_at"),)


class ReviewDraft(Base):
    """A saved opinion, not yet carried out; it belongs to its author."""

    __tablename__ = "review_draft"
    application_id: Mapped[int] = mapped_column(Key, sa.ForeignKey("application.id"), primary_key=True)
    author_id: Mapped[int] = mapped_column(Key, sa.ForeignKey("person.id"), primary_key=True)
    court_code: Mapped[str] = mapped_column(sa.String(16))
    decision: Mapped[str] = mapped_column(sa.String(64))
    opinion: Mapped[str] = mapped_column(sa.Text)
    data: Mapped[Any] = mapped_column(SealedJson("review_draft.data"), default=dict)
    version: Mapped[int]
    saved_at: Mapped[datetime] = mapped_column(Instant)


class ReviewLock(Base):
    """Who is reviewing a request, until when."""

    __tablename__ = "review_lock"
    application_id: Mapped[int] = mapped_column(Key, sa.ForeignKey("application.id"), primary_key=True)
    court_code: Mapped[str] = mapped_column(sa.String(16))
    person_id: Mapped[int] = mapped_column(Key, sa.ForeignKey("person.id"))
    until: Mapped[datetime] = mapped_column(Instant)


class QueueCount(Base):
    """How many requests stand in a state: of the whole court (handler 0) and of each handler.

    Those hidden from a person count for the court under minus that person's id.
    """

    __tablename__ = "queue_count"
    court_code: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    module: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    handler_id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    state: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    count: Mapped[int]


class SerialCounter(Base):
    """The last serial number given out for a prefix and a day."""

    __tablename__ = "serial_counter"
    stem: Mapped[str] = mapped_column(sa.String(24), primary_key=True)
    last: Mapped[int]
