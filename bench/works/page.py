"""The complete 网上立案 queue page over HTTP at one client, against a bare cheroot answer and a Django admin list of the same rows.

All servers run at once, each a process of its own, and are asked in turns on kept connections. Ours is the real ``benchside serve``. What the
peers do and leave out is said where they are (``peers/bare_page.py``, ``peers/django_admin.py``).
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from os import environ
from pathlib import Path

from bench.client import reader
from bench.measure import Row, interleaved, median
from bench.place import COURTS, Place, running
from tests.support.ports import free_port

PEERS = Path(__file__).parent / "peers"
ROUNDS, SLOW_ROUNDS, SLOW_TURN = 400, 7, 0.3
DEEP = 40_000
SESSION = "ofthebenchmark" * 2


def rows(place: Place, rounds: int = ROUNDS, slow_rounds: int = SLOW_ROUNDS) -> Iterator[Row]:
    """Measure the page, deep pages, a page among others, and a filter."""
    cookie = place.cookie()
    last = int(place.rows * 0.9) // 20
    deep = min(DEEP, last - 1)
    with ExitStack() as stack:
        ours = stack.enter_context(place.serve())
        ask = stack.enter_context(reader(ours.port, cookie))
        bare = stack.enter_context(reader(stack.enter_context(bare_server(place, ask("/m/filing/"))), cookie))
        peer = stack.enter_context(reader(stack.enter_context(django_server(place)), f"sessionid={SESSION}"))
        for words, address, floor in (
            ("the first page", "/m/filing/", "/"),
            (f"page {deep:,}", f"/m/filing/?after={place.page(deep)}", f"/?after={place.page(deep)}"),
        ):
            yield against("queue page, " + words, partial(ask, address), partial(bare, floor), rounds, 2.5)
        walked = (place.page(1 + number * 37 % deep) for number in range(10**9))
        step = next(walked)

        def other() -> object:
            nonlocal step
            step = next(walked)
            return ask(f"/m/filing/?after={step}")

        # Nothing of the rows is remembered: not a target of the issue, but the price of a page that nobody saw.
        yield against("queue page, never seen before", other, lambda: bare(f"/?after={step}"), rounds, 5)
        listed = "/admin/court/application/"
        # A state has an index that suits Django too, and sixteen times fewer rows to count: a target of our own.
        for words, address, theirs, target in (
            ("the first page", "/m/filing/", "", 100),
            (f"page {deep:,}", f"/m/filing/?after={place.page(deep)}", f"?p={deep}", 100),
            ("state 待处理", "/m/filing/?state=SUBMITTED", "?state__exact=SUBMITTED", 40),
        ):
            took = interleaved(
                {"ours": partial(ask, address), "theirs": partial(peer, listed + theirs)},
                slow_rounds,
                SLOW_TURN,
            )
            mine, slow = median(took["ours"]), median(took["theirs"])
            yield Row(
                work=f"Django admin list against ours, {words}", got=slow / mine, unit="x", target=target, better="higher",
                note=f"{slow * 1000:,.1f} ms against {mine * 1000:.2f} ms",
            )  # fmt: skip


def against(
    work: str, mine: Callable[[], object], floor: Callable[[], object], rounds: int, target: float
) -> Row:
    """Return the line of one of our pages against the bare answer."""
    took = interleaved({"ours": mine, "bare": floor}, rounds)
    ours, bare = median(took["ours"]), median(took["bare"])
    return Row(
        work=work, got=ours / bare, unit="x", target=target, better="lower",
        note=f"bare cheroot, raw sqlite3, rows by hand: {bare * 1e6:,.0f} µs; ours {ours * 1e6:,.0f} µs",
    )  # fmt: skip


@contextmanager
def bare_server(place: Place, ours: bytes) -> Iterator[int]:
    """Run the bare answer; what is around its table is what is around ours."""
    head, found, rest = ours.partition(b"<tbody>\n")
    _, _, tail = rest.partition(b"</tbody>")
    with tempfile.NamedTemporaryFile() as chrome:
        chrome.write(head + found + b"\n\f\n</tbody>" + tail)
        chrome.flush()
        port = free_port()
        command = [
            sys.executable,
            str(PEERS / "bare_page.py"),
            str(place.folder / "benchside.db"),
            str(port),
            COURTS[0],
            chrome.name,
        ]
        with running(command, port, dict(environ)) as served:
            yield served.port


@contextmanager
def django_server(place: Place) -> Iterator[int]:
    """Run the Django admin."""
    port = free_port()
    command = [
        sys.executable,
        str(PEERS / "django_admin.py"),
        str(place.folder / "benchside.db"),
        str(port),
        COURTS[0],
        SESSION,
    ]
    with running(command, port, dict(environ)) as served:
        yield served.port
