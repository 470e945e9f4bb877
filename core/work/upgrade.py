"""Migrations tried on a copy: what they do, how long they take, what is left, and whether the house is whole afterwards.

The copy has a database and a file of keys of its own, so that nothing of the house in use is written; files are only read.
"""

import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from attrs import evolve, field, frozen

from core.fields.problem import Reason, Refused
from core.logs import masked
from core.store.backup import counts, snapshot
from core.store.backup_postgres import NotCopied
from core.store.scratch import NotAllowed, scratch
from core.store.sealed import Ring
from core.work.backup import not_copied
from core.work.check import check
from core.work.findings import Finding
from core.work.house import House
from core.work.migrate import migrate, pending
from core.work.reseal import uses
from core.work.seal_heads import Head, add_head, heads_file, last_heads

_KEPT_BY_ALEMBIC = "alembic_"


@frozen
class Trial:
    """What came of a try."""

    seconds: Mapping[str, float]
    """What was done (``copy``, ``migrate``, ``check``) → how long it took."""
    rows: int
    """Rows of the copy before."""
    done: tuple[str, ...] = ()
    """One line a migration."""
    changed: tuple[str, ...] = ()
    """One line a table that came, went, or has another number of rows."""
    failure: str = ""
    """What went wrong in migrating; empty where nothing did."""
    findings: tuple[Finding, ...] = ()
    in_clear: int = 0
    """Values of personal data that are in clear afterwards."""
    left_out: tuple[str, ...] = field(default=())
    """Modules that did not load, and so were not tried."""

    @property
    def good(self) -> bool:
        """Whether the same may be done to the house in use."""
        return not self.failure and not any(one.wrong for one in self.findings)


def try_upgrade(house: House, folder: Path | None = None, *, fast: bool = True) -> Trial:
    """Copy the database as of now, while others use it, and try all pending migrations on the copy.

    ``folder`` is where the copy lies meanwhile (the system's place for such things where None); ``fast`` leaves the contents of
    the files unread.

    Raises:
        Refused: the database cannot be copied, or no database can be made for the copy.
    """
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="benchside-try-", dir=folder) as name:
        place, begun, heads = Path(name), time.monotonic(), heads_now(house)
        try:
            with snapshot(house.store, place) as saved:
                before = dict(saved.tables)
        except NotCopied as error:
            raise not_copied(error) from error
        return try_on(house, place, before, heads, time.monotonic() - begun, fast=fast)


def try_on(
    house: House, place: Path, before: Mapping[str, int], heads: Iterable[Head], copying: float = 0.0, *, fast: bool = True,
) -> Trial:  # fmt: skip
    """Try all pending migrations on the database that was saved in ``place``, with ``before`` rows in each table.

    ``heads`` are those there were before it was saved: later ones tell of seals that it cannot have.
    """
    seconds, begun = {"copy": copying}, time.monotonic()
    left_out = tuple(f"{one.name}: {one.error}" for one in house.modules.all.values() if not one.ready)
    told = Trial(seconds=seconds, rows=sum(before.values()), left_out=left_out)
    with _copy(house, place, heads) as copy:
        seconds["copy"] += time.monotonic() - begun
        begun = time.monotonic()
        try:
            told = evolve(told, done=tuple(migrate(copy.store, copy.modules)))
        except Exception as error:  # noqa: BLE001 - whatever a module's migration raises is what we are here to find
            return evolve(told, failure=_reason(error))
        seconds["migrate"] = time.monotonic() - begun
        if unmoved := pending(copy.store, copy.modules):
            return evolve(told, failure=f"{', '.join(unmoved)}: no migration leads to what is declared")
        told = evolve(
            told, changed=tuple(_changed(before, counts(copy.store))), in_clear=uses(copy.store)[""]
        )
        begun = time.monotonic()
        told = evolve(told, findings=tuple(check(copy, fast=fast)))
        seconds["check"] = time.monotonic() - begun
    return told


@contextmanager
def _copy(house: House, place: Path, heads: Iterable[Head]) -> Iterator[House]:
    """Give the house on a database made from ``place``, with ``heads`` and keys of its own: a first migration makes some."""
    here, apart = (tempfile.TemporaryDirectory(prefix=".try-", dir=one) for one in (place.parent, None))
    with here as database, apart as name:  # the keys never lie in a folder of backups
        keys = Path(name) / "keys.json"
        for head in heads:
            add_head(Path(database), head)
        if house.settings.keys.exists():
            shutil.copy2(house.settings.keys, keys)
        try:
            with scratch(house.store, place, Path(database), Ring(keys)) as store:
                yield evolve(house, store=store, settings=evolve(house.settings, data_dir=Path(database)))
        except NotAllowed as error:
            raise Refused(Reason.FORBIDDEN, "no_scratch", (f"数据库用户 {error} 无权新建数据库，无法试升级。请执行：ALTER ROLE {error} CREATEDB。", f"The role {error} may not make a database to try on: ALTER ROLE {error} CREATEDB.")) from error  # fmt: skip


def heads_now(house: House) -> list[Head]:
    """Return the heads of the audit chains that are kept outside of the database."""
    return list(last_heads(heads_file(house.settings.data_dir)).values())


def _reason(error: Exception) -> str:
    """Return what failed, in one line without values: it may be about a row."""
    first = masked(str(getattr(error, "orig", error))).splitlines() or [""]
    return "; ".join([*getattr(error, "__notes__", []), f"{type(error).__name__}: {first[0]}"])


def _changed(before: Mapping[str, int], after: Mapping[str, int]) -> Iterator[str]:
    for name in sorted(before.keys() | after.keys()):
        if name.startswith(_KEPT_BY_ALEMBIC) or before.get(name) == after.get(name):
            continue
        if name not in before:
            yield f"{name}: new, {after[name]} rows"
        elif name not in after:
            yield f"{name}: gone, with {before[name]} rows"
        else:
            yield f"{name}: {before[name]} → {after[name]} rows"
