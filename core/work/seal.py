"""Sealing: some seconds after they were committed, the entries of the audit log are chained, court by court.

Writers take no part in it and wait for nothing. Entries are read without a lock; what is written is one row, whose key
``(court, number)`` lets one sealer win where several tried. Where there are several writers a transaction may commit an entry whose id lies
below others that are sealed already: the next seal takes it in, by name. So no entry is lost, and no seal is changed.
"""

import time
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import sqlalchemy as sa
from attrs import evolve
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from core.records import Audit, AuditSeal
from core.work.house import House
from core.work.seal_chain import COLUMNS, Seal, entry_digest, from_row, link, short, stored
from core.work.seal_heads import Head, add_head, heads_file, last_heads

BATCH = 500
_PAUSE = 60.0
"""Seconds between two heads of a court that are written to the data folder."""
LATE = timedelta(minutes=10)
"""So long after later ones an entry may still be committed and be sealed; after that ``check`` tells of it instead."""


class Sealer:
    """Seals the entries of a house; several may be at it, also in several processes."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._noted: dict[str, tuple[int, float]] = {}
        """Court → the number of the head that was written last, and when (monotonic)."""

    def seal(self, *, all_of_it: bool = False) -> int:
        """Seal what waits, one batch a court (or ``all_of_it``); return how many entries were sealed."""
        sealed = 0
        for court in audited_courts(self._house):
            while (count := self._seal(court)) is not None:
                sealed += count
                if not all_of_it:
                    break
            if all_of_it:
                self.note_heads()
        return sealed

    def note_heads(self) -> None:
        """Write the heads that are not in the data folder yet."""
        for court in audited_courts(self._house):
            with self._house.store.read() as connection:
                head = newest(connection, court)
            if head is not None:
                self._note(court, head.number, head.digest, at_once=True)

    def _seal(self, court: str) -> int | None:
        """Seal one batch of ``court``; return its size, None where nothing waits."""
        house = self._house
        with house.store.read() as connection:
            before = newest(connection, court)
            rows = _new(connection, court, before.last_id if before else 0)
            if before is not None and len(rows) < BATCH and not house.store.in_order:
                rows = [*_late(connection, court, before, house.clock()), *rows]
        if not rows:
            if before is not None:
                self._note(court, before.number, before.digest)
            return None
        seal = _make(house, court, before, rows)
        try:
            house.store.write(partial(_write, seal))
        except IntegrityError:  # another sealer was faster
            return 0
        self._note(court, seal.number, seal.digest)
        return len(rows)

    def _note(self, court: str, number: int, digest: str, *, at_once: bool = False) -> None:
        """Write a head to the data folder; at most one a court and ``_PAUSE``, since the last one stands for all before."""
        now = time.monotonic()
        if court not in self._noted:
            held = last_heads(heads_file(self._house.settings.data_dir)).get(court)
            self._noted[court] = (held.number if held else 0, now - _PAUSE)
        known, since = self._noted[court]
        if number > known and (at_once or now - since >= _PAUSE):
            add_head(self._house.settings.data_dir, Head(court, number, digest))
            self._noted[court] = (number, now)


def audited_courts(house: House) -> list[str]:
    """Return the courts that have audit entries."""
    courts: list[str] = []
    with house.store.read() as connection:
        while True:
            # One step along the index a court, instead of a walk over all entries.
            following = sa.select(sa.func.min(Audit.court_code)).where(Audit.court_code > (courts[-1] if courts else ""))  # fmt: skip
            found = connection.scalar(following)
            if found is None:
                return courts
            courts.append(found)


def newest(connection: Connection, court: str) -> Any:
    """Return the row of a court's newest seal, or None."""
    mine = sa.select(AuditSeal.__table__).where(AuditSeal.court_code == court)
    return connection.execute(mine.order_by(AuditSeal.number.desc()).limit(1)).one_or_none()


def _write(seal: Seal, connection: Connection) -> None:
    connection.execute(sa.insert(AuditSeal).values(**stored(seal)))


def _new(connection: Connection, court: str, after: int) -> list[Any]:
    mine = sa.select(*COLUMNS).where(Audit.court_code == court, Audit.id > after)
    return list(connection.execute(mine.order_by(Audit.id).limit(BATCH)))


def _late(connection: Connection, court: str, before: Any, now: datetime) -> list[Any]:
    """Return the entries that were committed after later ones had been sealed."""
    mine = sa.select(AuditSeal.__table__).where(AuditSeal.court_code == court)
    known: set[int] = set()
    floor = 0
    for row in connection.execute(mine.order_by(AuditSeal.number.desc())):
        if row.last_at < now - LATE:
            floor = row.last_id
            break
        known.update(from_row(row).entries)
    ids = sa.select(Audit.id).where(Audit.court_code == court, Audit.id > floor, Audit.id <= before.last_id)
    missing = [key for key in connection.scalars(ids) if key not in known][:BATCH]
    if not missing:
        return []
    return list(connection.execute(sa.select(*COLUMNS).where(Audit.id.in_(missing)).order_by(Audit.id)))


def _make(house: House, court: str, before: Any, rows: list[Any]) -> Seal:
    algorithm = house.settings.audit_digest
    digests = {row.id: entry_digest(algorithm, row) for row in rows}
    last = max(digests)
    seal = Seal(
        court, before.number + 1 if before else 1, min(digests), max(last, before.last_id) if before else last,
        max(row.at for row in rows), {key: short(digest) for key, digest in digests.items()},
        "", before.digest if before else "", house.clock(),
    )  # fmt: skip
    return evolve(seal, digest=link(algorithm, seal, digests.values()))
