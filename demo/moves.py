"""How the demo's requests are told: a table of plans, and of each what happens to it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from attrs import frozen

if TYPE_CHECKING:
    from demo.matters import Matter

Values = Mapping[str, Any]
Given = Values | Callable[["Matter"], Values]
NOTHING: Values = MappingProxyType({})


@frozen
class Move:
    """Something that happens to a request, so many hours (of a desk, or of any time) after the one before."""

    what: str
    least: float
    most: float
    code: str = ""
    text: str = ""
    form: Given = NOTHING
    who: str = ""
    """The stem of an account; empty is whoever handles it."""


def review(least: float, most: float, code: str, text: str, form: Given = NOTHING, *, who: str = "") -> Move:
    """An opinion is saved, and carried out."""
    return Move("review", least, most, code, text, form, who)


def act(
    least: float, most: float, code: str, form: Given = NOTHING, *, who: str = "", text: str = ""
) -> Move:
    """A decision without an opinion is carried out."""
    return Move("act", least, most, code, text, form, who)


def step(least: float, most: float, code: str, form: Given = NOTHING) -> Move:
    """The applicant takes a step; its files are made."""
    return Move("step", least, most, code, "", form)


def ask(least: float, most: float, text: str) -> Move:
    """The applicant writes."""
    return Move("ask", least, most, "", text)


def answer(least: float, most: float, text: str) -> Move:
    """The court writes."""
    return Move("answer", least, most, "", text)


def refused_by_trial_system(text: str) -> Move:
    """The trial system will refuse what it is asked for next."""
    return Move("refusing", 0, 0, "", text)


def take_back(least: float, most: float, text: str) -> Move:
    """The applicant withdraws."""
    return Move("withdraw", least, most, "", text)


@frozen
class Plan:
    """One request of the demo: what is asked for, by whom, in what sort of case, how long ago, and what becomes of it."""

    days: float
    case: str
    """The tag of a case (see ``demo.docket``), with its place among those; empty is no case."""
    fields: Given
    moves: tuple[Move, ...] = ()
    by: str = "agent"
    """``agent`` or ``plaintiff``, ``defence`` or ``defendant``, of the case."""
