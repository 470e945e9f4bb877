"""Puts the pages together: one CherryPy application behind one gate, with headers and static files around it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import cherrypy

from core.request import CURRENT
from core.web.errors import plain_page
from core.web.gate import Gate
from core.web.headers import SecurityHeaders
from core.web.language import LANGUAGES
from core.web.own_files import OwnFiles
from core.web.render import environment
from core.web.routes import Routes
from core.web.session import Signer, own_cookies
from core.web.static import OWN, PREFIX, Static
from core.web.table import host_routes, module_routes
from core.web.visit import Site
from core.work.arrive import Arrivals
from core.work.house import House
from core.work.queue import Queues

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

cherrypy.log.screen = False
"""What CherryPy has to say goes the way of all log lines."""


def web_application(house: House) -> "WSGIApplication":
    """Return the pages of ``house`` as a WSGI application for the server's root."""
    site = site_of(house)
    routes = Routes([*module_routes(house), *host_routes()])
    application = cherrypy.Application(None, "", {"/": {"request.dispatch": Gate(site, routes)}})
    application.request_class = _Request
    # CherryPy builds the record of its access log even when nobody reads it; ours is one line, without the query.
    application.log.access = _no_record
    return SecurityHeaders(_Outer(application, site.static), https=house.settings.https)


def site_of(house: House) -> Site:
    """Return what all pages of ``house`` share."""
    arrivals, signer = Arrivals(house), Signer(house.settings.secret)
    homes = {name: one.home / "static" for name, one in house.modules.ready.items() if one.home is not None}
    static = Static([house.settings.assets_dir, OWN], homes, OwnFiles(house, signer, arrivals))
    return Site(
        house=house,
        arrivals=arrivals,
        queues=Queues(house),
        signer=signer,
        static=static,
        templates={language: environment(language, static, house.modules) for language in LANGUAGES},
    )


class _Outer:
    """Static files without CherryPy."""

    def __init__(self, pages: Any, static: Static) -> None:
        self._pages = pages
        self._static = static

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path.startswith(PREFIX):
            if (noted := CURRENT.get()) is not None:
                noted.route = PREFIX
            return self._static(environ, start_response)
        if "HTTP_COOKIE" in environ:
            environ["HTTP_COOKIE"] = own_cookies(environ["HTTP_COOKIE"])
        pages: Iterable[bytes] = self._pages(environ, start_response)
        return pages


def _no_record() -> None:
    """Write nothing."""


class _Request(cherrypy._cprequest.Request):  # type: ignore[misc]  # published without types  # noqa: SLF001
    """CherryPy's request without its traces: no traceback, no page that names its maker."""

    show_tracebacks = False
    error_page = {"default": plain_page}  # noqa: RUF012 - CherryPy reads it from the class
