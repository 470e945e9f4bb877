"""Requests as the outside platform files, follows, corrects and withdraws them."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from core.api.answers import JsonAnswer
from core.api.call import Call
from core.api.papers import listed
from core.appointment import Engagement
from core.fields.bind import bind
from core.fields.kinds import KINDS
from core.fields.label import Label
from core.fields.problem import Problem, invalid
from core.fields.spec import specs_of
from core.gate import enabled
from core.module import Decision, Flow
from core.records import ApplicationRow, Comment, History
from core.values import Actor, Application, AttachedFile
from core.work import outside
from core.work.agenda import appointment_of
from core.work.detail import Due, deadlines_of, dues_of
from core.work.opened import FileGiven
from core.work.paper_files import papers_of
from core.work.refusals import not_found
from core.work.registers import Registers
from core.work.snapshots import by_serial
from core.work.submit import submit
from core.work.times import court_day
from core.work.transaction import NamedCourt, Transaction


def post_application(call: Call) -> JsonAnswer:
    """Receive a request: 201 with its serial number and the receipt (民诉法第69条)."""
    received = submit(
        call.house, call.actor, call.client.id, call.json(call.raw_body()), confirming=call.client
    )
    application, opened = received.application, received.opened
    flow = call.house.modules.sides[application.kind].flow
    dues: Sequence[Due]
    files: Sequence[AttachedFile | FileGiven]
    if opened is None:  # a repeat
        dues, files = _found_again(call, flow, application)
    else:
        dues, files = dues_of(flow, opened.limits, application.received_at, 0), opened.files
    received_at = received.received_at.isoformat()
    receipt = {
        "court": _court(received.court),
        "serial_no": received.serial_no,
        "received_at": received_at,
        "submitter": application.submitter.name,
        "materials": [_attachment(one, application.revision) for one in files],
    }
    body = {
        "serial_no": received.serial_no,
        "received_at": received_at,
        "receipt": receipt,
        "state": _state(flow, application),
        "deadlines": [_deadline(one) for one in dues],
    }
    return JsonAnswer(body, 201, plain=True)


def _found_again(
    call: Call, flow: Flow, application: Application
) -> tuple[Sequence[Due], Sequence[AttachedFile]]:
    with call.house.store.read() as connection:
        if application.module not in enabled(connection, call.court):
            raise not_found()  # it is off by now
        tx = Transaction(call.house, connection, Actor(court=call.court), call.house.clock())
        newest = [one for one in application.files if one.revision == application.revision]
        return deadlines_of(tx, flow, application), newest


def get_application(call: Call) -> JsonAnswer:
    """Answer where a request stands, in the applicant's words.

    Of another client's request in a case where one has requests oneself, a short form, once the kind discloses it.
    """
    disclosed = outside.disclosed(call.house, call.court, call.client.id, call.path["serial_no"])
    return JsonAnswer(_short(call, disclosed) if disclosed else _shown(call, None))


def _short(call: Call, application: Application) -> dict[str, Any]:
    flow = call.house.modules.sides[application.kind].flow
    state = flow.state(application.state)
    with call.house.store.read() as connection:
        papers = papers_of(connection, application.id, outside=True)
    return {
        "serial_no": application.serial_no,
        "kind": application.kind,
        "case_number": application.case_number,
        "state": {"code": state.code, "label_zh": state.applicant.zh, "label_en": state.applicant.en},
        "papers": [listed(one) for one in papers if one.offered == "participants"],
    }


def post_resubmission(call: Call) -> JsonAnswer:
    """Receive a corrected revision."""
    body = call.json(call.raw_body())
    application = outside.resubmit(call.house, call.actor, call.client.id, call.path["serial_no"], body)
    return JsonAnswer(_shown(call, application), 201)


def post_step(call: Call) -> JsonAnswer:
    """Take a step of the applicant's, such as a return receipt; its fields are described under ``kinds``."""
    body = call.json(call.raw_body())
    application = outside.take_applicant_step(
        call.house, call.actor, call.client.id, call.path["serial_no"], call.path["step"], body
    )
    return JsonAnswer(_shown(call, application), 201)


def post_withdrawal(call: Call) -> JsonAnswer:
    """Take a request back."""
    reason = _text(call.json(call.raw_body()), "reason")
    application = outside.withdraw(call.house, call.actor, call.client.id, call.path["serial_no"], reason)
    return JsonAnswer(_shown(call, application), 201)


def post_message(call: Call) -> JsonAnswer:
    """Receive a message, or a complaint."""
    body = call.json(call.raw_body())
    complaint = body.get("complaint", False)
    unknown = [name for name in body if name not in ("text", "complaint")]
    if not isinstance(complaint, bool) or unknown:
        name = unknown[0] if unknown else "complaint"
        raise invalid([Problem(name, "unknown_field", Label("留言只有 text 和 complaint（true/false）。", "A message has text and complaint (true or false)."))])  # fmt: skip
    application = outside.write_message(
        call.house, call.actor, call.client.id, call.path["serial_no"], body.get("text"), complaint
    )
    return JsonAnswer(_shown(call, application), 201)


def _text(body: dict[str, Any], name: str) -> str:
    given = body.get(name) or ""
    if not isinstance(given, str) or len(given) > 500 or set(body) - {name}:
        raise invalid(
            [
                Problem(
                    name,
                    "not_text",
                    Label("只有 reason，最多500字。", "Only “reason”, at most 500 characters."),
                )
            ]
        )
    return given


def _shown(call: Call, application: Application | None) -> dict[str, Any]:
    house = call.house
    with house.store.read() as connection:
        serial_no = application.serial_no if application else call.path["serial_no"]
        application = by_serial(connection, house.modules, call.court, serial_no)
        owner = connection.scalar(
            sa.select(ApplicationRow.client_id).where(ApplicationRow.id == application.id)
        )
        if owner != call.client.id or application.module not in enabled(connection, call.court):
            raise not_found()
        flow = house.modules.sides[application.kind].flow
        tx = Transaction(house, connection, Actor(court=call.court), house.clock())
        return {
            "serial_no": application.serial_no,
            "kind": application.kind,
            "court": _court(tx.named_court),
            "state": _state(flow, application),
            "revision": application.revision,
            "submitted_at": application.submitted_at,
            "received_at": application.received_at,
            "case_number": application.case_number,
            "decision": _decision(tx, flow, application),
            "messages": _messages(tx, application),
            "appointment": _appointment(appointment_of(connection, flow, application)),
            "deadlines": [_deadline(one) for one in deadlines_of(tx, flow, application)],
            "attachments": _attachments(application),
            "papers": [listed(one) for one in papers_of(connection, application.id, outside=True)],
        }


def _court(court: NamedCourt) -> dict[str, Any]:
    return {"code": court.code, "name": court.name, "telephone": court.telephone}


def _state(flow: Flow, application: Application) -> dict[str, Any]:
    state = flow.state(application.state)
    return {
        "code": state.code,
        "label_zh": state.applicant.zh,
        "label_en": state.applicant.en,
        "face_zh": state.face.zh,
    }


def _appointment(one: Engagement | None) -> dict[str, Any] | None:
    """Return the appointment a request came to; ``…/appointment`` gives it as a calendar file."""
    if one is None:
        return None
    return {"starts_at": one.starts_at, "ends_at": one.ends_at, "place": one.place, "with": one.judge_name}


def _attachments(application: Application) -> list[dict[str, Any]]:
    newest = application.revision
    return [_attachment(one, newest) for one in application.files if one.revision == newest]


def _attachment(one: AttachedFile | FileGiven, revision: int) -> dict[str, Any]:
    return {
        "name": one.name, "category": one.category, "sha256": one.sha256, "pages": one.pages,
        "copies": one.copies, "is_original": one.is_original, "revision": revision,
    }  # fmt: skip


def _messages(tx: Transaction, application: Application) -> list[dict[str, Any]]:
    rows = tx.connection.execute(
        sa.select(Comment.__table__).where(Comment.application_id == application.id).order_by(Comment.id)
    )
    return [
        {
            "at": row.at,
            "from": "court" if row.from_court else "applicant",
            "author": row.author,
            "text": row.text,
            "complaint": row.complaint,
        }
        for row in rows
    ]


def _deadline(due: Due) -> dict[str, Any]:
    return {
        "rule": due.rule,
        "label_zh": due.label.zh,
        "label_en": due.label.en,
        "basis": due.basis,
        "binds": "other" if due.other else "applicant" if due.applicant else "court",
        "ends_on": due.last.isoformat() if due.last else None,
        "ends_at": due.ends_at.isoformat() if due.ends_at else None,
        "status": due.status,
        "explanation_zh": due.explanation.zh,
        "explanation_en": due.explanation.en,
    }


def _decision(tx: Transaction, flow: Flow, application: Application) -> dict[str, Any] | None:
    """Return the last reviewing decision as the applicant may read it."""
    told = {one.code: one for one in flow.decisions if not one.direct}
    rows = tx.connection.execute(
        sa.select(History.__table__)
        .where(History.application_id == application.id, History.step.in_(told))
        .order_by(History.id.desc())
    )
    row = next((one for one in rows if not _within_the_court(flow, told[one.step], one)), None)
    if row is None:
        return None
    step = told[row.step]
    return {
        "code": step.code,
        "label_zh": step.zh,
        "label_en": step.en,
        "at": row.at,
        "opinion": "" if step.private else row.reason,
        "details": [] if step.private else _details(tx, step, row.data),
    }


def _within_the_court(flow: Flow, step: Decision, row: Any) -> bool:
    """Tell whether the applicant learns nothing of a decision: a quiet one that leaves the state in the applicant's words."""
    return step.quiet and flow.state(row.from_state).applicant == flow.state(row.to_state).applicant


def _details(tx: Transaction, step: Decision, data: Any) -> list[dict[str, Any]]:
    if step.fields is None:
        return []
    names = specs_of(step.fields)
    value, problems = bind(
        step.fields,
        {name: data[name] for name in data if name in names},
        Registers(tx.connection, tx.court, court_day(tx.at)),
    )
    if problems:
        return []
    return [
        {"name": name, "label_zh": spec.label.zh, "label_en": spec.label.en, "value": _plain(spec, held)}
        for name, spec in names.items()
        if (held := getattr(value, name)) not in (None, ())
    ]


def _plain(spec: Any, held: Any) -> Any:
    if spec.kind is KINDS.group:
        return [
            {
                name: one.kind.show(inner, one, "zh")
                for name, one in specs_of(type(item)).items()
                if (inner := getattr(item, name)) is not None
            }
            for item in held
        ]
    return spec.kind.show(held, spec, "zh")
