"""That nobody comes in without saying who they are: pages without a session, calls without a token."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from core.api.own import own_routes
from core.api.routes import Route
from core.testing.browsing import Browser
from core.testing.conformance.checks import check
from core.testing.conformance.subject import Site, Subject
from core.testing.conformance.tour import addresses, tour_of

_FILLED = {"step": "withdraw", "paper": "none"}


def own_calls(subject: Subject, site: Site) -> list[Route]:
    """Return the calls that the module adds to the API."""
    stem = f"/api/v1/courts/{{court}}/m/{subject.name}/"
    return [route for route in own_routes(site.fixture.house) if route.template.startswith(stem)]


def filled(route: Route, court: str, serial_no: str = "none") -> str:
    """Return the address of a call with its variable parts filled in."""
    parts = {"court": court, "serial_no": quote(serial_no), **_FILLED}
    return re.sub(r"\{(\w+)\}", lambda part: parts.get(part[1], "1"), route.template)


@check("entry", "No page opens without a session, and no call is answered without a token.")
def entry(subject: Subject) -> Iterator[str]:
    """Knock at every door as a stranger, and as a platform that may not use the court."""
    tour = tour_of(subject)
    site, stranger = tour.site, Browser(tour.site.application)
    for path in addresses(subject, site, tour.filed):
        status = stranger.get(path).status
        if status not in (303, 401, 404, 405):
            yield f"{path} answers {status} to somebody who has not logged in"
    for route in own_calls(subject, site):
        path = filled(route, site.outside.court)
        body: Any = {} if route.method == "POST" else None
        for token, who in (("", "without a token"), ("no-such-token", "with a wrong token")):
            status = site.outside.call(route.method, path, body, token=token or "-").status
            if status != 401:
                yield f"{route.method} {path} answers {status} {who}"
        if (status := site.outside.call(route.method, filled(route, "京01"), body).status) not in (403, 404):
            yield f"{route.method} {path} answers {status} for another court"
