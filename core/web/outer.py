"""Around everything: gives each request its number, counts it and writes its line. Costs a few microseconds."""

from collections.abc import Iterable
from time import perf_counter
from typing import TYPE_CHECKING, Any

import structlog

from core.metrics.counted import REQUEST_SECONDS, REQUESTS
from core.request import CURRENT, ENVIRON, Request
from core.traces import Traces
from core.web.proxies import Proxies

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
QUIET = frozenset({"/static/", "/healthz", "/readyz", "/metrics"})
"""Routes that are counted but get no line: they come by the dozen and tell of nobody."""


class Outer:
    """The outermost application."""

    def __init__(self, inner: "WSGIApplication", proxies: Proxies, traces: Traces) -> None:
        self._inner = inner
        self._proxies = proxies
        self._traces = traces
        self._log: Any = structlog.get_logger().bind(logger="benchside.access")

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Pass the request on."""
        started = perf_counter()
        request = environ[ENVIRON] = Request(self._proxies.settle(environ))
        current = CURRENT.set(request)

        def noted(status: str, headers: list[tuple[str, str]], error: Any = None) -> Any:
            seconds = perf_counter() - started
            route, method = request.route, environ["REQUEST_METHOD"]
            if method not in METHODS:
                method = "other"
            REQUESTS.add(route, method, f"{status[0]}xx")
            REQUEST_SECONDS.observe(seconds, route)
            if route not in QUIET:
                self._log.info(
                    "request", method=method, status=int(status[:3]), ms=round(seconds * 1000, 2), address=environ["REMOTE_ADDR"]
                )  # fmt: skip
                if self._traces.whole:
                    self._traces.ended(request, method, int(status[:3]), seconds)
            return start_response(status, [*headers, ("X-Request-ID", request.id)], error)

        try:
            return self._inner(environ, noted)
        finally:
            CURRENT.reset(current)
