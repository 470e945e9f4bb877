"""A court paper as a module declares it: its template, its number, who is offered it, how strangers verify it."""

from collections.abc import Iterable, Iterator

from attrs import field as attribute
from attrs import frozen

from core.fields.condition import Condition
from core.fields.label import Label, Words, label, optional_label
from core.transitions import Transition, codes_of

OFFERED = ("applicant", "participants", "court")


def _caption(given: Words | None) -> Label | None:
    return optional_label(given or None)


def _one_of_offered(_paper: object, _attribute: object, value: str) -> None:
    if value not in OFFERED:
        raise ValueError(f"to={value!r}: a paper is offered to one of {', '.join(OFFERED)}")


@frozen
class Verification:
    """That whoever is shown the paper may look up whether it still holds.

    It holds while its request stands in one of these states, and up to the day that is given.
    """

    valid_in: tuple[str, ...] = attribute(converter=codes_of)
    """Codes of the states."""
    until: str = ""
    """The field of the request or of a step that gives its last day; empty: without end."""


@frozen
class Paper:
    """One paper of a request type."""

    code: str
    title: Label = attribute(converter=label)
    template: str
    """A file in the module's folder ``papers``; a court may put a text of its own in its place."""
    number: Label | None = attribute(default=None, kw_only=True, converter=_caption)
    """The caption of its number, a word will do: 调令 gives （2026）粤0199调令12号, counted by court and year. Without one it has no number."""
    to: str = attribute(default="applicant", kw_only=True, validator=_one_of_offered)
    """Who is offered it: the applicant, every party and agent of the case as well, or nobody outside the court."""
    verify: Verification | None = attribute(default=None, kw_only=True)
    """Strangers may look up whether it still holds."""
    when: Condition | None = attribute(default=None, kw_only=True)
    """It is issued only where this holds for the request's fields and what the steps filled in."""


def wrong_papers(
    papers: Iterable[Paper], states: Iterable[str], steps: Iterable[Transition], submission: Iterable[str]
) -> Iterator[str]:
    """Yield what is wrong with the papers of a request type, and with the steps that issue them."""
    codes = [paper.code for paper in papers]
    yield from (
        f"paper {code} is declared twice" for code in sorted({one for one in codes if codes.count(one) > 1})
    )
    for name, issues in [
        *((f"step {step.code}", step.issues) for step in steps),
        ("submit_issues", submission),
    ]:
        yield from (f"{name} issues the unknown paper {code}" for code in issues if code not in codes)
    known = set(states)
    for paper in papers:
        valid = paper.verify.valid_in if paper.verify else ()
        yield from (
            f"paper {paper.code} is valid in the unknown state {code}" for code in valid if code not in known
        )
