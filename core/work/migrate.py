"""Migrations of the host and of every installed module, on or off."""

import tempfile
from pathlib import Path

import sqlalchemy as sa

from core import records
from core.loader import Loaded, Modules
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
    folder = loaded.source.folder
    if folder is None and loaded.plugin is not None and loaded.plugin.__file__:
        folder = Path(loaded.plugin.__file__).parent
    versions = folder / "migrations" / "versions" if folder else None
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


def make(modules: Modules, name: str, message: str) -> Path | None:
    """Write the next migration of ``name`` (``core`` or a module) from what its declaration says now.

    Returns the file, or None where nothing changed.
    """
    ordered = tracks(modules)
    track = next(one for one in ordered if one.name == name)
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/scratch.db")
        try:
            return store.write(lambda connection: _make(connection, ordered, track, message))
        finally:
            store.close()


def _make(connection: sa.Connection, ordered: list[Track], track: Track, message: str) -> Path | None:
    for other in ordered:
        if other is track:
            if track.scripts() is not None:
                track.upgrade(connection)
            return track.make(connection, message)
        other.upgrade(connection)
    raise LookupError(track.name)
