"""What a reviewer has before deciding: the conclusions there are, what to know, what a form begins with."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.fields.bind import to_json
from core.fields.label import Label
from core.fields.spec import specs_of
from core.module import Flow
from core.transitions import Decision
from core.values import Application


def reviewing_choices(flow: Flow, application: Application) -> tuple[Decision, ...]:
    """Return the conclusions a review may come to in the request's present state."""
    return tuple(one for one in flow.decisions if not one.direct and one.leads_from(application.state))


def hints_of(flow: Flow, application: Application, at: datetime) -> tuple[Label, ...]:
    """Return what the declaration wants known before a decision."""
    return tuple(line for hint in flow.hints for line in hint(application, at))


def begin_with(flow: Flow, application: Application) -> Mapping[str, Mapping[str, Any]]:
    """Return what each conclusion's form begins with: what the request says under the same name, else the default."""
    filed = to_json(application.fields)
    begun: dict[str, dict[str, Any]] = {}
    for choice in reviewing_choices(flow, application):
        specs = specs_of(choice.fields) if choice.fields else {}
        held = {name: filed.get(name, spec.default) for name, spec in specs.items()}
        begun[choice.code] = {name: value for name, value in held.items() if value is not None}
    return begun
