"""Whether the page a person acts on still shows how things stand."""

from datetime import datetime

import sqlalchemy as sa
from attrs import frozen

from core.fields.label import Label
from core.module import Flow
from core.records import History
from core.values import Application
from core.work.refusals import stale
from core.work.transaction import Transaction


@frozen
class Stale:
    """What a person with an outdated page needs to go on: what happened meanwhile."""

    version: int
    state: Label
    steps: tuple[tuple[datetime, str, Label], ...]


def must_be_fresh(tx: Transaction, flow: Flow, application: Application, version: int) -> None:
    """Refuse to act on a page that has been overtaken, and show what happened meanwhile.

    Raises:
        Refused: with a ``Stale`` in ``shown``.
    """
    if application.version == version:
        return
    rows = tx.connection.execute(
        sa.select(History.at, History.actor, History.step)
        .where(History.application_id == application.id)
        .order_by(History.id.desc())
        .limit(5)
    )
    names = {step.code: step.label for step in flow.transitions}
    steps = tuple((row.at, row.actor, names.get(row.step, Label(row.step, row.step))) for row in rows)
    raise stale(Stale(application.version, flow.state(application.state).label, steps))
