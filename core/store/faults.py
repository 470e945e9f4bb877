"""What went wrong around us: the database is away, or a disk is full. Both pass, and neither is a fault of the request."""

import errno
import sqlite3
from enum import Enum

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnection


class Fault(Enum):
    """What is missing: the database, or room to write."""

    AWAY = "away"
    FULL = "full"


_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_AWAY_CLASSES = ("08", "57P", "53", "25006")
"""SQLSTATEs that begin so: connection broken, server going or coming, no resources, a standby that only reads."""
_DISK_FULL = "53100"
_SQLITE_FULL = ("disk is full", "disk I/O error")
_SQLITE_AWAY = ("database is locked", "unable to open database file", "readonly database")


def fault_of(error: BaseException | None) -> Fault | None:
    """Return what ``error`` says is missing around us; None where it is about something else."""
    if isinstance(error, OSError):
        return Fault.FULL if error.errno in _FULL else None
    if isinstance(error, NoConnection):
        return Fault.AWAY
    if isinstance(error, DBAPIError):
        gone = Fault.AWAY if error.connection_invalidated else None
        return fault_of(error.orig) or gone
    if type(error).__module__.startswith("psycopg"):  # not imported where the database is another
        return _postgresql(error)
    if isinstance(error, sqlite3.Error):
        return _sqlite(str(error))
    # SQLAlchemy may find the connection broken when it cleans up; what broke it stands behind.
    return fault_of(error.__cause__ or error.__context__) if isinstance(error, SQLAlchemyError) else None


def _postgresql(error: BaseException | None) -> Fault | None:
    import psycopg

    state = error.sqlstate if isinstance(error, psycopg.Error) else None
    if state == _DISK_FULL:
        return Fault.FULL
    if state is None:
        # No answer of the server's: it could not be reached, or the connection broke.
        return Fault.AWAY if isinstance(error, psycopg.OperationalError) else None
    return Fault.AWAY if state.startswith(_AWAY_CLASSES) else None


def _sqlite(words: str) -> Fault | None:
    if any(one in words for one in _SQLITE_FULL):
        return Fault.FULL
    return Fault.AWAY if any(one in words for one in _SQLITE_AWAY) else None
