"""Purge: a plugin's rows are exported, then everything of it leaves the database. No plugin code is run."""

import json
from collections.abc import Iterable
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.fields.problem import Reason, Refused
from core.gate import anywhere
from core.records import (
    ApplicationRow,
    Base,
    Change,
    CourtSetting,
    JobRow,
    ModuleSwitch,
    NoticeTemplate,
    PaperTemplate,
    QueueCount,
)
from core.records.base import RESERVED
from core.store.engine import Store
from core.store.terms import forget_terms


def purge(store: Store, module: str, others: Iterable[str], folder: Path) -> list[str]:
    """Export to ``folder`` and drop what belongs to ``module``; return what was done.

    Raises:
        Refused: it is on in some court, or the database knows nothing of it.
    """

    def work(connection: Connection) -> list[str]:
        courts = anywhere(connection, module)
        if courts:
            listed = "、".join(courts)
            raise Refused(
                Reason.CONFLICT,
                "still_on",
                (f"请先在下列法院停用：{listed}。", f"Switch it off first in: {', '.join(courts)}."),
            )
        own = _own_tables(connection, _word(module), set(others))
        if not own and not _left(connection, module):
            raise Refused(Reason.NOT_FOUND, "unknown_module", (f"数据库中没有模块“{module}”的内容。", f"The database holds nothing of a module {module}."))  # fmt: skip
        folder.mkdir(parents=True, exist_ok=True)
        done = [_export(connection, sa.select(table), folder / f"{table.name}.jsonl") for table in own]
        requests = sa.select(ApplicationRow.__table__).where(ApplicationRow.module == module)
        done.append(_export(connection, requests, folder / "application.jsonl"))
        for table in reversed(own):
            table.drop(connection)
        _forget_requests(connection, module)
        connection.execute(sa.text(f'DROP TABLE IF EXISTS "alembic_{_word(module)}"'))
        for owner in (ModuleSwitch, CourtSetting, QueueCount, Change, PaperTemplate, NoticeTemplate, JobRow):
            connection.execute(sa.delete(owner).where(owner.module == module))
        return [*done, f"{module}: dropped"]

    return store.write(work)


def _left(connection: Connection, module: str) -> bool:
    """Tell whether anything besides tables of its own is left of ``module``."""
    if sa.inspect(connection).has_table(f"alembic_{_word(module)}"):
        return True
    owners = (ModuleSwitch, CourtSetting, ApplicationRow)
    return any(
        connection.scalar(sa.select(sa.literal(1)).select_from(one).where(one.module == module).limit(1))
        for one in owners
    )


def _word(module: str) -> str:
    if not module.isidentifier() or module in RESERVED:
        raise Refused(Reason.INVALID, "bad_name", ("模块名有误。", "This is no module's name."))
    return module


def _host_tables() -> list[sa.Table]:
    """Return the host's own tables, whatever modules are loaded in this process."""
    tables = (mapper.local_table for mapper in Base.registry.mappers)
    return [table for table in tables if isinstance(table, sa.Table)]


def _own_tables(connection: Connection, module: str, others: set[str]) -> list[sa.Table]:
    """Return the tables whose names begin with the module's, and with no longer module's name; referred ones first."""
    longer = [other for other in others if other != module and other.startswith(module)]
    core = {table.name for table in _host_tables()}
    names = [
        name
        for name in sa.inspect(connection).get_table_names()
        if name.startswith(f"{module}_")
        and name not in core
        and not any(name.startswith(f"{other}_") for other in longer)
    ]
    found = sa.MetaData()
    found.reflect(connection, only=names)
    return [table for table in found.sorted_tables if table.name in names]


def _export(connection: Connection, select: sa.Select[tuple[object, ...]], path: Path) -> str:
    count = 0
    with path.open("w", encoding="utf-8") as target:
        for row in connection.execute(select).mappings():
            target.write(json.dumps(dict(row), ensure_ascii=False, default=str) + "\n")
            count += 1
    return f"{path.stem}: {count} rows exported"


def _forget_requests(connection: Connection, module: str) -> None:
    keys = sa.select(ApplicationRow.id).where(ApplicationRow.module == module)
    forget_terms(connection, module)
    for table in _host_tables():
        if "application_id" in table.c:
            connection.execute(sa.delete(table).where(table.c.application_id.in_(keys)))
    connection.execute(
        sa.update(ApplicationRow).where(ApplicationRow.module == module).values(parent_id=None)
    )
    connection.execute(sa.delete(ApplicationRow).where(ApplicationRow.module == module))
