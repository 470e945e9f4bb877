"""Migrations of the host and of every installed module, on or off."""

import importlib.metadata
import tempfile
from pathlib import Path

import sqlalchemy as sa

from core import records
from core.fields.problem import Reason, Refused
from core.loader import GROUP, Loaded, Modules
from core.records.base import METADATA, Base
from core.store.engine import Store
from core.store.migrations.tracks import Track, upgrade_all
from core.work.keys import establish

_CORE_VERSIONS = Path(records.__file__).parent / "migrations" / "versions"


def core_track() -> Track:
    """Return the host's own track."""
    tables = tuple(
        mapper.local_table for mapper in Base.registry.mappers if isinstance(mapper.local_table, sa.Table)
    )
    return Track("core", tuple(sorted(tables, key=lambda table: table.name)), _CORE_VERSIONS)


def module_track(loaded: Loaded) -> Track:
    """Return the track of one module."""
    versions = loaded.home / "migrations" / "versions" if loaded.home else None
    order = {table.name: place for place, table in enumerate(METADATA.sorted_tables)}
    tables = sorted(loaded.tables, key=lambda table: order.get(table.name, 0))
    return Track(loaded.name, tuple(tables), versions)


def tracks(modules: Modules) -> list[Track]:
    """Return every track, the host's first, then the modules after those they require."""
    ready, done, ordered = dict(modules.ready), set[str](), [core_track()]
    while ready:
        free = [name for name, one in ready.items() if one.module and set(one.module.requires) <= done]
        for name in sorted(free) or sorted(ready):
            ordered.append(module_track(ready.pop(name)))
            done.add(name)
    return ordered


def migrate(store: Store, modules: Modules) -> list[str]:
    """Bring the database up to the code in one transaction, see to its keys, and return what was done.

    Raises:
        KeysUnfit: the file of keys is not the one this database was sealed with.
    """
    done = store.write(lambda connection: upgrade_all(connection, tracks(modules)))
    establish(store)
    return done


def pending(store: Store, modules: Modules) -> list[str]:
    """Return the names of the tracks that ``migrate`` would move."""
    with store.read() as connection:
        return [track.name for track in tracks(modules) if track.pending(connection)]


def make(modules: Modules, name: str, message: str = "", store: Store | None = None) -> list[Path]:
    """Write the next migration of ``name`` (``core`` or a module) from what its declaration says now.

    Returns the files, none where nothing changed. ``store`` is the database in use: where tables stand in it that were made from an
    earlier declaration, the first migration makes those, and a second what changed since.

    Raises:
        Refused: an installer put the module's files where they are.
    """
    ordered = tracks(modules)
    track = next(one for one in ordered if one.name == name)
    if name in modules.ready:
        _check_home(modules.ready[name])
    standing = None
    if store is not None:
        with store.read() as connection:
            standing = track.standing(connection)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Store(f"sqlite:///{folder}/scratch.db")
        try:
            return scratch.write(lambda connection: _make(connection, ordered, track, message, standing))
        finally:
            scratch.close()


def _make(
    connection: sa.Connection, ordered: list[Track], track: Track, message: str, standing: sa.MetaData | None
) -> list[Path]:
    for other in ordered:
        if other is track:
            if track.scripts() is not None:
                track.upgrade(connection)
            return list(track.make(connection, message, standing))
        other.upgrade(connection)
    raise LookupError(track.name)


def _check_home(loaded: Loaded) -> None:
    """Refuse to write among files that an installer copied: they are gone with the next version."""
    entries = importlib.metadata.entry_points(group=GROUP, name=loaded.name)
    copied = (
        dist.locate_file(file) for entry in entries if (dist := entry.dist) for file in dist.files or ()
    )
    if loaded.home is not None and loaded.home / "__init__.py" in {Path(str(one)) for one in copied}:
        raise Refused(
            Reason.CONFLICT,
            "installed",
            (
                f"模块“{loaded.name}”由安装包安装，迁移应写在其源码中：请在源码目录运行 pip install -e . 后再生成。",
                f"{loaded.name} was installed from a wheel; its migrations belong into its source: run there  pip install -e .  and make it then.",
            ),
        )
