"""That loading a module changes nothing of the host: no attribute of its mappers, no table, no function of its own."""

import inspect
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import Any

from core.records import Base
from core.testing.conformance.checks import check
from core.testing.conformance.subject import Subject

EVENTS = (
    "before_insert", "after_insert", "before_update", "after_update", "before_delete", "after_delete", "load",
)  # fmt: skip


def mapped() -> dict[str, list[str]]:
    """Return the attributes of every mapper of the host, and the columns, indexes and constraints of its tables."""
    found: dict[str, list[str]] = {}
    for mapper in Base.registry.mappers:
        table: Any = mapper.local_table
        of_table = [f"column {name}" for name in map(str, table.c.keys())]
        of_table += [f"index {one.name}" for one in table.indexes]
        of_table += [f"constraint {type(one).__name__} {one.name}" for one in table.constraints]
        found[mapper.class_.__name__] = sorted([*mapper.attrs.keys(), *of_table])
    return found


@cache
def as_written() -> dict[str, list[str]]:
    """Return the same of a process in which no module was loaded."""
    code = "import json; from core.testing.conformance.untouched import mapped; print(json.dumps(mapped()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


@check("core", "Loading the module changes nothing of the host: no mapper, no table, no function, no thread.")
def core(subject: Subject) -> Iterator[str]:
    """Compare the host with itself where no module was loaded."""
    plugin = subject.loaded.plugin
    assert plugin is not None
    before = as_written()
    for name, now in mapped().items():
        for extra in sorted(set(now) - set(before.get(name, ()))):
            if _whose(name, extra, plugin):
                yield f"it adds {extra!r} to {name} of the host; point at the host's classes, without a backref"
        for gone in sorted(set(before.get(name, ())) - set(now)):
            yield f"it takes {gone!r} from {name} of the host"
    yield from _listening(plugin)
    yield from _replaced(plugin)
    for thread in threading.enumerate():
        if belongs(getattr(thread, "_target", None), plugin):
            yield f"it started the thread {thread.name!r}, which runs on when the module is off; declare a job"


def _whose(name: str, extra: str, plugin: ModuleType) -> bool:
    """Tell whether an attribute of a mapper leads to the plugin, or to nobody known."""
    mapper = next(one for one in Base.registry.mappers if one.class_.__name__ == name)
    target = getattr(mapper.relationships.get(extra), "mapper", None)
    return target is None or target.class_.__module__.startswith(plugin.__name__)


def _listening(plugin: ModuleType) -> Iterator[str]:
    for mapper in Base.registry.mappers:
        for event in EVENTS:
            held = getattr(mapper.dispatch, event, ())
            if any(belongs(one, plugin) for one in held):
                yield f"it listens to {event} of {mapper.class_.__name__}; use the hooks"


def _replaced(plugin: ModuleType) -> Iterator[str]:
    """Look for things of the plugin among the names of the host."""
    for room in [one for name, one in sorted(sys.modules.items()) if name.split(".")[0] in ("core", "host")]:
        for name, value in vars(room).copy().items():
            if belongs(value, plugin):
                yield f"it puts {name} into {room.__name__} of the host"
            elif inspect.isclass(value) and value.__module__ == room.__name__:
                for part, one in vars(value).copy().items():
                    if inspect.isfunction(one) and belongs(one, plugin):
                        yield f"it replaces {part} of {room.__name__}.{name}"


def belongs(value: Any, plugin: ModuleType) -> bool:
    """Tell whether a class, a function, or a method of something is the plugin's."""
    if not (inspect.isclass(value) or inspect.isfunction(value) or inspect.ismethod(value)):
        value = getattr(value, "fn", None) or getattr(value, "func", None) or value
    where = getattr(value, "__module__", None)
    if not isinstance(where, str) or isinstance(value, ModuleType):
        return False
    return where == plugin.__name__ or where.startswith(f"{plugin.__name__}.")
