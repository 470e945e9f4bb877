"""The queue of a module: views, conditions, a page of rows by key."""

from collections.abc import Mapping, Sequence

from attrs import evolve, frozen

from core.fields.label import Label
from core.fields.problem import Problem, Reason, Refused
from core.fields.spec import FieldSpec, specs_of
from core.module import Decision, Flow, View
from core.web.answer import Answer, see_other
from core.web.form import Fields
from core.web.holes import Frame, Hole, cut
from core.web.menu import Shell, own_flows, sees_all
from core.web.pages.queue_links import Tab, following, place, previous, query, tabs_of
from core.web.rows import is_simple
from core.web.sent import Way, count, filling, pages_sent, rows_sent
from core.web.visit import Visit
from core.work.access import any_see
from core.work.assign import assignable
from core.work.columns import columns_of
from core.work.conditions import (
    DUE,
    ORDERS,
    OWN_CONDITIONS,
    Conditions,
    names_of,
    read_conditions,
    searched,
)
from core.work.login import remember
from core.work.queue import QueuePage as Found

PLACE = ("after", "back", "clear")
"""Arguments that say where in the list one stands, and nothing about what is listed."""


@frozen
class Asked:
    """What a queue address asks for, after the remembered search was put in."""

    flow: Flow
    view: View | None
    given: Fields
    conditions: Conditions
    problems: tuple[Problem, ...]
    remembered: bool


@frozen(eq=False)
class QueuePage:
    """``/m/<module>/``."""

    def get(self, visit: Visit) -> Answer:
        """Show the page of the queue that is asked for."""
        module = visit.values["module"]
        flow = flow_of(visit, module)
        if visit.asked("clear"):
            _keep(visit, flow, {})
            return see_other(f"/m/{module}/" + query(place(visit)))
        asked = read_asked(visit, flow, restore=True)
        with visit.house.store.read() as connection:
            page = visit.site.queues.page(
                visit.actor, visit.here.enabled, flow, asked.conditions, connection=connection
            )
            handlers = assignable(connection, visit.actor.court) if sees_all(flow, visit.here) else []
        kept = {name: values for name, values in asked.given.items() if name not in PLACE}
        shell, tabs = visit.shell(), tabs_of(visit, module, flow, asked.view)
        way = Way(flow, shown_columns(flow, asked.view), bool(batch_decisions(flow, visit)))
        frame = self._frame(visit, asked, page, kept, shell=shell, tabs=tabs, handlers=handlers, way=way)
        trail, after = visit.asked("back"), visit.asked("after")
        return Answer(
            frame.filled(
                {
                    **filling(visit, shell),
                    **{
                        f"tab_{number}": count(visit, "tab_count", tab.waiting)
                        for number, tab in enumerate(tabs)
                    },
                    "rows": rows_sent(visit, way, page.rows, visit.here.near_days),
                    "pages": pages_sent(
                        visit,
                        len(page.rows),
                        previous(module, kept, trail, after),
                        following(module, kept, page.next, trail, after),
                    ),
                }
            )
        )

    def _frame(
        self, visit: Visit, asked: Asked, page: Found, kept: Fields, *, shell: Shell | None, tabs: list[Tab],
        handlers: list[tuple[int, str]], way: Way,
    ) -> Frame:  # fmt: skip
        """Return the page without rows, counts, tokens and addresses: the same for all whose page shows the same."""
        flow, module = asked.flow, visit.values["module"]
        key = (
            visit.language, visit.path, flow.kind, asked.view.code if asked.view else None, shell.shape if shell else None,
            tuple((name, tuple(values)) for name, values in kept.items()), asked.problems, asked.remembered, page.failed,
            not page.rows, tuple(handlers),
        )  # fmt: skip
        found = visit.site.frames.get(key)
        if found is not None:
            return found
        text = visit.text(
            "queue.html",
            shell=shell.holed if shell else None,
            token=Hole("token"),
            back=Hole("back"),
            module=module,
            flow=flow,
            view=asked.view,
            tabs=[evolve(tab, waiting=Hole(f"tab_{number}")) for number, tab in enumerate(tabs)],
            columns=way.columns,
            applicant=specs_of(flow.fields)[flow.applicant].label if flow.applicant else None,
            cased=way.cased,
            empty=not page.rows,
            rows=Hole("rows"),
            pages=Hole("pages"),
            faces=_faces(flow, asked.view),
            searched=[spec for spec in searched(flow) if spec.kind.tokens],
            asked_names=asked_names(flow),
            typed=kept,
            problems=asked.problems,
            remembered=asked.remembered,
            searching=bool(set(kept) - {"view", "kind"}),
            failed=page.failed,
            due_words=DUE,
            orders=_orders(asked),
            handlers=handlers,
            batch=batch_decisions(flow, visit),
            export=f"/m/{module}/export.xlsx" + query(kept),
            clear=f"/m/{module}/" + query({**place(visit), "clear": ["1"]}),
        )
        return visit.site.frames.put(key, cut(text))


def flow_of(visit: Visit, module: str) -> Flow:
    """Return the flow whose queue is asked for.

    Raises:
        Refused: the module is on but does not work, or it has no queue the person sees.
    """
    if visit.house.modules.module(module) is None:
        raise Refused(
            Reason.UNAVAILABLE,
            "module_failed",
            (f"模块“{module}”没有正常加载，其申请暂时只能等待；请系统管理员在模块管理中查看原因。", f"The module {module} did not load; a system administrator sees why under Modules."),
        )  # fmt: skip
    on = module in visit.here.enabled
    mine = [flow for flow in own_flows(visit.house, module) if on and any_see([flow], visit.actor)]
    wanted = visit.asked("kind")
    flow = next((one for one in mine if one.kind == wanted), None) if wanted else next(iter(mine), None)
    if flow is None:
        raise Refused(
            Reason.NOT_FOUND,
            "no_queue",
            ("没有这个列表，或您的角色看不到。", "There is no such list for your role."),
        )
    return flow


def read_asked(visit: Visit, flow: Flow, *, restore: bool) -> Asked:
    """Return what the address asks for; a plain one gets the last search of this list back."""
    given = {name: values for name, values in visit.query.items() if any(values) and name in _known(flow)}
    remembered = False
    if restore and not set(given) - {"view", "kind"}:
        held = visit.here.memory.get("search", {}).get(flow.kind, {})
        remembered = bool(held)
        given = {**{name: list(values) for name, values in held.items()}, **given}
    elif restore:
        _keep(
            visit,
            flow,
            {name: values for name, values in given.items() if name not in (*PLACE, "view", "kind")},
        )
    conditions, problems = read_conditions([flow], given, visit.house.numbers(visit.actor.court))
    code = (given.get("view") or [""])[-1]
    view = next((one for one in flow.views if one.code == code), flow.views[0] if flow.views else None)
    if view is not None and not conditions.due and "order" not in conditions.given:
        conditions = evolve(conditions, order=view.order)
    return Asked(flow, view, given, _within(conditions, view, flow), tuple(problems), remembered)


def _orders(asked: Asked) -> list[tuple[str, Label, bool]]:
    """Return the orders there are, each with whether it is chosen; the one the view begins with has no value."""
    usual = asked.view.order if asked.view else "newest"
    chosen = asked.given.get("order", [usual])[-1] or usual
    return [("" if code == usual else code, words, code == chosen) for code, words in ORDERS.items()]


def _within(conditions: Conditions, view: View | None, flow: Flow) -> Conditions:
    if view is None or not view.states or set(view.states) == {state.code for state in flow.states}:
        return conditions
    wanted = tuple(state for state in view.states if not conditions.states or state in conditions.states)
    # States of another view were asked for: the person's choice outranks the tab.
    return evolve(conditions, states=wanted or conditions.states)


def _known(flow: Flow) -> set[str]:
    return {*OWN_CONDITIONS, "kind", "back", *asked_names(flow)}


def asked_names(flow: Flow) -> list[str]:
    """Return the arguments that ask for fields of ``flow``."""
    return [name for spec in searched(flow) for name in names_of(spec)]


def _keep(visit: Visit, flow: Flow, search: Mapping[str, Sequence[str]]) -> None:
    memory = dict(visit.here.memory)
    held = dict(memory.get("search", {}))
    if held.get(flow.kind, {}) == search:
        return
    held[flow.kind] = dict(search)
    remember(visit.house, visit.here.digest, memory | {"search": held})


def shown_columns(flow: Flow, view: View | None) -> tuple[FieldSpec, ...]:
    """Return the field columns of a view."""
    columns = columns_of(flow)
    return tuple(spec for spec in columns if spec.name in view.columns) if view and view.columns else columns


def batch_decisions(flow: Flow, visit: Visit) -> list[Decision]:
    """Return the decisions that can be pressed for many requests at once."""
    mine = visit.actor.roles & flow.access.keys()
    reviews = any(flow.access[role].review for role in mine)
    grants = dict(visit.actor.grants)
    return [
        one
        for one in flow.decisions
        if is_simple(one) and (roles & mine if (roles := one.takers(grants)) else reviews)
    ]


def _faces(flow: Flow, view: View | None) -> list[tuple[Label, tuple[str, ...]]]:
    states = set(view.states) if view and view.states else None
    return [(face, codes) for face, codes in flow.faces().items() if states is None or states & set(codes)]
