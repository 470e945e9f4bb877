"""The desk: what waits for me, over all enabled modules."""

import logging

from attrs import evolve, frozen

from core.fields.label import Label
from core.fields.problem import Refused
from core.module import Flow, View
from core.web.answer import Answer
from core.web.menu import queues_of, waiting_in
from core.web.pages.queue import near_days
from core.web.rows import ShownRow, row_of
from core.web.visit import Visit
from core.work.conditions import Conditions

log = logging.getLogger("benchside.web")
SHOWN = 12
EACH = 12
CAP = 100


@frozen
class Card:
    """One list with what waits in it."""

    label: Label
    module: Label
    href: str
    waiting: int


@frozen
class Waiting:
    """One waiting row, with the list it stands in."""

    row: ShownRow
    title: Label


@frozen
class Pressing:
    """How many limits are near or over in one list; more than the cap are not counted."""

    title: Label
    href: str
    near: int
    overdue: int


@frozen(eq=False)
class DeskPage:
    """``/``."""

    def get(self, visit: Visit) -> Answer:
        """Show the desk."""
        queues = queues_of(visit.house, visit.here)
        near = near_days(visit)
        waiting: list[Waiting] = []
        pressing: list[Pressing] = []
        failed: list[Label] = []
        for module, flow in queues:
            try:
                waiting += _waiting(visit, flow, near)
                pressing.append(_pressing(visit, module, flow))
            except Refused:
                raise
            except Exception:
                log.exception("the desk could not ask %s", flow.kind)
                failed.append(flow.title)
        waiting.sort(key=lambda one: one.row.submitted_at, reverse=True)
        return visit.render(
            "desk.html",
            cards=[card for module, flow in queues for card in _cards(visit, module, flow)],
            waiting=waiting[:SHOWN],
            pressing=[one for one in pressing if one.near or one.overdue],
            near=sum(one.near for one in pressing),
            overdue=sum(one.overdue for one in pressing),
            total=sum(waiting_in(visit.here, module, flow) for module, flow in queues),
            failed=failed,
            cap=CAP,
        )


def _cards(visit: Visit, module: str, flow: Flow) -> list[Card]:
    found = visit.house.modules.module(module)
    title = found.title if found else flow.title
    if not flow.views:
        return [Card(flow.title, title, f"/m/{module}/", waiting_in(visit.here, module, flow))]
    return [
        Card(view.label, title, f"/m/{module}/?view={view.code}", _in_view(visit, module, flow, view))
        for view in flow.views
    ]


def _in_view(visit: Visit, module: str, flow: Flow, view: View) -> int:
    states = [
        state for state in flow.states if flow.waits(state) and (not view.states or state.code in view.states)
    ]
    return sum(visit.here.counts.get((module, flow.kind, state.code), 0) for state in states)


def _waiting(visit: Visit, flow: Flow, near: int) -> list[Waiting]:
    states = tuple(state.code for state in flow.states if flow.waits(state))
    page = visit.site.queues.page(visit.actor, visit.here.enabled, flow, Conditions(states=states), EACH)
    return [
        Waiting(row_of(row, flow, [], visit.actor, visit.now, near, visit.language), flow.title)
        for row in page.rows
    ]


def _pressing(visit: Visit, module: str, flow: Flow) -> Pressing:
    asked = Conditions(order="due")
    counts = {
        due: len(
            visit.site.queues.page(visit.actor, visit.here.enabled, flow, evolve(asked, due=due), CAP).rows
        )
        for due in ("near", "overdue")
    }
    return Pressing(flow.title, f"/m/{module}/?due=", counts["near"], counts["overdue"])
