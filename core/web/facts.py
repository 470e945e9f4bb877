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
from core.work.masking import hidden, masked

SHORT = 40
KNOWN = {"docketed_on": Label("立案日期", "Docketed on"), "failure": Label("未成原因", "Why it failed")}
"""What the host itself keeps with a step; what a module keeps beside its declared fields is its own business."""


@frozen
class Cell:
    """A value in words. One of personal data is masked, and asked for by its ``path``."""

    text: str
    path: str = ""


@frozen
class Fact:
    """One field and its value; personal data is masked, and asked for by its ``path``."""

    label: Label
    text: str
    wide: bool
    path: str = ""


@frozen
class Table:
    """A group: a table of its items."""

    label: Label
    columns: tuple[Label, ...]
    rows: tuple[tuple[Cell, ...], ...]


@frozen
class Telling:
    """How values are told: in which language, and which one, by its path, without its mask."""

    language: str
    bare: str = ""

    def cell(self, spec: FieldSpec, held: Any, path: str) -> Cell:
        """Return ``held`` in words."""
        if held is None or not spec.personal:
            return Cell(shown(spec, held, self.language))
        whole = path == self.bare
        return Cell((shown if whole else masked)(spec, held, self.language), path)

    def fact(self, spec: FieldSpec, held: Any, path: str) -> Fact:
        """Return ``held`` under its label."""
        cell = self.cell(spec, held, path)
        return Fact(spec.label, cell.text, len(cell.text) > SHORT or "\n" in cell.text, cell.path)


@frozen
class AsKept(NoRegisters):
    """Registers for what was accepted once: every cause of action and every person is taken as it was kept."""

    people: Mapping[int, str]

    def cause_name(self, code: str) -> str | None:
        return code

    def judges(self) -> list[tuple[int, str]]:
        return list(self.people.items())


def facts_of(value: Any, telling: Telling, at: str) -> tuple[list[Fact], list[Table]]:
    """Return the fields of an instance of a declaration, which stands ``at`` a path, as facts, and its groups as tables."""
    facts, tables = [], []
    for spec in specs_of(type(value)).values():
        held = getattr(value, spec.name)
        if spec.kind is KINDS.group:
            if held:
                tables.append(_table(spec, held, telling, f"{at}.{spec.name}"))
        elif held is not None and spec.derive is None:
            facts.append(telling.fact(spec, held, f"{at}.{spec.name}"))
    return facts, tables


def _table(spec: FieldSpec, items: Any, telling: Telling, at: str) -> Table:
    assert spec.item is not None
    inner = [
        one
        for one in specs_of(spec.item).values()
        if any(getattr(item, one.name) is not None for item in items)
    ]
    rows = tuple(
        tuple(telling.cell(one, getattr(item, one.name), f"{at}.{place}.{one.name}") for one in inner)
        for place, item in enumerate(items)
    )
    return Table(spec.label, tuple(one.label for one in inner), rows)


def filled_in(
    flow: Flow, event: Event, registers: AsKept, telling: Telling, at: str
) -> tuple[list[Fact], list[Table]]:
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
                tables.append(
                    _table(spec, [one for one in items if one is not None], telling, f"{at}.{name}")
                )
            continue
        facts.append(_as_read(spec, raw, registers, telling, f"{at}.{name}"))
    return facts, tables


def _as_read(spec: FieldSpec, raw: Any, registers: AsKept, telling: Telling, path: str) -> Fact:
    try:
        return telling.fact(spec, spec.kind.read(raw, spec, registers), path)
    except Unfit:  # the declaration has changed since
        text = hidden(spec, str(raw)) if spec.personal and path != telling.bare else str(raw)
        return Fact(spec.label, text, len(text) > SHORT, path if spec.personal else "")


def revisions_of(
    flow: Flow, history: tuple[Event, ...], registers: AsKept, telling: Telling
) -> list[tuple[Event, list[Fact], list[Table]]]:
    """Return the fields as they were before each resubmission."""
    found = []
    for place, event in enumerate(history):
        before = event.data.get("before")
        if not isinstance(before, Mapping):
            continue
        value, problems = bind(flow.fields, before.get("fields"), registers)
        if value is not None and not problems:
            found.append((event, *facts_of(value, telling, f"before.{place}")))
    return found
