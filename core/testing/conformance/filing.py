"""Requests for a module to work on: one of each kind, as the API gives them, with as much text as they take."""

from typing import Any

from core.fields.spec import specs_of
from core.module import Flow
from core.testing.cases import NUMBER
from core.testing.conformance.subject import Subject
from core.testing.outside import ApiReply, Outside

MARK = "<i id='hostile'>&amp;</i>"
"""Every page that shows it as it is lets strangers write into the court's pages."""


def file_all(subject: Subject, outside: Outside, mark: str = "") -> dict[str, str]:
    """File one request of each kind that may be filed from outside; return kind → serial number.

    ``mark`` is put into every text that takes it. Kinds that stand inside another are filed after that one.
    """
    found = {}
    for flow in subject.flows:
        if flow.kind in outside.kinds():
            reply = file_one(outside, flow, mark)
            if reply.status == 201:
                found[flow.kind] = str(reply.body["serial_no"])
    return found


def file_one(outside: Outside, flow: Flow, mark: str = "") -> ApiReply:
    """File a request: marked where it may be; in the case where one is needed."""
    body = outside.example(flow.kind)
    if getattr(flow, "case", "none") == "optional":
        body["case_number"] = NUMBER
    texts = texts_of(flow.fields) if mark else []
    marked = body | {"fields": body["fields"] | dict.fromkeys(texts, mark)}
    reply = outside.post("applications", marked)
    while texts and reply.status == 422:
        wrong = {name.removeprefix("fields.") for name in reply.fields} & set(texts)
        texts = [name for name in texts if name not in wrong] if wrong else []
        reply = outside.post("applications", body | {"fields": body["fields"] | dict.fromkeys(texts, mark)})
    if reply.status == 422 and body.pop("case_number", None):
        reply = outside.post("applications", body)
    return reply


def texts_of(cls: type) -> list[str]:
    """Return the names of the fields that take text."""
    return [spec.name for spec in specs_of(cls).values() if spec.asked and spec.kind.storage == "text" and not spec.choices]  # fmt: skip


def staff_of(flow: Flow) -> list[str]:
    """Return the user names of people who see such requests: each role once."""
    from core.testing.houses import STAFF

    seen: dict[Any, str] = {}
    for name, roles, _ in STAFF:
        seen.setdefault(roles[0], name)
    return [seen[role] for role, access in flow.access.items() if access.see.value != "none" and role in seen]
