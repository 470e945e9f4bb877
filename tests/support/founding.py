"""Fixtures: houses whose database is copied from one founded before, closed when the test is over; nothing a test
loads outlives it. A conftest.py imports what its tests ask for.
"""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typed_settings as ts
from attrs import evolve

from core.loader import find_modules, load_modules
from core.records.base import METADATA
from core.records.models import forget_tables
from core.settings import Settings
from core.work import people
from core.work.migrate import migrate
from core.work.switches import enable
from host import build_house
from tests.support.acting import hash_once, load
from tests.support.houses import KEYS, OPERATOR, ROOT, TEST_MODULES, Clock, Fixture, make_house

Maker = Callable[..., Fixture]


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash each password once: a house has fifteen people, and none of these tests is about hashing."""
    monkeypatch.setattr(people, "hash_password", hash_once)


@pytest.fixture(scope="session")
def host_tables() -> frozenset[str]:
    load(ROOT / "plugins")
    return frozenset(METADATA.tables)


@pytest.fixture(autouse=True)
def clean_loading(host_tables: frozenset[str]) -> Iterator[None]:
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        if name.startswith(("benchside_drop_in_", "court_")):
            del sys.modules[name]
    forget_tables([table for name, table in METADATA.tables.items() if name not in host_tables])


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Maker]:
    """Give ``founded(brand)``: a house with courts and people, founded once, whose database each test copies."""
    houses: dict[str, tuple[str, Fixture]] = {}
    folder = tmp_path_factory.mktemp("founded")

    def found(brand: str) -> tuple[str, Fixture]:
        if brand not in houses:
            if brand == "sqlite":
                place = str(folder / "founded.sqlite3")
                url = f"sqlite:///{place}"
            else:
                server = request.getfixturevalue("postgres_server")
                place = server.create()
                request.addfinalizer(lambda: server.drop(place))
                url = server.url(place)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(people, "hash_password", hash_once)
                houses[brand] = (place, make_house(url, folder))
            houses[brand][1].house.store.close()
        return houses[brand]

    return found


@pytest.fixture(params=["sqlite", "postgresql"])
def founded_url(request: pytest.FixtureRequest, founded: Maker, tmp_path: Path) -> tuple[str, Fixture]:
    """Return the address of a fresh database with courts and people, and who they are; once for each brand."""
    place, base = founded(request.param)
    if request.param == "sqlite":
        copy = tmp_path / "benchside.sqlite3"
        shutil.copyfile(place, copy)
        return f"sqlite:///{copy}", base
    return request.getfixturevalue("new_postgres")(template=place), base


@pytest.fixture
def new_house(founded_url: tuple[str, Fixture], tmp_path: Path) -> Iterator[Maker]:
    """Make a house on the test's database, with ``modules`` on: ``new_house("mediation", folders=[…])``."""
    url, base = founded_url
    made: list[Fixture] = []

    def make(
        *modules: str, folders: tuple[Path, ...] = (TEST_MODULES,), clock: Any = None, **settings: Any
    ) -> Fixture:
        secret = ts.SecretStr("test-secret-of-at-least-32-characters")
        chosen = Settings(
            database_url=url, data_dir=tmp_path / "data", keys_file=KEYS, secret_key=secret, **settings
        )
        loaded = load_modules(find_modules([*folders, ROOT / "plugins"]))
        clock = clock or Clock()
        house = evolve(build_house(chosen, loaded), clock=clock)
        made.append(Fixture(house, clock, dict(base.people), base.client, base.token))
        migrate(house.store, loaded)
        for name in modules:
            enable(house, OPERATOR, name)
        return made[-1]

    yield make
    for one in made:
        one.house.store.close()
