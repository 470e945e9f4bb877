"""A walk through every page of a module, by each person who may see it, in both languages; done once for several checks."""

import html
import re
from collections.abc import Iterator
from urllib.parse import quote

from attrs import Factory, define, evolve, frozen

from core.module import Flow
from core.testing.browsing import Browser, Reply
from core.testing.conformance.filing import MARK, file_all, staff_of
from core.testing.conformance.subject import Site, Subject
from core.web import app
from core.web.routes import Route
from core.work.assign import assign
from core.work.snapshots import by_serial

_FILLED = {"paper": "none", "file": "1", "code": "none", "name": "none"}
HOST = ("/", "/search?q=hostile", "/reminders/", "/cases/")
"""Pages of the host on which a module shows."""
FRAME, ENTRY = re.compile(r"<nav\b.*?</nav>", re.DOTALL), re.compile(r'href="(/m/[^"]*)"')


@frozen
class Seen:
    """One page as one person saw it."""

    path: str
    name: str
    language: str
    reply: Reply = Reply(0, {}, b"")

    def __str__(self) -> str:
        return f"{self.path} for {self.name}, {self.language}"

    @property
    def source(self) -> str:
        """The page's source; empty where it is none."""
        kind = self.reply.headers.get("content-type", "")
        return self.reply.body.decode(errors="replace") if kind.startswith("text/html") else ""


@define
class Tour:
    """What was filed and what was seen."""

    site: Site
    filed: dict[str, str]
    people: list[str]
    seen: list[Seen] = Factory(list)
    followed: list[Seen] = Factory(list)
    """Those among them to which the menu led."""
    errors: list[str] = Factory(list)
    """Hooks that failed on the way."""


def routes_of(subject: Subject, site: Site) -> list[Route]:
    """Return every address of the module: its own, those the host makes for it, and any that its code answers elsewhere."""
    assert subject.loaded.plugin is not None
    own = subject.loaded.plugin.__name__
    put = vars(app)  # as the pages are put together, whatever a module made of it
    every = [*put["module_routes"](site.fixture.house), *put["host_routes"]()]
    return [
        one for one in every
        if one.module == subject.name or "{module}" in one.path or type(one.page).__module__.split(".")[: own.count(".") + 1] == own.split(".")
    ]  # fmt: skip


def address(route: Route, module: str, serial_no: str) -> str:
    """Return the address of a route with its variable parts filled in."""
    filled = {"module": module, "serial_no": quote(serial_no), **_FILLED}
    return re.sub(r"\{(\w+)\}", lambda part: filled.get(part[1], "none"), route.path)


def addresses(subject: Subject, site: Site, filed: dict[str, str]) -> list[str]:
    """Return all addresses of the module, those of a request once for each that was filed."""
    numbers = list(filed.values()) or ["none"]
    found = [address(route, subject.name, one) for route in routes_of(subject, site) for one in numbers]
    return list(dict.fromkeys(found))


def tour_of(subject: Subject) -> Tour:
    """Return the tour, made when it is first asked for."""
    if "tour" not in subject.kept:
        subject.kept["tour"] = _tour(subject)
    tour = subject.kept["tour"]
    assert isinstance(tour, Tour)
    return tour


def _tour(subject: Subject) -> Tour:
    site = subject.site()
    filed = file_all(subject, site.outside, MARK)
    flows = [flow for flow in subject.flows if flow.kind in filed]
    for flow in flows:
        _give(site, subject, flow, filed[flow.kind])
    people = list(dict.fromkeys(name for flow in subject.flows for name in staff_of(flow))) or ["sysadmin"]
    tour = Tour(site, filed, people)
    paths = addresses(subject, site, filed)
    paths += [f"/m/{subject.name}/?view={view.code}" for flow in subject.flows for view in flow.views]
    for name in people:
        browser = site.browser(name)
        for language in ("zh", "en"):
            browser.cookies["benchside_language"] = language
            for path in (*HOST, *paths):
                tour.seen.append(_look(subject, site, browser, Seen(path, name, language), tour.errors))
            (desk,) = [
                one for one in tour.seen if (one.path, one.name, one.language) == ("/", name, language)
            ]
            frame = "".join(FRAME.findall(desk.source))
            for path in dict.fromkeys(ENTRY.findall(html.unescape(frame))):
                seen = Seen(path, name, language)
                tour.followed.append(_look(subject, site, browser, seen, tour.errors))
    tour.seen += tour.followed
    return tour


def _look(subject: Subject, site: Site, browser: Browser, wanted: Seen, errors: list[str]) -> Seen:
    found = evolve(wanted, reply=browser.get(wanted.path))
    errors += failures(site, subject.name)
    return found


def _give(site: Site, subject: Subject, flow: Flow, serial_no: str) -> None:
    """Have the president, or whoever may, give a request that nobody handles to the judge."""
    from core.testing.houses import STAFF
    from core.work.assign import may_assign

    house = site.fixture.house
    with house.store.read() as connection:
        held = by_serial(connection, house.modules, site.outside.court, serial_no)
    chief = next((one for name, _, _ in STAFF if may_assign(flow, one := site.fixture.actor(name))), None)
    if held.handler is None and chief is not None:
        assign(house, chief, subject.name, serial_no, site.fixture.people["judge"], held.version)


def failures(site: Site, module: str) -> list[str]:
    """Return the hooks of ``module`` that failed, and forget all calls so far."""
    hooks = site.fixture.house.hooks
    found = [f"{call.hook}: {call.error}" for call in hooks.trace if call.module == module and call.error]
    hooks.traces._calls.clear()
    return found


def calls(site: Site, module: str) -> Iterator[str]:
    """Give the hooks of ``module`` that were called, and forget all calls so far."""
    hooks = site.fixture.house.hooks
    yield from dict.fromkeys(call.hook for call in hooks.trace if call.module == module)
    hooks.traces._calls.clear()
