"""One court a brand with every module of ``plugins/`` on that has requests: whichever these are."""

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from core.api.app import api_application
from core.work import files, people
from core.work.clients import add_client, client_of
from core.work.switches import enable
from tests.support.acting import DIGEST, PDF, hash_once
from tests.support.brought import bring, case, hearing
from tests.support.houses import COURT, OPERATOR, Fixture, make_house
from tests.transitions.stage import HEARING, Stage
from tests.transitions.trial import Trial


def examples(fixture: Fixture) -> dict[str, Any]:
    """Return what the API offers as an example of each kind."""
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": f"/api/v1/courts/{COURT}/kinds".encode().decode("latin-1"), "QUERY_STRING": "",
        "HTTP_AUTHORIZATION": f"Bearer {fixture.token}", "REMOTE_ADDR": "127.0.0.1", "wsgi.input": io.BytesIO(),
    }  # fmt: skip
    body = b"".join(api_application(fixture.house)(environ, lambda *told: None))  # type: ignore[arg-type]
    return {one["kind"]: one["examples"][0] for one in json.loads(body)["kinds"]}


def build(url: str, folder: Path) -> Stage:
    """Found the court, bring in a case with a hearing, and ask what can be filed."""
    fixture = make_house(url, folder)
    for name, module in fixture.house.modules.ordered():
        if module.requests:
            enable(fixture.house, OPERATOR, name)
    bring(fixture, case(hearings=[hearing(HEARING)]))
    client = client_of(fixture.house, add_client(fixture.house, "stranger", [COURT]))
    assert client is not None
    files.put_file(fixture.house, fixture.outside, fixture.client, DIGEST, io.BytesIO(PDF))
    return Stage(fixture, Trial(fixture.house.store), examples(fixture), client.id)


@pytest.fixture(scope="session")
def stages(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Stage]]:
    """Give ``stages(brand)``: made once, changed by nobody."""
    made: dict[str, Stage] = {}

    def get(brand: str) -> Stage:
        if brand not in made:
            folder = tmp_path_factory.mktemp(f"stage-{brand}")
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
