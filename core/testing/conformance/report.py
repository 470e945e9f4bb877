"""What came of walking a flow; and what its conditions wish for."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import define, field

from core.fields.condition import All, Filled, OneOf
from core.fields.problem import Problem, Refused
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


def words_of(told: Refused | Problem) -> str:
    """Return a refusal in a line: each wrong field with what is wrong, else its sentence."""
    problems = (told,) if isinstance(told, Problem) else told.problems
    return "; ".join(f"{one.field}: {one.message.en}" for one in problems) or str(told)


def no_way(flow: Flow, code: str, state: str, refusals: Mapping[str, str]) -> str:
    """Say that a step was never seen to work in ``state`` (``to be``: that nobody came there), and what was last refused on the way."""
    leading = [one.code for one in flow.transitions if one.target == state] if code == "to be" else [code]
    told = [f"{one}: {refusals[one]}" for one in leading if one in refusals]
    if not told:
        return f"{code} in {state}: no way was found"
    return (
        f"{code} in {state}: no way was found; the last attempt was refused ({', '.join(told)}): "
        "say which values are right, with example={...} or example=lambda context: {...} of the step"
    )
