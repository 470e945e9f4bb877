"""The starter table of courts: the Guangzhou area, by court prefix (法院代字)."""

from __future__ import annotations

import attrs

from core.law.data_tables import table


@attrs.frozen(slots=True)
class CourtEntry:
    """A court: its prefix in case numbers, its name, and its 法院分级码 (empty where not known)."""

    prefix: str
    name: str
    level_code: str


def starter_courts() -> tuple[CourtEntry, ...]:
    """Return the courts of the starter table in order of their prefixes."""
    return tuple(CourtEntry(*row) for row in table("courts_starter.csv"))
