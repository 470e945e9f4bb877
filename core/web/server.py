"""The HTTP server: pages at the root, the API beside them, and two addresses for operators."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from cheroot import wsgi
from sqlalchemy.exc import SQLAlchemyError

from core.api.app import api_application
from core.web.app import web_application
from core.work.house import House
from core.work.worker import Worker

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def whole_application(house: House) -> "WSGIApplication":
    """Return everything ``house`` answers: pages, API, ``/healthz`` and ``/readyz``."""
    pages, api = web_application(house), api_application(house)

    def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path.startswith("/api/"):
            return api(environ, start_response)
        if path == "/healthz":
            return _plain(start_response, "200 OK", b"alive\n")
        if path == "/readyz":
            ready = _ready(house)
            return _plain(
                start_response,
                "200 OK" if ready else "503 Service Unavailable",
                b"ready\n" if ready else b"no database\n",
            )
        return pages(environ, start_response)

    return application


def _plain(start_response: "StartResponse", status: str, body: bytes) -> list[bytes]:
    start_response(
        status, [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
    )
    return [body]


def _ready(house: House) -> bool:
    try:
        with house.store.read() as connection:
            connection.execute(sa.text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True


class Server:
    """One process's server with its worker."""

    def __init__(self, house: House, host: str, port: int, *, shared_port: bool = False) -> None:
        self._house = house
        self._worker = Worker(house)
        self._server: Any = wsgi.Server(
            (host, port), whole_application(house), numthreads=house.settings.threads, server_name="benchside",
            request_queue_size=128, timeout=30, shutdown_timeout=10, reuse_port=shared_port,
        )  # fmt: skip
        # A browser waits for the answer to its whole request; half a line is never one of ours.
        self._server.max_request_header_size = 64 * 1024

    def prepare(self) -> int:
        """Bind the port and return it; connections wait until ``run``."""
        self._server.prepare()
        return int(self._server.bind_addr[1])

    def run(self) -> None:
        """Serve until ``stop``."""
        self._worker.start()
        try:
            self._server.serve()
        finally:
            self._worker.stop()

    def stop(self) -> None:
        """Finish the requests at hand and end."""
        self._server.stop()


def serve(
    house: House,
    host: str,
    port: int,
    *,
    shared_port: bool = False,
    ready: Callable[[int], None] | None = None,
) -> None:
    """Serve until a signal asks to end; ``ready`` is told the port."""
    server = Server(house, host, port, shared_port=shared_port)
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


def serve_many(workers: int, command: list[str]) -> int:
    """Run ``workers`` processes of ``command`` on one port; one that dies is started again. Return the exit status."""
    environment = {**os.environ, "BENCHSIDE_SHARED_PORT": "1"}
    ending = threading.Event()
    running: list[subprocess.Popen[bytes]] = []

    def begin() -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, *command], env=environment)  # noqa: S603 - our own program again

    def end(*_: object) -> None:
        ending.set()
        for process in running:
            process.terminate()

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, end)
    running += [begin() for _ in range(workers)]
    while not ending.wait(1):
        for place, process in enumerate(running):
            if process.poll() is not None and not ending.is_set():
                running[place] = begin()
    for process in running:
        process.wait()
    return 0
