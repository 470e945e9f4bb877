"""JSON Schema (2020-12) of a declaration, saying exactly what ``bind`` checks of its shape."""

from typing import Any

from core.fields.kinds import KINDS
from core.fields.spec import FieldSpec, specs_of


def schema_of(cls: type) -> dict[str, Any]:
    """Return the JSON Schema of the mapping that binds to ``cls``.

    Titles are the Chinese labels; descriptions the English ones.
    """
    specs = [spec for spec in specs_of(cls).values() if spec.asked]
    conditional = [
        {"if": spec.required_when.schema(), "then": {"required": [spec.name]} | _not_null(spec)}
        for spec in specs
        if spec.required_when is not None
    ]
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {spec.name: _property(spec) for spec in specs},
        "required": [spec.name for spec in specs if spec.required and not _may_be_absent(spec)],
        "additionalProperties": False,
    }
    return schema | ({"allOf": conditional} if conditional else {})


def _may_be_absent(spec: FieldSpec) -> bool:
    return spec.kind is KINDS.group and spec.min_items == 0


def _not_null(spec: FieldSpec) -> dict[str, Any]:
    rule: dict[str, Any] = {"minItems": 1} if spec.kind is KINDS.group else {"not": {"type": "null"}}
    return {"properties": {spec.name: rule}}


def _property(spec: FieldSpec) -> dict[str, Any]:
    if spec.kind is KINDS.group:
        assert spec.item is not None
        shape: dict[str, Any] = {"type": "array", "items": schema_of(spec.item), "minItems": spec.min_items}
        if spec.max_items is not None:
            shape["maxItems"] = spec.max_items
    else:
        shape = spec.kind.schema(spec)
    if not spec.required or _may_be_absent(spec):
        shape = _or_null(shape)
    description = spec.label.en + (f" — {spec.help.en}" if spec.help else "")
    if "description" in shape:
        description += f" ({shape['description']})"
    if spec.default is not None:
        shape = shape | {"default": spec.kind.to_json(spec.default)}
    return shape | {"title": spec.label.zh, "description": description}


def _or_null(shape: dict[str, Any]) -> dict[str, Any]:
    widened = dict(shape) | {"type": [shape["type"], "null"]}
    if "enum" in shape:
        widened["enum"] = [*shape["enum"], None]
    return widened
