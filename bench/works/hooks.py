"""One hook call over twelve modules: who is on in the court, isolated, timed and traced, the answers checked and joined."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pluggy

from bench.measure import Row, interleaved, median
from bench.place import Place
from core.fields.label import Label
from core.gate import Hooks
from core.hookspecs import PROJECT, Hookspecs, hookimpl
from core.values import MenuItem

MODULES = 12
CALLS = 200
ROUNDS = 50
COURT = "粤0199"


def modules() -> pluggy.PluginManager:
    """Return a manager with twelve modules that each give one menu entry."""
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Hookspecs)
    for place in range(MODULES):
        manager.register(_module(place), f"module{place}")
    return manager


def _module(place: int) -> Any:
    items = (MenuItem(Label("条目", "Entry"), f"/m/module{place}/", place, f"module{place}"),)

    @hookimpl
    def menu(court: str) -> tuple[MenuItem, ...]:
        return items

    return SimpleNamespace(menu=menu, __name__=f"module{place}")


def microseconds() -> tuple[float, float]:
    """Return what the call takes, and pluggy's own, which neither gates nor isolates nor tells whom it asked."""
    manager = modules()
    hooks, on = Hooks(manager), frozenset(f"module{place}" for place in range(MODULES))

    def ours() -> None:
        for _ in range(CALLS):
            hooks.menu(on, COURT)

    def bare() -> None:
        for _ in range(CALLS):
            [item for items in manager.hook.menu(court=COURT) for item in items]

    took = interleaved({"ours": ours, "bare": bare}, ROUNDS)
    one, other = (median(took[name]) / CALLS * 1e6 for name in ("ours", "bare"))
    return one, other


def rows(_: Place) -> Iterator[Row]:
    """Measure the call."""
    one, other = microseconds()
    yield Row(
        work=f"hook call over {MODULES} modules with gate, isolation and trace", got=one, unit="us", target=10, better="lower",
        note=f"pluggy's own call, without these three: {other:.1f} µs",
    )  # fmt: skip
