"""What a transaction has written of a new request: who goes on with it has not to read it again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from attrs import frozen


@frozen
class FileGiven:
    """One attachment as it was named in the body."""

    sha256: str
    name: str
    category: str
    pages: int | None
    copies: int
    is_original: bool


@frozen(kw_only=True)
class Started:
    """A time limit that has just begun; named as the columns that keep it."""

    application_id: int
    court_code: str
    rule: str
    basis: str
    applicant: bool
    started_at: datetime
    length: int
    unit: str
    status: str
    created_at: datetime
    ends_at: datetime | None
    remind_at: datetime | None
    explanation: dict[str, Any]


@frozen
class Opened:
    """The files and the time limits of a new request, in the order in which they were written."""

    files: Sequence[FileGiven]
    limits: Sequence[Started]
