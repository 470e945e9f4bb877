"""Assign a request to somebody of the court; it then counts as theirs."""

import sqlalchemy as sa
from attrs import evolve
from sqlalchemy.engine import Connection

from core.fields.label import Label
from core.fields.problem import Problem, invalid
from core.module import Flow
from core.records import ApplicationRow, History
from core.roles import Sight
from core.store.terms import write_terms
from core.values import Actor
from core.work.access import accesses, needs, see
from core.work.hiding import those_who_find
from core.work.house import House
from core.work.notices import remind
from core.work.refusals import stale
from core.work.registers import judges_of
from core.work.tokens import words_of
from core.work.transaction import Transaction


def assignable(connection: Connection, court: str, hidden_from: int | None = None) -> list[tuple[int, str]]:
    """Return (id, name) of the judges of ``court`` a request may be assigned to; never who it is hidden from."""
    judges = dict(judges_of(connection, court))
    return [(one, judges[one]) for one in those_who_find(connection, hidden_from, judges)]


def may_assign(flow: Flow, actor: Actor) -> bool:
    """Tell whether the actor reviews such requests for the whole court, and so may give them to a judge."""
    return any(one.review and one.see is Sight.COURT for one in accesses(flow, actor))


def assign(house: House, actor: Actor, module: str, serial_no: str, person: int, version: int) -> None:
    """Make ``person`` the handler.

    Raises:
        Refused: the actor does not review for the whole court, or the person is no judge of it.
    """

    def work(connection: Connection) -> None:
        tx = Transaction(house, connection, actor, house.clock())
        before, flow = see(house, connection, actor, module, serial_no)
        needs(may_assign(flow, actor), "分派此件", "assign this")
        names = dict(assignable(connection, actor.court, before.hidden_from))
        if person not in names:
            raise invalid([Problem("handler", "not_a_choice", Label("此人不是本院的承办法官。", "This person is no judge of the court."))])  # fmt: skip
        done = connection.execute(
            sa.update(ApplicationRow)
            .where(ApplicationRow.id == before.id, ApplicationRow.version == version)
            .values(handler_id=person, version=version + 1)
        )
        if done.rowcount != 1:
            raise stale()
        after = evolve(before, handler=person, version=version + 1)
        connection.execute(
            sa.insert(History).values(
                application_id=after.id,
                court_code=after.court,
                at=tx.at,
                step="assign",
                from_state=after.state,
                to_state=after.state,
                actor=actor.name,
                actor_id=actor.person,
                reason=names[person],
                revision=after.revision,
                data={"handler": names[person]},
            )
        )
        tx.audit(f"{after.kind}.assign", serial_no, {"handler": names[person]})
        remind(tx, flow, after, Label(
            f"{flow.title.zh} {serial_no}（{after.applicant}）已分派给您，请处理。",
            f"{flow.title.en} {serial_no} ({after.applicant}) was assigned to you; please act.",
        ))  # fmt: skip
        write_terms(connection, after.id, words_of(flow, after), replace=True)
        tx.count(before, after)

    house.store.write(work)
