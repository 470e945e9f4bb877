"""The HTTP server: pages at the root, the API beside them, and two addresses for operators."""

import ctypes
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.api.app import api_application
from core.logs import masked
from core.metrics.counted import WORKER_RESTARTS
from core.metrics.shared import Share, clean
from core.request import ENVIRON
from core.web.app import web_application
from core.web.listening import Seats, SharingServer, hand_on, inherited
from core.web.operators import Operators
from core.web.outer import Outer
from core.web.proxies import Proxies
from core.web.wire import StrictServer
from core.work.house import House
from core.work.worker import Worker

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger("benchside.server")

_M_ARENA_MAX = -8
BACKLOG = 128
"""So many connections wait to be accepted; more are told to try again."""


def whole_application(house: House, operators: Operators | None = None) -> "WSGIApplication":
    """Return everything ``house`` answers: pages, API and the addresses for operators."""
    pages, api = web_application(house), api_application(house)
    told = (operators or Operators(house)).routes

    def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path.startswith("/api/"):
            return api(environ, start_response)
        if path in told:
            environ[ENVIRON].route = path
            return told[path](environ, start_response)
        return pages(environ, start_response)

    return Outer(application, Proxies(house.settings.trusted_proxies))


def _to_log(message: str = "", level: int = logging.INFO, *, traceback: bool = False) -> None:
    """Write what the HTTP server has to say; it would print."""
    log.log(max(level, logging.DEBUG), "http server: %s", masked(message), exc_info=traceback)


class Server:
    """One process's server with its worker."""

    def __init__(self, house: House, host: str, port: int) -> None:
        self._house = house
        self._worker = Worker(house)
        self._operators = Operators(house)
        listener, application = inherited(), whole_application(house, self._operators)
        if listener is None:
            clean(house.settings.metrics_dir)
        options: dict[str, Any] = {
            "numthreads": house.settings.threads, "server_name": "benchside", "request_queue_size": BACKLOG, "timeout": 30,
            "shutdown_timeout": 10,
        }  # fmt: skip
        self._server: Any = (
            StrictServer((host, port), application, **options)
            if listener is None
            else SharingServer(listener, application, **options)
        )
        # A browser waits for the answer to its whole request; half a line is never one of ours.
        self._server.max_request_header_size = 64 * 1024
        quiet: Any = self._server
        quiet.error_log = _to_log

    def prepare(self) -> int:
        """Bind the port and return it; connections wait until ``run``."""
        self._server.prepare()
        return int(self._server.bind_addr[1])

    def run(self) -> None:
        """Serve until ``stop``."""
        self._worker.start()
        self._operators.start()
        try:
            self._server.serve()
        finally:
            self._worker.stop()
            self._operators.stop()

    def stop(self) -> None:
        """Finish the requests at hand and end."""
        self._server.stop()


def _few_arenas() -> None:
    """Have the threads share two heaps: glibc would give each its own, of which little ever comes back."""
    with suppress(AttributeError, OSError):  # another C library has neither the call nor the habit
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)


def serve(
    house: House,
    host: str,
    port: int,
    *,
    ready: Callable[[int], None] | None = None,
) -> None:
    """Serve until a signal asks to end; ``ready`` is told the port."""
    _few_arenas()
    server = Server(house, host, port)
    ending = threading.Event()

    def end(*_: object) -> None:
        if not ending.is_set():
            ending.set()
            threading.Thread(target=server.stop).start()

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, end)
    bound = server.prepare()
    if ready is not None:
        ready(bound)
    server.run()
    house.store.close()


def serve_many(workers: int, host: str, port: int, command: list[str], metrics: Path) -> int:
    """Run ``workers`` processes of ``command`` on one socket; one that dies is started again. Return the exit status.

    The socket is opened here, once: what waits to be accepted outlives the worker that would have accepted it.
    """
    clean(metrics)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family, backlog=BACKLOG) as shared:
        # Connections inherit it: an answer's last bytes do not wait for the browser's word on the first.
        shared.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return _watch(workers, command, shared, Seats.new(workers), Share(metrics))


def _count_restart(share: Share) -> None:
    WORKER_RESTARTS.add()
    try:
        share.publish()
    except OSError:
        log.exception("the count of restarts cannot be written")


def _watch(workers: int, command: list[str], shared: socket.socket, seats: Seats, share: Share) -> int:
    ending = threading.Event()
    running: list[subprocess.Popen[bytes]] = []

    def begin(place: int) -> subprocess.Popen[bytes]:
        handed_on, told = hand_on(shared, seats, place)
        return subprocess.Popen([sys.executable, *command], env={**os.environ, **told}, pass_fds=handed_on)  # noqa: S603 - our own program again

    def end(*_: object) -> None:
        ending.set()
        for process in running:
            process.terminate()

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, end)
    running += [begin(place) for place in range(workers)]
    while not ending.wait(1):
        for place, process in enumerate(running):
            if process.poll() is not None and not ending.is_set():
                log.error("worker %d died with status %d and is started again", place, process.returncode)
                _count_restart(share)
                seats.leave(place)
                running[place] = begin(place)
    for process in running:
        process.wait()
    return 0
