"""What the bad modules have in common, so that each file says what is bad about it and nothing else."""

import tempfile
from datetime import UTC, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from core import (
    Access,
    Decision,
    Module,
    QueueRow,
    RequestType,
    Role,
    Sight,
    State,
    request_fields,
    text,
)


@request_fields
class Fields:
    """What is asked."""

    wish: str = text("事项", "Matter", column=True, search=True)


STATES = [State("NEW", "待处理", "To do"), State("DONE", "办结", "Done")]


def request_of(kind: str, prefix: str, **more: Any) -> RequestType:
    """Return a request type with which nothing is wrong but what ``more`` says."""
    told = {
        "title": ("例子", "Example"), "fields": Fields, "states": STATES,
        "access": {Role.CENTRE_REVIEWER: Access(Sight.COURT, review=True, comment=True)},
        "decisions": [Decision("finish", "办结", "Finish", "NEW", "DONE")],
    }  # fmt: skip
    return RequestType(kind=kind, prefix=prefix, **{**told, **more})


def module_of(request: RequestType) -> Module:
    """Return the module of one request type, under its name."""
    return Module(request.kind, request.title, version="1.0", requests=[request])


@cache
def elsewhere() -> sa.Engine:
    """Return another system's database, with eight rows in it."""
    engine = sa.create_engine(f"sqlite:///{tempfile.mkdtemp()}/elsewhere.db")
    rows = [(number, f"外部{number}", f"2026-01-0{number}") for number in range(1, 9)]
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE other (id INTEGER PRIMARY KEY, name TEXT, day TEXT)")
        connection.exec_driver_sql("INSERT INTO other VALUES (?, ?, ?)", rows)
    return engine


def row_of(kind: str, number: int, name: str) -> QueueRow:
    """Return a row of the other system as one of the queue of ``kind``."""
    more = {
        "version": 1, "reviewed_at": None, "reviewer": None, "handler": None, "handler_id": None, "submitter": {"name": name},
        "anonymous": False,
    }  # fmt: skip
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return QueueRow(
        f"X{number}",
        kind,
        kind,
        "NEW",
        name,
        None,
        at,
        None,
        {"wish": name},
        more,
        href=f"/m/{kind}/{number}",
    )
