"""From the command to the first answer; memory of a worker, and whether it grows with the pages it serves."""

import socket
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Row
from bench.place import Place
from bench.storm import ask, request

STARTS = 5
FIRST, LAST = 100, 1_000


def rows(place: Place, starts: int = STARTS) -> Iterator[Row]:
    """Start it several times, and have the last one serve a thousand pages of the list, each another one."""
    cookie = place.cookie()
    took = [_started(place) for _ in range(starts)]
    yield Row(
        work="start: from the command to the first page", got=statistics.median(took), unit="s", target=2.5, better="lower",
        note=f"p50 of {starts}, the slowest {max(took):.2f} s",
    )  # fmt: skip
    with place.serve() as served, socket.create_connection(("127.0.0.1", served.port)) as wire:
        held = []
        for number in range(1, LAST + 1):
            after = place.page(number % max(1, place.rows // 40) + 1)
            ask(wire, request(f"/m/filing/?view=all&after={after}", cookie, served.port))
            if number in (FIRST, LAST):
                held.append(memory(served.pid))
    yield Row(
        work="memory of a worker",
        got=held[-1],
        unit="MB",
        target=130,
        better="lower",
        note=f"resident, after {LAST:,} pages",
    )
    yield Row(
        work=f"memory: growth from page {FIRST} to page {LAST:,}", got=held[-1] - held[0], unit="MB", target=10, better="lower",
        note=f"{held[0]:.1f} MB after {FIRST} pages",
    )  # fmt: skip


def _started(place: Place) -> float:
    begun = time.perf_counter()
    with place.serve() as served, socket.create_connection(("127.0.0.1", served.port)) as wire:
        ask(wire, request("/login", "", served.port))
        return time.perf_counter() - begun


def memory(pid: int) -> float:
    """Return the resident memory of a process in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024
