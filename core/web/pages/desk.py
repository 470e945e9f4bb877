"""The desk: what waits for me, over all enabled modules."""

import logging
from datetime import UTC, datetime

from attrs import evolve, frozen

from core.fields.label import Label
from core.fields.problem import Refused
from core.module import Flow
from core.web.answer import Answer
from core.web.menu import queues_of, waiting_in
from core.web.rows import ShownRow, row_of
from core.web.visit import Visit
from core.work.conditions import Conditions

log = logging.getLogger("benchside.web")
SHOWN = 12
EACH = 12
CAP = 100
NEVER = datetime.max.replace(tzinfo=UTC)


@frozen
class Card:
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


@frozen(eq=False)
class DeskPage:
    """``/``."""

    def get(self, visit: Visit) -> Answer:
        """Show the desk."""
        queues = queues_of(visit.house, visit.here)
        near = visit.here.near_days
        waiting: list[Waiting] = []
        cards: list[Card] = []
        failed: list[Label] = []
        for module, flow in queues:
            try:
                waiting += _waiting(visit, flow, near)
                cards.append(_card(visit, module, flow))
            except Refused:
                raise
            except Exception:
                log.exception("the desk could not ask %s", flow.kind)
                failed.append(flow.title)
        waiting.sort(key=lambda one: (one.due or NEVER, one.row.submitted_at))
        return visit.render(
            "desk.html",
            cards=cards,
            waiting=waiting[:SHOWN],
            near=sum(one.near for one in cards),
            overdue=sum(one.overdue for one in cards),
            total=sum(waiting_in(visit.here, module, flow) for module, flow in queues),
            failed=failed,
            cap=CAP,
        )


def _waiting(visit: Visit, flow: Flow, near: int) -> list[Waiting]:
    states = tuple(state.code for state in flow.states if flow.waits(state))
    asked = Conditions(states=states, order="due")
    page = visit.site.queues.page(visit.actor, visit.here.enabled, flow, asked, EACH)
    return [
        Waiting(row_of(row, flow, [], visit.actor, visit.now, near, visit.language), flow.title, row.due_at)
        for row in page.rows
    ]


def _card(visit: Visit, module: str, flow: Flow) -> Card:
    asked = Conditions(order="due")
    counts = {
        due: len(
            visit.site.queues.page(visit.actor, visit.here.enabled, flow, evolve(asked, due=due), CAP).rows
        )
        for due in ("near", "overdue")
    }
    waiting = waiting_in(visit.here, module, flow)
    return Card(flow.title, f"/m/{module}/", waiting, counts["near"], counts["overdue"])
