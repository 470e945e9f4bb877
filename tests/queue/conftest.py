"""Courts with many requests, made once a run and brand."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from attrs import frozen

from bench.bulk import Bulk, Made
from core.module import Flow
from core.values import Actor
from core.work.queue import Queues
from tests.support.houses import COURT, OTHER, Fixture, make_house

MANY, FEW = 200_000, 2_000


@frozen
class Full:
    """A house with many requests, and who reads its queues."""

    fixture: Fixture
    bulk: Bulk
    queues: Queues
    flow: Flow
    rows: tuple[Made, ...]
    """All of them, where they are few."""

    @property
    def reader(self) -> Actor:
        """Somebody who sees the whole court."""
        return self.fixture.actor("reviewer")

    @property
    def judge(self) -> Actor:
        """Somebody who sees what is their own."""
        return self.fixture.actor("judge")

    @property
    def panel(self) -> Actor:
        """Somebody who sees what several judges handle."""
        judge = self.fixture.actor("panel")
        return Actor(
            court=judge.court, person=judge.person, name=judge.name, roles=judge.roles,
            handles=judge.handles | {self.fixture.people["judge2"]},
        )  # fmt: skip


def _full(url: str, folder: Path, count: int) -> Full:
    fixture = make_house(url, folder, ["filing"])
    bulk = Bulk(fixture.house, [COURT, OTHER], [fixture.people["judge"], fixture.people["judge2"]], count)
    bulk.insert()
    bulk.analyze()
    return Full(fixture, bulk, Queues(fixture.house), bulk.flow, tuple(bulk.rows()) if count < MANY else ())


@pytest.fixture(scope="session")
def full_house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Full]]:
    """Give a maker of full houses: the same brand and size is made once."""
    made: dict[tuple[str, int], Full] = {}
    ends: list[Callable[[], None]] = []

    def get(brand: str, count: int) -> Full:
        if (brand, count) not in made:
            folder = tmp_path_factory.mktemp(f"full-{brand}-{count}")
            url = f"sqlite:///{folder / 'benchside.sqlite3'}"
            if brand == "postgresql":
                server = request.getfixturevalue("postgres_server")
                name = server.create()
                url = server.url(name)
                ends.append(partial(server.drop, name))
            made[brand, count] = _full(url, folder, count)
        return made[brand, count]

    yield get
    for one in made.values():
        one.fixture.house.store.close()
    for end in ends:
        end()


@pytest.fixture(params=["sqlite", "postgresql"])
def many(request: pytest.FixtureRequest, full_house: Callable[..., Full]) -> Full:
    """200,000 requests; nobody changes them."""
    return full_house(request.param, MANY)


@pytest.fixture(params=["sqlite", "postgresql"])
def few(request: pytest.FixtureRequest, full_house: Callable[..., Full]) -> Full:
    """2,000 requests; nobody changes them."""
    return full_house(request.param, FEW)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_brand(request: pytest.FixtureRequest) -> str:
    """Each brand once."""
    return str(request.param)
