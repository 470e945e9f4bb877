"""Where a request may stand, and the steps between: by a role, the applicant, the clock or a receipt."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs
from attrs import field as attribute
from attrs import frozen

from core.fields.condition import Condition
from core.fields.label import Label, optional_label
from core.fields.problem import Problem
from core.looks import known_tone
from core.roles import Permission, Role
from core.several import members, several

HEARING_CHANGED = "hearing_changed"
"""A hearing of the request's case was moved or cancelled by something else than the request itself."""

OWN_STEPS = {"submit": Label("提交", "Submitted"), "assign": Label("分派", "Assigned")}
"""What the host itself writes into a history: no step of a module may be called so."""

NOBODY = frozenset({""})


def codes_of(given: str | Iterable[str]) -> tuple[str, ...]:
    """Return one code, or several, as a tuple."""
    return (given,) if isinstance(given, str) else tuple(given)


@frozen
class State:
    """Where a request stands.

    ``applicant`` is the applicant's word for it; ``face`` the word in lists, which several states may
    share; ``waiting`` says that the court has to act (the initial state always waits); ``tone`` is the
    colour family of its badge: ``todo``, ``good``, ``back``, ``busy``, ``alarm``, ``done``.
    """

    code: str
    zh: str
    en: str
    applicant: Label = attribute(converter=optional_label, default=None, kw_only=True)
    face: Label = attribute(converter=optional_label, default=None, kw_only=True)
    waiting: bool = attribute(default=False, kw_only=True)
    tone: str = attribute(default="", kw_only=True, validator=known_tone)

    def __attrs_post_init__(self) -> None:
        for name in ("applicant", "face"):
            if getattr(self, name) is None:
                object.__setattr__(self, name, self.label)

    @property
    def label(self) -> Label:
        """The court's word for the state."""
        return Label(self.zh, self.en)


@frozen
class Transition:
    """One step from some states to another; ``target`` None stays where it is."""

    code: str
    zh: str
    en: str
    sources: tuple[str, ...] = attribute(converter=codes_of)
    target: str | None
    """Where it leads; None leaves the state as it is."""
    fields: type | None = attribute(default=None, kw_only=True)
    """A ``@request_fields`` class: what is filled in for this step. The applicant reads it by the API, unless the decision is ``private``."""
    guard: Callable[[Any, Any, Any], Problem | None] | None = attribute(default=None, kw_only=True)
    """Given the application, the step's values and the context, returns what stands against it. It is asked when the step is carried
    out; an opinion may be saved before, and what would stand against it is then shown beside it.
    """
    when: Condition | None = attribute(default=None, kw_only=True)
    """There is such a step only while this holds: for the fields, what steps filled in, ``settings.<name>``."""
    example: Mapping[str, Any] | Callable[[Any], Mapping[str, Any]] | None = attribute(
        default=None, kw_only=True
    )
    """Values laid over the generated example of its fields; or, given the context, returns them."""
    meets: tuple[str, ...] = attribute(converter=codes_of, default=(), kw_only=True)
    """Ids of the time limits this step fulfils."""
    operation: str = attribute(default="", kw_only=True)
    """The trial-system operation this step asks for; its receipt moves the request on."""
    quiet: bool = attribute(default=False, kw_only=True)
    """The applicant is told nothing of it. A step that leads to a state and has no ``notice`` sends the host's own sentence."""
    participants: Label | None = attribute(converter=optional_label, default=None, kw_only=True)
    """What every other party and agent of the case that has a telephone is told; placeholders as in ``notice``."""
    participants_when: Condition | None = attribute(default=None, kw_only=True)
    """They are told only where this holds for what was filled in."""
    notice: Label | None = attribute(converter=optional_label, default=None, kw_only=True)
    """What the applicant is told, with placeholders such as {serial_no} (docs/plugins/points.md, Notice templates) and the step's fields."""
    issues: tuple[str, ...] = attribute(converter=codes_of, default=(), kw_only=True)
    """Codes of the papers that this step issues."""

    @property
    def label(self) -> Label:
        """What the step is called."""
        return Label(self.zh, self.en)

    @property
    def tells(self) -> bool:
        """Whether the applicant is told of it."""
        return not self.quiet and (self.target is not None or self.notice is not None)

    def leads_from(self, state: str) -> bool:
        """Tell whether the step may be taken in ``state``."""
        return state in self.sources


@frozen
class Decision(Transition):
    """A step taken by a role of the court."""

    opinion: bool = attribute(default=False, kw_only=True)
    """An opinion must be written."""
    direct: bool = attribute(default=False, kw_only=True)
    """Needs no saved opinion first (receive, docket, register)."""
    roles: frozenset[Role] = attribute(converter=members, default=(), kw_only=True)
    """Who may take it: anybody in one of these roles who sees the request; empty means whoever may review."""
    permission: Permission | None = attribute(default=None, kw_only=True)
    """In the place of ``roles``: whoever holds it may, as the court has it."""
    private: bool = attribute(default=False, kw_only=True)
    """Its opinion and details stay in the court; the applicant only learns the result."""
    confirm: Label | None = attribute(converter=optional_label, default=None, kw_only=True)
    """The question asked before it is carried out."""
    advice: Callable[[Any, Any, Any], Iterable[Label]] | None = attribute(default=None, kw_only=True)
    """Given what the guard is given, returns what to weigh about a saved opinion; it stands in nobody's way. Not for ``direct`` ones."""
    prefill: Callable[[Any, Any], Mapping[str, Any]] | None = attribute(default=None, kw_only=True)
    """Given the application and the context, returns JSON-like values that its form begins with."""

    def takers(self, grants: Mapping[str, frozenset[str]]) -> frozenset[str]:
        """Return the roles it is kept for, where a court departs from what is declared as ``grants`` say.

        Empty: it is kept for none, whoever may review takes it.
        """
        if self.permission is None:
            return self.roles
        # One that a court gives to nobody is still kept from those who review.
        return grants.get(self.permission.code, self.permission.roles) or NOBODY


@frozen
class ApplicantStep(Transition):
    """A step taken by the applicant.

    ``resubmits`` says that it brings a new revision of the request; ``by_message`` that it is taken by writing to the
    court, which keeps what was written under ``message``; ``attachments`` are the categories of files that may or must come with it.
    The code ``withdraw`` takes a request back.
    """

    resubmits: bool = attribute(default=False, kw_only=True)
    by_message: bool = attribute(default=False, kw_only=True)
    attachments: tuple[Any, ...] = attribute(converter=several, default=(), kw_only=True)


@frozen
class ClockStep(Transition):
    """A step taken by the clock when a time limit has run out; ``limit`` is the number of the rule.

    Where that is nobody's fault (an order was valid so long, a file was open until then), it ``meets`` that very limit: the limit
    then came to its end (已届满); else it was missed (逾期).
    """

    limit: str = attribute(kw_only=True)


@frozen
class ReceiptStep(Transition):
    """A step taken when the trial system answers an operation; ``of`` is the operation's name; ``done`` tells which answer it waits for:
    done, or refused.
    """

    of: str = attribute(kw_only=True)
    done: bool = attribute(default=True, kw_only=True)


@frozen
class CaseStep(Transition):
    """A step the house takes for the open requests of a case when something happens to the case.

    ``on`` says what: a hearing of it was moved or cancelled (``hearing_changed``). The guard is given what happened as its values, for a hearing a ``HearingChange``; what stands
    against the step keeps the request where it is. Kept with the step, and for the notice: ``hearing_before`` and
    ``hearing_after`` in words, ``hearing_after_at`` as a moment where there is a new one.
    """

    on: str = attribute(
        default=HEARING_CHANGED, kw_only=True, validator=attrs.validators.in_((HEARING_CHANGED,))
    )
