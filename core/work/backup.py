"""Backup while the house is in use, and restore to a new place.

A backup folder holds ``snapshots/<time>`` (the database as of one moment, with a manifest, written last) and ``files``, which all its
snapshots share. Files are copied after the database was: a file is in place before a row names it, so each that the snapshot
names is there. The keys of personal data are never in it.
"""

import json
import os
import shutil
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from attrs import frozen

from core.fields.problem import Reason, Refused
from core.store.backup import Snapshot, counts, is_empty, make_database, snapshot
from core.store.backup_postgres import NotCopied
from core.store.blobs import CHUNK, Blobs
from core.store.digests import file_digest
from core.store.engine import Store
from core.work.house import House
from core.work.seal_heads import Head, add_head

_FORMAT = 1
_MANIFEST, _FILES = "manifest.json", "files.txt"
_HEADS = """
    SELECT court_code, number, digest FROM audit_seal AS one
    WHERE number = (SELECT max(number) FROM audit_seal AS other WHERE other.court_code = one.court_code)
"""
_NAMED = "SELECT sha256 FROM blob UNION SELECT sha256 FROM upload_part ORDER BY 1"


@frozen
class Kept:
    """What a backup or a restore did: where, how many rows and files, and the files that are damaged or missing."""

    place: Path
    rows: int
    files: int
    copied: int
    faults: tuple[str, ...]


def backup(house: House, folder: Path) -> Kept:
    """Save database and files in ``folder``; files that an earlier backup brought there are not copied again.

    Raises:
        Refused: the database holds something that would be lost.
    """
    name = house.clock().strftime("%Y%m%dT%H%M%S.%fZ")
    place, side = folder / "snapshots" / name, folder / "snapshots" / f".{name}.partial"
    side.mkdir(parents=True)
    try:
        with snapshot(house.store, side) as saved:
            told = _facts(house, saved)
            digests = [row[0] for row in saved.ask(_NAMED)] if "blob" in saved.tables else []
    except NotCopied as error:
        shutil.rmtree(side)
        raise not_copied(error) from error
    store = Blobs(folder / "files")
    copied, faults = 0, []
    with (side / _FILES).open("w", encoding="ascii") as listed:
        for digest in digests:
            listed.write(f"{digest}\n")
            if store.has(digest):
                continue
            if _copy(house.blobs, store, digest):
                copied += 1
            else:
                faults.append(digest)
    told["files"] = {"count": len(digests), "faults": faults}
    told["digests"] = {path.name: file_digest(path) for path in sorted(side.iterdir())}
    _write(side / _MANIFEST, json.dumps(told, ensure_ascii=False, indent=1))
    side.rename(place)
    _sync_folder(place.parent)
    return Kept(place, sum(told["tables"].values()), len(digests), copied, tuple(faults))


def not_copied(error: NotCopied) -> Refused:
    """Return the refusal to copy a database of which something would be lost."""
    return Refused(Reason.CONFLICT, "not_copied", (f"数据库中有不属于本系统的对象，备份会丢失它们：{error}。请移出后再备份。", f"The database holds what is not ours and a backup would lose: {error}. Move it elsewhere, then back up."))  # fmt: skip


def _facts(house: House, saved: Snapshot) -> dict[str, Any]:
    versions = sorted(name for name in saved.tables if name.startswith("alembic_"))
    return {
        "format": _FORMAT, "version": version("benchside"), "brand": house.store.brand, "at": house.clock().isoformat(),
        "schema": {name: [row[0] for row in saved.ask(f'SELECT version_num FROM "{name}"')] for name in versions},  # noqa: S608 - its own name
        "tables": saved.tables,
        "heads": [list(row) for row in saved.ask(_HEADS)] if "audit_seal" in saved.tables else [],
        "keys": [row[0] for row in saved.ask("SELECT id FROM seal_key ORDER BY id")] if "seal_key" in saved.tables else [],
    }  # fmt: skip


def _copy(source: Blobs, target: Blobs, digest: str) -> bool:
    """Copy one file; False where it is missing or its content is not what its name says."""
    path = source.path(digest)
    if not path.is_file():
        return False
    with path.open("rb") as file:
        stored = target.receive(file, path.stat().st_size + CHUNK)
    if stored.sha256 != digest:
        target.discard(stored)
        return False
    target.keep(stored)
    return True


def newest(folder: Path) -> Path:
    """Return the snapshot that ``folder`` is, or the newest it holds.

    Raises:
        Refused: it is no backup, or none that was finished.
    """
    if (folder / _MANIFEST).is_file():
        return folder
    found = sorted(path.parent for path in folder.glob(f"snapshots/[0-9]*/{_MANIFEST}"))
    if not found:
        raise Refused(Reason.NOT_FOUND, "no_backup", (f"{folder} 中没有完成的备份。", f"{folder} holds no backup that was finished."))  # fmt: skip
    return found[-1]


def read_manifest(place: Path) -> dict[str, Any]:
    """Return what a snapshot's manifest says, after its files were found to be those it names.

    Raises:
        Refused: a file is missing or was changed, or the form is one of another version.
    """
    told: dict[str, Any] = json.loads((place / _MANIFEST).read_text(encoding="utf-8"))
    if told.get("format") != _FORMAT:
        raise Refused(Reason.INVALID, "other_format", ("备份的格式不是本版本的。", "The backup is in the form of another version."))  # fmt: skip
    for name, digest in told["digests"].items():
        if not (place / name).is_file() or file_digest(place / name) != digest:
            raise Refused(Reason.INVALID, "backup_damaged", (f"备份已损坏：{name}。", f"The backup is damaged: {name}."))  # fmt: skip
    return told


def heads_of(place: Path) -> dict[str, Head]:
    """Return the heads of the audit chains at the time of a snapshot."""
    return {court: Head(court, number, digest) for court, number, digest in read_manifest(place)["heads"]}


def restore(source: Path, store: Store, data_dir: Path) -> Kept:
    """Make database and files from the backup ``source``; the place must be new.

    Raises:
        Refused: the place is not empty, the backup is damaged, or of the other brand of database.
    """
    place = newest(source)
    told = read_manifest(place)
    if told["brand"] != store.brand:
        raise Refused(Reason.CONFLICT, "other_brand", (f"备份来自 {told['brand']}，只能恢复到同种数据库。", f"The backup is of {told['brand']} and goes back to that only."))  # fmt: skip
    if (data_dir.exists() and any(data_dir.iterdir())) or not is_empty(store):
        raise Refused(Reason.CONFLICT, "not_empty", ("目标数据库或文件夹不是空的；请指定新的位置。", "The database or the folder is not empty; name a new place."))  # fmt: skip
    data_dir.mkdir(parents=True, exist_ok=True)
    kept, target = Blobs(place.parent.parent / "files"), Blobs(data_dir / "files")
    copied, faults = 0, list[str]()
    for digest in _listed(place):
        if _copy(kept, target, digest):
            copied += 1
        else:
            faults.append(digest)
    make_database(store, place)
    held = counts(store)
    wrong = [name for name, rows in told["tables"].items() if held.get(name) != rows]
    if wrong:
        raise Refused(Reason.INVALID, "rows_differ", (f"恢复后的行数不符：{'、'.join(wrong)}。", f"The rows differ after restoring: {', '.join(wrong)}."))  # fmt: skip
    for court, number, digest in told["heads"]:
        add_head(data_dir, Head(court, number, digest))
    return Kept(place, sum(told["tables"].values()), copied + len(faults), copied, tuple(faults))


def _listed(place: Path) -> Iterator[str]:
    with (place / _FILES).open(encoding="ascii") as file:
        for line in file:
            yield line.strip()


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)
