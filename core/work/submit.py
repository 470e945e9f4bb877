"""A request arrives from outside: checked whole, written whole, answered with its serial number."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from core.attributes import changed, reader
from core.fields.bind import to_json
from core.fields.problem import Reason, Refused
from core.fields.spec import specs_of
from core.module import RECEIVED, Flow
from core.records import ApplicationRow
from core.store.keys import new_key
from core.store.prepared import PreparedRead, inserting
from core.values import Actor, Application, Submitter
from core.work.attach import attach
from core.work.body import SUBMISSION_ID, Body, check_body
from core.work.clients import Client, confirm
from core.work.context import around
from core.work.deadlines import first_due, starting
from core.work.hiding import ANONYMOUS, may_handle
from core.work.house import House
from core.work.opened import Opened
from core.work.refusals import not_found
from core.work.serials import next_serial
from core.work.snapshots import by_serial
from core.work.steps import begin
from core.work.transaction import NamedCourt, Transaction

_EARLIER = PreparedRead(
    sa.select(ApplicationRow.serial_no, ApplicationRow.court_code, ApplicationRow.submission_digest).where(
        ApplicationRow.client_id == sa.bindparam("client"),
        ApplicationRow.submission_id == sa.bindparam("submission"),
    )
)
_COLUMNS = (
    "id", "serial_no", "module", "kind", "state", "version", "revision", "case_id", "case_number", "parent_id",
    "applicant", "submitted_at", "received_at", "due_at", "due_hours", "hidden_from", "anonymous",
)  # fmt: skip
_CELLS = reader(_COLUMNS)
_SUBMITTER = reader(list(specs_of(Submitter)))
_INSERT = inserting(
    ApplicationRow, *_COLUMNS, "court_code", "handler_id", "client_id", "submission_id", "submission_digest", "submitter", "data",
)  # fmt: skip


@frozen
class Received:
    """What the submitter is told: the serial number, when it arrived, and what else was written."""

    application: Application
    court: NamedCourt
    opened: Opened | None = None
    """What was written of it; None where this repeats an earlier answer."""

    @property
    def serial_no(self) -> str:
        """The serial number."""
        return self.application.serial_no

    @property
    def received_at(self) -> datetime:
        """When it was received."""
        return self.application.submitted_at


def submit(
    house: House, actor: Actor, client: int, raw: Mapping[str, Any], *, confirming: Client | None = None
) -> Received:
    """Receive the submission ``raw`` (see the API document) for the actor's court.

    A second submission with the same ``submission_id`` and content gives the first answer again. With ``confirming``,
    the client as it was known, it is looked up again where the submission is written.

    Raises:
        ClientChanged: it is no longer what it was known as.
        Refused: the kind is unknown or off, something is wrong (every problem is named), or the id was used
            for another content.
    """
    digest = _digest(raw)

    def work(connection: Connection) -> Received:
        if confirming is not None:
            confirm(connection, confirming, actor.court)
        return _submit(Transaction(house, connection, actor, house.clock()), client, raw, digest)

    try:
        return house.store.write(work)
    except IntegrityError:
        # Somebody with the same submission id was faster, and the second look finds it; or it was one with the same key.
        return house.store.write(work)


def _digest(raw: Mapping[str, Any]) -> str:
    """Return a digest of the content, whatever the order of its names."""
    try:
        return hashlib.sha256(msgspec.json.encode(raw, order="sorted")).hexdigest()
    except UnicodeEncodeError:  # half a character
        return _earlier_digest(raw)


def _earlier_digest(raw: Mapping[str, Any]) -> str:
    """Return it as it was made at first: it stands in rows of that time."""
    text = json.dumps(raw, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()


def _submit(tx: Transaction, client: int, raw: Mapping[str, Any], digest: str) -> Received:
    earlier = _earlier(tx, client, raw, digest)
    if earlier is not None:
        return Received(earlier, tx.named_court)
    flow = _open_flow(tx, raw.get("kind"))
    body = check_body(tx, flow, raw, client)
    module = tx.house.modules.owner[flow.kind]
    key = new_key(tx.at)
    case = body.case
    parent = by_serial(tx.connection, tx.house.modules, tx.court, body.parent) if body.parent else None
    application = Application(
        id=key,
        serial_no=next_serial(tx.connection, flow.serial_prefix, tx.court, tx.today),
        court=tx.court,
        module=module,
        kind=flow.kind,
        state=flow.initial.code,
        version=1,
        revision=1,
        case_id=case.id if case else (parent.case_id if parent else None),
        case_number=case.case_number if case else (parent.case_number if parent else None),
        parent_id=parent.id if parent else None,
        applicant=applicant_of(flow, body),
        handler=case.handler if case else (parent.handler if parent else None),
        submitted_at=tx.at,
        received_at=tx.at,
        due_at=None,
        reviewed_by=None,
        reviewed_at=None,
        submitter=body.submitter,
        fields=body.fields,
        hidden_from=parent.hidden_from if parent else None,
        anonymous=is_anonymous(flow, body),
    )
    application = _routed(tx, flow, application)
    limits = starting(tx, flow, application, RECEIVED, {})
    due_at, due_hours = first_due(limits)
    application = changed(application, due_at=due_at, due_hours=due_hours)
    _insert(tx, application, client, body.submission_id, digest)
    tx.house.modules.sides[flow.kind].insert(tx.connection, key, tx.court, body.fields)
    attach(tx, application, body.attachments)
    opened = Opened(body.attachments, limits)
    return Received(begin(tx, application, opened), tx.named_court, opened)


def applicant_of(flow: Flow, body: Body) -> str:
    """Return the name lists show: the declared field's, else the submitter's."""
    if is_anonymous(flow, body):
        return ANONYMOUS.zh
    named = getattr(body.fields, flow.applicant) if flow.applicant else ""
    return str(named or body.submitter.name)[:200]


def is_anonymous(flow: Flow, body: Body) -> bool:
    """Tell whether whoever handles it must not learn who filed it."""
    return flow.anonymous is not None and flow.anonymous.holds(to_json(body.fields))


def _earlier(tx: Transaction, client: int, raw: Mapping[str, Any], digest: str) -> Application | None:
    submission_id = raw.get("submission_id")
    if not isinstance(submission_id, str) or not SUBMISSION_ID.fullmatch(submission_id):
        return None
    row = _EARLIER.first(tx.connection, {"client": client, "submission": submission_id})
    if row is None:
        return None
    known = (digest, _earlier_digest(raw))
    if row.submission_digest not in known or row.court_code != tx.court:
        raise Refused(
            Reason.CONFLICT,
            "submission_id_reused",
            (
                "此 submission_id 已用于另一份内容，请为新的提交换一个编号。",
                "This submission_id was used for other content; give a new submission a new id.",
            ),
        )
    return by_serial(tx.connection, tx.house.modules, tx.court, row.serial_no)


def _open_flow(tx: Transaction, kind: Any) -> Flow:
    flow = tx.house.modules.flow(kind) if isinstance(kind, str) else None
    if flow is None or tx.house.modules.owner[flow.kind] not in tx.on:
        raise unknown_kind()
    if getattr(flow, "opened_by", "outside") != "outside":
        raise unknown_kind()
    return flow


def unknown_kind() -> Refused:
    """Return the refusal for a kind that does not exist, or is off, in this court."""
    refusal = not_found()
    return Refused(
        refusal.reason,
        "unknown_kind",
        (
            "本院没有开通此类申请，请核对 kind。",
            "This court does not take requests of this kind; check “kind”.",
        ),
    )


def _routed(tx: Transaction, flow: Flow, application: Application) -> Application:
    """Return the request as the one who is to handle it gets it, where the declaration says so."""
    routing = flow.route(application.fields, around(tx, flow, application)) if flow.route else None
    if routing is None:
        return application
    # Nobody is given what is hidden from them, or from whom they serve; those who oversee then assign it.
    fit = routing.handler is not None and may_handle(tx.connection, routing.hidden_from, routing.handler)
    return changed(application, handler=routing.handler if fit else None, hidden_from=routing.hidden_from)


def _insert(tx: Transaction, application: Application, client: int, submission_id: str, digest: str) -> None:
    row = _CELLS(application) | {
        "court_code": application.court,
        "handler_id": application.handler,
        "client_id": client,
        "submission_id": submission_id,
        "submission_digest": digest,
        "submitter": _SUBMITTER(application.submitter),
        "data": {},
    }
    _INSERT.run(tx.connection, row)
