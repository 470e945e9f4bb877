"""Reminders by the clock: of limits that are about to end, and of the court's own that are over."""

import logging
from datetime import timedelta
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.fields.label import Label
from core.gate import enabled
from core.law.dates import SHANGHAI
from core.module import Flow, Limit
from core.records import ApplicationRow, DeadlineRow, ModuleSwitch, Person
from core.values import Actor, Application
from core.work.house import House
from core.work.notices import remind, remind_role, tell_applicant
from core.work.remaining import end_words, remaining
from core.work.snapshots import by_id
from core.work.times import last_day
from core.work.transaction import Transaction

CLOCK = "系统"
_BATCH = 50
_AGAIN = timedelta(hours=1)
_NOTICE = Label(
    "【{court}】您的{kind}（流水号{serial_no}）：{rule}至{due}届满，{left}，请抓紧办理。查询请登录诉讼服务网，咨询12368。",
    "[{court}] Your {kind} (no. {serial_no}): {rule} ends on {due}. See the service site; questions: 12368.",
)

log = logging.getLogger("benchside.worker")


def remind_due(house: House) -> int:
    """Remind whoever has to hear of a limit now; return how many limits were looked at.

    Those of a module that is off are held until it is on again. One that fails is put off, so that the others
    behind it are heard.
    """
    with house.store.read() as connection:
        rows = connection.execute(
            sa.select(DeadlineRow.id, DeadlineRow.remind_at, DeadlineRow.court_code)
            .join(ApplicationRow, ApplicationRow.id == DeadlineRow.application_id)
            .join(
                ModuleSwitch,
                (ModuleSwitch.court_code == DeadlineRow.court_code)
                & (ModuleSwitch.module == ApplicationRow.module),
            )
            .where(
                DeadlineRow.remind_at <= house.clock(),
                DeadlineRow.status == "running",
                ApplicationRow.kind.in_(sorted(house.modules.sides)),
                ModuleSwitch.enabled.is_(True),
            )
            .order_by(DeadlineRow.remind_at, DeadlineRow.id)
            .limit(_BATCH)
        ).all()
    for row in rows:
        try:
            house.store.write(partial(_remind, house, row))
        except Exception:
            log.exception("the reminder of limit %s failed", row.id)
            house.store.write(partial(_put, row, house.clock() + _AGAIN))
    return len(rows)


def _put(row: Any, at: Any, connection: Connection) -> bool:
    """Set the next reminder; of several who do so at the same time, one is told that it was first."""
    done = connection.execute(
        sa.update(DeadlineRow)
        .where(
            DeadlineRow.id == row.id, DeadlineRow.remind_at == row.remind_at, DeadlineRow.status == "running"
        )
        .values(remind_at=at)
    )
    return done.rowcount == 1


def _remind(house: House, row: Any, connection: Connection) -> None:
    tx = Transaction(house, connection, Actor(court=row.court_code, name=CLOCK), house.clock())
    held = connection.execute(sa.select(DeadlineRow.__table__).where(DeadlineRow.id == row.id)).one()
    application = by_id(connection, house.modules, held.application_id)
    flow = house.modules.sides[application.kind].flow
    if application.module not in enabled(connection, row.court_code):
        return
    rule = next((one for one in flow.limits if one.id == held.rule), None)
    over = held.ends_at <= tx.at
    following = rule.next_alarm(_end(held), tx.calendar, tx.at) if rule and not over else None
    if not _put(row, following, connection) or rule is None:
        return
    _tell(tx, flow, application, rule, held, was_end=row.remind_at >= held.ends_at, over=over)


def _end(held: Any) -> Any:
    return held.ends_at.astimezone(SHANGHAI) if held.unit == "hours" else last_day(held.ends_at)


def _tell(
    tx: Transaction,
    flow: Flow,
    application: Application,
    rule: Limit,
    held: Any,
    *,
    was_end: bool,
    over: bool,
) -> None:
    """Tell whom it concerns. After a long pause a reminder may come when all is over: it says what is true now."""
    hours = held.unit == "hours"
    left = remaining(held.ends_at, tx.at, 0, hours=hours)
    assert left is not None
    end = end_words(held.ends_at, hours=hours)
    who = application.applicant[:60]
    said = Label(
        f"{flow.title.zh} {application.serial_no}（{who}）：{rule.label.zh}，{left.text.zh}（{end}届满）。",
        f"{flow.title.en} {application.serial_no} ({who}): {rule.label.en}, {left.text.en} (ends {end}).",
    )
    if not was_end:
        remind(tx, flow, application, said)
        if rule.applicant and not over:
            words = {"rule": f"“{rule.label.zh}”", "due": end, "left": left.text.zh}
            tell_applicant(tx, flow, application, _NOTICE, more=words)
    if over and rule.escalate is not None:
        name = tx.connection.scalar(sa.select(Person.name).where(Person.id == application.handler))
        remind_role(
            tx,
            application,
            Label(
                f"超期提醒：{said.zh}承办人：{name or '未分派'}。",
                f"Overdue: {said.en} Handler: {name or 'nobody'}.",
            ),
            rule.escalate,
        )
