"""What a reviewer has before deciding: the conclusions there are, what to know, what a form begins with."""

from collections.abc import Mapping
from typing import Any

from core.context import Context
from core.fields.bind import to_json
from core.fields.label import Label
from core.fields.problem import Problem
from core.fields.spec import specs_of
from core.law.errors import LawError
from core.module import Flow
from core.transitions import Decision, Transition
from core.values import Application
from core.work.context import exists


def reviewing_choices(flow: Flow, application: Application, context: Context) -> tuple[Decision, ...]:
    """Return the conclusions a review may come to in the request's present state."""
    return tuple(
        one
        for one in flow.decisions
        if not one.direct and one.leads_from(application.state) and exists(one, application, context)
    )


def hints_of(flow: Flow, application: Application, context: Context) -> tuple[Label, ...]:
    """Return what the declaration wants known before a decision."""
    return tuple(line for hint in flow.hints for line in hint(application, context))


def phrases_of(flow: Flow, context: Context) -> tuple[str, ...]:
    """Return the court's standard texts for requests of ``flow``."""
    if flow.phrases is None or context.settings is None:
        return ()
    held = getattr(context.settings, flow.phrases.name.removeprefix("settings.")) or ""
    return tuple(line.strip() for line in held.splitlines() if line.strip())


def against(step: Transition, application: Application, values: Any, context: Context) -> Problem | None:
    """Return what stands against a step by its guard; a date that cannot be known (a year nobody entered) does, too."""
    if step.guard is None:
        return None
    try:
        return step.guard(application, values, context)
    except LawError as error:
        return Problem("decision", error.code, Label(error.message_zh, error.message_en))


def advice_on(choice: Decision, application: Application, values: Any, context: Context) -> tuple[Label, ...]:
    """Return what to weigh about a saved opinion: what will stand against it, and what the module advises."""
    stands = against(choice, application, values, context)
    more = choice.advice(application, values, context) if choice.advice else ()
    return (*([stands.message] if stands is not None else []), *more)


def begin_with(choice: Decision, application: Application, context: Context) -> Mapping[str, Any]:
    """Return what the form of ``choice`` begins with: what the module says, else the request under the same name."""
    filed = to_json(application.fields)
    specs = specs_of(choice.fields) if choice.fields else {}
    held = {name: filed.get(name, spec.default) for name, spec in specs.items()}
    held |= choice.prefill(application, context) if choice.prefill else {}
    return {name: value for name, value in held.items() if value is not None}
