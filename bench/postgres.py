"""The same installation on PostgreSQL: a server with a court's settings, its data kept under ``var/bench/postgres``."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.place import Place, place_of
from core.settings import ROOT
from tests.support.postgres import Home, Server, start

SETTINGS = (
    "shared_buffers=512MB",
    "effective_cache_size=2GB",
    "work_mem=16MB",
    "maintenance_work_mem=256MB",
    "random_page_cost=1.1",
    "max_wal_size=4GB",
    "jit=off",
    "max_connections=100",
)
"""What docs/operators.md advises for a small court."""


@contextmanager
def serving(data: Path = ROOT / "var" / "bench" / "postgres") -> Iterator[Server]:
    """Run the server on ``data`` until it is no longer needed."""
    home = Home(data)
    try:
        yield Server(home.path, start(home.path, SETTINGS))
    finally:
        home.close()


@contextmanager
def postgres_place(
    rows: int, base: Path = ROOT / "var" / "bench", said: Callable[[str], None] = print
) -> Iterator[Place]:
    """Give the installation with ``rows`` filings on PostgreSQL, made where it is not there yet."""
    with serving(base / "postgres") as server:
        home, name = base / "on-postgres", f"rows_{rows}"
        if not Place(home / str(rows), rows).whole:
            server.drop(name)
            server.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        place = place_of(rows, home, said, server.url(name))
        try:
            yield place
        finally:
            place.house.store.close()
