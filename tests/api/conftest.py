"""The API over real HTTP: a house behind a real server on this machine, and a caller that speaks to it."""

import copy
import hashlib
import http.client
import json
import secrets
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from attrs import define, evolve, field, frozen

from core.api.app import api_application
from core.records import CourtSetting
from core.web.wire import StrictServer
from core.work import deliver, review
from core.work.clients import add_client
from core.work.switches import disable, enable
from tests.support.acting import PDF
from tests.support.gateways import Gateway, accept_sms, serving
from tests.support.houses import COURT, OPERATOR, OTHER, Fixture, make_house

JSON = "application/json"
LIMIT_MB = 1


@frozen
class Reply:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    raw: bytes

    @property
    def body(self) -> Any:
        return json.loads(self.raw)

    @property
    def fields(self) -> dict[str, str]:
        """The wrong fields with what is wrong with each."""
        return {one["field"]: one["code"] for one in self.body["errors"]}


@define
class Api:
    """A caller with a token; ``seen`` notes each call with its answer."""

    fixture: Fixture
    port: int
    token: str
    seen: list[tuple[str, str, int]] = field(factory=list)

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        court: str = COURT,
        token: str | None = None,
        **headers: str,
    ) -> Reply:
        """Call ``path`` below the court (or a whole path); a dictionary goes as JSON, bytes as they are."""
        whole = path if path.startswith("/") else f"/api/v1/courts/{quote(court)}/{path}"
        raw = (
            body if isinstance(body, bytes) or body is None else json.dumps(body, ensure_ascii=False).encode()
        )
        sent = {"Authorization": f"Bearer {self.token if token is None else token}"}
        if raw is not None:
            sent["Content-Type"] = "application/octet-stream" if isinstance(body, bytes) else JSON
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, whole, raw, sent)
            answer = connection.getresponse()
            reply = Reply(answer.status, answer.headers, answer.read())
        finally:
            connection.close()
        self.seen.append((method, whole.partition("?")[0], reply.status))
        return reply

    def get(self, path: str, **more: Any) -> Reply:
        return self.call("GET", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> Reply:
        return self.call("POST", path, body, **more)

    def put(self, path: str, body: bytes, **more: Any) -> Reply:
        return self.call("PUT", path, body, **more)

    def upload(self, content: bytes = PDF, **more: Any) -> str:
        """Upload a file and return its digest."""
        digest = hashlib.sha256(content).hexdigest()
        assert self.put(f"files/{digest}", content, **more).status in (200, 201)
        return digest

    def submission(self, number: object = 1, **changes: Any) -> dict[str, Any]:
        """Return the example of the API, completed by its two rules."""
        (kind,) = [one for one in self.get("kinds").body["kinds"] if one["kind"] == "filing"]
        body: dict[str, Any] = copy.deepcopy(kind["examples"][0])
        digest = self.upload()
        body["submission_id"] = f"test-{number}"
        for one in body["attachments"]:
            one["sha256"] = digest
        return body | changes

    def file(self, number: object = 1) -> str:
        """File a request and return its serial number."""
        reply = self.post("applications", self.submission(number))
        assert reply.status == 201, reply.body
        return str(reply.body["serial_no"])

    def resubmission(self, number: object) -> dict[str, Any]:
        body = self.submission(number)
        del body["kind"]
        return body

    def conclude(self, serial_no: str, decision: str, **form: list[str]) -> None:
        """Have the court save an opinion and carry it out."""
        reviewer, house = self.fixture.actor("reviewer"), self.fixture.house
        version = review.open_review(house, reviewer, "filing", serial_no).application.version
        review.save_review(house, reviewer, "filing", serial_no, decision=decision, opinion="意见", form=form, version=version)  # fmt: skip
        review.decide(house, reviewer, "filing", serial_no, decision, version)

    def ask_correction(self, serial_no: str) -> None:
        self.conclude(
            serial_no, "return_for_correction", reasons=["incomplete"], correction_days=["7"],
            **{"corrections.0.item": ["起诉状"], "corrections.0.requirement": ["补签名"]},
        )  # fmt: skip

    def deliver(self) -> None:
        while deliver.deliver_due(self.fixture.house):
            pass

    def switch(self, module: str, *, on: bool) -> None:
        (enable if on else disable)(self.fixture.house, OPERATOR, module)


@pytest.fixture(scope="session")
def gateway() -> Iterator[Gateway]:
    """The SMS gateway of the first court."""
    with serving(accept_sms) as one:
        yield one


@pytest.fixture(scope="session")
def served(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, gateway: Gateway
) -> Iterator[Callable[[str], tuple[Fixture, int]]]:
    """Give (house, port) of a brand: one served house a brand and run, since making one takes seconds."""
    made: dict[str, tuple[Fixture, int]] = {}
    ends: list[Callable[[], None]] = []

    def get(brand: str) -> tuple[Fixture, int]:
        if brand not in made:
            folder = tmp_path_factory.mktemp(f"api-{brand}")
            url = f"sqlite:///{folder / 'benchside.sqlite3'}"
            if brand == "postgresql":
                postgres = request.getfixturevalue("postgres_server")
                name = postgres.create()
                url = postgres.url(name)
                ends.append(partial(postgres.drop, name))
            made[brand] = _served(url, folder, gateway, ends)
        return made[brand]

    yield get
    for end in reversed(ends):
        end()


def _served(url: str, folder: Path, gateway: Gateway, ends: list[Callable[[], None]]) -> tuple[Fixture, int]:
    fixture = make_house(url, folder / "house", ["filing", "register", "sms"], upload_limit_mb=LIMIT_MB)
    enable(fixture.house, evolve(OPERATOR, court=OTHER), "register")
    settings = [
        {"court_code": COURT, "module": "sms", "name": name, "value": value}
        for name, value in (("url", gateway.url), ("token", "t"), ("timeout_seconds", 5))
    ]
    fixture.house.store.write(lambda connection: connection.execute(sa.insert(CourtSetting), settings))
    server = StrictServer(("127.0.0.1", 0), api_application(fixture.house), numthreads=4, timeout=10)
    server.prepare()
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    ends += [fixture.house.store.close, lambda: thread.join(20), server.stop]
    return fixture, int(server.bind_addr[1])


@pytest.fixture(params=["sqlite", "postgresql"])
def api(request: pytest.FixtureRequest, served: Callable[[str], tuple[Fixture, int]]) -> Api:
    """A new client of both courts; filing, register and sms are on in the first, the register alone in the second."""
    fixture, port = served(request.param)
    return _client(fixture, port, [COURT, OTHER])


@pytest.fixture
def stranger(api: Api) -> Api:
    """Another client, of the first court alone."""
    return _client(api.fixture, api.port, [COURT])


def _client(fixture: Fixture, port: int, courts: list[str]) -> Api:
    token = add_client(fixture.house, f"client-{secrets.token_hex(4)}", courts)
    return Api(fixture, port, token)
