"""Whether a module's static files are there for whoever asks: the gate of what pages load."""

from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING

from attrs import frozen

from core.gate import anywhere
from core.web.session import SESSION_COOKIE, Signer, own_cookies
from core.work.arrive import Arrivals, digest_of
from core.work.house import House

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


@frozen
class OwnFiles:
    """Who has a session asks for their court; a stranger (a page to verify a paper needs no log-in) for any court."""

    house: House
    signer: Signer
    arrivals: Arrivals

    def __call__(self, environ: "WSGIEnvironment", module: str) -> bool:
        """Tell whether the files of ``module`` are there."""
        held = self.signer.open("session", _session(environ.get("HTTP_COOKIE", "")))
        arrival = self.arrivals.arrive(digest_of(held)) if held else None
        if arrival is not None:
            return module in arrival.enabled
        with self.house.store.read() as connection:
            return bool(anywhere(connection, module))


def _session(sent: str) -> str:
    try:
        found = SimpleCookie(own_cookies(sent)).get(SESSION_COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""
