"""The tables shipped with this room, in ``core/law/data``."""

from __future__ import annotations

import csv
from importlib import resources


def table(name: str) -> list[list[str]]:
    """Return the rows of a CSV table without its heading."""
    text = (resources.files("core.law") / "data" / name).read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines()))[1:]
