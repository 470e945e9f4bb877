"""A queue as a spreadsheet: the columns of the declaration, the conditions of the page, the sight of the person."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import evolve
from sqlalchemy.engine import Connection

from core.fields.label import Label
from core.module import Flow
from core.papers.sheet import write_sheet
from core.values import Actor, QueueRow
from core.work.columns import columns_of
from core.work.conditions import Conditions
from core.work.hiding import ANONYMOUS
from core.work.house import House
from core.work.masking import shown
from core.work.queue import Queues
from core.work.transaction import Transaction

LARGEST = 20_000
"""Rows of one export; who needs more narrows the conditions."""
_PAGE = 500
_HEADS = (
    Label("状态", "State"),
    Label("流水号", "Serial number"),
    Label("申请人", "Applicant"),
    Label("案号", "Case number"),
    Label("提交时间", "Submitted"),
    Label("期限届满", "Due"),
    Label("承办人", "Handler"),
    Label("审查人", "Reviewer"),
    Label("审查时间", "Reviewed"),
)


def export_queue(
    house: House, queues: Queues, actor: Actor, on: frozenset[str], flow: Flow, conditions: Conditions, path: Path,
    *, language: str,
) -> int:  # fmt: skip
    """Write the queue that ``conditions`` ask for to ``path`` and return how many rows; the export is recorded.

    Raises:
        Refused: the module is off, or the actor sees no such requests.
    """
    specs = columns_of(flow)
    heads = [head.in_(language) for head in _HEADS] + [spec.label.in_(language) for spec in specs]

    def cells(row: QueueRow) -> list[Any]:
        more = row.more
        common = [
            flow.state(row.state).label.in_(language), row.serial_no, ANONYMOUS.in_(language) if more.get("anonymous") else row.applicant, row.case_number, row.submitted_at,
            row.due_at, more.get("handler"), more.get("reviewer"), more.get("reviewed_at"),
        ]  # fmt: skip
        return common + [shown(spec, row.cells.get(spec.name), language) for spec in specs]

    rows = (cells(row) for row in _all(queues, actor, on, flow, conditions))
    count = write_sheet(path, flow.title.in_(language), heads, rows)

    def record(connection: Connection) -> None:
        tx = Transaction(house, connection, actor, house.clock())
        tx.audit(f"{flow.kind}.export", flow.kind, {"rows": count})

    house.store.write(record)
    return count


def _all(
    queues: Queues, actor: Actor, on: frozenset[str], flow: Flow, conditions: Conditions
) -> Iterator[QueueRow]:
    given, left = evolve(conditions, after=None, after_due=None), LARGEST
    while left > 0:
        page = queues.page(actor, on, flow, given, min(_PAGE, left))
        yield from page.rows
        left -= len(page.rows)
        if not page.next:
            return
        key, _, due = page.next.partition("-")
        given = evolve(given, after=int(key), after_due=int(due) if due else None)
