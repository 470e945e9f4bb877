"""What the applicant does with a request after it was received: correct and resubmit, withdraw, write."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import sqlalchemy as sa
from attrs import evolve

from core.fields.bind import to_json
from core.fields.kinds import Unfit, read_text
from core.fields.label import Label
from core.fields.problem import Problem, Reason, Refused, invalid
from core.module import MESSAGE, ApplicantStep, Flow
from core.records import ApplicationRow, Comment
from core.values import Actor, Application
from core.work.attach import attach
from core.work.body import RESUBMISSION_FIELDS, check_body
from core.work.deadlines import event_happened
from core.work.hiding import ANONYMOUS
from core.work.house import House
from core.work.notices import remind
from core.work.refusals import not_found, wrong_state
from core.work.snapshots import by_serial
from core.work.steps import Taken, take_step, tell_outside
from core.work.submit import applicant_of
from core.work.transaction import Transaction

T = TypeVar("T")
_MESSAGE_LENGTH = 500


def resubmit(house: House, actor: Actor, client: int, serial_no: str, raw: Mapping[str, Any]) -> Application:
    """Take a corrected revision of a request: same serial number, the time limit begins anew (解释第126条)."""

    def work(tx: Transaction, before: Application, flow: Flow) -> Application:
        step = _step(flow, before, resubmits=True)
        body = check_body(tx, flow, raw, client, RESUBMISSION_FIELDS)
        side = house.modules.sides[flow.kind]
        old = {
            "submitter": ANONYMOUS.zh if before.anonymous else before.submitter.name,
            "fields": to_json(before.fields),
        }
        side.replace(tx.connection, before.id, before.court, body.fields)
        revision = before.revision + 1
        applicant = applicant_of(flow, body)
        files = evolve(before, revision=revision)
        attach(tx, files, body.attachments)
        changes = {
            "revision": revision,
            "received_at": tx.at,
            "applicant": applicant,
            "reviewed_by": None,
            "reviewed_at": None,
        }
        return take_step(
            tx, evolve(before, fields=body.fields), step, Taken(changes=changes, kept={"before": old})
        )

    return _by_applicant(house, actor, client, serial_no, work)


def withdraw(house: House, actor: Actor, client: int, serial_no: str, reason: str = "") -> Application:
    """Take a request back, where its flow allows."""

    def work(tx: Transaction, before: Application, flow: Flow) -> Application:
        return take_step(tx, before, _step(flow, before, resubmits=False), Taken(reason=reason))

    return _by_applicant(house, actor, client, serial_no, work)


def write_message(
    house: House, actor: Actor, client: int, serial_no: str, text: Any, complaint: bool = False
) -> Application:
    """Take a message from the applicant; a complaint starts the limits that count from one."""

    def work(tx: Transaction, application: Application, flow: Flow) -> Application:
        clean = message_text(text)
        tx.connection.execute(
            sa.insert(Comment).values(
                application_id=application.id,
                court_code=tx.court,
                at=tx.at,
                from_court=False,
                author=ANONYMOUS.zh if application.anonymous else application.submitter.name,
                text=clean,
                complaint=complaint,
            )
        )
        if complaint:
            due = event_happened(tx, flow, None, application, MESSAGE, {})
            tx.connection.execute(
                sa.update(ApplicationRow).where(ApplicationRow.id == application.id).values(due_at=due)
            )
        tx.audit(f"{application.kind}.message_in", serial_no, {"complaint": complaint})
        remind(tx, flow, application, Label(
            f"{flow.title.zh} {serial_no}（{application.applicant}）：申请人{'投诉' if complaint else '留言'}，请查看。",
            f"{flow.title.en} {serial_no} ({application.applicant}): {'complaint' if complaint else 'message'} by the applicant.",
        ))  # fmt: skip
        tell_outside(tx, application, "message", {"from_court": False})
        return application

    return _by_applicant(house, actor, client, serial_no, work)


def message_text(text: Any) -> str:
    """Return a message as it is kept.

    Raises:
        Refused: it is empty, or too long.
    """
    try:
        clean = read_text(text)
    except Unfit as unfit:
        raise invalid([Problem("text", unfit.code, unfit.message)]) from None
    if len(clean) > _MESSAGE_LENGTH:
        raise invalid([Problem("text", "too_long", Label(f"留言最多{_MESSAGE_LENGTH}个字，现有{len(clean)}个字。", f"At most {_MESSAGE_LENGTH} characters; it has {len(clean)}."))])  # fmt: skip
    return clean


def _by_applicant(
    house: House,
    actor: Actor,
    client: int,
    serial_no: str,
    work: Callable[[Transaction, Application, Flow], T],
) -> T:
    def run(connection: sa.Connection) -> T:
        tx = Transaction(house, connection, actor, house.clock())
        application = by_serial(connection, house.modules, actor.court, serial_no)
        mine = connection.scalar(
            sa.select(ApplicationRow.client_id).where(ApplicationRow.id == application.id)
        )
        if mine != client or application.module not in tx.on:
            raise not_found()
        return work(tx, application, house.modules.sides[application.kind].flow)

    return house.store.write(run)


def _step(flow: Flow, application: Application, *, resubmits: bool) -> ApplicantStep:
    offered = [step for step in flow.steps if isinstance(step, ApplicantStep) and step.resubmits is resubmits]
    if not offered:
        raise Refused(
            Reason.CONFLICT,
            "no_such_step",
            (
                f"{flow.title.zh}不能由申请人进行此操作。",
                f"The applicant cannot do this with a {flow.title.en}.",
            ),
        )
    for step in offered:
        if step.leads_from(application.state):
            return step
    state = flow.state(application.state).applicant
    raise wrong_state(state.zh, state.en)
