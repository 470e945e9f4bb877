"""Who may see and do what: asked on the server at every read and write."""

from collections.abc import Collection, Iterable
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.context import Context
from core.gate import enabled
from core.module import Decision, Flow
from core.records import CaseRow
from core.roles import Access, Role, Sight
from core.store.prepared import PreparedRead
from core.values import Actor, Application
from core.work.context import exists
from core.work.hiding import is_hidden
from core.work.house import House
from core.work.refusals import may_not, not_found, not_mine
from core.work.snapshots import by_serial

_SEALED = PreparedRead(sa.select(CaseRow.sealed).where(CaseRow.id == sa.bindparam("case")))


def accesses(flow: Flow, actor: Actor) -> tuple[Access, ...]:
    """Return what each of the actor's roles may do with requests of ``flow``."""
    return _given(flow, actor.roles)[0]


def sight(flow: Flow, actor: Actor) -> Sight:
    """Return how far the actor sees requests of ``flow``."""
    return _given(flow, actor.roles)[1]


@lru_cache(maxsize=1024)
def _given(flow: Flow, roles: frozenset[Role]) -> tuple[tuple[Access, ...], Sight]:
    """Return what the declaration gives to ``roles``: a page asks it of every queue, several times."""
    given = tuple(access for role, access in flow.access.items() if role in roles)
    seen = {access.see for access in given}
    return given, Sight.COURT if Sight.COURT in seen else Sight.OWN if Sight.OWN in seen else Sight.NONE


def reach(flow: Flow, actor: Actor, application: Application) -> list[Access]:
    """Return the accesses that cover this very request."""
    return reach_of(flow, actor, application.handler)


def reach_of(flow: Flow, actor: Actor, handler: int | None) -> list[Access]:
    """Return the accesses that cover a request of ``flow`` handled by ``handler``."""
    return [one for one in accesses(flow, actor) if covers(one, handler, actor)]


def see(
    house: House, connection: Connection, actor: Actor, module: str, serial_no: str, on: Collection[str] | None = None,
) -> tuple[Application, Flow]:  # fmt: skip
    """Return the request the actor asks for; ``on`` are the modules of the court where they are known already.

    Raises:
        Refused: not found (also: module off, other court, sealed case, hidden from the actor), or forbidden (of my court, not mine).
    """
    if module not in (enabled(connection, actor.court) if on is None else on):
        raise not_found()
    application = by_serial(connection, house.modules, actor.court, serial_no)
    if application.module != module:
        raise not_found()
    flow = house.modules.sides[application.kind].flow
    reached = bool(reach(flow, actor, application))
    if is_hidden(actor, application.hidden_from, reached=reached):
        raise not_found()
    if not reached:
        if sight(flow, actor) is Sight.NONE:
            raise not_found()
        raise not_mine()
    if is_sealed(connection, actor, application.case_id, application.handler):
        raise not_found()
    return application, flow


def is_sealed(connection: Connection, actor: Actor, case_id: int | None, handler: int | None) -> bool:
    """Tell whether a request belongs to a sealed case, of which only those know who handle it."""
    if case_id is None or handler in actor.handles:
        return False
    return bool(_SEALED.scalar(connection, {"case": case_id}))


def may_review(flow: Flow, actor: Actor, application: Application) -> bool:
    """Tell whether the actor may carry out decisions on this request."""
    return any(one.review for one in reach(flow, actor, application))


def may_draft(flow: Flow, actor: Actor, handler: int | None, choices: Iterable[Decision]) -> bool:
    """Tell whether the actor may save an opinion on a request handled by ``handler`` for any of ``choices``.

    Whoever may carry one out may, and whoever drafts for those who review; not for what another role alone decides.
    """
    choices = tuple(choices)
    reviewing = {role for role, access in flow.access.items() if access.review}
    kept_for = [one.takers(dict(actor.grants)) for one in choices]
    for_reviewers = not choices or any(not roles or roles & reviewing for roles in kept_for)
    drafts = for_reviewers and any(one.review or one.draft for one in reach_of(flow, actor, handler))
    return drafts or any(may_take(one, flow, actor, handler) for one in choices)


def may_comment(flow: Flow, actor: Actor, application: Application) -> bool:
    """Tell whether the actor may write to the applicant."""
    return any(one.comment for one in reach(flow, actor, application))


def offered(flow: Flow, actor: Actor, application: Application, context: Context) -> list[Decision]:
    """Return the decisions the actor may take in the request's present state."""
    return [
        one
        for one in flow.decisions
        if one.leads_from(application.state)
        and may_take(one, flow, actor, application.handler)
        and exists(one, application, context)
    ]


def may_take(decision: Decision, flow: Flow, actor: Actor, handler: int | None) -> bool:
    """Tell whether a decision on a request handled by ``handler`` is open to the actor.

    It is open to the roles it is kept for, of those that see the request; else to whoever may review.
    """
    kept_for = decision.takers(dict(actor.grants))
    return any(
        role in kept_for if kept_for else access.review
        for role, access in flow.access.items()
        if role in actor.roles and covers(access, handler, actor)
    )


def covers(access: Access, handler: int | None, actor: Actor) -> bool:
    """Tell whether ``access`` reaches a request handled by ``handler``."""
    return access.see is Sight.COURT or (access.see is Sight.OWN and handler in actor.handles)


def needs(allowed: bool, what_zh: str, what_en: str) -> None:
    """Refuse where ``allowed`` is false.

    Raises:
        Refused: naming what the role may not do.
    """
    if not allowed:
        raise may_not(what_zh, what_en)


def any_see(flows: Iterable[Flow], actor: Actor) -> bool:
    """Tell whether the actor sees requests of any of ``flows``."""
    return any(sight(flow, actor) is not Sight.NONE for flow in flows)
