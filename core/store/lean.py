"""SQLite without its account of the memory it takes: for that each allocation waits for one lock of the whole process.

SQLite's own advice (https://www.sqlite.org/compile.html, recommended options, SQLITE_DEFAULT_MEMSTATUS). It has to be said before
Python's module begins SQLite, so this is the first thing of the store; said later, or to a module without a library of its own, it does nothing.
"""

import ctypes
import sys
from contextlib import suppress
from importlib.util import find_spec

_MEMSTATUS = 9


def begin_lean() -> None:
    """Have SQLite keep no account."""
    found = find_spec("_sqlite3")
    if "_sqlite3" in sys.modules or found is None or found.origin is None:
        return
    with suppress(OSError, AttributeError):  # built in, or without a library that can be asked
        # The very library that the module has loaded, wherever that is: its own dependencies are looked through.
        ctypes.CDLL(found.origin).sqlite3_config(_MEMSTATUS, 0)
