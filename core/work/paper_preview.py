"""What a decision would issue: it is carried out, its papers are read, and all of it is undone."""

from collections.abc import Mapping

from sqlalchemy.engine import Connection

from core.papers.blocks import Document
from core.values import Actor
from core.work.access import may_draft, needs, see
from core.work.carrying import Form, carry_out, checked
from core.work.context import around, exists
from core.work.house import House
from core.work.refusals import not_found, not_offered, wrong_state
from core.work.transaction import Transaction


class _UndoneError(Exception):
    """Takes the papers out of the transaction, and the transaction with them."""

    def __init__(self, papers: Mapping[str, Document]) -> None:
        self.papers = papers
        super().__init__("a preview keeps nothing")


def preview_papers(
    house: House, actor: Actor, module: str, serial_no: str, decision: str, *, opinion: str, form: Form
) -> Mapping[str, Document]:
    """Return the papers that ``decision`` would issue with what the form says, by code, marked as a preview.

    Raises:
        Refused: not mine to see or draft, not possible now, or something is wrong with the form.
    """

    def work(connection: Connection) -> None:
        papers: dict[str, Document] = {}
        tx = Transaction(house, connection, actor, house.clock(), preview=papers)
        application, flow = see(house, connection, actor, module, serial_no)
        chosen = flow.decision(decision)
        if chosen is None:
            raise not_found()
        needs(may_draft(flow, actor, application.handler, [chosen]), "预览文书", "preview papers")
        if not chosen.leads_from(application.state):
            label = flow.state(application.state).label
            raise wrong_state(label.zh, label.en)
        context = around(tx, flow, application)
        if not exists(chosen, application, context):
            raise not_offered(chosen.label)
        _, values, clean = checked(tx, flow, application, decision, opinion, form, direct=chosen.direct)
        carry_out(tx, application, chosen, values, clean, context)
        raise _UndoneError(papers)

    try:
        house.store.write(work)
    except _UndoneError as undone:
        return undone.papers
    raise AssertionError("unreachable")  # pragma: no cover
