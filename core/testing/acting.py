"""What tests do again and again: file a request, decide it, look at the rows."""

import functools
import hashlib
import io
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from argon2 import PasswordHasher

from core.fields.example import example_of
from core.gate import enabled
from core.module import Flow
from core.testing.houses import COURT, Fixture
from core.values import Actor, Application
from core.work import files
from core.work.conditions import read_conditions
from core.work.queue import QueuePage, Queues
from core.work.registers import Registers
from core.work.review import decide, save_review
from core.work.snapshots import by_serial
from core.work.submit import Received, submit
from core.work.times import court_day

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
DIGEST = hashlib.sha256(PDF).hexdigest()
SUBMITTER = {"role": "party", "name": "甲某某", "phone": "19900000001"}
hash_once = functools.cache(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash)
"""Hashes a password as the house does, but so lightly that logging in costs nothing."""


def upload(fixture: Fixture, court: str = COURT) -> None:
    files.put_file(
        fixture.house, Actor(court=court, client="outside", name="outside"), fixture.client, DIGEST, io.BytesIO(PDF)
    )  # fmt: skip


def body_of(
    fixture: Fixture, kind: str, number: object = 1, *, court: str = COURT, fields: Mapping[str, Any] | None = None,
    **more: Any,
) -> dict[str, Any]:  # fmt: skip
    """Return a complete submission of ``kind``, from the example its declaration gives."""
    flow = flow_of(fixture, kind)
    with fixture.house.store.read() as connection:
        made = example_of(flow.fields, Registers(connection, court, court_day(fixture.clock())))
    attachments = [
        {"sha256": DIGEST, "name": f"{one.category}.pdf", "category": one.category}
        for one in flow.attachments
        if one.required
    ]
    if attachments:
        upload(fixture, court)
    return {
        "kind": kind, "submission_id": f"test-{kind}-{number}", "submitter": SUBMITTER, "fields": made | dict(fields or {}),
        "attachments": attachments, **more,
    }  # fmt: skip


def file_one(fixture: Fixture, kind: str, number: object = 1, *, court: str = COURT, **more: Any) -> Received:
    actor = Actor(court=court, client="outside", name="outside")
    return submit(fixture.house, actor, fixture.client, body_of(fixture, kind, number, court=court, **more))


def flow_of(fixture: Fixture, kind: str) -> Flow:
    flow = fixture.house.modules.flow(kind)
    assert flow is not None
    return flow


def conclude(fixture: Fixture, name: str, module: str, serial: str, decision: str, opinion: str = "意见", **form: str) -> Application:  # fmt: skip
    """Save an opinion and carry it out."""
    actor, version = fixture.actor(name), read(fixture, serial).version
    given = {key: [value] for key, value in form.items()}
    save_review(
        fixture.house, actor, module, serial, decision=decision, opinion=opinion, form=given, version=version
    )
    return decide(fixture.house, actor, module, serial, decision, version)


def read(fixture: Fixture, serial: str, court: str = COURT) -> Application:
    with fixture.house.store.read() as connection:
        return by_serial(connection, fixture.house.modules, court, serial)


def page(fixture: Fixture, actor: Actor, kind: str, **asked: str) -> QueuePage:
    """Return a page of the queue as a worker would, asking the gate first."""
    with fixture.house.store.read() as connection:
        on = enabled(connection, actor.court)
    flow = flow_of(fixture, kind)
    conditions, problems = read_conditions(
        [flow], {name: [value] for name, value in asked.items()}, fixture.house.numbers(actor.court)
    )
    assert problems == []
    return Queues(fixture.house).page(actor, on, flow, conditions)


def rows(fixture: Fixture, table: Any, *where: Any) -> list[Any]:
    with fixture.house.store.read() as connection:
        select = sa.select(getattr(table, "__table__", table)).where(*where)
        return list(connection.execute(select))


def count(fixture: Fixture, table: Any, *where: Any) -> int:
    return len(rows(fixture, table, *where))
