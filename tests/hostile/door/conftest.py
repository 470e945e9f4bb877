"""A court behind the server it is served by, with little patience, so that no test waits long."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from attrs import evolve

from core.web.pace import Patience
from core.web.server import whole_application
from core.web.wire import StrictServer
from core.work.switches import enable
from host import build_house
from tests.hostile.talking import Served
from tests.support.founding import (
    clean_loading,
    founded,
    founded_url,
    host_tables,
    new_house,
    quick_passwords,
)
from tests.support.houses import OPERATOR, ROOT, Fixture

__all__ = ["clean_loading", "founded", "founded_url", "host_tables", "new_house", "quick_passwords"]

Serve = Callable[..., Served]


@contextmanager
def serving() -> Iterator[Serve]:
    running: list[tuple[StrictServer, threading.Thread]] = []

    def begin(application: Any, *, threads: int = 2, **patience: Any) -> Served:
        server = StrictServer(
            ("127.0.0.1", 0), application, numthreads=threads, request_queue_size=128, timeout=5
        )
        server.patience = Patience(**patience)
        server.expiration_interval = 0.05
        server.max_request_header_size = 64 * 1024
        server.error_log = lambda *told, **more: None
        server.prepare()
        thread = threading.Thread(target=server.serve)
        thread.start()
        running.append((server, thread))
        return Served(server)

    yield begin
    for server, thread in running:
        server.stop()
        thread.join()


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serve an application: ``serve(application, threads=2, head_seconds=…)``."""
    with serving() as begin:
        yield begin


@pytest.fixture(scope="module")
def court(founded: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fixture]:
    """A court with filing on, for all tests of a file: they ask for what is refused, and leave nothing behind."""
    place, base = founded("sqlite")
    folder = tmp_path_factory.mktemp("court")
    shutil.copyfile(place, folder / "court.sqlite3")
    settings = evolve(
        base.house.settings, database_url=f"sqlite:///{folder / 'court.sqlite3'}", data_dir=folder, assets_dir=ROOT / "var" / "assets"
    )  # fmt: skip
    house = evolve(build_house(settings, base.house.modules), clock=base.clock)
    enable(house, OPERATOR, "filing")
    yield Fixture(house, base.clock, base.people, base.client, base.token)
    house.store.close()


@pytest.fixture(scope="module")
def served(court: Fixture) -> Iterator[Served]:
    """The whole application of that court behind a server."""
    with serving() as begin:
        yield evolve(begin(whole_application(court.house), threads=4), court=court)
