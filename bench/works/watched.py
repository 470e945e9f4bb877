"""What it costs a request to be watched: its number and its counts, and the line it leaves in the log."""

import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog

from bench.measure import Row, interleaved, median
from bench.place import Place
from core.logs import configure
from core.request import ENVIRON
from core.traces import Traces
from core.web.outer import Outer
from core.web.proxies import Proxies

CALLS = 200
ROUNDS = 60
PAGE, QUIET = "/m/{module}/", "/static/"
"""A route that leaves a line, and one that is only counted."""


@contextmanager
def logging_to_a_file() -> Iterator[None]:
    """Log as ``serve`` does, with standard error in a file, as a service manager has it."""
    root = logging.getLogger()
    handlers, level, kept = list(root.handlers), root.level, os.dup(2)
    with tempfile.TemporaryFile() as file:
        os.dup2(file.fileno(), 2)
        configure("json")
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            root.handlers[:] = handlers
            root.setLevel(level)
            structlog.reset_defaults()


def microseconds() -> tuple[float, float]:
    """Return what numbering and counting a request takes, and what its line takes on top."""
    headers = [("Content-Type", "text/html"), ("Content-Length", "2")]

    def answering(route: str) -> Any:
        def page(environ: Any, start_response: Any) -> list[bytes]:
            if ENVIRON in environ:
                environ[ENVIRON].route = route
            start_response("200 OK", headers)
            return [b"ok"]

        return page

    def called(application: Any) -> Any:
        def calls() -> None:
            for _ in range(CALLS):
                environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/m/filing/", "REMOTE_ADDR": "127.0.0.1"}
                application(environ, lambda _status, _headers, _error=None: None)

        return calls

    with logging_to_a_file():
        took = interleaved(
            {
                "bare": called(answering(PAGE)),
                "counted": called(Outer(answering(QUIET), Proxies(""), Traces())),
                "told": called(Outer(answering(PAGE), Proxies(""), Traces())),
            },
            ROUNDS,
        )
    bare, counted, told = (median(took[name]) / CALLS * 1e6 for name in ("bare", "counted", "told"))
    return counted - bare, told - counted


def rows(_: Place) -> Iterator[Row]:
    """Measure both."""
    counted, told = microseconds()
    yield Row(work="a request's number, counts and time", got=counted, unit="us", target=10, better="lower", note="beside the same answer without")  # fmt: skip
    yield Row(work="its line in the log, JSON, written", got=told, unit="us", target=10, better="lower", note="one write to a file, nothing kept back")  # fmt: skip
