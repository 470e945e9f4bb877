"""That off means off: in the same worker and in another, from the next request, without a restart."""

from collections.abc import Callable, Iterator

import sqlalchemy as sa
from attrs import evolve

from core.api.routes import Route
from core.api.table import ROUTES
from core.records import Delivery
from core.testing.browsing import Browser
from core.testing.conformance.access import filled, own_calls
from core.testing.conformance.checks import check
from core.testing.conformance.filing import file_one
from core.testing.conformance.gone import commands_of, files_of, run_for_here, served
from core.testing.conformance.subject import WITNESS, Site, Subject
from core.testing.conformance.tour import HOST, Tour, addresses, calls, tour_of
from core.testing.conformance.witness import SENT, witness
from core.testing.houses import OPERATOR, OTHER
from core.values import Actor
from core.work.alarms import remind_due
from core.work.deliver import deliver_due
from core.work.notices import put_in_outbox
from core.work.review import decide
from core.work.snapshots import by_serial
from core.work.switches import disable, enable
from core.work.transaction import Transaction

Faults = dict[str, list[str]]


def faults_of(subject: Subject, what: str) -> list[str]:
    """Return what is there of the module while it is off; it is switched off once for all checks."""
    if "off" not in subject.kept:
        subject.kept["off"] = _switched(subject)
    found: Faults = subject.kept["off"]
    return found[what]


def _switched(subject: Subject) -> Faults:
    tour = tour_of(subject)
    here, there = tour.site, subject.beside(tour.site)
    there.fixture.clock.now = here.fixture.clock.now
    browsers = {name: here.browser(name) for name in tour.people}
    on = {name: browser.get(f"/m/{subject.name}/").status for name, browser in browsers.items()}
    paths = addresses(subject, here, tour.filed)
    own, files = own_calls(subject, here), list(files_of(subject))
    found: Faults = {what: [] for what in ("pages", "menu", "api", "notices", "hooks", "files", "commands")}
    found["files"] += [f"on: {path} answers {status}" for path in files if (status := Browser(here.application).get(path).status) != 200]  # fmt: skip
    menu_before = _menu(subject, here)
    _order(tour)
    SENT.clear()
    disable(here.fixture.house, OPERATOR, subject.name)
    for worker, site in (("the same worker", here), ("another worker", there)):
        list(calls(site, subject.name))
        said = _of(worker)
        for name, cookies in browsers.items():
            browser = Browser(site.application, dict(cookies.cookies), cookies.token)
            found["pages"] += map(said, _pages(paths, browser, name))
            found["menu"] += map(said, _shown(subject, tour, browser, name))
            found["files"] += map(said, served(files, browser, name))
        found["files"] += map(said, served(files, Browser(site.application), "a stranger"))
        found["commands"] += map(said, commands_of(subject, site))
        found["api"] += map(said, _api(subject, tour, site, own))
        _work(site)
        found["hooks"] += [said(f"the hook {hook} was called") for hook in calls(site, subject.name)]
        found["notices"] += [said(f"a notice left: {one.text[:60]}") for one in SENT if one.serial_no in tour.filed.values()]  # fmt: skip
        SENT.clear()
    _elsewhere(subject, there, enable)
    for name, browser in browsers.items():
        found["files"] += map(_of("on in another court"), served(files, browser, name))
    found["commands"] += map(_of("on in another court"), run_for_here(subject, here))
    _elsewhere(subject, there, disable)
    enable(there.fixture.house, OPERATOR, subject.name)
    if (menu_after := _menu(subject, here)) != menu_before:
        found["menu"].append(f"on again: the menu shows {menu_after}, before it showed {menu_before}")
    for name, status in on.items():
        if (now := browsers[name].get(f"/m/{subject.name}/").status) != status:
            found["pages"].append(f"on again: /m/{subject.name}/ answers {now}, before it answered {status}")
    return found


def _menu(subject: Subject, site: Site) -> list[str]:
    """Return what the module adds to the menu."""
    return [
        f"{one.label.zh} {one.href}" for one in site.fixture.house.hooks.menu({subject.name}, OPERATOR.court)
    ]


def _of(worker: str) -> Callable[[str], str]:
    return lambda fault: f"{worker}: {fault}"


def _pages(paths: list[str], browser: Browser, name: str) -> Iterator[str]:
    """Ask for every address in every way; the gate says 404 before anything else."""
    for path in paths:
        for reply, how in ((browser.get(path), "GET"), (browser.post(path, {}), "POST")):
            if reply.status != 404:
                yield f"{how} {path} answers {reply.status} for {name}"


def _shown(subject: Subject, tour: Tour, browser: Browser, name: str) -> Iterator[str]:
    """Look for the module on the pages of the host: in the menu, on the desk, in lists and searches."""
    for path in HOST:
        text = browser.get(path).text
        if f'href="/m/{subject.name}/' in text:
            yield f"{path} leads to the module for {name}"
        for number in tour.filed.values():
            if number in text:
                yield f"{path} shows the request {number} to {name}"


def _api(subject: Subject, tour: Tour, site: Site, own: list[Route]) -> Iterator[str]:
    """Make every call that a request has, and file another."""
    for kind in site.outside.kinds():
        if subject.module.flow(kind):
            yield f"the API still offers {kind}"
    for route in own:
        path = filled(route, site.outside.court)
        status = site.outside.call(route.method, path, {} if route.method == "POST" else None).status
        if status != 404:
            yield f"{route.method} {path} answers {status}"
    for kind, number in tour.filed.items():
        for route in ROUTES:
            if "{serial_no}" not in route.template:
                continue
            path = filled(route, site.outside.court, number)
            status = site.outside.call(route.method, path, {} if route.method == "POST" else None).status
            if status != 404:
                yield f"{route.method} {path} answers {status}"
        body = {"kind": kind, "submission_id": "off", "submitter": {}, "fields": {}}
        if (status := site.outside.post("applications", body).status) not in (404, 409, 422):
            yield f"filing {kind} answers {status}"


def _elsewhere(subject: Subject, there: Site, switch: Callable[..., None]) -> None:
    """Switch the module, and what it requires, in another court."""
    names = [*subject.required, subject.name]
    for name in names if switch is enable else reversed(names):
        switch(there.fixture.house, evolve(OPERATOR, court=OTHER), name)


def _order(tour: Tour) -> None:
    """Order something of every channel and adapter: a notice about the witness, and work for the trial system."""
    site, house = tour.site, tour.site.fixture.house
    number = str(file_one(site.outside, witness).body["serial_no"])
    with house.store.read() as connection:
        held = by_serial(connection, house.modules, site.outside.court, number)
    actor: Actor = site.fixture.actor("reviewer")
    decide(house, actor, WITNESS, number, "finish", held.version)

    def work(connection: sa.Connection) -> None:
        tx = Transaction(house, connection, OPERATOR, house.clock())
        content = {"name": "docket", "serial_no": number, "payload": {}}
        put_in_outbox(tx, held, "trial_system", "", "off", content)

    house.store.write(work)


def _work(site: Site) -> None:
    """Let a worker do what is due now and in a year."""
    house, clock = site.fixture.house, site.fixture.clock
    began = clock.now
    for days in (0, 400):
        clock.move(days=days)
        for job in (deliver_due, remind_due):
            job(house)
    clock.now = began
    house.store.write(lambda connection: connection.execute(
        sa.update(Delivery).where(Delivery.status == "waiting").values(next_at=began, attempts=0)
    ))  # fmt: skip


@check(
    "off: pages",
    "While the module is off, every address of it is not found, for everybody and in every worker.",
)
def pages(subject: Subject) -> Iterator[str]:
    """Ask for all of them."""
    yield from faults_of(subject, "pages")


@check(
    "off: menu", "While the module is off, nothing of it is in the menu, on the desk, in lists and searches."
)
def menu(subject: Subject) -> Iterator[str]:
    """Look at the host's pages."""
    yield from faults_of(subject, "menu")


@check("off: api", "While the module is off, the API neither offers nor answers anything of it.")
def api(subject: Subject) -> Iterator[str]:
    """Make every call."""
    yield from faults_of(subject, "api")


@check(
    "off: notices",
    "While the module is off, no notice about its requests leaves; they are held until it is on.",
)
def notices(subject: Subject) -> Iterator[str]:
    """Let the outbox be delivered."""
    yield from faults_of(subject, "notices")


@check("off: hooks", "While the module is off, none of its hooks is called.")
def hooks(subject: Subject) -> Iterator[str]:
    """Look at what the gate noted meanwhile."""
    yield from faults_of(subject, "hooks")


@check("off: files", "The module's static files are served while it is on, and are not there for a court where it is off.")  # fmt: skip
def files(subject: Subject) -> Iterator[str]:
    """Ask for all of them."""
    yield from faults_of(subject, "files")


@check(
    "off: commands",
    "The module's commands are refused for a court where it is off, and gone where it is off in every court.",
)
def commands(subject: Subject) -> Iterator[str]:
    """Look for them, and call those that name a court."""
    yield from faults_of(subject, "commands")
