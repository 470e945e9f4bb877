"""What time itself does: limits that run out, limits whose calendar year has meanwhile been entered."""

from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.gate import enabled
from core.module import ClockStep
from core.records import ApplicationRow, DeadlineRow, ModuleSwitch
from core.values import Actor
from core.work.deadlines import due_of, reckon
from core.work.house import House
from core.work.snapshots import by_id
from core.work.steps import Taken, take_step
from core.work.transaction import Transaction

CLOCK = "系统"
_BATCH = 50


def clock_due(house: House) -> int:
    """Take the steps of time limits that have run out; return how many were looked at.

    Limits run while a module is off; their steps wait until it is on again.
    """
    with house.store.read() as connection:
        rows = connection.execute(
            sa.select(DeadlineRow.id, DeadlineRow.application_id, DeadlineRow.rule, DeadlineRow.court_code)
            .join(ApplicationRow, ApplicationRow.id == DeadlineRow.application_id)
            # Those of a module that is off would otherwise stand before all others for ever.
            .join(
                ModuleSwitch,
                (ModuleSwitch.court_code == DeadlineRow.court_code)
                & (ModuleSwitch.module == ApplicationRow.module),
            )
            .where(
                DeadlineRow.status == "running",
                DeadlineRow.ends_at <= house.clock(),
                DeadlineRow.applicant.is_(True) | DeadlineRow.rule.in_(_acted_on(house)),
                ApplicationRow.kind.in_(sorted(house.modules.sides)),
                ModuleSwitch.enabled.is_(True),
            )
            .order_by(DeadlineRow.ends_at)
            .limit(_BATCH)
        ).all()
    for row in rows:
        house.store.write(partial(_run_out, house, row))
    return len(rows)


def _acted_on(house: House) -> list[str]:
    """Return the rules that some flow's clock acts on; a court's other limits stay running, overdue, for all to see."""
    steps = (step for side in house.modules.sides.values() for step in side.flow.steps)
    return sorted({step.limit for step in steps if isinstance(step, ClockStep)})


def _run_out(house: House, row: Any, connection: Connection) -> None:
    held = connection.execute(
        sa.select(DeadlineRow.status, ApplicationRow.module, ApplicationRow.kind)
        .join(ApplicationRow, ApplicationRow.id == DeadlineRow.application_id)
        .where(DeadlineRow.id == row.id)
    ).one()
    on = held.module in enabled(connection, row.court_code)
    if held.status != "running" or not on or held.kind not in house.modules.sides:
        return
    tx = Transaction(house, connection, Actor(court=row.court_code, name=CLOCK), house.clock())
    connection.execute(
        sa.update(DeadlineRow).where(DeadlineRow.id == row.id).values(status="lapsed", closed_at=tx.at)
    )
    application = by_id(connection, house.modules, row.application_id)
    steps = house.modules.sides[held.kind].flow.steps
    for step in steps:
        if isinstance(step, ClockStep) and step.limit == row.rule and step.leads_from(application.state):
            take_step(tx, application, step, Taken())
            return


def reckon_again(house: House, court: str) -> int:
    """Count the limits anew that had no date because their year was not in the calendar; return how many got one."""

    def work(connection: Connection) -> int:
        tx = Transaction(house, connection, Actor(court=court, name=CLOCK), house.clock())
        rows = connection.execute(
            sa.select(DeadlineRow.__table__).where(
                DeadlineRow.court_code == court,
                DeadlineRow.status == "running",
                DeadlineRow.ends_at.is_(None),
            )
        ).all()
        done = 0
        for row in rows:
            found = reckon(tx, row.started_at, row.length, row.unit, row.explanation["event"])
            if found["ends_at"] is None:
                continue
            connection.execute(sa.update(DeadlineRow).where(DeadlineRow.id == row.id).values(**found))
            due = due_of(tx, row.application_id)
            connection.execute(
                sa.update(ApplicationRow).where(ApplicationRow.id == row.application_id).values(due_at=due)
            )
            done += 1
        return done

    return house.store.write(work)
