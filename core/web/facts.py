"""Declared values as people read them: what a request says, what its steps filled in, what earlier revisions said."""

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from core.fields.bind import bind
from core.fields.kinds import KINDS, Unfit
from core.fields.label import Label
from core.fields.lookups import NoRegisters
from core.fields.spec import FieldSpec, specs_of
from core.module import Flow
from core.web.render import shown
from core.work.detail import Event

SHORT = 40
KNOWN = {"docketed_on": Label("立案日期", "Docketed on"), "failure": Label("未成原因", "Why it failed")}
"""What the host itself keeps with a step; what a module keeps beside its declared fields is its own business."""


@frozen
class Fact:
    """One field and its value."""

    label: Label
    text: str
    wide: bool


@frozen
class Table:
    """A group: a table of its items."""

    label: Label
    columns: tuple[Label, ...]
    rows: tuple[tuple[str, ...], ...]


@frozen
class AsKept(NoRegisters):
    """Registers for what was accepted once: every cause of action and every person is taken as it was kept."""

    people: Mapping[int, str]

    def cause_name(self, code: str) -> str | None:
        return code

    def judges(self) -> list[tuple[int, str]]:
        return list(self.people.items())


def facts_of(value: Any, language: str) -> tuple[list[Fact], list[Table]]:
    """Return the fields of an instance of a declaration as facts, and its groups as tables."""
    facts, tables = [], []
    for spec in specs_of(type(value)).values():
        held = getattr(value, spec.name)
        if spec.kind is KINDS.group:
            if held:
                tables.append(_table(spec, held, language))
        elif held is not None and spec.derive is None:
            text = shown(spec, held, language)
            facts.append(Fact(spec.label, text, len(text) > SHORT or "\n" in text))
    return facts, tables


def _table(spec: FieldSpec, items: Any, language: str) -> Table:
    assert spec.item is not None
    inner = [
        one
        for one in specs_of(spec.item).values()
        if any(getattr(item, one.name) is not None for item in items)
    ]
    rows = tuple(tuple(shown(one, getattr(item, one.name), language) for one in inner) for item in items)
    return Table(spec.label, tuple(one.label for one in inner), rows)


def filled_in(flow: Flow, event: Event, registers: AsKept, language: str) -> tuple[list[Fact], list[Table]]:
    """Return what a step filled in, in the words of its declaration."""
    known: dict[str, FieldSpec] = {}
    # What a step has in common with another it calls by its own name.
    for step in sorted(flow.transitions, key=lambda one: one.code == event.code):
        known |= specs_of(step.fields) if step.fields is not None else {}
    facts = [Fact(KNOWN[name], str(event.data[name]), wide=False) for name in KNOWN if event.data.get(name)]
    tables = []
    for name, raw in event.data.items():
        spec = known.get(name)
        if spec is None or raw is None:
            continue
        if spec.kind is KINDS.group:
            items = [bind(spec.item, one, registers)[0] for one in raw] if spec.item is not None else []
            if any(items):
                tables.append(_table(spec, [one for one in items if one is not None], language))
            continue
        text = _as_read(spec, raw, registers, language)
        facts.append(Fact(spec.label, text, len(text) > SHORT or "\n" in text))
    return facts, tables


def _as_read(spec: FieldSpec, raw: Any, registers: AsKept, language: str) -> str:
    try:
        return shown(spec, spec.kind.read(raw, spec, registers), language)
    except Unfit:  # the declaration has changed since
        return str(raw)


def revisions_of(
    flow: Flow, history: tuple[Event, ...], registers: AsKept, language: str
) -> list[tuple[Event, list[Fact], list[Table]]]:
    """Return the fields as they were before each resubmission."""
    found = []
    for event in history:
        before = event.data.get("before")
        if not isinstance(before, Mapping):
            continue
        value, problems = bind(flow.fields, before.get("fields"), registers)
        if value is not None and not problems:
            found.append((event, *facts_of(value, language)))
    return found
