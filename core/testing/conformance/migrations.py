"""That a module's tables come and go as its declaration says, on every brand of database."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from sqlalchemy.engine import Connection

from core.records.base import METADATA
from core.store.migrations.tracks import Track, upgrade_all
from core.testing.conformance.checks import check
from core.testing.conformance.subject import Subject
from core.work.migrate import module_track, tracks


@check("migrations", "Migrations run up, down and up again, and make what the declaration says.")
def migrations(subject: Subject) -> Iterator[str]:
    """Do so on each brand, in a transaction that is taken back."""
    for brand in subject.workshop.brands:
        with subject.trial(brand) as fixture, fixture.house.store.read() as connection:
            track = module_track(subject.loaded)
            upgrade_all(connection, [one for one in tracks(subject.modules) if one.name != track.name])
            yield from (f"{brand}: {fault}" for fault in _up_and_down(connection, track))


def _up_and_down(connection: Connection, track: Track) -> Iterator[str]:
    if not track.tables:
        return
    track.upgrade(connection)
    yield from differences(connection, track)
    if faults := list(_down(connection, track)):
        yield from faults
        return
    left = {table.name for table in track.tables} & set(sa.inspect(connection).get_table_names())
    if left:
        yield f"run down to the beginning, the table {min(left)} is left"
        return
    track.upgrade(connection)
    yield from (f"run up again, {fault}" for fault in differences(connection, track))


def _down(connection: Connection, track: Track) -> Iterator[str]:
    """Undo everything; say which migration cannot be undone."""
    scripts = track.scripts()
    if scripts is None:
        for table in reversed(track.tables):
            table.drop(connection)
    else:
        with Operations.context(track._context(connection)):
            for script in scripts.iterate_revisions(scripts.get_current_head(), "base"):
                undo = getattr(script.module, "downgrade", None)
                if undo is None:
                    yield f"migration {script.revision} has no downgrade()"
                    return
                try:
                    undo()
                except Exception as error:  # noqa: BLE001 - somebody else's code
                    yield f"downgrade() of migration {script.revision} fails: {type(error).__name__}: {error}"
                    return
    connection.execute(sa.text(f'DROP TABLE "{track.version_table}"'))


def differences(connection: Connection, track: Track) -> Iterator[str]:
    """Say where the database differs from the declaration."""
    for one in compare_metadata(track._context(connection), METADATA):
        found: Any = one[0] if isinstance(one, list) else one
        things = ", ".join(_word(part) for part in found[1:] if part is not None)
        yield f"the migrations and the declaration differ: {found[0]} {things}"


def _word(part: Any) -> str:
    return f"{part.table.name}.{part.name}" if isinstance(part, sa.Column) else str(getattr(part, "name", part))  # fmt: skip
