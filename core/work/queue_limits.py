"""What a queue by time limit asks of the limits themselves."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from core.records import ApplicationRow
from core.records.applications import SHORT, SHORT_DAYS

A = ApplicationRow


def late(lowest_at: datetime) -> datetime:
    """Return when the first of the limits that are not short is over, of what came since ``lowest_at``."""
    return lowest_at.replace(microsecond=0) + timedelta(days=SHORT_DAYS)


def earliest(instant: Any, brand: str) -> Any:
    """Return where to begin for what came since ``lowest``: none of its time limits is over sooner.

    One that counts back may be over before that day; the others are not. An index tells the first of these, which are few or none.
    On SQLite another tells the first that is short; those that are neither are over at ``late`` or after it.
    """
    early, lowest_at = aliased(A, name="early"), sa.bindparam("lowest_at", type_=instant)
    # Never empty here. Of the plain column PostgreSQL would walk the time limits to find the least.
    limit = sa.func.coalesce(early.due_at, lowest_at)
    before = sa.select(sa.func.min(limit)).where(
        *_since(early), early.due_at < early.received_at, early.due_at < lowest_at
    )
    after = [_first_short(instant), sa.bindparam("late", type_=instant)] if brand == "sqlite" else [lowest_at]
    return sa.func.coalesce(before.scalar_subquery(), *after)


def _first_short(instant: Any) -> Any:
    short = aliased(A, name="short")
    lowest_at, late = (sa.bindparam(name, type_=instant) for name in ("lowest_at", "late"))
    return (
        sa.select(short.due_at)
        # SQLite may take the index of all limits for as good.
        .with_hint(short, "INDEXED BY ix_application_short", "sqlite")
        .where(*_since(short), SHORT, short.due_at >= lowest_at, short.due_at < late)
        .order_by(short.due_at)
        .limit(1)
        .scalar_subquery()
    )


def _since(row: Any) -> list[sa.ColumnElement[bool]]:
    return [
        row.court_code == sa.bindparam("court"),
        row.kind == sa.bindparam("kind"),
        row.id >= sa.bindparam("lowest", type_=sa.BigInteger),
    ]


def near(instant: Any) -> sa.ColumnElement[bool]:
    """Return the condition that a limit is near: hours and days are, within spans of their own; ``soon`` is the later of both ends."""
    ends = {name: sa.bindparam(name, type_=instant) for name in ("soon_hours", "soon_days")}
    return A.due_at <= sa.case((A.due_hours.is_(True), ends["soon_hours"]), else_=ends["soon_days"])
