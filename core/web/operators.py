"""The three addresses for operators: whether the process lives, whether it can serve, and what it counted."""

import hmac
import platform
import secrets
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import SQLAlchemyError

from core.bounded import Bounded
from core.metrics.shared import Share
from core.version import VERSION
from core.web.exposition import exposition
from core.web.proxies import FORWARDED, address, networks, within
from core.work.house import House
from core.work.migrate import pending
from core.work.standing import Standing, standing

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

READY_SECONDS = 2.0
"""So long a part may take to answer before ``/readyz`` calls it wrong."""
FIGURES_SECONDS = 2.0
FIGURES_AGE = 10.0
"""The database is asked for figures this often at most, in seconds, however often ``/metrics`` is read."""
TEXT = "text/plain; charset=utf-8"


class Operators:
    """What operators, their probes and their Prometheus ask."""

    def __init__(self, house: House) -> None:
        settings = house.settings
        self._token = settings.metrics_token.encode()
        self._from = networks(settings.metrics_from)
        self._share = Share(settings.metrics_dir)
        self._checks: tuple[tuple[str, Bounded[str]], ...] = (
            ("database", Bounded(lambda: _database(house), READY_SECONDS)),
            ("files", Bounded(lambda: _files(house), READY_SECONDS)),
        )
        self._figures = Bounded(lambda: standing(house), FIGURES_SECONDS)
        self._known: tuple[float, Standing] | None = None
        self.routes: dict[str, Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]] = {
            "/healthz": self.alive, "/readyz": self.ready, "/metrics": self.metrics,
        }  # fmt: skip

    def alive(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> list[bytes]:
        """Say that the process answers; nothing else is asked."""
        return _plain(environ, start_response, "200 OK", "alive\n")

    def ready(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> list[bytes]:
        """Say whether requests can be served, and if not, which part is wrong."""
        wrong = []
        for part, check in self._checks:
            try:
                said = check()
            except TimeoutError:
                said = f"no answer within {READY_SECONDS:g} s"
            if said:
                wrong.append(f"{part}: {said}\n")
        if wrong:
            return _plain(environ, start_response, "503 Service Unavailable", "".join(wrong))
        return _plain(environ, start_response, "200 OK", "ready\n")

    def metrics(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> list[bytes]:
        """Give the figures to those who may have them."""
        if not self._may_read(environ):
            return _plain(
                environ, start_response, "403 Forbidden", "not from here, and not without the token\n"
            )
        up, figures = self._standing()
        text = exposition(
            self._share.sums(), figures, up=up, version=VERSION, python=platform.python_version()
        )
        return _plain(environ, start_response, "200 OK", text, "text/plain; version=0.0.4; charset=utf-8")

    def _may_read(self, environ: "WSGIEnvironment") -> bool:
        scheme, _, token = str(environ.get("HTTP_AUTHORIZATION", "")).partition(" ")
        if self._token and scheme.lower() == "bearer":
            return hmac.compare_digest(token.strip().encode("utf-8", "replace"), self._token)
        # What a proxy hands on is the public's, though the proxy itself stands on this machine.
        return FORWARDED not in environ and within(address(str(environ.get("REMOTE_ADDR", ""))), self._from)

    def _standing(self) -> tuple[bool, Standing | None]:
        now = time.monotonic()
        if self._known is not None and now - self._known[0] < FIGURES_AGE:
            return True, self._known[1]
        try:
            self._known = (now, self._figures())
        except (TimeoutError, SQLAlchemyError):
            return False, None  # old figures would look like a court at rest
        return True, self._known[1]

    def start(self) -> None:
        """Publish what this process counts until ``stop``."""
        self._share.start()

    def stop(self) -> None:
        """Publish a last time."""
        self._share.stop()


def _plain(
    environ: "WSGIEnvironment", start_response: "StartResponse", status: str, text: str, kind: str = TEXT
) -> list[bytes]:
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        status, text = "405 Method Not Allowed", "GET only\n"
    body = text.encode()
    headers = [("Content-Type", kind), ("Content-Length", str(len(body)))]
    headers += [("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")]
    start_response(status, headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _database(house: House) -> str:
    """Return what is wrong with the database, in a few words without its address; empty where nothing is."""
    try:
        left = pending(house.store, house.modules)
    except SQLAlchemyError as error:
        return f"it cannot be reached or read ({type(error).__name__})"
    return f"migrations are pending for {', '.join(left)}: run benchside migrate" if left else ""


def _files(house: House) -> str:
    """Return what is wrong with the folder of files: where it cannot be written, no upload can be taken."""
    path = house.blobs.folder / "incoming" / f"probe-{secrets.token_hex(4)}"
    try:
        path.write_bytes(b"probe")
    except OSError as error:
        return f"the folder cannot be written ({error.strerror})"
    finally:
        _forget(path)
    return ""


def _forget(path: Any) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # the folder is away, and the probe with it
