"""The queue of a module: views, conditions, a page of rows by key."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from attrs import evolve, frozen

from core.fields.label import Label
from core.fields.problem import Problem, Reason, Refused
from core.fields.spec import FieldSpec, specs_of
from core.module import Decision, Flow, View
from core.web.answer import Answer, see_other
from core.web.form import Fields
from core.web.menu import own_flows, queues_of, sees_all
from core.web.rows import is_simple, row_of
from core.web.visit import Visit
from core.work.assign import assignable
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
from core.work.queue import PAGE
from core.work.queue_statements import columns_of
from core.work.registers import CourtDefaults, settings_for

PLACE = ("after", "back", "clear")
"""Arguments that say where in the list one stands, and nothing about what is listed."""
TRAIL = 40
"""So many pages back are kept in the address."""


@frozen
class Tab:
    """One list of the module, as a tab."""

    label: Label
    href: str
    waiting: int
    current: bool


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
            return see_other(f"/m/{module}/" + _query(_place(visit)))
        asked = read_asked(visit, flow, restore=True)
        page = visit.site.queues.page(visit.actor, visit.here.enabled, flow, asked.conditions)
        columns = shown_columns(flow, asked.view)
        near = near_days(visit)
        rows = [row_of(row, flow, columns, visit.actor, visit.now, near, visit.language) for row in page.rows]
        simple = batch_decisions(flow, visit)
        kept = {name: values for name, values in asked.given.items() if name not in PLACE}
        trail = visit.asked("back")
        return visit.render(
            "queue.html",
            module=module,
            flow=flow,
            view=asked.view,
            tabs=_tabs(visit, module, flow, asked.view),
            columns=columns,
            applicant=specs_of(flow.fields)[flow.applicant].label if flow.applicant else None,
            # What belongs to a case is known by it; of what becomes one, the number comes last.
            cased=getattr(flow, "case", "none") != "none",
            rows=rows,
            faces=_faces(flow, asked.view),
            searched=[spec for spec in searched(flow) if spec.kind.tokens],
            asked_names=asked_names(flow),
            typed=asked.given,
            problems=asked.problems,
            remembered=asked.remembered,
            searching=bool(set(kept) - {"view", "kind"}),
            failed=page.failed,
            due_words=DUE,
            orders=_orders(asked),
            handlers=assignable(visit.house, visit.actor.court) if sees_all(flow, visit.here) else [],
            batch=simple,
            next=_next(module, kept, page.next, trail, visit.asked("after")),
            previous=_previous(module, kept, trail, visit.asked("after")),
            export=f"/m/{module}/export.xlsx" + _query(kept),
            clear=f"/m/{module}/" + _query({**_place(visit), "clear": ["1"]}),
            page_size=PAGE,
        )


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
    mine = [flow for name, flow in queues_of(visit.house, visit.here) if name == module]
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
    conditions, problems = read_conditions([flow], given)
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


def shown_columns(flow: Flow, view: View | None) -> list[FieldSpec]:
    """Return the field columns of a view."""
    columns = columns_of(flow)
    return [spec for spec in columns if spec.name in view.columns] if view and view.columns else columns


def near_days(visit: Visit) -> int:
    """Return within how many days a limit counts as near in this court."""
    with visit.house.store.read() as connection:
        return settings_for(connection, visit.actor.court, "core", CourtDefaults).near_days


def batch_decisions(flow: Flow, visit: Visit) -> list[Decision]:
    """Return the decisions that can be pressed for many requests at once."""
    mine = visit.actor.roles & flow.access.keys()
    reviews = any(flow.access[role].review for role in mine)
    return [one for one in flow.decisions if is_simple(one) and (one.roles & mine if one.roles else reviews)]


def _faces(flow: Flow, view: View | None) -> list[tuple[Label, tuple[str, ...]]]:
    states = set(view.states) if view and view.states else None
    return [(face, codes) for face, codes in flow.faces().items() if states is None or states & set(codes)]


def _tabs(visit: Visit, module: str, flow: Flow, current: View | None) -> list[Tab]:
    tabs = []
    for one in own_flows(visit.house, module):
        if len(own_flows(visit.house, module)) > 1 and one is not flow:
            tabs.append(
                Tab(
                    one.title,
                    f"/m/{module}/?kind={one.kind}",
                    _count(visit, module, one, None),
                    current=False,
                )
            )
            continue
        extra = f"&kind={one.kind}" if visit.asked("kind") else ""
        tabs += [
            Tab(
                view.label,
                f"/m/{module}/?view={view.code}{extra}",
                _count(visit, module, one, view),
                view is current,
            )
            for view in one.views
        ] or [Tab(one.title, f"/m/{module}/", _count(visit, module, one, None), current=True)]
    return tabs


def _count(visit: Visit, module: str, flow: Flow, view: View | None) -> int:
    states = [
        state
        for state in flow.states
        if flow.waits(state) and (not view or not view.states or state.code in view.states)
    ]
    return sum(visit.here.counts.get((module, flow.kind, state.code), 0) for state in states)


def _query(arguments: Mapping[str, Sequence[str]]) -> str:
    pairs = [(name, value) for name, values in arguments.items() for value in values if value]
    return "?" + urlencode(pairs) if pairs else ""


def _place(visit: Visit) -> dict[str, list[str]]:
    return {name: [visit.asked(name)] for name in ("view", "kind") if visit.asked(name)}


def _next(module: str, kept: Fields, cursor: str, trail: str, here: str) -> str:
    if not cursor:
        return ""
    walked = [*(trail.split(".") if trail else []), here or "0"][-TRAIL:]
    return f"/m/{module}/" + _query({**kept, "after": [cursor], "back": [".".join(walked)]})


def _previous(module: str, kept: Fields, trail: str, here: str) -> str:
    if not here:
        return ""
    walked = trail.split(".") if trail else ["0"]
    before, rest = walked[-1], walked[:-1]
    arguments = dict(kept)
    if before not in ("", "0"):
        arguments |= {"after": [before], "back": [".".join(rest)]}
    return f"/m/{module}/" + (_query(arguments) or "")
