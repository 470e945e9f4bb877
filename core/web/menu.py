"""The frame around every page: who is here, and the menu with what waits behind each entry."""

from collections.abc import Hashable
from operator import itemgetter

from attrs import evolve, frozen

from core.fields.label import Label
from core.module import Flow
from core.roles import Role, Sight
from core.web.holes import Hole
from core.work.access import sight
from core.work.arrive import Arrival
from core.work.house import House

SYSTEM = frozenset({Role.SYS_ADMIN})
ADMIN = (
    (SYSTEM, Label("模块管理", "Modules"), "/admin/modules", "plug"),
    (SYSTEM, Label("参数设置", "Settings"), "/admin/settings", "settings"),
    (SYSTEM, Label("文书模板", "Paper templates"), "/admin/papers", "printer"),
    (SYSTEM, Label("通知用语", "Wording of notices"), "/admin/notices", "message-circle"),
    (SYSTEM, Label("后台任务", "Jobs"), "/admin/jobs", "clock"),
    (SYSTEM, Label("接入平台", "API clients"), "/admin/clients", "link"),
    (SYSTEM | {Role.SUPERVISOR}, Label("送达队列", "Deliveries"), "/admin/deliveries", "send"),
    (frozenset({Role.SEC_ADMIN}), Label("人员与角色", "People and roles"), "/admin/people", "users"),
    (frozenset({Role.SEC_ADMIN}), Label("模块权限", "Permissions"), "/admin/permissions", "shield"),
    (frozenset({Role.AUDIT_ADMIN}), Label("审计日志", "Audit log"), "/admin/audit", "shield"),
)
"""Three administrators, each with pages the others do not have (等保三级: 三权分立)."""


@frozen
class Entry:
    """One line of the menu."""

    label: Label
    href: str
    icon: str
    waiting: int | Hole = 0


@frozen
class Shell:
    """What the frame shows."""

    arrival: Arrival
    work: tuple[Entry, ...]
    admin: tuple[Entry, ...]
    sees_cases: bool
    unread: int | Hole

    @property
    def shape(self) -> tuple[Hashable, ...]:
        """All that the frame shows but the counts."""
        arrival = self.arrival
        entries = tuple((one.label, one.href, one.icon) for one in self.work)
        return (
            entries,
            self.sees_cases,
            arrival.court,
            arrival.username,
            arrival.actor.name,
            arrival.actor.roles,
            arrival.actor.grants,
        )

    @property
    def holed(self) -> "Shell":
        """The frame with holes where its counts stand."""
        work = tuple(evolve(one, waiting=Hole(f"menu_{place}")) for place, one in enumerate(self.work))
        return evolve(self, work=work, unread=Hole("unread"))


def own_flows(house: House, module: str) -> list[Flow]:
    """Return the flows of ``module`` that have a queue of their own, in their order."""
    found = house.modules.module(module)
    return [flow for flow in found.requests if flow.parent is None] if found else []


def waiting_in(arrival: Arrival, module: str, flow: Flow) -> int:
    """Return how many requests of ``flow`` wait for the court, as far as the person sees them."""
    return sum(arrival.counts.get((module, flow.kind, state), 0) for state in flow.waiting)


def queues_of(house: House, arrival: Arrival) -> list[tuple[str, Flow]]:
    """Return (module, flow) of every queue the person sees, in the order of the menu."""
    return [
        (name, flow)
        for name, _ in house.modules.ordered()
        if name in arrival.enabled
        for flow in own_flows(house, name)
        if sight(flow, arrival.actor) is not Sight.NONE
    ]


def shell_of(house: House, arrival: Arrival) -> Shell:
    """Return the frame for ``arrival``."""
    waiting: dict[str, int] = {}
    for name, flow in queues_of(house, arrival):
        waiting[name] = waiting.get(name, 0) + waiting_in(arrival, name, flow)
    placed = [
        ((module.order, name, href := f"/m/{name}/"), Entry(module.title, href, module.icon, count))
        for name, count in waiting.items()
        if (module := house.modules.module(name))
    ]
    # A module that has queues shows its further entries to those who see one of them.
    placed += [
        (
            (one.order, one.module, one.href),
            Entry(one.label, one.href, one.icon or _icon(house, one.module), one.waiting),
        )
        for one in house.hooks.menu(arrival.enabled, arrival.court.code)
        if (one.module in waiting or not own_flows(house, one.module))
        and (one.permission is None or arrival.actor.holds(one.permission))
    ]
    placed.sort(key=itemgetter(0))
    return Shell(
        arrival=arrival,
        work=tuple(entry for _, entry in placed),
        admin=tuple(
            Entry(title, href, icon) for roles, title, href, icon in ADMIN if roles & arrival.actor.roles
        ),
        sees_cases=bool(waiting),
        unread=arrival.unread,
    )


def _icon(house: House, name: str) -> str:
    module = house.modules.module(name)
    return module.icon if module else "file-text"


def current_of(shell: Shell, path: str) -> str:
    """Return the address of the entry that the page at ``path`` belongs to: the longest that it begins with."""
    found = [href for entry in shell.work if path.startswith(href := entry.href.split("?")[0])]
    return max(found, key=len, default="")


def tone_of(flow: Flow | None, code: str) -> str:
    """Return the colour family of a state's badge: what is declared, else what its place suggests."""
    if flow is None:
        return "done"
    state = flow.state(code)
    return state.tone or ("todo" if flow.waits(state) else "done")


def sees_all(flow: Flow, arrival: Arrival) -> bool:
    """Tell whether the person sees the requests of the whole court."""
    return sight(flow, arrival.actor).value == "court"
