"""An example to look at a template with: the declaration's own examples where it has them, else the names of things."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from core.fields.bind import bind
from core.fields.example import example_of
from core.fields.lookups import Lookups
from core.module import Flow
from core.papers.shapes import Leaf, Record, Rows, Shape
from core.papers.shown import Shown, day, shown_fields, signed_on

_AHEAD = timedelta(days=15)


def sample_values(
    flow: Flow, variables: Record, lookups: Lookups, known: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    """Return values for every name of ``variables``; ``known`` are true ones, such as the court's name."""
    values = {name: _named(shape, name) for name, shape in variables.names.items()}
    example = getattr(flow, "example", None)
    given = example if isinstance(example, Mapping) else {}
    filed = _bound(flow.fields, given, lookups)
    for group, names in known.items():
        values[group] = values[group] | {name: Shown(text) for name, text in names.items()}
    steps: dict[str, Any] = {}
    for step in flow.transitions:
        steps |= _bound(step.fields, {}, lookups) if step.fields is not None else {}
    for group, found in (("fields", filed), ("step", steps), ("data", steps)):
        names = values[group]
        values[group] = names | {name: one for name, one in found.items() if name in names}
    values["due"] = {
        name: Shown(day(lookups.today + _AHEAD), lookups.today + _AHEAD) for name in values["due"]
    }
    return values | {"today": Shown(signed_on(lookups.today), lookups.today)}


def _bound(cls: type, given: Mapping[str, Any], lookups: Lookups) -> dict[str, Any]:
    value, problems = bind(cls, {**example_of(cls, lookups), **given}, lookups)
    shown = shown_fields(cls, value) if not problems else {}
    return {
        name: one for name, one in shown.items() if one or (isinstance(one, Shown) and one.raw is not None)
    }


def _named(shape: Shape, name: str) -> Any:
    if isinstance(shape, Leaf):
        return Shown(f"〔{shape.label.zh or name}〕")
    if isinstance(shape, Rows):
        return (_named(shape.of, name), _named(shape.of, name))
    return {inner: _named(one, inner) for inner, one in shape.names.items()}
