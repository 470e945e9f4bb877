"""SQLite keeps no account of its memory in a process that begins with the store, and works as ever."""

import subprocess
import sys

ASK = """
{first}
import ctypes, sqlite3
from importlib.util import find_spec
library = ctypes.CDLL(find_spec("_sqlite3").origin)
library.sqlite3_memory_used.restype = ctypes.c_int64
with sqlite3.connect(":memory:") as connection:
    connection.execute("CREATE TABLE some (one)")
    print(library.sqlite3_memory_used())
"""


def used(first: str) -> int:
    asked = subprocess.run([sys.executable, "-c", ASK.format(first=first)], capture_output=True, text=True, check=True)  # fmt: skip
    return int(asked.stdout)


def test_the_store_comes_first():
    assert used("import core.store.engine") == 0


def test_where_sqlite_has_begun_already_it_goes_on_as_it_did():
    assert used("import sqlite3, core.store.engine") > 0
