"""A court hour from outside: two workers on PostgreSQL, everything over HTTP, every answer checked, the books at the end."""

import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bench.place import place_of
from bench.postgres import SETTINGS
from core.settings import ROOT
from core.work import people
from tests.load.court import PLATFORMS, Court, found
from tests.load.hour import Plan, live
from tests.load.journeys import Journey, Memory
from tests.load.reconcile import faults
from tests.load.seen import PAGES, Seen
from tests.support.acting import hash_once
from tests.support.gateways import accept_sms, serving
from tests.support.postgres import Home, Server, start

RIGHT, P95 = 0.999, 200
"""The share of right answers; milliseconds for pages."""
SLOW = frozenset({"log-in"})
"""Checking a password takes a tenth of a second of a core on purpose; people wait for it once a day."""
REPORT = ROOT / "var" / "load" / "court-hour.txt"


@pytest.fixture
def new_court(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Court]]:
    """Found courts whose gateway takes every message."""
    monkeypatch.setattr(people, "hash_password", hash_once)
    made: list[Court] = []
    with serving(accept_sms) as gateway:

        def new(url: str, rows: int, cases: int) -> Court:
            place = place_of(rows, tmp_path, lambda text: None, url)
            made.append(found(place, cases, gateway))
            return made[-1]

        yield new
        for one in made:
            one.place.house.store.close()


@contextmanager
def memory_of(court: Court, workers: int) -> Iterator[Memory]:
    """Serve the court and learn what can be filed."""
    with court.serve(workers) as served:
        kinds = court.kinds(served.port)
        memory = Memory(court, kinds, served.port, Seen())
        for client in range(PLATFORMS):
            memory.cursors[client], memory.told[client] = [], []
            memory.reading[client] = threading.Lock()
        yield memory


def books(memory: Memory, seconds: float) -> list[str]:
    """Read the feeds to their end and return what does not agree."""
    for client in range(PLATFORMS):
        Journey(memory, client, time.monotonic(), 0).follow_up(client)
    return faults(memory, seconds)


def test_a_few_seconds_of_a_court_leave_nothing_wrong(new_court, new_postgres):
    plan = Plan(seconds=3, an_hour=30_000, pause=0.02)
    court = new_court(new_postgres(), 600, plan.filings)
    with memory_of(court, 2) as memory:
        assert all(kind.ways for kind in memory.kinds)
        live(plan, memory)
        wrong = books(memory, 20)
    assert (memory.seen.wrong, wrong) == ([], [])
    # Which kinds come first is chance; a few seconds see most of them, the hour all.
    assert len({one.kind.kind for one in memory.filed}) > len(memory.kinds) / 2
    assert any(one.decided for one in memory.filed)
    assert any(one.said for one in memory.filed)


@pytest.mark.soak
def test_a_court_hour_is_right_and_quick(new_court):
    """As long as ``LOAD_MINUTES`` says, an hour otherwise; the table is left under ``var/load``."""
    plan = Plan(seconds=60 * float(os.environ.get("LOAD_MINUTES", "60")))
    rows = int(os.environ.get("LOAD_ROWS", "50000"))
    # On the disk, as a court's is; the server's own user must reach it, and tests' folders it does not.
    data = Path(tempfile.mkdtemp(prefix="benchside-hour-"))
    home = Home(data)
    try:
        server = Server(home.path, start(home.path, SETTINGS))
        court = new_court(server.url(server.create()), rows, plan.filings)
        with memory_of(court, 2) as memory:
            journeys = live(plan, memory)
            wrong = books(memory, 120)
    finally:
        home.close()
        shutil.rmtree(data, ignore_errors=True)
    told = {
        "minutes": plan.seconds / 60, "journeys": journeys, "filings from before": rows, "filed": len(memory.filed),
        "decided": sum(one.decided is not None for one in memory.filed), "nobody free": memory.unmanned,
        "in the books": "; ".join(wrong[:20]) or "nothing wrong",
    }  # fmt: skip
    table = "\n".join(memory.seen.table(told))
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(table + "\n", encoding="utf-8")
    assert wrong == []
    assert memory.seen.share_right >= RIGHT
    slow = {one.kind: one.p95 for one in memory.seen.lines() if one.sort == PAGES and one.p95 > P95}
    assert slow.keys() <= SLOW, slow
