"""The integrity report: files against the database, rows against the rows they need, kept counts against what they count, the audit log."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.records import ApplicationRow, Blob, QueueCount, UploadPart
from core.store.digests import file_digest
from core.store.terms import index, key_column
from core.work.check_audit import check_audit
from core.work.findings import Finding, told, wrong
from core.work.house import House
from core.work.seal_heads import Head

_EXAMPLES = 5
_DIGEST = re.compile(r"[0-9a-f]{64}")
Progress = Callable[[str, int, int], None]


def check(
    house: House, *, fast: bool = False, heads: Mapping[str, Head] | None = None, progress: Progress = lambda *_: None
) -> Iterator[Finding]:  # fmt: skip
    """Yield what is found; ``fast`` leaves the files' contents unread, ``heads`` are those of a backup.

    Memory does not grow with what is checked: files go by the first two digits of their digests, the audit log by its seals.
    """
    yield from _files(house, progress, fast=fast)
    with house.store.read() as connection:
        yield from _sides(house, connection)
        yield from _words(house, connection)
        yield from _counts(connection)
    progress("audit", 0, 1)
    yield from check_audit(house, heads)
    progress("audit", 1, 1)


def _files(house: House, progress: Progress, *, fast: bool) -> Iterator[Finding]:
    known = sa.union(
        sa.select(Blob.sha256, Blob.size), sa.select(UploadPart.sha256, UploadPart.size)
    ).subquery()
    for number in range(256):
        progress("files", number, 256)
        prefix = f"{number:02x}"
        upper = f"{number + 1:02x}" if number < 255 else "g"
        query = sa.select(known).where(known.c.sha256 >= prefix, known.c.sha256 < upper)
        with house.store.read() as connection:
            rows = {row.sha256: row.size for row in connection.execute(query)}
        folder = house.blobs.folder / prefix
        found = {path.name for path in folder.iterdir()} if folder.is_dir() else set[str]()
        for digest in sorted(rows):
            if digest not in found:
                yield wrong("file_missing", f"文件缺失：{digest}。", f"The file is missing: {digest}.")
            elif not _as_it_was(folder / digest, rows[digest], fast=fast):
                yield wrong(
                    "file_changed", f"文件内容已改变：{digest}。", f"The content of a file changed: {digest}."
                )
        for name in sorted(found - rows.keys()):
            if _DIGEST.fullmatch(name) and _known_by_now(house, name):
                continue  # it came while we looked
            yield told("file_unknown", f"数据库中没有的文件：{prefix}/{name}。", f"The database does not know the file {prefix}/{name}.")  # fmt: skip
    progress("files", 256, 256)


def _as_it_was(path: Path, size: int, *, fast: bool) -> bool:
    return path.stat().st_size == size and (fast or file_digest(path) == path.name)


def _known_by_now(house: House, digest: str) -> bool:
    with house.store.read() as connection:
        return connection.scalar(sa.select(Blob.size).where(Blob.sha256 == digest)) is not None


def _sides(house: House, connection: Connection) -> Iterator[Finding]:
    """Every request has its row in the table of its kind, and stands in a state that the kind knows."""
    for kind, side in sorted(house.modules.sides.items()):
        mine = ApplicationRow.kind == kind
        joined = ApplicationRow.__table__.outerjoin(side.table, side.table.c.id == ApplicationRow.id)
        without = (
            sa.select(ApplicationRow.serial_no).select_from(joined).where(mine, side.table.c.id.is_(None))
        )
        for serials in _some(connection, without):
            yield wrong("side_missing", f"{kind}：以下申请缺少登记内容：{serials}。", f"{kind}: these requests have lost their fields: {serials}.")  # fmt: skip
        states = [state.code for state in side.flow.states]
        unknown = sa.select(ApplicationRow.serial_no).where(mine, ApplicationRow.state.not_in(states))
        for serials in _some(connection, unknown):
            yield wrong("state_unknown", f"{kind}：以下申请的状态无法识别：{serials}。", f"{kind}: these requests stand in no state of their kind: {serials}.")  # fmt: skip
    others = sa.select(ApplicationRow.serial_no).where(
        ApplicationRow.kind.not_in(sorted(house.modules.sides))
    )
    for serials in _some(connection, others):
        yield told("kind_unknown", f"以下申请的模块不可用，任何列表中都不显示：{serials}。", f"The module of these requests is not available, so no queue shows them: {serials}.")  # fmt: skip


def _words(house: House, connection: Connection) -> Iterator[Finding]:
    """Every request is in the search index."""
    key, table = key_column(house.store.brand), index(house.store.brand)
    query = sa.select(ApplicationRow.serial_no).where(
        ApplicationRow.id.not_in(sa.select(key).select_from(table))
    )
    for serials in _some(connection, query):
        yield wrong("words_missing", f"以下申请不在检索索引中：{serials}。", f"These requests are not in the search index: {serials}.")  # fmt: skip


def _some(connection: Connection, query: Any) -> Iterator[str]:
    """Yield the first few serial numbers of a query as one text; nothing where there is none."""
    found = list(connection.scalars(query.limit(_EXAMPLES + 1)))
    if found:
        yield "、".join(found[:_EXAMPLES]) + (" …" if len(found) > _EXAMPLES else "")


def _counts(connection: Connection) -> Iterator[Finding]:
    """The counts of the queues are those of the requests."""
    row = ApplicationRow
    place = ("court_code", "module", "handler_id", "kind", "state")
    whole = sa.func.coalesce(-row.hidden_from, 0).label("handler_id")
    counted: dict[tuple[Any, ...], int] = {}
    for handler, where in ((whole, sa.true()), (row.handler_id, row.handler_id.is_not(None))):
        columns = (row.court_code, row.module, handler, row.kind, row.state)
        for found in connection.execute(sa.select(*columns, sa.func.count()).where(where).group_by(*columns)):
            counted[tuple(found)[:-1]] = found[-1]
    kept = {tuple(found)[:-1]: found[-1] for found in connection.execute(sa.select(*(getattr(QueueCount, one) for one in place), QueueCount.count))}  # fmt: skip
    for key in sorted(counted.keys() | kept.keys()):
        if counted.get(key, 0) != kept.get(key, 0):
            court, module, _, _, state = key
            yield wrong("count_differs", f"{court} {module} {state} 的计数为{kept.get(key, 0)}，实有{counted.get(key, 0)}。", f"{court} {module} {state}: the count says {kept.get(key, 0)}, there are {counted.get(key, 0)}.")  # fmt: skip
