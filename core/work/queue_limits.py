"""What a queue by time limit asks of the limits themselves."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from core.records import ApplicationRow

A = ApplicationRow


def earliest(instant: Any) -> Any:
    """Return the earliest time limit of what came since ``lowest``: none ends before that day, but for those that count back.

    These have an index of their own, which is empty or nearly so.
    """
    early = aliased(A, name="early")
    lowest_at = sa.bindparam("lowest_at", type_=instant)
    # Never empty here. Of the plain column PostgreSQL would walk the time limits to find the least.
    limit = sa.func.coalesce(early.due_at, lowest_at)
    return (
        sa.select(sa.func.coalesce(sa.func.min(limit), lowest_at))
        .where(
            early.court_code == sa.bindparam("court"),
            early.kind == sa.bindparam("kind"),
            early.id >= sa.bindparam("lowest", type_=sa.BigInteger),
            early.due_at < early.received_at,
            early.due_at < lowest_at,
        )
        .scalar_subquery()
    )


def near(instant: Any) -> sa.ColumnElement[bool]:
    """Return the condition that a limit is near: hours and days are, within spans of their own; ``soon`` is the later of both ends."""
    ends = {name: sa.bindparam(name, type_=instant) for name in ("soon_hours", "soon_days")}
    return A.due_at <= sa.case((A.due_hours.is_(True), ends["soon_hours"]), else_=ends["soon_days"])
