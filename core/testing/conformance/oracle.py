"""What the documents promise of a step: for whom it is there, and with which status anybody else is refused.

Written from docs/design.md and the declarations alone; it asks nothing of the code that decides.
"""

from typing import Any

from core.module import Decision, Flow
from core.roles import Access, Sight
from core.values import Actor, Application

DONE, NOT_FOUND, FORBIDDEN, CONFLICT, INVALID = 200, 404, 403, 409, 422


def kept(decision: Any) -> Any:
    """Return the roles a decision is kept for; no court of these tests departs from what is declared."""
    return decision.permission.roles if decision.permission else decision.roles


def roles_over(flow: Flow, actor: Actor, application: Application) -> dict[Any, Access]:
    """Return the actor's roles that reach this very request, each with what it may do."""
    own = application.handler in actor.handles
    return {
        role: access
        for role, access in flow.access.items()
        if role in actor.roles and (access.see is Sight.COURT or (access.see is Sight.OWN and own))
    }


def outside_sight(flow: Flow, actor: Actor, application: Application) -> int:
    """Return the status of whoever does not reach the request; 0 of whoever does."""
    if actor.court != application.court:
        return NOT_FOUND
    seeing = [one for role, one in flow.access.items() if role in actor.roles and one.see is not Sight.NONE]
    if not seeing:
        return NOT_FOUND
    return 0 if roles_over(flow, actor, application) else FORBIDDEN


def may_take(flow: Flow, decision: Decision, actor: Actor, application: Application) -> bool:
    """Tell whether the decision is open to the actor: by name of the role, else to whoever reviews."""
    over = roles_over(flow, actor, application)
    kept_for = kept(decision)
    return any(role in kept_for if kept_for else one.review for role, one in over.items())


def of_decision(
    flow: Flow, decision: Decision, actor: Actor, application: Application, *, exists: bool
) -> int:
    """Return the status of carrying out a decision, as far as its guard lets it."""
    if status := outside_sight(flow, actor, application):
        return status
    mine = may_take(flow, decision, actor, application)
    reviews = any(one.review for one in roles_over(flow, actor, application).values())
    if not (mine or reviews):
        return FORBIDDEN
    if application.state not in decision.sources:
        return CONFLICT
    if not mine:
        return FORBIDDEN
    return DONE if exists else CONFLICT


def of_saving(flow: Flow, decision: Decision, actor: Actor, application: Application, there: set[str]) -> int:
    """Return the status of saving an opinion; ``there`` are the codes of the decisions that exist now.

    Nobody drafts for a role that decides alone: all that can be concluded now is for roles that do not review.
    """
    if status := outside_sight(flow, actor, application):
        return status
    choices = [
        one
        for one in flow.decisions
        if not one.direct and application.state in one.sources and one.code in there
    ]
    over = roles_over(flow, actor, application).values()
    reviewers = {role for role, one in flow.access.items() if one.review}
    alone = bool(choices) and all(kept(one) and not kept(one) & reviewers for one in choices)
    drafts = not alone and any(one.review or one.draft for one in over)
    if not drafts and not any(may_take(flow, one, actor, application) for one in choices):
        return FORBIDDEN
    if not choices:
        return CONFLICT
    return DONE if decision in choices else INVALID
