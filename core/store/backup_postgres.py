"""PostgreSQL's part of a backup: one snapshot, the statements of its catalog, and each table by COPY into a packed file."""

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Engine

_SCHEMA = "schema.json"
_HERE = "relnamespace = current_schema()::regnamespace"
_TABLES = f"SELECT oid, relname FROM pg_class WHERE {_HERE} AND relkind = 'r' ORDER BY relname"  # noqa: S608 - no input
_OTHERS = f"""
    SELECT relname FROM pg_class WHERE {_HERE} AND relkind IN ('v', 'm', 'f', 'p')
    UNION ALL SELECT tgname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid WHERE c.{_HERE} AND NOT tgisinternal
    UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
    UNION ALL SELECT typname FROM pg_type WHERE typnamespace = current_schema()::regnamespace AND typtype IN ('e', 'd')
"""  # noqa: S608 - no input
_COLUMNS = """
    SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
           pg_get_expr(d.adbin, d.adrelid), a.attstattarget
    FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attrelid = %s AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
"""
_CONSTRAINTS = """
    SELECT conname, pg_get_constraintdef(oid, true) FROM pg_constraint
    WHERE conrelid = %s AND contype = ANY(%s) ORDER BY contype DESC, conname
"""
_INDEXES = """
    SELECT pg_get_indexdef(indexrelid, 0, true) FROM pg_index
    WHERE indrelid = %s AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND conrelid = indrelid)
    ORDER BY indexrelid
"""
_SEQUENCES = f"""
    SELECT c.relname, t.relname, a.attname, d.deptype::text FROM pg_class c
    LEFT JOIN pg_depend d ON d.objid = c.oid AND d.classid = 'pg_class'::regclass AND d.refobjsubid > 0
    LEFT JOIN pg_class t ON t.oid = d.refobjid
    LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE c.{_HERE} AND c.relkind = 'S' ORDER BY c.relname
"""  # noqa: S608 - no input
_COMPRESSION = 1
_CHUNK = 256 * 1024


class NotCopied(Exception):
    """The database holds something that is not ours and that a backup would lose."""


class _Snapshot:
    def __init__(self, cursor: Any, tables: dict[str, int]) -> None:
        self._cursor = cursor
        self.tables = tables

    def ask(self, statement: str) -> Iterator[Any]:
        with self._cursor.connection.cursor("asked") as cursor:  # on the server: a few rows at a time
            cursor.execute(statement)
            yield from cursor


@contextmanager
def snapshot(engine: Engine, folder: Path) -> Iterator[_Snapshot]:
    """Save the database in ``folder`` as of one moment, and give it to be asked.

    Raises:
        NotCopied: there is a view, a trigger, a function or a type of somebody else's.
    """
    held = engine.raw_connection()
    driver: Any = held.driver_connection
    try:
        with driver.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute(_OTHERS)
            others = [row[0] for row in cursor]
            if others:
                raise NotCopied(", ".join(others))
            yield _Snapshot(cursor, _save(cursor, folder))
    finally:
        driver.rollback()
        held.close()


def _save(cursor: Any, folder: Path) -> dict[str, int]:
    tables = list(cursor.execute(_TABLES))
    sequences = _sequences(cursor)
    made, late, columns = list(sequences["before"]), list[str](), dict[str, list[str]]()
    for oid, name in tables:
        statement, columns[name], after = _table(cursor, oid, name)
        made.append(statement)
        late += after
    for oid, name in tables:  # foreign keys last: what they point at is there
        late += _constraints(cursor, oid, name, "f")
    rows = {name: _copy_out(cursor, name, columns[name], folder) for _, name in tables}
    told = {"before": made, "columns": columns, "after": [*late, *sequences["after"]]}
    (folder / _SCHEMA).write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    return rows


def _table(cursor: Any, oid: int, name: str) -> tuple[str, list[str], list[str]]:
    """Return the statement that makes a table, its columns that are copied, and the statements for when it is full."""
    parts, copied, after = [], [], []
    for column, kind, needed, identity, generated, default, target in list(cursor.execute(_COLUMNS, (oid,))):
        part = f"{quoted(column)} {kind}"
        if generated:
            part += f" GENERATED ALWAYS AS ({default}) STORED"
        elif identity:
            part += f" GENERATED {'ALWAYS' if identity == 'a' else 'BY DEFAULT'} AS IDENTITY"
        elif default is not None:
            part += f" DEFAULT {default}"
        parts.append(part + (" NOT NULL" if needed else ""))
        if not generated:
            copied.append(column)
        if target is not None and target >= 0:
            after.append(f"ALTER TABLE {quoted(name)} ALTER COLUMN {quoted(column)} SET STATISTICS {target}")
    after += _constraints(cursor, oid, name, "puxc")
    after += [row[0] for row in cursor.execute(_INDEXES, (oid,))]
    return f"CREATE TABLE {quoted(name)} ({', '.join(parts)})", copied, after


def _constraints(cursor: Any, oid: int, name: str, kinds: str) -> list[str]:
    found = list(cursor.execute(_CONSTRAINTS, (oid, list(kinds))))
    return [f"ALTER TABLE {quoted(name)} ADD CONSTRAINT {quoted(one)} {text}" for one, text in found]


def _sequences(cursor: Any) -> dict[str, list[str]]:
    before, after = [], []
    for name, table, column, held in list(cursor.execute(_SEQUENCES)):
        last, called = cursor.execute(f"SELECT last_value, is_called FROM {quoted(name)}").fetchone()  # noqa: S608 - its own name
        target = f"'{quoted(name)}'"
        if held == "i":
            target = f"pg_get_serial_sequence('{quoted(table)}', '{column}')"
        else:
            before.append(f"CREATE SEQUENCE {quoted(name)}")
            if table is not None:
                after.append(f"ALTER SEQUENCE {quoted(name)} OWNED BY {quoted(table)}.{quoted(column)}")
        after.append(f"SELECT setval({target}, {last}, {str(called).lower()})")
    return {"before": before, "after": after}


def _copy_out(cursor: Any, name: str, columns: list[str], folder: Path) -> int:
    listed = ", ".join(map(quoted, columns))
    with (
        gzip.open(_place(folder, name), "wb", compresslevel=_COMPRESSION) as file,
        cursor.copy(f"COPY {quoted(name)} ({listed}) TO STDOUT") as copy,
    ):
        for block in copy:
            file.write(block)
    return int(cursor.rowcount)


def restore(engine: Engine, folder: Path) -> None:
    """Make the tables that ``folder`` holds, in one transaction."""
    told = json.loads((folder / _SCHEMA).read_text(encoding="utf-8"))
    held = engine.raw_connection()
    driver: Any = held.driver_connection
    try:
        with driver.cursor() as cursor:
            for statement in told["before"]:
                cursor.execute(statement)
            for name, columns in told["columns"].items():
                _copy_in(cursor, name, columns, folder)
            for statement in told["after"]:
                cursor.execute(statement)
        driver.commit()
        with driver.cursor() as cursor:
            for name in told["columns"]:
                cursor.execute(f"ANALYZE {quoted(name)}")
        driver.commit()
    except BaseException:
        driver.rollback()
        raise
    finally:
        held.close()


def _copy_in(cursor: Any, name: str, columns: list[str], folder: Path) -> None:
    listed = ", ".join(map(quoted, columns))
    with (
        gzip.open(_place(folder, name), "rb") as file,
        cursor.copy(f"COPY {quoted(name)} ({listed}) FROM STDIN") as copy,
    ):
        while block := file.read(_CHUNK):
            copy.write(block)


def _place(folder: Path, table: str) -> Path:
    return folder / f"{table}.copy.gz"


def quoted(name: str) -> str:
    """Return ``name`` as an identifier."""
    return '"' + name.replace('"', '""') + '"'
