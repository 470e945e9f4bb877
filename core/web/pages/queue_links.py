"""What a queue page leads to: the other lists of the module, the page before and the page after."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from attrs import frozen

from core.fields.label import Label
from core.module import Flow, View
from core.web.form import Fields
from core.web.holes import Hole
from core.web.menu import own_flows
from core.web.visit import Visit

TRAIL = 40
"""So many pages back are kept in the address."""


@frozen
class Tab:
    """One list of the module, as a tab."""

    label: Label
    href: str
    waiting: int | Hole
    current: bool


def tabs_of(visit: Visit, module: str, flow: Flow, current: View | None) -> list[Tab]:
    """Return the lists of ``module`` with what waits in each."""
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
    states = [code for code in flow.waiting if not view or not view.states or code in view.states]
    return sum(visit.here.counts.get((module, flow.kind, code), 0) for code in states)


def query(arguments: Mapping[str, Sequence[str]]) -> str:
    """Return the arguments as the end of an address; nothing where there are none."""
    pairs = [(name, value) for name, values in arguments.items() for value in values if value]
    return "?" + urlencode(pairs) if pairs else ""


def place(visit: Visit) -> dict[str, list[str]]:
    """Return which list is asked for."""
    return {name: [visit.asked(name)] for name in ("view", "kind") if visit.asked(name)}


def following(module: str, kept: Fields, cursor: str, trail: str, here: str) -> str:
    """Return the address of the next page; ``trail`` leads back from there."""
    if not cursor:
        return ""
    walked = [*(trail.split(".") if trail else []), here or "0"][-TRAIL:]
    return f"/m/{module}/" + query({**kept, "after": [cursor], "back": [".".join(walked)]})


def previous(module: str, kept: Fields, trail: str, here: str) -> str:
    """Return the address of the page before."""
    if not here:
        return ""
    walked = trail.split(".") if trail else ["0"]
    before, rest = walked[-1], walked[:-1]
    arguments = dict(kept)
    if before not in ("", "0"):
        arguments |= {"after": [before], "back": [".".join(rest)]}
    return f"/m/{module}/" + (query(arguments) or "")
