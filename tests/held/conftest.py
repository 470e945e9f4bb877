"""The real server as processes of their own, on a database that was founded for it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.held.running import Serving
from tests.support.founding import quick_passwords  # noqa: F401 - a fixture that every test here uses
from tests.support.houses import make_house

MODULES = ("filing", "register", "sms")
Opener = Callable[..., Serving]


@pytest.fixture
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """Give ``opened(brand, *modules)``: an installation with a court, a client and modules on, ready to be served.

    ``brand`` may also be the address of a database.
    """
    made: list[Serving] = []

    def open_one(brand: str, *modules: str) -> Serving:
        url = f"sqlite:///{tmp_path / 'held.sqlite3'}" if brand == "sqlite" else brand
        if brand == "postgresql":
            url = request.getfixturevalue("postgres_url")
        fixture = make_house(url, tmp_path / "data", modules or MODULES)
        made.append(Serving(url, tmp_path / "data", fixture))
        return made[-1]

    yield open_one
    for one in made:
        one.kill()
        one.fixture.house.store.close()
