"""The gate of the pages: it stands in the dispatcher, before a byte of the body is read.

Address → session → module on in my court → role → method → is it one of our own pages that sends it. Only then is the
body read, its form token checked, and the page asked.
"""

import ipaddress
import logging
import secrets
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

import cherrypy
from attrs import evolve

from core.fields.problem import Refused
from core.request import CURRENT, ENVIRON, Request
from core.web import session as sessions
from core.web.answer import Answer, Cookie, see_other
from core.web.errors import EXPIRED_FORM, OTHER_SITE, refusal, trouble
from core.web.form import LIMIT, PUBLIC_LIMIT, Unreadable, parse_fields, read_form
from core.web.language import language_of
from core.web.routes import Route, Routes
from core.web.visit import Site, Visit
from core.work.arrive import digest_of
from core.work.outages import Outage, outage_of

log = logging.getLogger("benchside.web")

CONFIG = {"request.process_request_body": False, "request.show_tracebacks": False, "response.stream": False}


class Stop(Exception):
    """The gate does not open; ``answer`` says why."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        super().__init__(str(answer.status))


class Gate:
    """CherryPy's dispatcher of the pages."""

    def __init__(self, site: Site, routes: Routes) -> None:
        self._site = site
        self._routes = routes

    def __call__(self, path: str) -> None:
        """Choose what handles the request at hand; CherryPy asks before it reads the body."""
        request = cherrypy.serving.request
        request.config = dict(CONFIG)
        request.handler = self._handler(request, path)

    def _handler(self, request: Any, path: str) -> Callable[[], Any]:
        try:
            visit = self._visit(request, path)
        except Exception as error:
            if (outage := outage_of(error)) is None:
                raise
            unknown = self._visit(request, path, asked=False)
            told = _outage(unknown, outage)
            return lambda: _deliver(told, https=self._site.house.settings.https)
        try:
            route, visit = self._admit(visit)
        except Stop as stop:
            answer = stop.answer
            return lambda: _deliver(answer, https=self._site.house.settings.https)
        return lambda: _deliver(self._answer(request, route, visit), https=self._site.house.settings.https)

    def _visit(self, request: Any, path: str, *, asked: bool = True) -> Visit:
        """Return who comes with what; with ``asked=False`` the database is not asked who it is."""
        headers = {name.lower(): str(value) for name, value in request.headers.items()}
        cookies = {name: morsel.value for name, morsel in request.cookie.items()}
        signer = self._site.signer
        held = signer.open("session", cookies.get(sessions.SESSION_COOKIE, ""))
        address = _address(request.remote.ip)
        noted: Request | None = request.wsgi_environ.get(ENVIRON)
        request_id = noted.id if noted else secrets.token_hex(8)
        arrive = self._site.arrivals.arrive
        arrival = arrive(digest_of(held), address, request_id) if held and asked else None
        visitor = (
            held if arrival is not None else signer.open("visitor", cookies.get(sessions.VISITOR_COOKIE, ""))
        )
        return Visit(
            site=self._site,
            method=request.method,
            path=path,
            values={},
            query={},
            query_string=request.query_string,
            headers=headers,
            cookies=cookies,
            language=language_of(cookies.get(sessions.LANGUAGE_COOKIE, "")),
            session=visitor or "",
            token=signer.form_token(visitor) if visitor else "",
            arrival=arrival,
            address=address,
            request_id=request_id,
        )

    def _admit(self, visit: Visit) -> tuple[Route, Visit]:
        if "\0" in visit.path:
            raise Stop(trouble(visit, 400))
        found = self._routes.find(visit.path)
        _note(found)
        if visit.arrival is None and (found is None or not found[0].public):
            raise Stop(_to_login(visit))
        if found is None:
            raise Stop(trouble(visit, 404))
        route, values = found
        try:
            visit = evolve(
                visit, values=values, query=parse_fields(visit.query_string.encode("ascii", "replace"))
            )
        except Unreadable as unreadable:
            raise Stop(trouble(visit, unreadable.status)) from unreadable
        if visit.arrival is not None and not route.public:
            module = route.module or values.get("module")
            if module is not None and module not in visit.arrival.enabled:
                raise Stop(trouble(visit, 404))
            if route.roles and not route.roles & visit.actor.roles:
                raise Stop(trouble(visit, 403))
        if visit.method not in route.methods:
            raise Stop(trouble(visit, 405, headers={"Allow": ", ".join(route.methods)}))
        if visit.method == "POST" and not same_origin(visit.headers):
            raise Stop(trouble(visit, 403, OTHER_SITE))
        return route, visit

    def _answer(self, request: Any, route: Route, visit: Visit) -> Answer:
        try:
            if visit.method == "POST":
                visit = evolve(visit, form=_form(request, route, visit))
                if not self._is_ours(route, visit):
                    return trouble(visit, 403, EXPIRED_FORM)
                answer = route.page.post(visit)
            else:
                answer = route.page.get(visit)
        except Unreadable as unreadable:
            return trouble(visit, unreadable.status)
        except Refused as refused:
            return refusal(visit, refused)
        except Exception as error:
            if (outage := outage_of(error)) is not None:
                return _outage(visit, outage)
            log.exception("page failed: %s %s (%s)", visit.method, route.path, visit.request_id)
            return trouble(visit, 500)
        assert isinstance(answer, Answer)
        return answer

    def _is_ours(self, route: Route, visit: Visit) -> bool:
        """Tell whether the form is one we gave to this very session.

        The log-in form is bound to a visitor's cookie in the same way; but a program without a browser may send it
        bare. That is safe where the browser's own marks (Origin, Sec-Fetch-Site) are absent: a browser that is
        tricked into logging in always sends at least one of them.
        """
        token = visit.headers.get("x-csrf-token") or visit.sent("csrf")
        if token:
            return bool(visit.session) and self._site.signer.fits(visit.session, token)
        if not route.public:
            return False
        return not {"origin", "sec-fetch-site"} & visit.headers.keys() or same_origin(visit.headers)


def _outage(visit: Visit, outage: Outage) -> Answer:
    log.error("page failed: %s %s", visit.method, outage.code)
    return trouble(visit, outage.status, outage.told, outage.headers)


def _note(found: tuple[Route, Mapping[str, str]] | None) -> None:
    """Tell the request at hand which route it takes, also where the gate will not open."""
    if found is not None and (noted := CURRENT.get()) is not None:
        noted.route = found[0].path


def same_origin(headers: Mapping[str, str]) -> bool:
    """Tell whether the browser says that one of our own pages sends this; a program that is no browser says nothing."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    # Only host and port: behind a proxy that ends TLS the scheme differs.
    return origin is None or urlsplit(origin).netloc == headers.get("host", "")


def _form(request: Any, route: Route, visit: Visit) -> Mapping[str, list[str]]:
    chunked = "chunked" in visit.headers.get("transfer-encoding", "").lower() and not route.public
    return read_form(
        request.rfile,
        visit.headers.get("content-type", ""),
        visit.headers.get("content-length"),
        chunked=chunked,
        limit=PUBLIC_LIMIT if route.public else LIMIT,
    )


def _to_login(visit: Visit) -> Answer:
    if visit.partial:
        return trouble(visit, 401)
    wanted = visit.path + (f"?{visit.query_string}" if visit.query_string else "")
    if visit.method != "GET" or wanted == "/":
        return see_other("/login")
    return see_other(f"/login?next={quote(wanted, safe='')}")


def _address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return ""


def _deliver(answer: Answer, *, https: bool) -> Any:
    """Hand an answer to CherryPy and return the body."""
    response = cherrypy.serving.response
    response.status = answer.status
    response.headers["Content-Type"] = answer.content_type
    for name, value in answer.headers.items():
        response.headers[name] = value
    for cookie in answer.cookies:
        _set(response, cookie, https)
    if isinstance(answer.body, str):
        return answer.body.encode("utf-8")
    if isinstance(answer.body, bytes):
        return answer.body
    response.stream = True
    return answer.body


def _set(response: Any, cookie: Cookie, https: bool) -> None:
    response.cookie[cookie.name] = cookie.value
    morsel = response.cookie[cookie.name]
    morsel["path"] = "/"
    morsel["httponly"] = True
    morsel["samesite"] = "Lax"
    if https:
        morsel["secure"] = True
    if not cookie.value:
        morsel["max-age"] = 0
    elif cookie.seconds is not None:
        morsel["max-age"] = cookie.seconds
