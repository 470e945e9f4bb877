"""Many requests, copied from the few of a court on PostgreSQL: its planner reads a small table from end to end whatever there is."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.records import ApplicationRow
from core.records.sides import Side

COPIES = 15_000
"""Requests of each kind; of half as many the planner would join a narrow table by reading all of it."""
_HOUR = 3_600_000 << 20
"""An hour of keys (``core.store.keys``): each copy is an hour older than the one before."""
_TERMS = "application_terms"
_EACH = f"FROM generate_series(1, {COPIES}) AS step, {{table}} AS given WHERE given.{{key}} = :first"
_APPLICATION: dict[str, str] = {
    "id": f"given.id - step * {_HOUR}", "serial_no": f"'F' || (given.id - step * {_HOUR})",
    "submitted_at": "given.submitted_at - step * interval '1 hour'", "received_at": "given.received_at - step * interval '1 hour'",
    "due_at": "CASE WHEN step % 20 = 0 THEN given.submitted_at + (step % 400 - 100) * interval '1 hour' END",
    "state": "(CAST(:states AS text[]))[1 + step * 7919 % :state_count]",
    "handler_id": "(CAST(:judges AS bigint[]))[1 + step * 104729 % :judge_count]",
    "submission_id": "NULL", "client_id": "NULL",
}  # fmt: skip
"""What differs from one copy to the next."""
_WORDS = """replace(replace(replace(given.terms::text, 'state:' || lower(made.old_state), 'state:' || lower(made.state)),
    'handler:' || coalesce(made.old_handler, 0), 'handler:' || coalesce(made.handler_id, 0)), lower(made.old_number), lower(made.serial_no))::tsvector"""


def multiply(connection: Connection, side: Side, judges: list[int]) -> list[str]:
    """Copy the newest request of a flow, in all states and for all ``judges``; return the tables that are now large."""
    table: Any = ApplicationRow.__table__
    first = connection.scalar(sa.select(sa.func.max(table.c.id)).where(table.c.kind == side.flow.kind))
    states = [state.code for state in side.flow.states]
    given = {
        "first": first, "states": states, "state_count": len(states), "judges": [*judges, None], "judge_count": len(judges) + 1,
    }  # fmt: skip
    _copy(connection, table, "id", given, _APPLICATION)
    moved = f"given.id - step * {_HOUR}"
    _copy(connection, side.table, "id", given, {"id": moved})
    for group in side.groups.values():
        key = f"given.application_id - step * {_HOUR}"
        _copy(connection, group, "application_id", given, {"application_id": key}, leave="id")
    made = f"SELECT new.*, old.state AS old_state, old.handler_id AS old_handler, old.serial_no AS old_number FROM application AS old JOIN application AS new ON new.kind = old.kind AND new.id < old.id AND new.id >= old.id - {COPIES}::bigint * {_HOUR} WHERE old.id = :first"  # fmt: skip
    connection.execute(
        sa.text(f"INSERT INTO {_TERMS} (id, terms) SELECT made.id, {_WORDS} FROM ({made}) AS made JOIN {_TERMS} AS given ON given.id = :first"),
        given,
    )  # fmt: skip
    return [table.name, _TERMS, *(one.name for one in side.tables)]


def settle(connection: Connection) -> None:
    """Have PostgreSQL look at what it holds; what its search index has put aside is put into it, as VACUUM would."""
    connection.execute(sa.select(sa.func.gin_clean_pending_list(f"ix_{_TERMS}_terms")))
    connection.exec_driver_sql("ANALYZE")


def _copy(
    connection: Connection,
    table: Any,
    key: str,
    given: dict[str, Any],
    differs: dict[str, str],
    leave: str = "",
) -> None:
    names = [column.name for column in table.columns if column.name != leave]
    cells = [differs.get(name, f'given."{name}"') for name in names]
    listed = ", ".join(f'"{name}"' for name in names)
    each = _EACH.format(table=f'"{table.name}"', key=key)
    asked = {name: value for name, value in given.items() if name == "first" or any(f":{name}" in cell for cell in cells)}  # fmt: skip
    connection.execute(
        sa.text(f'INSERT INTO "{table.name}" ({listed}) SELECT {", ".join(cells)} {each}'), asked
    )
