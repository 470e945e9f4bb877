"""The court of the load: people, cases and clients, some ten thousand filings from before, served by two workers."""

import hashlib
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from typing import Any

import pikepdf
import sqlalchemy as sa
from attrs import define, frozen

from bench.place import COURTS, PASSWORD, Place, Served
from core.law.dates import court_date
from core.records import CourtSetting
from core.roles import Role
from core.values import Actor
from core.work import files
from core.work.case_import import import_cases
from core.work.clients import add_client, client_of
from core.work.people import add_person
from core.work.switches import enable
from tests.load.talk import Platform
from tests.load.ways import Kind, kinds_of
from tests.support.gateways import Gateway

COURT = COURTS[0]
OPERATOR = Actor(court=COURT, name="operator")
JUDGES, CLERKS, REVIEWERS, SUPERVISORS, PLATFORMS = 24, 24, 16, 4, 3
_CASES_AT_ONCE = 200


@frozen
class Client:
    """An outside platform."""

    id: int
    name: str
    token: str


@define
class Court:
    """The court, and what the load knows of it."""

    place: Place
    people: Mapping[Role, list[str]]
    ids: Mapping[str, int]
    cases: list[tuple[str, str]]
    """Number and judge of each case; a request takes one of its own."""
    clients: list[Client]
    gateway: Gateway

    @contextmanager
    def serve(self, workers: int) -> Iterator[Served]:
        """Run the real server."""
        with self.place.serve("--workers", str(workers), sessions_per_person="1") as served:
            yield served

    def kinds(self, port: int) -> list[Kind]:
        """Return what can be filed and how it is decided."""
        house, client = self.place.house, self.clients[0]
        asking = Actor(court=COURT, client=client.name, name=client.name)
        (digest, content) = document(Random(0))
        files.put_file(house, asking, client.id, digest, io.BytesIO(content))
        examples = [one["examples"][0] for one in Platform(port, client.token).kinds()]
        staff = [
            Actor(court=COURT, person=self.ids[names[0]], name=names[0], roles=frozenset({role}),
                  handles=frozenset({self.ids[names[0]]}))
            for role, names in self.people.items() if role is not Role.CLERK
        ]  # fmt: skip
        mine = [number for number, judge in self.cases if judge == self.people[Role.HANDLING_JUDGE][0]]
        return list(kinds_of(house, client.id, asking, staff, examples, mine[:2], digest))


def found(place: Place, cases: int, gateway: Gateway) -> Court:
    """Found the court on a place that holds filings: people, cases and clients come to what is there."""
    house = place.house
    for name in ("register", "sms"):
        enable(house, OPERATOR, name)
    settings = [
        {"court_code": COURT, "module": "sms", "name": name, "value": value}
        for name, value in (("url", gateway.url), ("token", "t"), ("timeout_seconds", 10))
    ]
    house.store.write(lambda connection: connection.execute(sa.insert(CourtSetting), settings))
    people: dict[Role, list[str]] = {}
    ids: dict[str, int] = {}
    posts = (
        (Role.HANDLING_JUDGE, "load_judge", JUDGES), (Role.CENTRE_REVIEWER, "load_reviewer", REVIEWERS),
        (Role.SUPERVISOR, "load_supervisor", SUPERVISORS), (Role.CLERK, "load_clerk", CLERKS),
    )  # fmt: skip
    for role, stem, count in posts:
        people[role] = [f"{stem}_{place:02d}" for place in range(count)]
        for number, name in enumerate(people[role]):
            serves = [ids[people[Role.HANDLING_JUDGE][number % JUDGES]]] if role is Role.CLERK else []
            ids[name] = add_person(house, OPERATOR, name, name, PASSWORD, [role], serves=serves)
    clients = []
    for number in range(PLATFORMS):
        name = f"load_platform_{number}"
        token = add_client(house, name, [COURT])
        client = client_of(house, token)
        assert client is not None
        clients.append(Client(client.id, name, token))
    made = [_case(house.clock(), number, people[Role.HANDLING_JUDGE]) for number in range(1, cases + 1)]
    for begin in range(0, cases, _CASES_AT_ONCE):
        import_cases(house, OPERATOR, {"cases": made[begin : begin + _CASES_AT_ONCE]})
    return Court(place, people, ids, [(one["case_number"], one["handler"]) for one in made], clients, gateway)


def _case(now: Any, number: int, judges: list[str]) -> dict[str, Any]:
    """Return a case; all are heard at one moment, so that what is right of one is right of all."""
    day = court_date(now) + timedelta(days=30)
    starts = f"{day.isoformat()}T09:00:00+08:00"
    # The first two have one judge, and examples are tried on both.
    judge = judges[0] if number <= 2 else judges[number % len(judges)]
    return {
        "case_number": f"（{day.year}）{COURT}民初{number}号", "docketed_on": (court_date(now) - timedelta(days=60)).isoformat(),
        "cause": "买卖合同纠纷", "title": "甲某某与示例贸易有限公司买卖合同纠纷", "procedure": "ordinary", "handler": judge,
        "parties": [
            {"standing": "plaintiff", "name": "甲某某", "phone": "19900000011"},
            {"standing": "defendant", "name": "示例贸易有限公司", "phone": "19900000012"},
        ],
        "hearings": [{"starts_at": starts, "courtroom": "第一法庭", "judge": judge}],
    }  # fmt: skip


def document(dice: Random, size: int = 40_000) -> tuple[str, bytes]:
    """Return the digest and bytes of a PDF like no other."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.Made = pdf.make_stream(dice.randbytes(size))
    content = io.BytesIO()
    pdf.save(content)
    raw = content.getvalue()
    return hashlib.sha256(raw).hexdigest(), raw
