"""The HTTP server: pages at the root, the API beside them, and two addresses for operators."""

import ctypes
import gc
import logging
import os
import signal
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from core.api.app import api_application
from core.logs import masked
from core.metrics.shared import clean
from core.request import ENVIRON
from core.store.courtesy import Courtesy
from core.web.app import web_application
from core.web.headers import SecurityHeaders
from core.web.leading import BACKLOG, at_once, cannot_listen
from core.web.listening import SharingServer, inherited
from core.web.notify import Watchdog, notify
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
_PR_SET_PDEATHSIG = 1
_TURN_SECONDS = {True: 0.0005, False: 0.005}
"""How long a thread goes on while others wait: while pages are being made, and else."""
_FOR_PAGES = 0.005
"""Seconds for which a request of the API waits, at most, before it begins: until no page is being made."""
_MADE = 5000
"""So many objects more than were let go are made before the youngest are looked through: some requests' worth."""


def whole_application(house: House, operators: Operators | None = None) -> "WSGIApplication":
    """Return everything ``house`` answers: pages, API and the addresses for operators."""
    https = house.settings.https
    pages, api = web_application(house), SecurityHeaders(api_application(house), https=https)
    own = (operators or Operators(house)).routes
    courtesy = house.store.courtesy
    told = {path: SecurityHeaders(answer, https=https) for path, answer in own.items()}

    def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path.startswith("/api/"):
            courtesy.let_pass(_FOR_PAGES)
            return api(environ, start_response)
        if path in told:
            environ[ENVIRON].route = path
            return told[path](environ, start_response)
        with courtesy.first():
            return pages(environ, start_response)

    return Outer(application, Proxies(house.settings.trusted_proxies), house.hooks.traces)


def _to_log(message: str = "", level: int = logging.INFO, *, traceback: bool = False) -> None:
    """Write what the HTTP server has to say; it would print."""
    log.log(max(level, logging.DEBUG), "http server: %s", masked(message), exc_info=traceback)


class Server:
    """One process's server with its worker."""

    def __init__(self, house: House, host: str, port: int) -> None:
        self._house = house
        self._worker = Worker(house)
        self._operators = Operators(house)
        self._listener = inherited()
        self.led = self._listener is not None
        """Whether this is one of several, started by a process that leads them."""
        application = whole_application(house, self._operators)
        if self._listener is None:
            clean(house.settings.metrics_dir)
        options: dict[str, Any] = {
            "numthreads": house.settings.threads, "server_name": "benchside", "request_queue_size": BACKLOG, "timeout": 30,
        }  # fmt: skip
        self._server: Any = (
            StrictServer((host, port), application, **options)
            if self._listener is None
            else SharingServer(self._listener, application, **options)
        )
        if not self.led:
            self._server.beat = Watchdog().feed
        self._server.courtesy = house.store.courtesy
        self._server.stop_seconds = house.settings.stop_seconds
        # A browser waits for the answer to its whole request; half a line is never one of ours.
        self._server.max_request_header_size = 64 * 1024
        quiet: Any = self._server
        quiet.error_log = _to_log

    def prepare(self) -> int:
        """Bind the port and return it; connections wait until ``run``.

        Raises:
            Refused: somebody else has it.
        """
        try:
            self._server.prepare()
        except OSError as error:
            host, port = self._server.bind_addr
            raise cannot_listen(host, port, error) from error
        return int(self._server.bind_addr[1])

    def run(self) -> bool:
        """Serve until ``stop``, finish, and tell whether everything could be finished in time."""
        self._worker.start()
        self._operators.start()
        try:
            self._server.serve()
        finally:
            rested = self._worker.stop(max(1.0, self._server.left))
            self._operators.stop()
        if self._server.cut or not rested:
            log.error("the time to stop is over: %d connections cut off, background work %s", self._server.cut, "finished" if rested else "left")  # fmt: skip
        return rested and not self._server.cut

    def stop(self) -> None:
        """Ask ``run`` to finish what was accepted, and to end; safe in a signal handler."""
        self._worker.ask()
        self._server.stop()


def _few_arenas() -> None:
    """Have the threads share two heaps: glibc would give each its own, of which little ever comes back."""
    with suppress(AttributeError, OSError):  # another C library has neither the call nor the habit
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)


def _turns(courtesy: Courtesy) -> None:
    """Have no page wait long for other threads: whoever calls the database waits anew for its turn after each statement.

    Among machines alone longer turns are better: each change of threads costs all of them.
    """

    def told(pages: bool) -> None:
        sys.setswitchinterval(_TURN_SECONDS[pages])

    courtesy.told = told
    told(False)


def _little_garbage() -> None:
    """Have what was made at the start stay: looking through it for garbage, again and again, would stop everybody."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_MADE, 10, 10)


def _end_with_the_leader() -> None:
    """Have the kernel ask us to end when the process that started us dies: nobody else would."""
    with suppress(AttributeError, OSError):  # Linux only
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def serve(
    house: House,
    host: str,
    port: int,
    *,
    ready: Callable[[int], None] | None = None,
) -> bool:
    """Serve until a signal asks to end, and tell whether everything was finished then; ``ready`` is told the port.

    A second signal ends the process at once. One of several workers leaves that to the process that leads them.
    """
    _few_arenas()
    server = Server(house, host, port)
    _turns(house.store.courtesy)
    _little_garbage()
    asked: list[int] = []

    def end(number: int, _: object) -> None:
        asked.append(number)
        if len(asked) == 1:
            notify("STOPPING=1")
            server.stop()
        elif not server.led:
            at_once(number)

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, signal.SIG_IGN if server.led else end)
    if server.led:
        _end_with_the_leader()
    bound = server.prepare()
    if ready is not None:
        ready(bound)
    if not server.led:
        notify("READY=1")
    whole = server.run()
    if not whole:
        os._exit(1)  # what is still at work would keep the process; the store is safe at any moment
    house.store.close()
    return whole
