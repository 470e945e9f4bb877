"""The OpenAPI 3.1 document of the API, made from the table of calls and the declarations of the kinds."""

import re
from collections.abc import Sequence
from typing import Any

from core.api.kinds import outside_flows, step_schema, steps_of, submission_schema
from core.api.routes import Route
from core.fields.schema import schema_of
from core.version import VERSION
from core.work.house import House

_TEXT = {"type": "string"}
_PROBLEM = {
    "type": "object",
    "properties": {
        "type": _TEXT, "title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT, "code": _TEXT,
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"field": _TEXT, "code": _TEXT, "message_zh": _TEXT, "message_en": _TEXT},
                "required": ["field", "code", "message_zh", "message_en"],
            },
        },
    },
    "required": ["type", "title", "status", "detail", "code", "errors"],
}  # fmt: skip
_ALWAYS = {
    401: "No valid token",
    403: "The client may not use that court",
    404: "Not here, or not the client's",
    405: "Wrong method",
}
_WITH_BODY = {
    400: "The body cannot be read",
    411: "No Content-Length",
    413: "The body is too large",
    415: "Of another type",
}
_KEYED = {400: "The key cannot be read", 409: "The key was used for another request"}
_PATTERNS = {
    "sha256": "^[0-9a-f]{64}$",
    "number": "^[1-9][0-9]{0,4}$",
    "date": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "upload": "^[0-9a-f]{32}$",
    "paper": "^[0-9]{1,18}$",
}
_QUERY = {
    "after": {"type": "string", "pattern": "^[0-9]{1,18}$"},
    "format": {"type": "string", "enum": ["pdf", "docx"]},
}


def document(house: House, routes: Sequence[Route]) -> dict[str, Any]:
    """Return the document for every kind that is installed (a court's own selection is under its ``kinds``)."""
    flows = {flow.kind: flow for _, flow in outside_flows(house)}
    submissions = {f"Submission_{kind}": submission_schema(flow) for kind, flow in flows.items()}
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(route.template, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Benchside", "version": VERSION, "description": "诉讼服务平台（法官端）：外部平台接口"},
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {
                "Problem": _PROBLEM,
                "Submission": {"oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in sorted(submissions)]}
                if submissions
                else {"not": {}},
                "Resubmission": _resubmission(list(submissions.values())),
                "Step": _any_of([step_schema(one) for flow in flows.values() for one in steps_of(flow)]),
                "Withdrawal": _object({"reason": {"type": ["string", "null"], "maxLength": 500}}, []),
                "Message": _object({"text": {"type": "string", "minLength": 1, "maxLength": 500}, "complaint": {"type": "boolean"}}, ["text"]),
                "Webhook": _object({"url": {"type": "string", "maxLength": 500}, "after": {"type": "integer", "minimum": 0}}, ["url"]),
                "Upload": _object({"sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"}, "size": {"type": "integer", "minimum": 1}}, ["sha256", "size"]),
                **submissions,
                **{one.body: schema_of(one.form) for one in routes if one.form is not None},
            },
        },
    }  # fmt: skip


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _resubmission(submissions: list[dict[str, Any]]) -> dict[str, Any]:
    names = ("submission_id", "submitter", "fields", "attachments")
    shapes = [
        _object(
            {name: schema["properties"][name] for name in names},
            [name for name in schema["required"] if name in names],
        )
        for schema in submissions
    ]
    return _any_of(shapes)


def _any_of(shapes: list[dict[str, Any]]) -> dict[str, Any]:
    return {"anyOf": shapes} if shapes else {"not": {}}


def _operation(route: Route) -> dict[str, Any]:
    names = re.findall(r"\{(\w+)\}", route.template)
    parameters: list[dict[str, Any]] = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": _TEXT | ({"pattern": _PATTERNS[name]} if name in _PATTERNS else {}),
        }
        for name in names
    ]
    parameters += [
        {
            "name": name,
            "in": "query",
            "required": False,
            "schema": _QUERY[name],
        }
        for name in route.query
    ]
    parameters += [
        {"name": name, "in": "query", "required": False, "schema": _TEXT | {"pattern": f"^(?:{pattern})$"}}
        for name, pattern in route.arguments.items()
    ]
    if route.keyed:
        parameters.append(
            {
                "name": "Idempotency-Key",
                "in": "header",
                "required": False,
                "schema": {"type": "string", "maxLength": 128},
            }
        )
    operation: dict[str, Any] = {
        "operationId": route.handler.__name__,
        "summary": f"{route.title.zh} / {route.title.en}",
        "description": (route.handler.__doc__ or "").strip(),
        "parameters": parameters,
        "responses": _responses(route),
    }
    if route.body == "raw":
        operation["requestBody"] = {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    elif route.body:
        reference = {"$ref": f"#/components/schemas/{route.body}"}
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": reference}}}
    return operation


def _responses(route: Route) -> dict[str, Any]:
    further = _ALWAYS | (_KEYED if route.keyed else {}) | (_WITH_BODY if route.body else {})
    further = further | dict(route.answers)
    good = {route.success: "Done"} | {status: text for status, text in further.items() if status < 300}
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    body = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in route.files}
    answers: dict[str, Any] = {
        str(status): {
            "description": text,
            "content": body or {"application/json": {"schema": dict(route.schema)}},
        }
        for status, text in sorted(good.items())
    }
    answers |= {
        str(status): {"description": text, "content": problem}
        for status, text in sorted(further.items())
        if status >= 300
    }
    return answers
