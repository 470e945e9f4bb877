"""A request whose module is missing or failed: what the host itself knows of it can still be read, and nothing changed."""

from datetime import datetime

import sqlalchemy as sa
from attrs import frozen

from core.records import ApplicationFile, ApplicationRow, History
from core.roles import Role
from core.values import Actor
from core.work.access import is_sealed
from core.work.hiding import ANONYMOUS, is_hidden
from core.work.house import House
from core.work.refusals import not_found
from core.work.transaction import Transaction

OVERSEE = frozenset({Role.PRESIDENT, Role.SUPERVISOR})
"""Who reads the requests of others: the module's own rule is not there to be asked, so only those who oversee all."""


@frozen
class Step:
    """One step in the history, by its codes: the words went with the module."""

    at: datetime
    actor: str
    code: str
    to_state: str
    reason: str


@frozen
class Gone:
    """What is left to read."""

    serial_no: str
    module: str
    state: str
    applicant: str
    case_number: str | None
    submitted_at: datetime
    files: tuple[str, ...]
    history: tuple[Step, ...]


def is_gone(house: House, module: str) -> bool:
    """Tell whether a module that a court has on does not work."""
    return module not in house.modules.ready


def oversees(actor: Actor) -> bool:
    """Tell whether the actor reads what others handle though no module says so."""
    return bool(actor.roles & OVERSEE)


def opens_gone(actor: Actor, handler: int | None) -> bool:
    """Tell whether the actor may read a request whose module is gone and which ``handler`` handles."""
    return handler in actor.handles or oversees(actor)


def read_gone(house: House, actor: Actor, module: str, serial_no: str) -> Gone:
    """Return the request; that it was looked at is recorded.

    Raises:
        Refused: not found: the module is off, another court's, of a sealed case, hidden from the actor, or neither handled
            nor overseen by the actor.
    """

    def work(connection: sa.Connection) -> Gone:
        tx = Transaction(house, connection, actor, house.clock())
        table = ApplicationRow.__table__
        row = connection.execute(
            sa.select(table).where(
                table.c.court_code == actor.court, table.c.module == module, table.c.serial_no == serial_no
            )
        ).one_or_none()
        if row is None or module not in tx.on or not opens_gone(actor, row.handler_id):
            raise not_found()
        if is_hidden(actor, row.hidden_from, reached=oversees(actor)):
            raise not_found()
        if is_sealed(connection, actor, row.case_id, row.handler_id):
            raise not_found()
        tx.audit(f"{row.kind}.view", serial_no)
        files = sa.select(ApplicationFile.name).where(ApplicationFile.application_id == row.id)
        steps = sa.select(History.__table__).where(History.application_id == row.id).order_by(History.id)
        return Gone(
            serial_no=serial_no, module=module, state=row.state, applicant=ANONYMOUS.zh if row.anonymous else row.applicant,
            case_number=row.case_number, submitted_at=row.submitted_at,
            files=tuple(connection.scalars(files.order_by(ApplicationFile.revision, ApplicationFile.place))),
            history=tuple(
                Step(one.at, ANONYMOUS.zh if row.anonymous and one.actor_id is None else one.actor, one.step, one.to_state, one.reason)
                for one in connection.execute(steps)
            ),
        )  # fmt: skip

    return house.store.write(work)
