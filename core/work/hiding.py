"""What a person must not find: requests hidden from one person, and who filed an anonymous one.

A hidden request is about somebody of the court: it is nowhere to be found for that person, whatever other roles
the person has, nor for those who serve nobody else. Its counts are kept apart, under minus that person's id.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa
from attrs import evolve
from sqlalchemy.engine import Connection

from core.fields.label import Label
from core.records import Serves
from core.store.terms import Phrase
from core.values import Actor, Application, Submitter
from core.work import tokens

ANONYMOUS = Label("匿名", "Anonymous")
_NOBODY = 0


def barred(actor: Actor) -> frozenset[int]:
    """Return the persons whose hidden requests the actor must not find: oneself, and the only one one serves."""
    served = actor.handles - {actor.person}
    return frozenset({actor.person or _NOBODY}) | (served if len(served) == 1 else frozenset())


def is_hidden(actor: Actor, hidden_from: int | None, *, reached: bool) -> bool:
    """Tell whether a request is hidden from the actor; ``reached`` says that a role of the actor covers it."""
    if hidden_from is None:
        return False
    return hidden_from in barred(actor) or (hidden_from in actor.handles and not reached)


def binds(actor: Actor) -> dict[str, int]:
    """Return what ``not_hidden`` is bound with."""
    mine = sorted(barred(actor))
    return {"barred_0": mine[0], "barred_1": mine[-1]}


def not_hidden(column: Any) -> list[sa.ColumnElement[bool]]:
    """Return the conditions that a row is not hidden from who asks (see ``binds``)."""
    names = ("barred_0", "barred_1")
    return [column.is_distinct_from(sa.bindparam(name, type_=sa.BigInteger)) for name in names]


def unwanted(actor: Actor) -> list[Phrase]:
    """Return the words of the search index that no request the actor finds may have."""
    return [(tokens.exact("hidden_from", person),) for person in sorted(barred(actor))]


def may_handle(connection: Connection, hidden_from: int | None, person: int) -> bool:
    """Tell whether ``person`` may be given a request: not who it is hidden from, nor anybody who serves them."""
    if hidden_from is None:
        return True
    serves = sa.select(Serves.person_id).where(Serves.person_id == person, Serves.judge_id == hidden_from)
    return person != hidden_from and connection.scalar(serves) is None


def those_who_find(connection: Connection, hidden_from: int | None, people: Iterable[int]) -> list[int]:
    """Return those of ``people`` who may hear of a request."""
    return [person for person in people if may_handle(connection, hidden_from, person)]


def places_of(application: Application) -> Iterator[int]:
    """Give the places at which a request is counted: with its handler, and with the whole court."""
    if application.handler:
        yield application.handler
    yield -(application.hidden_from or _NOBODY)


def counts_for(actor: Actor, place: int, *, whole_court: bool) -> bool:
    """Tell whether what is counted at ``place`` counts for the actor."""
    if whole_court:
        return place <= 0 and (place == 0 or -place not in barred(actor))
    return place > 0


def knows_submitter(actor: Actor, handler: int | None, *, whole_court: bool) -> bool:
    """Tell whether the actor may know who filed an anonymous request: those who oversee, never who handles it."""
    return whole_court and handler not in actor.handles


def as_seen(actor: Actor, application: Application, *, whole_court: bool) -> Application:
    """Return the request without what the actor must not know of it."""
    if not application.anonymous or knows_submitter(actor, application.handler, whole_court=whole_court):
        return application
    role = application.submitter.role
    nobody = Submitter(role=role, name=ANONYMOUS.zh, phone="—", id_type=None, id_no=None, licence_no=None)
    return evolve(application, submitter=nobody)
