"""Answers of the API, and refusals as problem+json (RFC 9457)."""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec
from attrs import Factory, frozen

from core.fields.label import Label
from core.fields.problem import Problem, Reason, Refused

JSON = "application/json; charset=utf-8"
PROBLEM = "application/problem+json; charset=utf-8"

STATUS: Mapping[Reason, int] = {
    Reason.INVALID: 422,
    Reason.NOT_FOUND: 404,
    Reason.FORBIDDEN: 403,
    Reason.CONFLICT: 409,
    Reason.UNAVAILABLE: 503,
    Reason.TOO_LARGE: 413,
    Reason.WRONG_TYPE: 415,
}


@frozen
class JsonAnswer:
    """One answer: a JSON-like body and its status."""

    body: Any
    status: int = 200
    content_type: str = JSON
    headers: Mapping[str, str] = Factory(dict)
    plain: bool = False
    """Whether there is nothing in it but what JSON has itself: no times, no amounts."""

    def encoded(self) -> bytes:
        """Return the body's bytes."""
        if self.plain:
            with suppress(UnicodeEncodeError):  # half a character
                return msgspec.json.encode(self.body)
        return json.dumps(self.body, ensure_ascii=False, default=_plain).encode("utf-8", "replace")


@frozen
class FileAnswer:
    """One answer whose body is a file, whole."""

    raw: bytes
    content_type: str
    status: int = 200
    headers: Mapping[str, str] = Factory(dict)

    def encoded(self) -> bytes:
        """Return the body's bytes."""
        return self.raw


ApiAnswer = JsonAnswer | FileAnswer


class Trouble(Exception):
    """A request that HTTP itself speaks against: no token, wrong method, a body that is no JSON."""

    def __init__(
        self, status: int, code: str, message: Label, headers: Mapping[str, str] | None = None
    ) -> None:
        self.status = status
        self.code = code
        self.message = message
        self.headers = dict(headers or {})
        super().__init__(code)


def of_trouble(trouble: Trouble) -> JsonAnswer:
    """Return a trouble as problem+json."""
    return _problem(trouble.status, trouble.code, trouble.message, (), trouble.headers)


def of_refusal(refused: Refused) -> JsonAnswer:
    """Return a refusal as problem+json, every wrong field named."""
    return _problem(STATUS[refused.reason], refused.code, refused.message, refused.problems, {})


def _problem(
    status: int, code: str, message: Label, problems: tuple[Problem, ...], headers: Mapping[str, str]
) -> JsonAnswer:
    body = {
        "type": f"urn:benchside:problem:{code}",
        "title": message.en,
        "status": status,
        "detail": message.zh,
        "code": code,
        "errors": [
            {"field": one.field, "code": one.code, "message_zh": one.message.zh, "message_en": one.message.en}
            for one in problems
        ],
    }
    return JsonAnswer(body, status, PROBLEM, headers)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"no JSON for {type(value).__name__}")
