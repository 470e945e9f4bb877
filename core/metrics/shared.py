"""What each process counted lies in a small file of its own; the sum over the files is what the installation did.

A process writes its file every second while something changes, and once more before it reads the others' for an answer:
so no number ever goes down from one answer to the next, whichever worker gives it. A worker that died leaves its file,
and what it had counted goes on counting. Killed hard, it takes the last second's counts with it.
"""

import json
import os
import secrets
import threading
from pathlib import Path
from typing import Any

from core.metrics.counted import COUNTED
from core.metrics.instruments import Labels

Sums = dict[str, dict[Labels, list[float]]]
_EVERY = 1.0


def clean(folder: Path) -> None:
    """Forget what an earlier run counted."""
    for path in folder.glob("*.json*"):
        path.unlink(missing_ok=True)


class Share:
    """One process's file among those of the installation."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / f"{os.getpid()}-{secrets.token_hex(4)}.json"
        self._lock = threading.Lock()
        self._written = ""
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None

    def publish(self) -> None:
        """Write the file, where anything has changed.

        Raises:
            OSError: the folder cannot be written.
        """
        with self._lock:
            text = _told()
            if text == self._written:
                return
            self._folder.mkdir(parents=True, exist_ok=True)
            beside = self._path.with_suffix(".json-new")
            beside.write_text(text, encoding="utf-8")
            beside.replace(self._path)
            self._written = text

    def sums(self) -> Sums:
        """Return the sums over all processes."""
        try:
            self.publish()
        except (
            OSError
        ):  # a full disk takes no numbers; ours are told all the same, of the others what is there
            return _added({}, [_read(_told()), *(self._others())])
        return _added({}, [_read(_text(path)) for path in sorted(self._folder.glob("*.json"))])

    def _others(self) -> list[Sums]:
        return [_read(_text(path)) for path in self._folder.glob("*.json") if path != self._path]

    def start(self) -> None:
        """Publish every second until ``stop``."""
        self._thread = threading.Thread(target=self._run, name="benchside-metrics", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Publish a last time."""
        self._ending.set()
        if self._thread is not None:
            self._thread.join(5)

    def _run(self) -> None:
        ended = False
        while not ended:
            ended = self._ending.wait(_EVERY)
            try:
                self.publish()
            except OSError:
                continue  # the disk is full or away; next time, then


def _told() -> str:
    """Return what this process counted, as it lies in its file."""
    return json.dumps({one.name: list(one.held().items()) for one in COUNTED}, separators=(",", ":"))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return "{}"


def _read(text: str) -> Sums:
    try:
        held: dict[str, Any] = json.loads(text)
    except ValueError:  # half a file, after the power failed
        return {}
    return {name: {tuple(labels): row for labels, row in rows} for name, rows in held.items()}


def _added(sums: Sums, parts: list[Sums]) -> Sums:
    for part in parts:
        for name, rows in part.items():
            held = sums.setdefault(name, {})
            for labels, row in rows.items():
                before = held.get(labels)
                held[labels] = (
                    row if before is None else [one + two for one, two in zip(before, row, strict=True)]
                )
    return sums
