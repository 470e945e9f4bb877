"""What a court takes: the kinds that are on, their schemas, and an example that is valid right now."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.api.answers import JsonAnswer
from core.api.call import Call
from core.fields.example import example_of
from core.fields.schema import schema_of
from core.gate import enabled
from core.module import Flow, RequestType
from core.records import ApplicationRow, CaseRow
from core.values import Submitter
from core.work.house import House
from core.work.registers import Registers
from core.work.times import court_day


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
    attachment: dict[str, Any] = {
        "type": "object",
        "properties": {
            "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "name": {"type": "string", "minLength": 1, "maxLength": 200},
            "category": {"enum": [one.category for one in flow.attachments]},
            "pages": {"type": ["integer", "null"], "minimum": 1, "maximum": 100_000},
            "copies": {"type": ["integer", "null"], "minimum": 1, "maximum": 100_000},
            "is_original": {"type": "boolean"},
        },
        "required": ["sha256", "name", "category"],
        "additionalProperties": False,
    }
    properties: dict[str, Any] = {
        "kind": {"const": flow.kind},
        "submission_id": {"type": "string", "pattern": "^[!-~]{1,128}$"},
        "submitter": schema_of(Submitter),
        "fields": schema_of(flow.fields),
        "attachments": {"type": "array", "items": attachment},
    }
    required = ["kind", "submission_id", "submitter", "fields"]
    if rule != "none":
        properties["case_number"] = {"type": "string" if rule == "required" else ["string", "null"]}
        required += ["case_number"] if rule == "required" else []
    if flow.parent is not None:
        properties["parent"] = {"type": "string", "description": f"serial number of a {flow.parent.kind}"}
        required.append("parent")
    needed = [one for one in flow.attachments if one.required]
    if needed:
        required.append("attachments")
        properties["attachments"]["allOf"] = [
            {"contains": {"properties": {"category": {"const": one.category}}, "required": ["category"]}}
            for one in needed
        ]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


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
        "examples": [_example(call, connection, flow)],
    }


def _example(call: Call, connection: Connection, flow: Flow) -> dict[str, Any]:
    """Return a submission that lacks only its id and the digests of its files."""
    registers = Registers(connection, call.court, court_day(call.house.clock()))
    fields = example_of(flow.fields, registers) | dict(getattr(flow, "example", None) or {})
    example: dict[str, Any] = {
        "kind": flow.kind,
        "submitter": {"role": "party", "name": "示例申请人", "phone": "19900000000"},
        "fields": fields,
        "attachments": [
            {"name": f"{one.zh}.pdf", "category": one.category, "pages": 1, "copies": 1, "is_original": False}
            for one in flow.attachments
            if one.needed(fields)
        ],
    }
    if isinstance(flow, RequestType) and flow.case == "required":
        example["case_number"] = connection.scalar(
            sa.select(CaseRow.case_number)
            .where(CaseRow.court_code == call.court)
            .order_by(CaseRow.id.desc())
            .limit(1)
        )
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
