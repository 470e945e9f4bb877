"""The audit log against its seals, and the seals against the heads that were kept outside of the database.

A court's chain is walked once, a few seals at a time, so that memory does not grow with the log.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.records import Audit, AuditSeal
from core.store.digests import DIGESTS
from core.work.findings import Finding, told, wrong
from core.work.house import House
from core.work.seal import LATE, audited_courts
from core.work.seal_chain import COLUMNS, Seal, entry_digest, from_row, link, short
from core.work.seal_heads import Head, heads_file, last_heads

_PAGE = 20


def check_audit(house: House, others: Mapping[str, Head] | None = None) -> Iterator[Finding]:
    """Yield what is wrong with the audit log; ``others`` are heads that were kept elsewhere, as in a backup."""
    heads = last_heads(heads_file(house.settings.data_dir))
    courts = {*audited_courts(house), *heads, *(others or {})}
    for court in sorted(courts):
        kept = [one for one in (heads.get(court), (others or {}).get(court)) if one is not None]
        with house.store.read() as connection:
            yield from _Chain(connection, court, kept, house.clock(), in_order=house.store.in_order).check()


class _Chain:
    """One court's chain, walked from its first seal to what is not sealed yet."""

    def __init__(
        self, connection: Connection, court: str, heads: list[Head], now: datetime, *, in_order: bool
    ) -> None:
        self._connection = connection
        self._court = court
        self._heads = heads
        self._now = now
        self._in_order = in_order
        self._number, self._last, self._digest = 0, 0, ""
        """Of the seal that was walked last: its number, the highest entry so far, its digest."""

    def check(self) -> Iterator[Finding]:
        late = self._late()
        for row in self._seals():
            yield from self._follow(row, late)
        for head in self._heads:
            if head.number > self._number:
                yield wrong("audit_cut", f"{self._court} 的审计链缺少末尾：曾封存到第{head.number}号，现只到第{self._number}号。", f"{self._court}: the end of the audit chain was cut off: it went to seal {head.number}, and now ends at {self._number}.")  # fmt: skip
        waiting = self._connection.scalar(
            sa.select(sa.func.count()).where(Audit.court_code == self._court, Audit.id > self._last)
        )
        if waiting:
            yield told("audit_waiting", f"{self._court} 有{waiting}条审计记录尚待封存。", f"{self._court}: {waiting} audit entries wait to be sealed.")  # fmt: skip

    def _seals(self) -> Iterator[Any]:
        after = -1
        while True:
            mine = sa.select(AuditSeal.__table__).where(
                AuditSeal.court_code == self._court, AuditSeal.number > after
            )
            rows = self._connection.execute(mine.order_by(AuditSeal.number).limit(_PAGE)).all()
            yield from rows
            if len(rows) < _PAGE:
                return
            after = rows[-1].number

    def _late(self) -> frozenset[int]:
        """Return the entries that a later seal took in: they stand in the window of an earlier one."""
        late, last = set[int](), 0
        for row in self._seals():
            if row.first_id <= last:
                seal = _read(row)
                late.update(key for key in (seal.entries if seal else ()) if key <= last)
            last = max(last, row.last_id)
        return frozenset(late)

    def _follow(self, row: Any, late: frozenset[int]) -> Iterator[Finding]:
        seal, start = _read(row), self._last
        if row.number != self._number + 1:
            yield wrong("seal_missing", f"{self._court} 的审计链缺少第{self._number + 1}号封存。", f"{self._court}: seal {self._number + 1} of the audit chain is missing.")  # fmt: skip
            start = row.first_id - 1
        elif row.previous != self._digest:
            yield self._changed(row.number)
        for head in self._heads:
            if head.number == row.number and head.digest != row.digest:
                yield wrong("seal_replaced", f"{self._court} 的第{row.number}号封存与库外留存的不一致。", f"{self._court}: seal {row.number} is not the one that was kept outside of the database.")  # fmt: skip
        self._number, self._last, self._digest = row.number, max(self._last, row.last_id), row.digest
        if seal is None:
            yield self._changed(row.number)
        else:
            yield from self._compare(seal, start, late)

    def _compare(self, seal: Seal, start: int, late: frozenset[int]) -> Iterator[Finding]:
        digests: dict[int, str] = {}
        whole = True
        for row in self._rows(seal, start):
            kept = seal.entries.get(row.id)
            if kept is None:
                if row.id not in late:
                    yield self._unsealed(row, seal)
                continue
            digests[row.id] = entry_digest(seal.algorithm, row)
            if short(digests[row.id]) != kept:
                whole = False
                yield wrong("audit_changed", f"{self._court} 的第{row.id}条审计记录被改动（第{seal.number}号封存）。", f"{self._court}: audit entry {row.id} was changed (seal {seal.number}).")  # fmt: skip
        for key in seal.entries:
            if key not in digests:
                whole = False
                yield wrong("audit_removed", f"{self._court} 的第{key}条审计记录被删除（第{seal.number}号封存）。", f"{self._court}: audit entry {key} was removed (seal {seal.number}).")  # fmt: skip
        if whole and link(seal.algorithm, seal, (digests[key] for key in seal.entries)) != seal.digest:
            yield self._changed(seal.number)

    def _rows(self, seal: Seal, start: int) -> Iterator[Any]:
        mine = sa.select(*COLUMNS).where(Audit.court_code == self._court)
        window = mine.where(Audit.id > start, Audit.id <= seal.last_id).order_by(Audit.id)
        yield from self._connection.execution_options(yield_per=500).execute(window)
        below = [key for key in seal.entries if key <= start]
        if below:
            yield from self._connection.execute(mine.where(Audit.id.in_(below)))

    def _unsealed(self, row: Any, seal: Seal) -> Finding:
        if not self._in_order and self._now - seal.last_at <= LATE:
            return told("audit_late", f"{self._court} 的第{row.id}条审计记录提交较晚，尚待封存。", f"{self._court}: audit entry {row.id} was committed late and waits to be sealed.")  # fmt: skip
        return wrong("audit_inserted", f"{self._court} 的第{row.id}条审计记录是事后插入的（第{seal.number}号封存范围内）。", f"{self._court}: audit entry {row.id} was inserted later (within seal {seal.number}).")  # fmt: skip

    def _changed(self, number: int) -> Finding:
        return wrong("seal_changed", f"{self._court} 的第{number}号封存被改动。", f"{self._court}: seal {number} was changed.")  # fmt: skip


def _read(row: Any) -> Seal | None:
    """Return the seal; None where what it holds cannot be one."""
    try:
        seal = from_row(row)
    except ValueError:
        return None
    return seal if seal.algorithm in DIGESTS else None
