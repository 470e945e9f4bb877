"""What time itself does: limits that run out, limits whose calendar year has meanwhile been entered."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.gate import enabled
from core.module import ClockStep, Limit
from core.records import ApplicationRow, DeadlineRow, ModuleSwitch
from core.values import Actor
from core.work.deadlines import close_limit, keep_due, reckon
from core.work.house import House
from core.work.snapshots import by_id
from core.work.steps import Taken, take_step
from core.work.transaction import Transaction

CLOCK = "系统"
_BATCH = 50
_MOMENT = timedelta(microseconds=1)

log = logging.getLogger("benchside.worker")


def clock_due(house: House, stopping: Callable[[], bool] = bool) -> int:
    """Take the steps of time limits that have run out, until it is ``stopping``; return how many limits were closed.

    Limits run while a module is off; their steps wait until it is on again. One whose step fails is passed by, so
    that it holds up none behind it, and is tried again the next time.
    """
    closed, place = 0, None
    while rows := _run_out_after(house, place):
        for row in rows:
            if stopping():
                return closed
            try:
                closed += house.store.write(partial(_run_out, house, row))
            except Exception:
                log.exception("the step of limit %s failed", row.id)
        place = (rows[-1].ends_at, rows[-1].id)
    return closed


def _run_out_after(house: House, place: tuple[datetime, int] | None) -> Sequence[Any]:
    """Return the next limits that have run out, those behind ``place`` in the order of their ends."""
    query = (
        sa.select(
            DeadlineRow.id,
            DeadlineRow.application_id,
            DeadlineRow.rule,
            DeadlineRow.court_code,
            DeadlineRow.ends_at,
        )
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
        .order_by(DeadlineRow.ends_at, DeadlineRow.id)
        .limit(_BATCH)
    )
    if place is not None:
        at, key = place
        query = query.where(
            (DeadlineRow.ends_at > at) | ((DeadlineRow.ends_at == at) & (DeadlineRow.id > key))
        )
    with house.store.read() as connection:
        return connection.execute(query).all()


def _acted_on(house: House) -> list[str]:
    """Return the rules that some flow's clock acts on; a court's other limits stay running, overdue, for all to see."""
    steps = (step for side in house.modules.sides.values() for step in side.flow.steps)
    return sorted({step.limit for step in steps if isinstance(step, ClockStep)})


def _run_out(house: House, row: Any, connection: Connection) -> bool:
    held = connection.execute(
        sa.select(DeadlineRow.status, ApplicationRow.module, ApplicationRow.kind)
        .join(ApplicationRow, ApplicationRow.id == DeadlineRow.application_id)
        .where(DeadlineRow.id == row.id)
    ).one()
    on = held.module in enabled(connection, row.court_code)
    if held.status != "running" or not on or held.kind not in house.modules.sides:
        return False
    tx = Transaction(house, connection, Actor(court=row.court_code, name=CLOCK), house.clock())
    application = by_id(connection, house.modules, row.application_id)
    own = (
        step
        for step in house.modules.sides[held.kind].flow.steps
        if isinstance(step, ClockStep) and step.limit == row.rule and step.leads_from(application.state)
    )
    step = next(own, None)
    # What was to last so long has: nobody is late.
    came_to_its_end = step is not None and row.rule in step.meets
    close_limit(tx, "expired" if came_to_its_end else "lapsed", DeadlineRow.id == row.id)
    if step is not None:
        # Its last moment: a limit that begins with it counts from that day.
        take_step(tx, application, step, Taken(happened=row.ends_at - _MOMENT))
    return True


def reckon_again(house: House, court: str) -> int:
    """Count the limits anew that had no date because their year was not in the calendar; return how many got one.

    Those of a module that does not work now wait for the next time.
    """

    def work(connection: Connection) -> int:
        tx = Transaction(house, connection, Actor(court=court, name=CLOCK), house.clock())
        rows = connection.execute(
            sa.select(DeadlineRow.__table__, ApplicationRow.kind)
            .join(ApplicationRow, ApplicationRow.id == DeadlineRow.application_id)
            .where(
                DeadlineRow.court_code == court,
                DeadlineRow.status == "running",
                DeadlineRow.ends_at.is_(None),
            )
        ).all()
        done = 0
        for row in rows:
            rule = _rule(house, row)
            found = reckon(tx, rule, row.started_at, row.length, row.unit) if rule else {"ends_at": None}
            if found["ends_at"] is None:
                continue
            connection.execute(sa.update(DeadlineRow).where(DeadlineRow.id == row.id).values(**found))
            keep_due(tx, by_id(connection, house.modules, row.application_id))
            done += 1
        return done

    return house.store.write(work)


def _rule(house: House, row: Any) -> Limit | None:
    flow = house.modules.flow(row.kind)
    return next((rule for rule in flow.limits if rule.id == row.rule), None) if flow else None
