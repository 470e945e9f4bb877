"""What one field declaration says, and how a class of them is read."""

import typing
from collections.abc import Callable, Mapping
from types import MappingProxyType, NoneType, UnionType
from typing import TYPE_CHECKING, Any

import attrs
from attrs import field, frozen

from core.fields.condition import Condition, names_in
from core.fields.label import Label
from core.looks import known_tones

if TYPE_CHECKING:
    from core.fields.kinds import Kind

SPEC = "benchside"
_CLASS_SPECS = "__benchside_fields__"


@frozen
class Choice:
    """One value that may be chosen, with its words."""

    value: str
    label: Label


@frozen
class FieldSpec:
    """One field, said once: input, cell, column, search condition, schema and check follow from it."""

    kind: "Kind"
    label: Label
    name: str = ""
    required: bool = True
    required_when: Condition | None = None
    help: Label | None = None
    column: bool = False
    search: bool = False
    countdown: bool = False
    personal: bool = False
    secret: bool = False
    default: Any = None
    max_length: int | None = None
    past: bool = False
    """A day that has come: what is registered has happened."""
    minimum: Any = None
    maximum: Any = None
    choices: tuple[Choice, ...] = ()
    item: type | None = None
    min_items: int = 0
    max_items: int | None = None
    derive: Callable[[Any], Any] | None = None
    compute: Callable[[Any, Any], Any] | None = None
    """The house works it out from the fields and the context, and again after every step."""
    tones: Mapping[str, str] = field(default=MappingProxyType({}), validator=known_tones)
    """The colour family of a value's badge in lists; one without is plain text."""
    example: Any = None
    sealed: bool = field(init=False)
    """Whether it is kept sealed: personal data that is text. Days and amounts are kept as they are."""
    asked: bool = field(init=False)
    """Whether somebody fills it in; the house works out the others."""
    values: frozenset[str] = field(init=False)
    """What may be chosen."""

    @sealed.default
    def _is_sealed(self) -> bool:
        return (self.personal or self.kind.identifies) and self.kind.storage == "text"

    @asked.default
    def _is_asked(self) -> bool:
        return self.derive is None and self.compute is None

    @values.default
    def _offered(self) -> frozenset[str]:
        return frozenset(choice.value for choice in self.choices)

    def choice_label(self, value: object) -> Label:
        """Return the words of a chosen ``value``; a value no longer offered shows as it was stored."""
        for choice in self.choices:
            if choice.value == value:
                return choice.label
        return Label(str(value), str(value))


class DeclarationError(TypeError):
    """A declaration that cannot work, named by class and field, with the cure."""


def _is_optional(annotation: object) -> bool:
    if typing.get_origin(annotation) in (typing.Union, UnionType):
        return NoneType in typing.get_args(annotation)
    return False


def with_defaults(cls: type, attributes: list["attrs.Attribute[Any]"]) -> list["attrs.Attribute[Any]"]:
    """Give fields their declared default, every optional one else None (an attrs field transformer)."""
    hints = typing.get_type_hints(cls)
    # What a declaration extends comes after its own.
    ordered = sorted(attributes, key=lambda one: getattr(one, "inherited", False))
    return [_with_default(one, optional=_is_optional(hints[one.name])) for one in ordered]


def _with_default(one: "attrs.Attribute[Any]", *, optional: bool) -> "attrs.Attribute[Any]":
    spec = one.metadata.get(SPEC)
    declared = spec.default if isinstance(spec, FieldSpec) else None
    return one.evolve(default=declared) if optional or declared is not None else one


def attach_specs(cls: type) -> None:
    """Read the declarations of ``cls`` and keep them on it, so that a mistake shows where it is made."""
    setattr(cls, _CLASS_SPECS, _read_class(cls))


def _read_class(cls: type) -> Mapping[str, FieldSpec]:
    """Return the specs of an attrs class by field name, in order.

    Raises:
        DeclarationError: a field is not declared with one of the field functions.
    """
    hints = typing.get_type_hints(cls)
    specs: dict[str, FieldSpec] = {}
    for attribute in attrs.fields(cls):
        spec = attribute.metadata.get(SPEC)
        if not isinstance(spec, FieldSpec):
            raise DeclarationError(
                f"{cls.__name__}.{attribute.name}: declare it with a field function, "
                f'for example  {attribute.name}: str = text("标签", "Label")'
            )
        optional = _is_optional(hints[attribute.name])
        if spec.required_when is not None and not optional:
            raise DeclarationError(
                f"{cls.__name__}.{attribute.name}: required_when needs an optional annotation, such as  str | None"
            )
        specs[attribute.name] = attrs.evolve(
            spec, name=attribute.name, required=not optional and spec.asked and spec.default is None
        )
    for name, spec in specs.items():
        for strange in (one for one in names_in(spec.required_when) if one not in specs):
            raise DeclarationError(
                f"{cls.__name__}.{name}: required_when names {strange}, which there is not; there are: {', '.join(specs)}"
            )
    return specs


def specs_of(cls: type) -> Mapping[str, FieldSpec]:
    """Return the specs of a ``@request_fields`` class by field name, in order.

    Raises:
        DeclarationError: the class is not decorated with ``@request_fields``.
    """
    specs: Mapping[str, FieldSpec] | None = cls.__dict__.get(_CLASS_SPECS)
    if specs is None:
        raise DeclarationError(f"{cls.__name__}: decorate it with @request_fields")
    return specs
