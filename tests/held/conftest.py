"""The real server as processes of their own, on a database that was founded for it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.held.running import Serving
from tests.support.founding import quick_passwords  # noqa: F401 - a fixture that every test here uses
from tests.support.houses import make_house

Opener = Callable[[str], Serving]


@pytest.fixture
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """Give ``opened(brand)``: an installation with a court, a client and the filing module on, ready to be served."""
    made: list[Serving] = []

    def open_one(brand: str) -> Serving:
        url = f"sqlite:///{tmp_path / 'held.sqlite3'}"
        if brand == "postgresql":
            url = request.getfixturevalue("postgres_url")
        fixture = make_house(url, tmp_path / "data", ["filing", "register", "sms"])
        made.append(Serving(url, tmp_path / "data", fixture))
        return made[-1]

    yield open_one
    for one in made:
        one.kill()
        one.fixture.house.store.close()
