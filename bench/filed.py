"""Filings as a party would send them: complete, from the example that the declaration itself gives."""

import hashlib
import io
import secrets
from collections.abc import Mapping
from typing import Any

from bench.place import COURTS, Place
from core.fields.example import example_of
from core.values import Actor
from core.work.clients import client_of
from core.work.files import put_file
from core.work.registers import Registers
from core.work.submit import Received, submit
from core.work.times import court_day

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
DIGEST = hashlib.sha256(PDF).hexdigest()
SUBMITTER = {"role": "party", "name": "丙某某", "phone": "19900000003"}
OUTSIDE = Actor(court=COURTS[0], client="bench", name="bench")


def body(place: Place, kind: str = "filing") -> dict[str, Any]:
    """Return a submission that nothing is wrong with; its file (``DIGEST``) is to be uploaded before."""
    flow = place.house.modules.flow(kind)
    assert flow is not None
    assert isinstance(flow.example, Mapping)
    with place.house.store.read() as connection:
        registers = Registers(connection, COURTS[0], court_day(place.house.clock()))
        fields = example_of(flow.fields, registers) | dict(flow.example)
    attachments = [
        {"sha256": DIGEST, "name": f"{one.category}.pdf", "category": one.category}
        for one in flow.attachments
        if one.needed(fields)
    ]
    return {
        "kind": kind, "submission_id": secrets.token_hex(12), "submitter": SUBMITTER, "fields": fields,
        "attachments": attachments,
    }  # fmt: skip


def file_many(place: Place, count: int, kind: str = "filing") -> list[Received]:
    """Submit ``count`` requests in this process."""
    house, client = place.house, client_of(place.house, place.token)
    assert client is not None
    put_file(house, OUTSIDE, client.id, DIGEST, io.BytesIO(PDF))
    plain = body(place, kind)
    return [
        submit(house, OUTSIDE, client.id, plain | {"submission_id": secrets.token_hex(12)})
        for _ in range(count)
    ]
