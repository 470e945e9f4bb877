"""SQL, templates, searches, scripts and formulas in every field and condition: kept and shown as they were typed, or refused by name."""

import hashlib
import html
import io
import json
import re
from collections.abc import Mapping
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa

from core.loader import find_modules, load_modules
from core.module import Flow
from core.records.base import METADATA
from core.values import Submitter
from core.web.pages.queue import PLACE, asked_names
from core.work.assign import assign, may_assign
from core.work.conditions import OWN_CONDITIONS
from core.work.registers import Registers
from core.work.times import court_day
from tests.hostile.conftest import Court
from tests.hostile.payloads import ALL, RAW, Typist, free, lines, places, strict
from tests.support.acting import PDF, read
from tests.support.houses import COURT, ROOT, STAFF

FLOWS = {
    flow.kind: (name, flow)
    for name, module in load_modules(find_modules([ROOT / "plugins"]), strict=True).ordered()
    for flow in module.requests
}
QUEUES = [kind for kind, (_, flow) in FLOWS.items() if flow.parent is None]
DIGEST = hashlib.sha256(PDF).hexdigest()
NAME = "'; DROP TABLE -- {{7+7}} ${7+7} %_#set =1+1.pdf"
MOVING = {"audit", "session"}
_PART = re.compile(r"[.\[\]]+")


def registers(court: Court, connection: Any) -> Registers:
    return Registers(connection, COURT, court_day(court.fixture.clock()))


def clean(page: str, where: object) -> None:
    """Check that nothing typed is part of a page's own text."""
    for raw in RAW:
        assert raw not in page, (where, raw)


def rows(court: Court) -> dict[str, int]:
    """Return how many rows there are in each table that only a request changes; what other tests loaded has none here."""
    with court.fixture.house.store.read() as connection:
        here = set(sa.inspect(connection).get_table_names()) - MOVING
        return {
            name: connection.scalar(sa.select(sa.func.count()).select_from(METADATA.tables[name])) or 0
            for name in here & set(METADATA.tables)
        }


# --- What is filed


def hostile_body(court: Court, flow: Flow) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the example of a kind, and the same with payloads typed into everything that takes any text."""
    court.put(PDF)
    example, typist = court.examples()[flow.kind], Typist()
    example["attachments"] = [
        {"sha256": DIGEST, "name": f"{one.category}.pdf", "category": one.category}
        for one in flow.attachments
    ]
    with court.fixture.house.store.read() as connection:
        lookups = registers(court, connection)
        typed = {
            "fields": typist.laid(flow.fields, lookups, example["fields"]),
            "submitter": typist.laid(Submitter, lookups, example["submitter"]),
            "attachments": [one | {"name": NAME} for one in example["attachments"]],
        }
    return example, example | typed


def put_back(body: dict[str, Any], example: Mapping[str, Any], field: str) -> None:
    """Give the field what the example has there, or nothing."""
    parts: list[Any] = [int(part) if part.isdigit() else part for part in _PART.split(field) if part]
    at, was = body, example
    for part in parts[:-1]:
        at = at[part]
        was = (
            was[part]
            if (isinstance(was, list) and part < len(was)) or (isinstance(was, Mapping) and part in was)
            else {}
        )
    if isinstance(was, Mapping) and parts[-1] not in was:
        at.pop(parts[-1], None)
    else:
        at[parts[-1]] = was[parts[-1]]


def file_hostile(court: Court, flow: Flow) -> tuple[str, dict[str, Any]]:
    """File a request full of payloads; what a module's own checks refuse by name is put back. Return serial number and body."""
    example, body = hostile_body(court, flow)
    for _ in range(6):
        reply = court.file(body)
        told = json.loads(reply.body)
        if reply.status == 201:
            return str(told["serial_no"]), body
        assert reply.status == 422, (flow.kind, told)
        for one in told["errors"]:
            assert one["field"].startswith(("fields", "submitter")), (flow.kind, one)
            assert one["message_zh"], one
            assert one["message_en"], one
            put_back(body, example, one["field"])
    raise AssertionError((flow.kind, told))


@pytest.fixture(scope="session")
def hostile(courts: Any) -> Any:
    """Give ``hostile(court, kind)``: (serial number, body) of a request full of payloads, filed once a court."""
    made: dict[tuple[int, str], tuple[str, dict[str, Any]]] = {}

    def get(court: Court, kind: str) -> tuple[str, dict[str, Any]]:
        key = (id(court), kind)
        if key not in made:
            made[key] = file_hostile(court, FLOWS[kind][1])
            given_to(court, kind, made[key][0])
        return made[key]

    return get


def given_to(court: Court, kind: str, serial: str) -> None:
    """Give the request to the judge where nobody has it."""
    module, flow = FLOWS[kind]
    held = read(court.fixture, serial)
    chief = next((name for name, _, _ in STAFF if may_assign(flow, court.fixture.actor(name))), None)
    if held.handler is None and chief is not None:
        assign(
            court.fixture.house,
            court.fixture.actor(chief),
            module,
            serial,
            court.fixture.people["judge"],
            held.version,
        )


def who(court: Court, path: str) -> str:
    """Return somebody who may see the page."""
    names = [name for name, _, _ in STAFF]
    found = next(
        (name for name in ("judge", "reviewer", *names) if court.get(name, path).status == 200), None
    )
    assert found, path
    return found


@pytest.mark.parametrize("kind", FLOWS)
def test_whatever_is_typed_into_a_request_is_kept_and_shown_as_it_was_typed(
    either: Court, kind: str, hostile: Any
):
    serial, body = hostile(either, kind)
    module, flow = FLOWS[kind]
    kept = read(either.fixture, serial)
    tried = 0
    for part, cls, value in (("fields", flow.fields, kept.fields), ("submitter", Submitter, kept.submitter)):
        for path, spec, text in places(cls, body[part], free):
            at: Any = value
            for step in (one for one in _PART.split(path) if one):
                at = at[int(step)] if step.isdigit() else getattr(at, step)
            assert at == text, (path, spec.kind.name)
            tried += text.startswith("=")
    assert tried > 0
    path = f"/m/{module}/{serial}"
    name = who(either, path)
    page = either.get(name, path).body.decode()
    clean(page, path)
    shown = html.unescape(page)
    assert all(one["name"] in shown for one in body["attachments"])
    for field, spec, text in places(flow.fields, body["fields"], free):
        assert spec.sealed or text in shown, field
    clean(either.get(name, "/").body.decode(), "desk")


@pytest.mark.parametrize("kind", FLOWS)
def test_a_field_that_takes_no_text_refuses_each_payload_by_its_name(court: Court, kind: str):
    flow = FLOWS[kind][1]
    example, _ = hostile_body(court, flow)
    before = rows(court)
    for text in lines(200):
        body = example | {"fields": strict(flow.fields, example["fields"], text), "case_number": text}
        reply = court.file(body)
        assert reply.status == 422
        named = {one["field"] for one in json.loads(reply.body)["errors"]}
        wanted = {
            f"fields.{path}"
            for path, spec, _ in places(flow.fields, body["fields"], lambda one: one.asked and not free(one))
        }
        assert wanted | {"case_number"} <= named, wanted - named
    assert rows(court) == before


# --- What is asked


def conditions(flow: Flow) -> list[str]:
    """Return the name of everything that the address of a queue may say."""
    return [*OWN_CONDITIONS, *asked_names(flow), *PLACE, "kind"]


@pytest.mark.parametrize("kind", QUEUES)
def test_whatever_a_queue_is_asked_it_answers_and_finds_no_more(either: Court, kind: str, hostile: Any):
    hostile(either, kind)
    plain = either.file(hostile_body(either, FLOWS[kind][1])[0])  # a second one that some kinds do not take
    other = {json.loads(plain.body)["serial_no"]} if plain.status == 201 else set()
    for serial in other:
        given_to(either, kind, serial)
    module, flow = FLOWS[kind]
    path, here = f"/m/{module}/", {"kind": kind}
    name = who(either, f"{path}?kind={kind}")
    either.get(name, path, here | {"clear": "1"})
    everything = listed(either.get(name, path, here))
    assert other < everything
    assert len(everything) > 1 or not other
    before, texts = rows(either), list(lines(200))
    for place, condition in enumerate(conditions(flow)):
        for text in texts if condition == "q" else (texts[place % len(texts)], ALL[place % len(ALL)]):
            reply = either.get(name, path, here | {condition: text})
            expected = {"kind": 404, "clear": 303}.get(condition, 200)
            assert reply.status == expected, (condition, text)
            clean(reply.body.decode(), (condition, text))
            assert listed(reply) <= everything
        assert either.get(name, f"{path}export.xlsx", here | {condition: text}).status in (200, 404, 422)
    for text in ALL[QUEUES.index(kind) :: len(QUEUES)]:  # all queues between them are asked all of it
        for condition in ("q", "serial_no"):
            found = either.get(name, path, here | {condition: text})
            assert found.status == 200
            assert not other & listed(found) or "没有可以检索的文字" in found.text, (condition, text)
    either.get(name, path, here | {"clear": "1"})
    assert rows(either) == before


def listed(reply: Any) -> set[str]:
    return set(re.findall(r'data-serial="(\w+)"', reply.text))


def test_the_sheet_of_a_queue_has_every_text_as_text(court: Court, hostile: Any):
    for kind in QUEUES:
        module, flow = FLOWS[kind]
        serial, body = hostile(court, kind)
        name = who(court, f"/m/{module}/?kind={kind}")
        sheet = court.get(name, f"/m/{module}/export.xlsx", {"kind": kind, "serial_no": serial})
        assert sheet.status == 200
        cells = [
            cell for row in openpyxl.load_workbook(io.BytesIO(sheet.body)).active.iter_rows() for cell in row
        ]
        assert "f" not in {cell.data_type for cell in cells}
        texts = {cell.value for cell in cells}
        assert serial in texts
        for field, spec, text in places(flow.fields, body["fields"], lambda one: free(one) and one.column):
            assert "[" in field or spec.sealed or text in texts, (kind, field)
