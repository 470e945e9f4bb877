"""The heads of the audit chains outside of the database: a file in the data folder that only ever grows.

Whoever cuts the end off a chain in the database leaves its head here, and in every backup made since.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

NAME = "audit-heads.jsonl"


@frozen
class Head:
    """The newest seal of a court at some time: its number and digest."""

    court: str
    number: int
    digest: str


def heads_file(data_dir: Path) -> Path:
    """Return where the heads of an installation are kept."""
    return data_dir / NAME


def add_head(data_dir: Path, head: Head) -> None:
    """Write ``head`` behind the others, durably."""
    line = json.dumps({"court": head.court, "number": head.number, "digest": head.digest}, ensure_ascii=False)
    handle = os.open(heads_file(data_dir), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(handle, f"{line}\n".encode())  # one write: several processes append
        os.fsync(handle)
    finally:
        os.close(handle)


def read_heads(path: Path) -> Iterator[Head | None]:
    """Yield the heads a file holds, in its order; None for a line that is none."""
    if not path.exists():
        return
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            try:
                told = json.loads(line)
                yield Head(str(told["court"]), int(told["number"]), str(told["digest"]))
            except (ValueError, KeyError, TypeError):
                yield None


def last_heads(path: Path) -> dict[str, Head]:
    """Return the last head of every court."""
    heads: dict[str, Head] = {}
    for head in read_heads(path):
        if head is not None and (head.court not in heads or head.number >= heads[head.court].number):
            heads[head.court] = head
    return heads
