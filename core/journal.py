"""What the processes of an installation note for people to look at: the newest entries of each, in a small file of its own.

Files, since a note must be possible while the database is away, and in the middle of a transaction that will be undone.
"""

import os
import secrets
import threading
from collections import OrderedDict
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

import msgspec
from attrs import evolve


class Entry(Protocol):
    """A frozen attrs value with these two among its fields."""

    @property
    def at(self) -> datetime:
        """When it was noted, UTC."""

    @property
    def times(self) -> int:
        """How often it came."""


E = TypeVar("E", bound=Entry)
PROCESSES = 16
"""Of so many processes the files are kept: those of today's workers, and of the last that ended."""


class Journal(Generic[E]):
    """One kind of notes; ``most`` entries a process."""

    def __init__(self, folder: Path, kind: type[E], most: int) -> None:
        self._folder = folder
        self._entries_of: Any = list[kind]  # type: ignore[valid-type]  # what the decoder is told
        self._most = most
        self._entries: OrderedDict[str, E] = OrderedDict()
        self._lock = threading.Lock()
        self._path: Path | None = None

    def note(self, key: str, entry: E) -> None:
        """Keep ``entry``; it takes the place of an earlier one under the same ``key`` and counts its times on.

        A disk that takes nothing loses the note, never the work it tells of.
        """
        with self._lock:
            before = self._entries.pop(key, None)
            made: Any = entry
            self._entries[key] = evolve(made, times=before.times + 1) if before else entry
            while len(self._entries) > self._most:
                self._entries.popitem(last=False)
            with suppress(OSError):
                self._write()

    def newest(self, count: int) -> list[E]:
        """Return the newest ``count`` entries of all processes, newest first."""
        found: list[E] = []
        for path in self._folder.glob("*.json"):
            # Another process may just remove it; one of another version may have written it.
            with suppress(OSError, msgspec.DecodeError):
                found += msgspec.json.decode(path.read_bytes(), type=self._entries_of)
        return sorted(found, key=lambda entry: entry.at, reverse=True)[:count]

    def _write(self) -> None:
        if self._path is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            for old in sorted(self._folder.glob("*.json"), key=_age)[PROCESSES - 1 :]:
                old.unlink(missing_ok=True)
            self._path = self._folder / f"{os.getpid()}-{secrets.token_hex(4)}.json"
        beside = self._path.with_suffix(".new")
        beside.write_bytes(msgspec.json.encode(list(self._entries.values())))
        beside.replace(self._path)


def _age(path: Path) -> float:
    with suppress(OSError):
        return -path.stat().st_mtime
    return 0.0
