"""Computed fields are worked out anew when a year is entered, for they may have waited for it."""

import logging
from collections.abc import Sequence
from functools import partial

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.fields.spec import specs_of
from core.records import ApplicationRow
from core.records.sides import Side
from core.store.terms import write_terms
from core.values import Actor
from core.work.clock import CLOCK
from core.work.house import House
from core.work.snapshots import by_id
from core.work.steps import worked_out
from core.work.tokens import words_of
from core.work.transaction import Transaction

_BATCH = 50

log = logging.getLogger("benchside.worker")


def work_out_again(house: House, court: str) -> int:
    """Work out the computed fields of the court's open requests that have an empty one; return how many requests changed.

    Nothing says which of them waited for a year. A request that fails is passed by: its next step works it out.
    """
    done = 0
    for side in house.modules.sides.values():
        keys = _with_an_empty_one(house, side, court)
        for start in range(0, len(keys), _BATCH):
            done += house.store.write(partial(_again, house, side, court, keys[start : start + _BATCH]))
    return done


def _with_an_empty_one(house: House, side: Side, court: str) -> Sequence[int]:
    names = [spec.name for spec in specs_of(side.flow.fields).values() if spec.compute is not None]
    if not names:
        return ()
    open_states = {state for step in side.flow.transitions for state in step.sources}
    query = (
        sa.select(ApplicationRow.id)
        .join(side.table, side.table.c.id == ApplicationRow.id)
        .where(
            ApplicationRow.court_code == court,
            ApplicationRow.kind == side.flow.kind,
            ApplicationRow.state.in_(sorted(open_states)),
            sa.or_(*(side.table.c[name].is_(None) for name in names)),
        )
        .order_by(ApplicationRow.id)
    )
    with house.store.read() as connection:
        return connection.scalars(query).all()


def _again(house: House, side: Side, court: str, keys: Sequence[int], connection: Connection) -> int:
    tx = Transaction(house, connection, Actor(court=court, name=CLOCK), house.clock())
    done = 0
    for key in keys:
        before = by_id(connection, house.modules, key)
        try:
            after = worked_out(tx, side.flow, before)
        except Exception:
            log.exception("the computed fields of request %s failed", before.serial_no)
            continue
        if after is not before:
            write_terms(connection, key, words_of(side.flow, after), replace=True)
            done += 1
    return done
