"""Durable submissions over HTTP by eight clients against a bare handler with group commit, and a queue page meanwhile."""

import itertools
import json
import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import quote

from bench.client import pages, post, run
from bench.filed import body, file_many
from bench.measure import Row, median, p99
from bench.place import COURTS, Place, Served, fill, running
from core.settings import ROOT, Settings
from core.values import Actor
from core.work.switches import enable
from tests.support.ports import free_port

CLIENTS = 8
SECONDS = 2.0
ROUNDS = 15
_PAGE_ROUNDS = 7
FILINGS = 1000
OURS, BARE = "ours", "bare"


def rows(place: Place) -> Iterator[Row]:
    """Measure on two copies of a small installation: every submission adds to what it writes into."""
    with tempfile.TemporaryDirectory(dir=ROOT / "var") as folder:
        yield from measured(Path(folder), SECONDS, ROUNDS)


def measured(folder: Path, seconds: float, rounds: int, *workers: str) -> Iterator[Row]:
    """Measure the page, idle and meanwhile; then both in turns."""
    ours = Place(folder / OURS, FILINGS)
    ours.folder.mkdir()
    fill(ours)
    enable(ours.house, Actor(court=COURTS[0], name="operator"), "sms")
    file_many(ours, 1)
    filing = json.dumps(body(ours) | {"submission_id": _MARK}, ensure_ascii=False).encode()
    cookie = ours.cookie()
    ours.house.store.close()
    shutil.copytree(ours.folder, folder / BARE)
    took: dict[str, list[list[list[float]]]] = {OURS: [], BARE: []}
    with (
        # A judge is another machine than the platform, and does not wait for what that one has to do.
        ProcessPoolExecutor(1, get_context("spawn")) as judge, ours.serve(*workers) as served, bare(folder / BARE / "benchside.db") as peer,
    ):  # fmt: skip
        ports = {OURS: served.port, BARE: peer.port}
        page = ("/m/filing/", cookie, served.port)
        # Idle it is before anything was filed: what is filed leaves papers to be set.
        idle = [median(judge.submit(pages, *page, seconds / 2).result()) for _ in range(_PAGE_ROUNDS)]
        meanwhile = []
        for _ in range(_PAGE_ROUNDS):
            asked = judge.submit(pages, *page, seconds)
            run(served.port, [(filings(served.port, ours.token, filing), b"201")] * CLIENTS, seconds)
            meanwhile.append(median(asked.result()))
        for place in range(rounds + 1):
            # Each is as often the first: what one leaves to be done in the background disturbs who comes next.
            for name, port in list(ports.items())[:: 1 if place % 2 else -1]:
                found = run(port, [(filings(port, ours.token, filing), b"201")] * CLIENTS, seconds)
                if place:
                    took[name].append(found)
    yield from _compared(took, seconds)
    yield Row(
        work="a queue page while eight clients file, p50", got=median(meanwhile) / median(idle), unit="x", target=1.5,
        better="lower", note=f"{median(meanwhile) * 1000:.2f} ms against {median(idle) * 1000:.2f} ms idle",
    )  # fmt: skip


def _compared(took: dict[str, list[list[list[float]]]], seconds: float) -> Iterator[Row]:
    rates = {name: [sum(map(len, one)) / seconds for one in found] for name, found in took.items()}
    of_rounds = [ours / bare for ours, bare in zip(rates[OURS], rates[BARE], strict=True)]
    slow = {
        name: median([p99([each for client in one for each in client]) for one in found])
        for name, found in took.items()
    }
    counts = [sum(len(one[client]) for one in took[OURS]) for client in range(CLIENTS)]
    yield Row(
        work=f"durable submissions over HTTP, {CLIENTS} clients, rate", got=median(of_rounds), unit="x", target=0.6,
        better="higher", note=f"{median(rates[OURS]):,.0f}/s against {median(rates[BARE]):,.0f}/s of a bare handler with group commit; the median of {len(of_rounds)} rounds, from {min(of_rounds):.2f} to {max(of_rounds):.2f}",
    )  # fmt: skip
    yield Row(
        work="durable submissions, p99", got=slow[OURS] / slow[BARE], unit="x", target=2.5, better="lower",
        note=f"{slow[OURS] * 1000:.1f} ms against {slow[BARE] * 1000:.1f} ms of the same",
    )  # fmt: skip
    yield Row(
        work="durable submissions, slowest client", got=min(counts) / max(counts), unit="x", target=0.8, better="higher",
        note=f"{min(counts)} against {max(counts)} of the fastest",
    )  # fmt: skip


_MARK = "SUBMISSION-ID-MARK-OF-24"
_NUMBERS = itertools.count()


def filings(port: int, token: str, filing: bytes) -> Callable[[], bytes]:
    """Return what makes the next request: the same submission under another id."""
    whole = post(f"/api/v1/courts/{quote(COURTS[0])}/applications", token, filing, port)
    run_id = secrets.token_hex(4)
    return lambda: whole.replace(_MARK.encode(), f"{run_id}{next(_NUMBERS):016d}".encode())


def bare(database: Path) -> AbstractContextManager[Served]:
    """Run the peer."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "bench.works.peers.bare_submission",
        str(database),
        str(database.with_name("keys.json")),
        str(port),
        str(Settings().threads),
    ]
    return running(command, port, dict(os.environ))
