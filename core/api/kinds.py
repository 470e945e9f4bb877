"""What a court takes: the kinds that are on, their schemas, and an example that is valid right now."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from attrs import evolve
from sqlalchemy.engine import Connection

from core.api.answers import JsonAnswer
from core.api.call import Call
from core.fields.example import example_of
from core.fields.schema import schema_of
from core.gate import enabled
from core.module import ApplicantStep, Attachment, Flow, RequestType
from core.records import ApplicationRow, CaseRow, HearingRow
from core.values import Submitter
from core.work.context import Around
from core.work.house import House
from core.work.outside import WITHDRAW
from core.work.registers import Registers
from core.work.times import court_day
from core.work.transaction import Transaction

_SAMPLES = 5
SUBMITTER = {"role": "party", "name": "示例申请人", "phone": "19900000000"}


def kinds(call: Call) -> JsonAnswer:
    """Answer the kinds of the court that may be filed from outside."""
    with call.house.store.read() as connection:
        on = enabled(connection, call.court)
        offered = [flow for name, flow in outside_flows(call.house) if name in on]
        return JsonAnswer({"kinds": [_kind(call, connection, flow) for flow in offered]})


def outside_flows(house: House) -> list[tuple[str, Flow]]:
    """Return (module, flow) of everything that may be opened from outside, in the menu's order."""
    return [
        (name, flow)
        for name, module in house.modules.ordered()
        for flow in module.requests
        if getattr(flow, "opened_by", "outside") == "outside"
    ]


def submission_schema(flow: Flow) -> dict[str, Any]:
    """Return the JSON Schema of a whole submission of ``flow``."""
    rule = flow.case if isinstance(flow, RequestType) else "none"
    properties: dict[str, Any] = {
        "kind": {"const": flow.kind},
        "submission_id": {"type": "string", "pattern": "^[!-~]{1,128}$"},
        "submitter": schema_of(Submitter),
        "fields": schema_of(flow.fields),
        "attachments": attachments_schema(flow.attachments),
    }
    required = ["kind", "submission_id", "submitter", "fields"]
    if rule != "none":
        properties["case_number"] = {"type": "string" if rule == "required" else ["string", "null"]}
        required += ["case_number"] if rule == "required" else []
    if flow.parent is not None:
        properties["parent"] = {"type": "string", "description": f"serial number of a {flow.parent.kind}"}
        required.append("parent")
    if any(one.required for one in flow.attachments):
        required.append("attachments")
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def steps_of(flow: Flow) -> list[ApplicantStep]:
    """Return the steps that the applicant takes by name (``…/steps/{code}``)."""
    return [
        one
        for one in flow.steps
        if isinstance(one, ApplicantStep)
        and not one.resubmits
        and not one.by_message
        and one.code != WITHDRAW
    ]


def step_of(step: ApplicantStep) -> dict[str, Any]:
    """Return what the description of a kind says of one of its steps."""
    return {
        "code": step.code,
        "title_zh": step.zh,
        "title_en": step.en,
        "states": list(step.sources),
        "schema": step_schema(step),
    }


def step_schema(step: ApplicantStep) -> dict[str, Any]:
    """Return the JSON Schema of the body of a step."""
    properties: dict[str, Any] = {}
    if step.fields is not None:
        properties["fields"] = schema_of(step.fields)
    if step.attachments:
        properties["attachments"] = attachments_schema(step.attachments)
    required = ["fields"] if properties.get("fields", {}).get("required") else []
    required += ["attachments"] if any(one.required for one in step.attachments) else []
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def attachments_schema(offered: Sequence[Attachment]) -> dict[str, Any]:
    """Return the JSON Schema of a list of attachments under the categories ``offered``."""
    item: dict[str, Any] = {
        "type": "object",
        "properties": {
            "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "name": {"type": "string", "minLength": 1, "maxLength": 200},
            "category": {"enum": [one.category for one in offered]},
            "pages": {"type": ["integer", "null"], "minimum": 1, "maximum": 100_000},
            "copies": {"type": ["integer", "null"], "minimum": 1, "maximum": 100_000},
            "is_original": {"type": "boolean"},
        },
        "required": ["sha256", "name", "category"],
        "additionalProperties": False,
    }
    schema: dict[str, Any] = {"type": "array", "items": item}
    needed = [
        {"contains": {"properties": {"category": {"const": one.category}}, "required": ["category"]}}
        for one in offered
        if one.required
    ]
    return schema | ({"allOf": needed} if needed else {})


def _kind(call: Call, connection: Connection, flow: Flow) -> dict[str, Any]:
    return {
        "kind": flow.kind,
        "module": call.house.modules.owner[flow.kind],
        "title_zh": flow.title.zh,
        "title_en": flow.title.en,
        "schema": submission_schema(flow),
        "attachments": [
            {"category": one.category, "title_zh": one.zh, "title_en": one.en, "required": one.required}
            for one in flow.attachments
        ],
        "steps": [step_of(one) for one in steps_of(flow)],
        "examples": [_example(call, connection, flow)],
    }


def _sample_cases(connection: Connection, court: str, now: datetime) -> list[Any]:
    """Return cases that examples may be about: the newest, and those whose hearing was appointed last and is to come."""
    cases = sa.select(CaseRow.id, CaseRow.case_number).where(
        CaseRow.court_code == court, CaseRow.sealed.is_(False)
    )
    newest = connection.execute(cases.order_by(CaseRow.id.desc()).limit(_SAMPLES)).all()
    ahead = connection.execute(
        cases.join(HearingRow, HearingRow.case_id == CaseRow.id)
        .where(
            HearingRow.court_code == court, HearingRow.state == "scheduled", HearingRow.starts_at > now
        )
        .order_by(HearingRow.id.desc())
        .limit(_SAMPLES)
    ).all()  # fmt: skip
    return [*newest, *ahead]


def _sample(call: Call, connection: Connection, flow: Flow) -> tuple[Any, Mapping[str, Any]]:
    """Return the case an example is about, where it needs one, and the values laid over it."""
    needs = getattr(flow, "case", "none") == "required"
    cases = _sample_cases(connection, call.court, call.house.clock()) if needs else []
    tried = ((one, _values(call, connection, flow, one)) for one in cases or [None])
    found = next(((case, values) for case, values in tried if values is not None), None)
    return found or (cases[0] if cases else None, {})


def _values(call: Call, connection: Connection, flow: Flow, case: Any) -> Mapping[str, Any] | None:
    given = getattr(flow, "example", None)
    if given is None or isinstance(given, Mapping):
        return given or {}
    now = call.house.clock()
    tx = Transaction(call.house, connection, call.actor, now)
    submitter = Submitter(**SUBMITTER)
    context = Around(
        tx=tx, module=call.house.modules.owner[flow.kind], submitter=submitter, submitted_at=now,
        case_id=case.id if case else None,
    )  # fmt: skip
    if context.case is not None:
        # An example names nobody: the case is a real one, and whoever asks may have no part in it.
        context.case = evolve(context.case, title="", parties=(), agents=(), services=())
    values: Mapping[str, Any] | None = given(context)
    return values


def _example(call: Call, connection: Connection, flow: Flow) -> dict[str, Any]:
    """Return a submission that lacks only its id and the digests of its files."""
    registers = Registers(connection, call.court, court_day(call.house.clock()))
    case, values = _sample(call, connection, flow)
    fields = example_of(flow.fields, registers) | dict(values)
    example: dict[str, Any] = {
        "kind": flow.kind,
        "submitter": SUBMITTER | dict(getattr(flow, "example_submitter", None) or {}),
        "fields": fields,
        "attachments": [
            {"name": f"{one.zh}.pdf", "category": one.category, "pages": 1, "copies": 1, "is_original": False}
            for one in flow.attachments
            if one.needed(fields)
        ],
    }
    if isinstance(flow, RequestType) and flow.case == "required":
        example["case_number"] = case.case_number if case else None
    if flow.parent is not None:
        states = flow.parent_states or tuple(state.code for state in flow.parent.states)
        example["parent"] = connection.scalar(
            sa.select(ApplicationRow.serial_no)
            .where(
                ApplicationRow.court_code == call.court,
                ApplicationRow.kind == flow.parent.kind,
                ApplicationRow.state.in_(states),
            )
            .order_by(ApplicationRow.id.desc())
            .limit(1)
        )
    return example
