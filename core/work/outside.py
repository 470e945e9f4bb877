"""What the applicant does with a request after it was received: correct and resubmit, withdraw, write."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import sqlalchemy as sa
from attrs import evolve

from core.fields.bind import UNKNOWN, bind, to_json
from core.fields.kinds import Unfit, read_text
from core.fields.label import Label
from core.fields.problem import Problem, Reason, Refused, invalid
from core.gate import enabled
from core.module import MESSAGE, ApplicantStep, Flow
from core.records import ApplicationRow, Comment
from core.values import Actor, Application, Message
from core.work.advice import against
from core.work.attach import attach
from core.work.body import check_body
from core.work.body_files import read_attachments
from core.work.context import around, exists
from core.work.deadlines import event_happened
from core.work.feed import tell_outside
from core.work.hiding import ANONYMOUS
from core.work.house import House
from core.work.notices import remind
from core.work.refusals import not_found, wrong_state
from core.work.snapshots import by_serial
from core.work.steps import Taken, take_step
from core.work.submit import applicant_of, is_anonymous
from core.work.transaction import Transaction

T = TypeVar("T")
_MESSAGE_LENGTH = 500
WITHDRAW = "withdraw"
"""The code of the step that takes a request back."""


def resubmit(house: House, actor: Actor, client: int, serial_no: str, raw: Mapping[str, Any]) -> Application:
    """Take a corrected revision of a request: same serial number, the time limit begins anew (解释第126条)."""

    def work(tx: Transaction, before: Application, flow: Flow) -> Application:
        step = _step(tx, flow, before, lambda one: one.resubmits)
        body = check_body(tx, flow, raw, client, before)
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
            "anonymous": is_anonymous(flow, body),
            "reviewed_by": None,
            "reviewed_at": None,
        }
        return take_step(
            tx, evolve(before, fields=body.fields), step, Taken(changes=changes, kept={"before": old})
        )

    return _by_applicant(house, actor, client, serial_no, work)


def withdraw(house: House, actor: Actor, client: int, serial_no: str, reason: str = "") -> Application:
    """Take a request back, where its flow has the step ``withdraw``."""

    def work(tx: Transaction, before: Application, flow: Flow) -> Application:
        return take_step(
            tx, before, _step(tx, flow, before, lambda one: one.code == WITHDRAW), Taken(reason=reason)
        )

    return _by_applicant(house, actor, client, serial_no, work)


def write_message(
    house: House, actor: Actor, client: int, serial_no: str, text: Any, complaint: bool = False
) -> Application:
    """Take a message from the applicant; a complaint starts the limits that count from one."""

    def work(tx: Transaction, application: Application, flow: Flow) -> Application:
        author = ANONYMOUS.zh if application.anonymous else application.submitter.name
        message = Message(message_text(text), from_court=False, author=author, complaint=complaint)
        message = house.hooks.comment(tx.on, application.module, application, message)
        tx.connection.execute(
            sa.insert(Comment).values(
                application_id=application.id,
                court_code=tx.court,
                at=tx.at,
                from_court=False,
                author=message.author,
                text=message.text,
                complaint=complaint,
            )
        )
        if complaint:
            event_happened(tx, flow, None, application, MESSAGE, {})
        tx.audit(f"{application.kind}.message_in", serial_no, {"complaint": complaint})
        tell_outside(tx, application, "message", {"from_court": False})
        follow = _by_message(tx, flow, application)
        if follow is not None:
            return take_step(
                tx, application, follow, Taken(reason=message.text, data={"message": message.text})
            )
        remind(tx, flow, application, Label(
            f"{flow.title.zh} {serial_no}（{application.applicant}）：申请人{'投诉' if complaint else '留言'}，请查看。",
            f"{flow.title.en} {serial_no} ({application.applicant}): {'complaint' if complaint else 'message'} by the applicant.",
        ))  # fmt: skip
        return application

    return _by_applicant(house, actor, client, serial_no, work)


def _by_message(tx: Transaction, flow: Flow, application: Application) -> ApplicantStep | None:
    """Return the step that a message takes in the request's present state, where there is one."""
    context = around(tx, flow, application)
    return next((
        step
        for step in flow.steps
        if isinstance(step, ApplicantStep) and step.by_message and step.leads_from(application.state)
        and exists(step, application, context)
    ), None)  # fmt: skip


def disclosed(house: House, court: str, client: int, serial_no: str) -> Application | None:
    """Return another client's request that its kind lets those in the same case see in its present state, or None."""
    with house.store.read() as connection:
        application = by_serial(connection, house.modules, court, serial_no)
        flow = house.modules.sides[application.kind].flow
        if application.state not in flow.disclosed_in or application.module not in enabled(connection, court):
            return None
        owner = sa.select(ApplicationRow.client_id).where(ApplicationRow.id == application.id)
        if application.case_id is None or connection.scalar(owner) == client:
            return None
        engaged = sa.select(ApplicationRow.id).where(
            ApplicationRow.case_id == application.case_id, ApplicationRow.client_id == client
        )
        return application if connection.scalar(engaged.limit(1)) is not None else None


def take_applicant_step(
    house: House, actor: Actor, client: int, serial_no: str, code: str, raw: Mapping[str, Any]
) -> Application:
    """Take a step of the applicant's with its own fields and files, such as a return receipt.

    ``raw`` is ``{"fields": {…}, "attachments": […]}``, either left out where the step asks for nothing.

    Raises:
        Refused: there is no such step, not now, or something is wrong with what came (all named).
    """

    def work(tx: Transaction, before: Application, flow: Flow) -> Application:
        step = _step(tx, flow, before, lambda one: one.code == code and not (one.resubmits or one.by_message))
        problems = [
            Problem(str(name), "unknown_field", UNKNOWN)
            for name in raw
            if name not in ("fields", "attachments")
        ]
        given, named = (
            empty if raw.get(name) is None else raw[name]
            for name, empty in (("fields", {}), ("attachments", []))
        )
        values: Any = None
        if step.fields is not None:
            values, found = bind(step.fields, given, tx.registers)
            problems += [problem.under("fields") for problem in found]
        elif given != {}:
            problems.append(Problem("fields", "unknown_field", UNKNOWN))
        held = given if isinstance(given, Mapping) else {}
        files, found = read_attachments(tx, step.attachments, named, held, client)
        problems += found
        if not problems and (stands := against(step, before, values, around(tx, flow, before))) is not None:
            problems.append(stands.under("fields"))
        if problems:
            raise invalid(problems)
        attach(tx, before, files)
        return take_step(tx, before, step, Taken(values=values))

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


def _step(
    tx: Transaction, flow: Flow, application: Application, meant: Callable[[ApplicantStep], bool]
) -> ApplicantStep:
    offered = [step for step in flow.steps if isinstance(step, ApplicantStep) and meant(step)]
    if not offered:
        raise Refused(
            Reason.CONFLICT,
            "no_such_step",
            (
                f"{flow.title.zh}不能由申请人进行此操作。",
                f"The applicant cannot do this with a {flow.title.en}.",
            ),
        )
    context = around(tx, flow, application)
    for step in offered:
        if step.leads_from(application.state) and exists(step, application, context):
            return step
    state = flow.state(application.state).applicant
    raise wrong_state(state.zh, state.en)
