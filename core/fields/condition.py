"""Conditions on field values, as values: they check, describe themselves as JSON Schema, and drive forms."""

from collections.abc import Mapping
from typing import Any, Protocol

from attrs import frozen

Values = Mapping[str, Any]


class Condition(Protocol):
    """Something that holds, or does not, for the JSON-like values of one declaration: made from ``field(...)``, joined by ``&``."""

    def holds(self, values: Values) -> bool:
        """Tell whether the condition holds for ``values``."""

    def schema(self) -> dict[str, Any]:
        """Return a JSON Schema that is valid exactly where the condition holds."""


class _Joined:
    """Gives conditions ``&``."""

    def __and__(self, other: Condition) -> "All":
        mine = self.parts if isinstance(self, All) else (self,)
        return All((*mine, other))


@frozen
class All(_Joined):
    """The condition that every part holds: ``one & other``."""

    parts: tuple[Condition, ...]

    def holds(self, values: Values) -> bool:
        for part in self.parts:  # noqa: SIM110 - asked of every field that may be left out; a generator costs more than they do
            if not part.holds(values):
                return False
        return True

    def schema(self) -> dict[str, Any]:
        return {"allOf": [part.schema() for part in self.parts]}


@frozen
class OneOf(_Joined):
    """The condition that a field holds one of several values: ``==``, ``is_in``."""

    name: str
    choices: tuple[Any, ...]
    """The values, as JSON has them."""

    def holds(self, values: Values) -> bool:
        """Tell whether it holds for ``values``."""
        return values.get(self.name) in self.choices

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema that is valid where it holds."""
        return {"properties": {self.name: {"enum": list(self.choices)}}, "required": [self.name]}


@frozen
class Filled(_Joined):
    """The condition that a field is there and not empty: ``filled()``."""

    name: str

    def holds(self, values: Values) -> bool:
        """Tell whether it holds for ``values``."""
        return values.get(self.name) not in (None, "", [], (), False)

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema that is valid where it holds."""
        filled = {"not": {"enum": [None, "", False]}, "minItems": 1}
        return {"properties": {self.name: filled}, "required": [self.name]}


@frozen
class Some(_Joined):
    """The condition that at least one item of a group meets another: ``some(...)``."""

    name: str
    condition: Condition
    """On the fields of the item."""

    def holds(self, values: Values) -> bool:
        """Tell whether it holds for ``values``."""
        items = values.get(self.name)
        return isinstance(items, list | tuple) and any(
            self.condition.holds(item) for item in items if isinstance(item, Mapping)
        )

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema that is valid where it holds."""
        some = {"type": "array", "contains": self.condition.schema()}
        return {"properties": {self.name: some}, "required": [self.name]}


@frozen(eq=False)
class FieldRef:
    """A field named in a condition: ``field("stage") == "in_action"``, ``field("urgent") == True``.

    Conditions are joined by ``&``. There is no ``!=`` and no ``|``: name the values that count with ``is_in``, or declare two steps.
    """

    name: str

    def __eq__(self, other: object) -> OneOf:  # type: ignore[override]  # builds a condition, as the author reads it
        return OneOf(self.name, (other,))

    def __ne__(self, other: object) -> bool:
        # Python would make of it "not a condition", which is False: a step that is always there, or never.
        raise TypeError(
            f'there is no condition field("{self.name}") != ...; write is_in(...) with the other values'
        )

    __hash__ = None  # type: ignore[assignment]  # a reference is no key: == builds conditions

    def is_in(self, *choices: Any) -> OneOf:
        """Return the condition that the field holds one of ``choices``."""
        return OneOf(self.name, choices)

    def filled(self) -> Filled:
        """Return the condition that the field is there and not empty."""
        return Filled(self.name)

    def some(self, condition: Condition) -> Some:
        """Return the condition that at least one item of this group meets ``condition``."""
        return Some(self.name, condition)


def names_in(condition: Condition | None) -> list[str]:
    """Return the fields that a condition asks for; of an author's own class nobody knows them."""
    if isinstance(condition, All):
        return [name for part in condition.parts for name in names_in(part)]
    return [condition.name] if isinstance(condition, OneOf | Filled | Some) else []


def field(name: str) -> FieldRef:
    """Name a field in a condition, or where a limit asks for a figure or a date; of the settings as ``settings.<name>``.

    ``field("stage") == "in_action"``, ``field("stage").is_in("in_action", "enforcement")``, ``field("phone").filled()``,
    ``field("parties").some(field("kind") == "legal")``; two of them are joined by ``&``. Values are as JSON has them. Of a
    ``choices`` field, whose value is a list, only ``filled()`` can be asked.

    Args:
        name: The field of the request or of a step.
    """
    return FieldRef(name)
