"""One court a brand with every module of ``plugins/`` on; the API without a network, and a browser for each person."""

import hashlib
import io
import json
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from wsgiref.util import setup_testing_defaults

import pytest
from attrs import define, field

from core.api.app import api_application
from core.web.app import web_application
from core.work import login, people
from core.work.switches import enable
from tests.support.acting import hash_once
from tests.support.brought import bring, case, hearing
from tests.support.houses import COURT, OPERATOR, ROOT, Fixture, make_house
from tests.web.further.asking import Browser, Reply


@define(eq=False)
class Court:
    """The court, asked as from outside; what one test leaves there, the next one finds."""

    fixture: Fixture
    api: Any
    pages: Any
    browsers: dict[str, Browser] = field(factory=dict)

    def call(
        self, method: str, door: str, body: Any = b"", query: str = "", *, path: str = "", **headers: str
    ) -> Reply:
        """Call the API below the court, or at a whole ``path``: bytes go as they are, anything else as JSON; ``headers`` are WSGI names."""
        path = path or f"/api/v1/courts/{COURT}/{door}"
        raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method, "PATH_INFO": path.encode().decode("latin-1"), "QUERY_STRING": query,
            "REMOTE_ADDR": "127.0.0.1", "wsgi.input": io.BytesIO(raw), "CONTENT_LENGTH": str(len(raw)),
            "CONTENT_TYPE": "application/octet-stream" if isinstance(body, bytes) else "application/json",
            "HTTP_AUTHORIZATION": f"Bearer {self.fixture.token}", **headers,
        }  # fmt: skip
        setup_testing_defaults(environ)
        told: list[Any] = []
        content = b"".join(self.api(environ, lambda status, given, error=None: told.append((status, given))))
        status, given = told[-1]
        return Reply(int(status[:3]), {name.lower(): value for name, value in given}, content)

    def put(self, content: bytes, **headers: str) -> Reply:
        """Upload a file under the digest of its content."""
        return self.call("PUT", f"files/{hashlib.sha256(content).hexdigest()}", content, **headers)

    def examples(self) -> dict[str, dict[str, Any]]:
        """Return what the API offers as an example of each kind."""
        kinds = json.loads(self.call("GET", "kinds").body)["kinds"]
        return {one["kind"]: one["examples"][0] for one in kinds}

    def file(self, body: dict[str, Any]) -> Reply:
        """File a request under a new submission id."""
        return self.call("POST", "applications", body | {"submission_id": secrets.token_hex(8)})

    def browser(self, username: str) -> Browser:
        """Return the browser of somebody who has logged in, once for all tests."""
        if username not in self.browsers:
            self.browsers[username] = Browser(self.pages).log_in(username)
        return self.browsers[username]

    def get(self, username: str, path: str, query: dict[str, Any] | None = None) -> Reply:
        """Ask for a page."""
        asked = urlencode(query or {}, doseq=True)
        return self.browser(username).get(f"{path}?{asked}" if asked else path)


def build(url: str, folder: Path) -> Court:
    """Found the court, switch everything on that takes requests, and bring in a case with a hearing."""
    fixture = make_house(url, folder, assets_dir=ROOT / "var" / "assets")
    for name, module in fixture.house.modules.ordered():
        if module.requests:
            enable(fixture.house, OPERATOR, name)
    bring(fixture, case(hearings=[hearing("2026-12-10T09:00")]))
    return Court(fixture, api_application(fixture.house), web_application(fixture.house))


@pytest.fixture(scope="session")
def courts(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Court]]:
    """Give ``courts(brand)``, made once."""
    made: dict[str, Court] = {}

    def get(brand: str) -> Court:
        if brand not in made:
            folder = tmp_path_factory.mktemp(f"hostile-{brand}")
            url = f"sqlite:///{folder / 'benchside.sqlite3'}"
            if brand == "postgresql":
                server = request.getfixturevalue("postgres_server")
                name = server.create()
                request.addfinalizer(lambda: server.drop(name))
                url = server.url(name)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(people, "hash_password", hash_once)
                made[brand] = build(url, folder)
        return made[brand]

    yield get
    for one in made.values():
        one.fixture.house.store.close()


@pytest.fixture(autouse=True)
def quick_login(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compare passwords without hashing them: none of these tests is about hashing."""
    monkeypatch.setattr(login, "_matches", lambda held, password: held == hash_once(password))


@pytest.fixture
def court(courts: Callable[[str], Court]) -> Court:
    """The court on SQLite: what has nothing to do with the database is tried there alone."""
    return courts("sqlite")


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest, courts: Callable[[str], Court]) -> Court:
    """The court on each database."""
    return courts(request.param)
