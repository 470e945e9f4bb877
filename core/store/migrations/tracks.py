"""One track of migrations: the host's, or one module's, with its own version table.

Alembic is imported where it moves a database: it brings 9 MB, and a worker only has to know how far one is.
"""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.engine import Connection

from core.store import types
from core.store.sealed_types import PartlySealedJson, SealedJson, SealedText

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

_HERE = Path(__file__).parent
_SAID = re.compile(r"""^(down_)?revision(?:\s*:[^=\n]+)?\s*=\s*["']([^"'\n]+)["']""", re.MULTILINE)
_LOCK = 0x62656E6368736964
DECLARED = "declared"
"""How the stamp of a module without migration files begins: its tables were made from its declaration. What follows
tells which columns that were, so that a declaration that changed since does not go unnoticed.
"""
INITIAL, CHANGES = "initial tables", "changes of the declaration"
"""What a migration is called where nobody says: the first, and every later one."""


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

    def scripts(self) -> "ScriptDirectory | None":
        """Return its migration files, or None where it ships none."""
        if self.versions is None or not any(self.versions.glob("*.py")):
            return None
        from alembic.script import ScriptDirectory

        return ScriptDirectory(str(_HERE), version_locations=[str(self.versions)])

    def current(self, connection: Connection) -> str | None:
        """Return the revision the database is at."""
        if not sa.inspect(connection).has_table(self.version_table):
            return None
        table = sa.table(self.version_table, sa.column("version_num"))
        return connection.scalar(sa.select(table.c.version_num))

    def head(self) -> str:
        """Return the revision the code wants: the one that no other builds on, as the files' own words tell."""
        texts = (
            [path.read_text(encoding="utf-8") for path in self.versions.glob("*.py")] if self.versions else []
        )
        said = [pair for text in texts for pair in _SAID.findall(text)]
        heads = {name for what, name in said if not what} - {name for what, name in said if what}
        if len(heads) != 1 and (scripts := self.scripts()) is not None:
            return scripts.get_current_head() or self.declared()  # it says what is wrong with them
        return heads.pop() if heads else self.declared()

    def declared(self) -> str:
        """Return the stamp of tables made from this declaration."""
        columns = sorted(f"{table.name}.{column.name}" for table in self.tables for column in table.c)
        return f"{DECLARED}:{sha256(' '.join(columns).encode()).hexdigest()[:16]}"

    def pending(self, connection: Connection) -> bool:
        """Tell whether ``migrate`` has something to do, or waits for a migration that nobody has written."""
        return bool(self.tables) and self.current(connection) not in self._fitting()

    def _fitting(self) -> tuple[str, ...]:
        head = self.head()
        return (head, DECLARED) if head.startswith(DECLARED) else (head,)

    def upgrade(self, connection: Connection) -> list[str]:
        """Bring the database up to the code; return what was done. The caller's transaction holds it all."""
        from alembic.operations import Operations

        if not self.tables:
            return []
        scripts = self.scripts()
        if scripts is None:
            return self._from_declaration(connection)
        done: list[str] = []
        current = self.current(connection)
        if current is not None and current.startswith(DECLARED):
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
        current = self.current(connection)
        if current in self._fitting():
            return []
        if current is not None:
            return [f"{self.name}: its declaration has changed since its tables were made; run: benchside migrate --make {self.name}"]  # fmt: skip
        for table in self.tables:
            table.create(connection, checkfirst=True)
        self._stamp(connection, self.declared())
        return [f"{self.name}: tables made from its declaration"]

    def _stamp(self, connection: Connection, revision: str) -> None:
        metadata = sa.MetaData()
        table = sa.Table(
            self.version_table, metadata, sa.Column("version_num", sa.String(64), primary_key=True)
        )
        table.create(connection, checkfirst=True)
        connection.execute(sa.delete(table))
        connection.execute(sa.insert(table).values(version_num=revision))

    def _context(self, connection: Connection) -> "MigrationContext":
        from alembic.migration import MigrationContext

        names = {table.name for table in self.tables}

        def ours(found: Any, name: str | None, kind: str, *_: Any) -> bool:
            return name in names if kind == "table" else of_brand(found, connection.dialect.name)

        return MigrationContext.configure(
            connection,
            opts={"include_object": ours, "render_item": _render, "compare_type": False, "render_as_batch": True,
                  "sqlalchemy_module_prefix": "sa.", "alembic_module_prefix": "op."},
        )  # fmt: skip

    def standing(self, connection: Connection) -> sa.MetaData | None:
        """Return the tables as they were made from an earlier declaration, in the types of this one; None where a
        migration made them, or nothing did.
        """
        current = self.current(connection)
        if current is None or not current.startswith(DECLARED) or self.scripts() is not None:
            return None
        found = sa.MetaData(naming_convention=self.tables[0].metadata.naming_convention)
        there = [table for table in self.tables if sa.inspect(connection).has_table(table.name)]
        found.reflect(connection, only=[table.name for table in there])
        for table in there:
            for column in found.tables[table.name].c:
                if column.name in table.c:
                    column.type = table.c[column.name].type
        return found

    def make(
        self, connection: Connection, message: str, standing: sa.MetaData | None = None
    ) -> Iterator[Path]:
        """Write the next migration from the difference between ``connection``'s database and the declaration; before it,
        where tables are ``standing`` that no migration made, one that makes those.

        Yields the files, none where nothing differs. ``connection`` is a scratch database that has every migration of the
        track (and the tables it points at).
        """
        if standing is not None:
            yield from self._write(connection, standing, INITIAL)
            self.upgrade(connection)
        if self.tables:
            yield from self._write(connection, self.tables[0].metadata, message)

    def _write(self, connection: Connection, wanted: sa.MetaData, message: str) -> Iterator[Path]:
        from alembic.autogenerate import produce_migrations, render_python_code
        from alembic.util import rev_id
        from mako.template import Template

        assert self.versions is not None
        context = self._context(connection)
        found = produce_migrations(context, wanted)
        assert found.upgrade_ops is not None
        assert found.downgrade_ops is not None
        if found.upgrade_ops.is_empty():
            return
        scripts = self.scripts()
        before = scripts.get_current_head() if scripts else None
        number = len(list(scripts.walk_revisions())) + 1 if scripts else 1
        message = message or (CHANGES if scripts else INITIAL)
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
        yield path


def of_brand(found: Any, brand: str) -> bool:
    """Tell whether something declared is there on ``brand``: an index that helps one alone names it in its ``info``."""
    return found.info.get("brand", brand) == brand  # type: ignore[no-any-return]  # Alembic's things are not typed


def _render(kind: str, item: Any, _context: "AutogenContext") -> str | bool:
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
    done: list[str] = []
    for track in tracks:
        try:
            done += track.upgrade(connection)
        except Exception as error:
            error.add_note(f"in the migrations of {track.name}")
            raise
    return done
