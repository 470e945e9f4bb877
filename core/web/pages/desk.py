"""The desk: what waits for me, over all enabled modules."""

import logging
from datetime import UTC, datetime

from attrs import evolve, frozen
from sqlalchemy.engine import Connection

from core.contributions import Card, Desk
from core.fields.label import Label
from core.fields.problem import Refused
from core.module import Flow
from core.web.answer import Answer
from core.web.menu import own_flows, queues_of, waiting_in
from core.web.rows import ShownRow, row_of
from core.web.visit import Visit
from core.work.access import any_see
from core.work.conditions import Conditions
from core.work.places import facts_of

log = logging.getLogger("benchside.web")
SHOWN = 12
EACH = 12
CAP = 100
NEVER = datetime.max.replace(tzinfo=UTC)


@frozen
class QueueCard:
    """One queue: what waits in it, and how many limits are near or over; more than the cap are not counted."""

    label: Label
    href: str
    waiting: int
    near: int
    overdue: int


@frozen
class Waiting:
    """One waiting row, with the list it stands in."""

    row: ShownRow
    title: Label
    due: datetime | None
    since: datetime


@frozen(eq=False)
class DeskPage:
    """``/``."""

    def get(self, visit: Visit) -> Answer:
        """Show the desk."""
        queues = queues_of(visit.house, visit.here)
        near = visit.here.near_days
        waiting: list[Waiting] = []
        cards: list[QueueCard] = []
        failed: list[Label] = []
        with visit.house.store.read() as connection:
            for module, flow in queues:
                try:
                    with connection.begin_nested():
                        rows = _waiting(visit, connection, flow, near)
                        if rows is None:
                            failed.append(flow.title)
                            continue
                        waiting += rows
                        cards.append(_card(visit, connection, module, flow))
                except Refused:
                    raise
                except Exception:
                    log.exception("the desk could not ask %s", flow.kind)
                    failed.append(flow.title)
        own, sick = _own_cards(visit)
        failed += sick
        waiting.sort(key=lambda one: (one.due or NEVER, one.since))
        return visit.render(
            "desk.html",
            cards=cards,
            own=own,
            waiting=waiting[:SHOWN],
            near=sum(one.near for one in cards),
            overdue=sum(one.overdue for one in cards),
            total=sum(waiting_in(visit.here, module, flow) for module, flow in queues),
            failed=failed,
            cap=CAP,
        )


def _own_cards(visit: Visit) -> tuple[list[tuple[str, Card]], list[Label]]:
    """Return (icon, card) of what the modules show on this desk, in the order of the menu; and the titles of those that failed."""
    house, here = visit.house, visit.here
    modules = {name: module for name, module in house.modules.ordered() if name in here.enabled}
    seen = [name for name in modules if not (flows := own_flows(house, name)) or any_see(flows, visit.actor)]
    answers = house.hooks.cards(
        seen,
        lambda name: Desk(
            **facts_of(house, name, here.court.code), actor=visit.actor, engagements=visit.engagements
        ),
    )
    shown = [
        (card.icon or module.icon, card) for name, module in modules.items() for card in answers.good.get(name, ())
    ]  # fmt: skip
    return shown, [modules[name].title for name in answers.failed]


def _waiting(visit: Visit, connection: Connection, flow: Flow, near: int) -> list[Waiting] | None:
    """Return what waits in one queue; None where its module failed to answer."""
    asked = Conditions(states=flow.waiting, order="due")
    page = visit.site.queues.page(visit.actor, visit.here.enabled, flow, asked, EACH, connection=connection)
    if page.failed:
        return None
    return [
        Waiting(
            row_of(row, flow, [], visit.actor, visit.now, near, visit.language),
            flow.title,
            row.due_at,
            row.submitted_at,
        )
        for row in page.rows
    ]


def _card(visit: Visit, connection: Connection, module: str, flow: Flow) -> QueueCard:
    asked, on = Conditions(order="due"), visit.here.enabled
    counts = {
        due: visit.site.queues.count(
            visit.actor, on, flow, evolve(asked, due=due), CAP, connection=connection
        )
        for due in ("near", "overdue")
    }
    waiting = waiting_in(visit.here, module, flow)
    return QueueCard(flow.title, f"/m/{module}/", waiting, counts["near"], counts["overdue"])
