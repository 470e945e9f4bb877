"""Examples that are valid at the moment of asking, made from the declaration."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from core.fields.kinds import KINDS
from core.fields.lookups import Lookups
from core.fields.spec import FieldSpec, specs_of


def example_of(
    cls: type, lookups: Lookups, given: Mapping[str, Any] = MappingProxyType({})
) -> dict[str, Any]:
    """Return a JSON-like mapping that binds to ``cls``: ``given``, the required fields, and the conditional ones as needed."""
    specs = [spec for spec in specs_of(cls).values() if spec.asked]
    made = {spec.name: _value(spec, lookups) for spec in specs if spec.name not in given and _wanted(spec)}
    made |= given
    for spec in specs:
        if spec.name not in made and spec.required_when is not None and spec.required_when.holds(made):
            made[spec.name] = _value(spec, lookups)
    return made


def _wanted(spec: FieldSpec) -> bool:
    if spec.kind is KINDS.group:
        return spec.min_items > 0 or spec.example is not None
    return spec.required or spec.example is not None


def _value(spec: FieldSpec, lookups: Lookups) -> Any:
    if spec.example is not None:
        return spec.example
    if spec.kind is KINDS.group:
        assert spec.item is not None
        return [example_of(spec.item, lookups) for _ in range(max(spec.min_items, 1))]
    return spec.kind.example(spec, lookups)
