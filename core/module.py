"""What a plugin declares: a module, its request types, their states, transitions and time limits."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any

import attrs
from attrs import field as attribute
from attrs import frozen

from core.appointment import Appointment
from core.context import Context, Routing
from core.fields.condition import Condition, FieldRef
from core.fields.label import Label, Words, label, optional_label
from core.fields.problem import Problem
from core.fields.spec import DeclarationError, specs_of
from core.limits import MESSAGE, RECEIVED, Limit, faults_of, limit, named
from core.looks import known_icon
from core.paper import Paper, wrong_papers
from core.parts import Answering, Attachment, View, attachment
from core.roles import CASE_BOUND, Access, Permission, Role, permissions_of
from core.several import several
from core.transitions import (
    OWN_STEPS,
    ApplicantStep,
    CaseStep,
    ClockStep,
    Decision,
    ReceiptStep,
    State,
    Transition,
    codes_of,
)

__all__ = [
    "CASE_BOUND", "MESSAGE", "RECEIVED", "Answering", "ApplicantStep", "Attachment", "CaseStep", "ClockStep", "Decision", "Flow", "Limit", "Module",
    "ReceiptStep", "RequestType", "State", "Transition", "View", "attachment", "limit",
]  # fmt: skip


def _worded(given: Mapping[str, Words]) -> Mapping[str, Label]:
    return MappingProxyType({name: label(words) for name, words in given.items()})


Check = Callable[[Any, Context], Iterable[Problem]]
"""Given the fields and the context, what does not hold between them."""
Hint = Callable[[Any, Context], Iterable[Label]]
"""Given the application and the context, what a reviewer should know before deciding."""
Route = Callable[[Any, Context], Routing | None]
"""Given the fields and the context, whose the request becomes; None leaves it to whoever handles the case."""
Example = Callable[[Context], Mapping[str, Any] | None]
"""Given the context of a case of the court, field values that are valid right now; None where that case does not do."""


@frozen(kw_only=True, eq=False)
class Flow:
    """Fields, states, transitions and limits of one kind of request.

    With ``parent`` it lives inside another flow: its requests name the parent's serial number.
    """

    kind: str
    """Its code: small letters and underscores. Addresses, API and tables are called by it."""
    title: Label = attribute(converter=label)
    fields: type
    """The ``@request_fields`` class of what is filled in."""
    states: tuple[State, ...] = attribute(converter=several)
    """Where a request may stand; the first is where it begins."""
    decisions: tuple[Decision, ...] = attribute(converter=several, default=())
    """What the court does."""
    steps: tuple[Transition, ...] = attribute(converter=several, default=())
    """What the applicant, the clock, the trial system or the case does."""
    limits: tuple[Limit, ...] = attribute(converter=several, default=())
    """Its time limits (docs/limits.md)."""
    attachments: tuple[Attachment, ...] = attribute(converter=several, default=())
    """The categories of files that may or must come with it."""
    checks: tuple[Check, ...] = attribute(converter=several, default=())
    """Functions given the typed fields and the context when a request or revision comes in: what does not hold between the fields."""
    access: Mapping[Role, Access] = CASE_BOUND
    """What each role may do with its requests; a role that is not named sees none."""
    parent: "Flow | None" = None
    """The flow that its requests belong to."""
    parent_states: tuple[str, ...] = attribute(converter=codes_of, default=())
    """States of the parent in which one of these may be opened; empty means any."""
    applicant: str = ""
    """Name of the field that names the applicant in lists; empty takes the submitter's name."""
    views: tuple[View, ...] = attribute(converter=several, default=())
    """Tabs of its queue; without any there is one with all."""
    prefix: str = ""
    """Two letters that begin its serial numbers; empty takes the first two of the kind."""
    submit_notice: Label | None = attribute(converter=optional_label, default=None)
    """What the applicant is told on reception; empty takes the host's own sentence."""
    anonymous: Condition | None = None
    """When it holds for the fields, whoever handles the request does not learn who filed it."""
    papers: tuple[Paper, ...] = attribute(converter=several, default=())
    """The papers its steps may issue."""
    submit_issues: tuple[str, ...] = attribute(converter=codes_of, default=())
    """Codes of the papers that reception issues."""
    hints: tuple[Hint, ...] = attribute(converter=several, default=())
    """Functions given the application and the context: lines the reviewer should know before deciding, estimates, warnings."""
    route: Route | None = None
    """Given the typed fields and the context on arrival: whose the request becomes; None leaves it to whoever handles the case."""
    appointment: Appointment | None = None
    """The fields that say which appointment the request came to."""
    answering: Answering | None = None
    """Its review is an answer in three steps."""
    phrases: FieldRef | None = None
    """The setting that holds standard texts, one a line, to pick from when an opinion is written."""
    keeps: Mapping[str, Label] = attribute(converter=_worded, default=MappingProxyType({}))
    """What the ``review`` hook keeps with steps and no field declares: name → words. Limits, conditions and notices may name it."""
    disclosed_in: tuple[str, ...] = attribute(converter=codes_of, default=())
    """States in which other clients with a request in the same case may read a short form of it."""

    def __attrs_post_init__(self) -> None:
        _check_flow(self)
        object.__setattr__(self, "limits", named(self.limits, self.fields, self.transitions))

    @property
    def initial(self) -> State:
        """The state of a request that was just received."""
        return self.states[0]

    @property
    def review_word(self) -> Label:
        """What its review is called on buttons."""
        return self.answering.call if self.answering else Label("审查", "Review")

    @property
    def transitions(self) -> tuple[Transition, ...]:
        """Every transition, decisions first."""
        return (*self.decisions, *self.steps)

    @property
    def serial_prefix(self) -> str:
        """The two letters that begin its serial numbers."""
        return (self.prefix or self.kind.replace("_", "")[:2]).upper()

    def state(self, code: str) -> State:
        """Return the state ``code``; one that is no longer declared shows as its code."""
        for state in self.states:
            if state.code == code:
                return state
        return State(code, code, code)

    def waits(self, state: State) -> bool:
        """Tell whether the court has to act in ``state``."""
        return state.waiting or state is self.initial

    @cached_property
    def waiting(self) -> tuple[str, ...]:
        """The codes of the states in which the court has to act."""
        return tuple(state.code for state in self.states if self.waits(state))

    def decision(self, code: str) -> Decision | None:
        """Return the decision ``code``, or None."""
        return next((one for one in self.decisions if one.code == code), None)

    def during(self, rule: Limit) -> tuple[str, ...]:
        """Return the states in which ``rule`` runs: those it says, else where its event leads."""
        if rule.during:
            return rule.during
        targets = {self.initial.code} if RECEIVED in rule.since else set()
        targets |= {step.target for step in self.transitions if step.code in rule.since and step.target}
        return tuple(sorted(targets))

    def faces(self) -> Mapping[Label, tuple[str, ...]]:
        """Return the faces in order, each with the codes that share it."""
        faces: dict[Label, list[str]] = {}
        for state in self.states:
            faces.setdefault(state.face, []).append(state.code)
        return MappingProxyType({face: tuple(codes) for face, codes in faces.items()})


@frozen(kw_only=True, eq=False)
class RequestType(Flow):
    """A flow that somebody opens: who, and whether it belongs to a case."""

    opened_by: str = attribute(
        default="outside", validator=attrs.validators.in_(("outside", "court", "trial_system"))
    )
    """Who files it: ``outside``, the platform by the API; under ``court`` and ``trial_system`` the API does not take it."""
    case: str = attribute(
        default="optional", validator=attrs.validators.in_(("required", "optional", "none"))
    )
    """Whether a submission names a case of the court: it must, it may, or (``none``) it cannot."""
    example: Mapping[str, Any] | Example | None = None
    """Values laid over the generated example of its fields."""
    example_submitter: Mapping[str, Any] | None = None
    """What the example's submitter must say besides the ordinary: a lawyer's standing and licence."""


@frozen(eq=False)
class Module:
    """A plugin's metadata and its flows."""

    name: str
    """Its package: small letters, digits and single underscores."""
    title: Label = attribute(converter=label)
    version: str = attribute(kw_only=True)
    """Its own."""
    host: str = attribute(default=">=0.1,<2", kw_only=True)
    """The versions of Benchside it is made for (PEP 440)."""
    requests: tuple[Flow, ...] = attribute(converter=several, default=(), kw_only=True)
    """Its request types."""
    requires: tuple[str, ...] = attribute(converter=codes_of, default=(), kw_only=True)
    """Names of the modules it needs."""
    settings: type | None = attribute(default=None, kw_only=True)
    """A ``@request_fields`` class of per-court settings, every one with a default."""
    permissions: tuple[Permission, ...] = attribute(converter=permissions_of, default=(), kw_only=True)
    """What not everybody may do who sees it."""
    order: int = attribute(default=900, kw_only=True)
    """Its place in the menu, lowest first; the numbers that are taken stand below."""
    icon: str = attribute(default="file-text", kw_only=True, validator=known_icon)
    """The name of its icon in the menu, one of those below."""
    required: bool = attribute(default=False, kw_only=True)
    """On in every court, cannot be switched off."""
    restricted: bool = attribute(default=False, kw_only=True)
    """Only an operator's command line may switch it, no administrator's page."""

    def flow(self, kind: str) -> Flow | None:
        """Return the flow of ``kind``, or None."""
        return next((flow for flow in self.requests if flow.kind == kind), None)


def _check_flow(flow: Flow) -> None:
    specs = specs_of(flow.fields)
    codes = [state.code for state in flow.states]
    wrong: list[str] = []
    if not codes:
        wrong.append("it has no state; the first one given is the initial state")
    wrong += [f"state {code} is declared twice" for code in sorted({c for c in codes if codes.count(c) > 1})]
    names = [step.code for step in flow.transitions]
    wrong += [f"step {name} is declared twice" for name in sorted({n for n in names if names.count(n) > 1})]
    kept = (*OWN_STEPS, RECEIVED, MESSAGE)
    wrong += [
        f"step {name}: the host keeps {', '.join(kept)} for itself; choose another code"
        for name in names
        if name in kept
    ]
    ids = {rule.id for rule in flow.limits}
    for step in flow.transitions:
        targets = (*step.sources, *([step.target] if step.target else []))
        wrong += [f"step {step.code} names the unknown state {code}" for code in targets if code not in codes]
        wrong += [
            f"step {step.code} meets the unknown limit {rule}" for rule in step.meets if rule not in ids
        ]
        if step.fields is not None:
            specs_of(step.fields)
        if isinstance(step, ClockStep) and step.limit not in ids:
            wrong.append(f"step {step.code} waits for the unknown limit {step.limit}")
    wrong += faults_of(flow.limits, flow.fields, flow.transitions, codes, flow.access)
    wrong += [
        f"disclosed_in names the unknown state {code}" for code in flow.disclosed_in if code not in codes
    ]
    wrong += wrong_papers(flow.papers, codes, flow.transitions, flow.submit_issues)
    if flow.answering and flow.answering.about and flow.answering.about not in specs:
        wrong.append(f"answering names the unknown field {flow.answering.about}")
    unknown = [name for name in flow.appointment.names if name not in specs] if flow.appointment else []
    wrong += [f"appointment names the unknown field {name}" for name in unknown]
    if flow.applicant and flow.applicant not in specs:
        wrong.append(f"applicant names the unknown field {flow.applicant}")
    if wrong:
        raise DeclarationError(f"request type {flow.kind}: " + "; ".join(wrong))
