"""What came of walking a flow; and what its conditions wish for."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from attrs import define, field

from core.fields.condition import All, Filled, OneOf
from core.module import Flow

Wish = tuple[str, Any]


@define
class Report:
    """What came of a flow."""

    faults: list[str] = field(factory=list)
    shown: set[tuple[str, str]] = field(factory=set)
    """(step, state) that worked, by everybody for whom it is there."""
    tried: Counter[str] = field(factory=Counter)

    def fault(self, text: str) -> None:
        if len(self.faults) < 40:
            self.faults.append(text)


def wishes(flow: Flow) -> list[Wish]:
    """Return (name, value) that the conditions of the flow's steps and time limits ask for."""
    conditions = [one.when for one in flow.transitions if one.when is not None]
    conditions += [rule.when for rule in flow.limits if rule.when is not None]
    return list(dict.fromkeys(wish for condition in conditions for wish in _leaves(condition)))


def _leaves(condition: Any) -> Iterator[Wish]:
    if isinstance(condition, All):
        for part in condition.parts:
            yield from _leaves(part)
    elif isinstance(condition, OneOf):
        yield from ((condition.name, one) for one in condition.choices if one is not None)
    elif isinstance(condition, Filled):
        yield condition.name, ...
