"""One track of migrations: the host's, or one module's, with its own version table."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from alembic.util import rev_id
from attrs import frozen
from mako.template import Template
from sqlalchemy.engine import Connection

from core.store import types
from core.store.sealed_types import PartlySealedJson, SealedJson, SealedText

_HERE = Path(__file__).parent
_LOCK = 0x62656E6368736964
DECLARED = "declared"
"""The stamp of a module without migration files: its tables were made from its declaration."""


@frozen
class Track:
    """The tables of one owner and the folder of its migrations (None: it ships none)."""

    name: str
    tables: tuple[sa.Table, ...]
    versions: Path | None

    @property
    def version_table(self) -> str:
        """The name of its version table."""
        return f"alembic_{self.name}"

    def scripts(self) -> ScriptDirectory | None:
        """Return its migration files, or None where it ships none."""
        if self.versions is None or not any(self.versions.glob("*.py")):
            return None
        return ScriptDirectory(str(_HERE), version_locations=[str(self.versions)])

    def current(self, connection: Connection) -> str | None:
        """Return the revision the database is at."""
        if not sa.inspect(connection).has_table(self.version_table):
            return None
        table = sa.table(self.version_table, sa.column("version_num"))
        return connection.scalar(sa.select(table.c.version_num))

    def head(self) -> str:
        """Return the revision the code wants."""
        scripts = self.scripts()
        head = scripts.get_current_head() if scripts else None
        return head or DECLARED

    def pending(self, connection: Connection) -> bool:
        """Tell whether ``migrate`` has something to do."""
        return bool(self.tables) and self.current(connection) != self.head()

    def upgrade(self, connection: Connection) -> list[str]:
        """Bring the database up to the code; return what was done. The caller's transaction holds it all."""
        if not self.tables:
            return []
        scripts = self.scripts()
        if scripts is None:
            return self._from_declaration(connection)
        done: list[str] = []
        current = self.current(connection)
        if current == DECLARED:
            self._stamp(connection, current := str(scripts.get_base()))
            done.append(f"{self.name}: joined at {current}")
        context = self._context(connection)
        with Operations.context(context):
            for script in reversed(
                list(scripts.iterate_revisions(scripts.get_current_head(), current or "base"))
            ):
                script.module.upgrade()
                self._stamp(connection, script.revision)
                done.append(f"{self.name}: {script.revision} {script.doc}")
        return done

    def _from_declaration(self, connection: Connection) -> list[str]:
        if self.current(connection) == DECLARED:
            return []
        for table in self.tables:
            table.create(connection, checkfirst=True)
        self._stamp(connection, DECLARED)
        return [f"{self.name}: tables made from its declaration"]

    def _stamp(self, connection: Connection, revision: str) -> None:
        metadata = sa.MetaData()
        table = sa.Table(
            self.version_table, metadata, sa.Column("version_num", sa.String(64), primary_key=True)
        )
        table.create(connection, checkfirst=True)
        connection.execute(sa.delete(table))
        connection.execute(sa.insert(table).values(version_num=revision))

    def _context(self, connection: Connection) -> MigrationContext:
        names = {table.name for table in self.tables}

        def ours(_found: Any, name: str | None, kind: str, *_: Any) -> bool:
            return kind != "table" or name in names

        return MigrationContext.configure(
            connection,
            opts={"include_object": ours, "render_item": _render, "compare_type": False, "render_as_batch": True,
                  "sqlalchemy_module_prefix": "sa.", "alembic_module_prefix": "op."},
        )  # fmt: skip

    def make(self, connection: Connection, message: str) -> Path | None:
        """Write the next migration from the difference between ``connection``'s database and the declaration.

        Returns the file, or None where nothing differs. ``connection`` is a scratch database that has every
        migration of the track (and the tables it points at).
        """
        assert self.versions is not None
        context = self._context(connection)
        found = produce_migrations(context, self.tables[0].metadata)
        assert found.upgrade_ops is not None
        assert found.downgrade_ops is not None
        if found.upgrade_ops.is_empty():
            return None
        scripts = self.scripts()
        before = scripts.get_current_head() if scripts else None
        number = len(list(scripts.walk_revisions())) + 1 if scripts else 1
        self.versions.mkdir(parents=True, exist_ok=True)
        options: dict[str, Any] = {
            "render_as_batch": True,
            "render_item": _render,
            "migration_context": context,
        }
        text = {
            name: _without_comments(render_python_code(ops, **options))
            for name, ops in (("upgrades", found.upgrade_ops), ("downgrades", found.downgrade_ops))
        }
        revision = f"{number:04d}_{rev_id()[:6]}"
        path = self.versions / f"{number:04d}_{_slug(message)}.py"
        template = Template(filename=str(_HERE / "script.py.mako"))  # noqa: S702 - it renders our own Python, no page
        path.write_text(
            template.render(
                message=message, up_revision=revision, down_revision=before,
                imports="from core.store import types\n", **text,
            )
        )  # fmt: skip
        return path


def _render(kind: str, item: Any, _context: AutogenContext) -> str | bool:
    if kind == "type" and isinstance(item, SealedText):
        return "sa.Text()"  # that it is sealed is no matter of the schema
    if kind == "type" and isinstance(item, SealedJson | PartlySealedJson):
        return "types.Json"
    if kind == "type" and isinstance(item, types.Instant | types.Money):
        return f"types.{type(item).__name__}()"
    if kind == "type" and isinstance(item, sa.BigInteger | sa.JSON):
        if item is types.Key or (isinstance(item, sa.BigInteger) and "sqlite" in item._variant_mapping):  # noqa: SLF001
            return "types.Key"
        if isinstance(item, sa.JSON):
            return "types.Json"
    return False


def _without_comments(code: str) -> str:
    return "\n".join(line for line in code.splitlines() if not line.strip().startswith("#")).strip()


def _slug(message: str) -> str:
    return "".join(char if char.isalnum() and char.isascii() else "_" for char in message.lower()).strip("_")[
        :40
    ]


def upgrade_all(connection: Connection, tracks: Iterable[Track]) -> list[str]:
    """Bring every track up to its head, in the order given; return what was done.

    Of two who migrate at the same time one waits, and then finds it done.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    return [line for track in tracks for line in track.upgrade(connection)]
