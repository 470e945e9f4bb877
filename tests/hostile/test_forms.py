"""Every form of the administration and of the modules' own pages, filled in by somebody who means harm."""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from attrs import frozen

from core.web.table import host_routes, module_routes
from core.work import people
from tests.hostile.conftest import Court, build
from tests.hostile.payloads import ALL, lines
from tests.hostile.test_injection import FLOWS, clean, file_hostile
from tests.support.acting import hash_once
from tests.support.houses import STAFF

FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
NAMED = re.compile(r'<(?:input|select|textarea|button)\b[^>]*?\bname="([^"]+)"[^>]*>')
ALWAYS = {"csrf", "back", "version"}
"""What the server itself wrote into the form; changed, it is refused before anything else is read."""


@frozen
class Form:
    """A form as it stands on a page."""

    who: str
    page: str
    action: str
    given: dict[str, str]
    """Its fields, each with the value it holds."""


@pytest.fixture(params=["sqlite", "postgresql"])
def court(request: pytest.FixtureRequest, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Court]:
    """A court of this test's own: what its forms are filled with may well be taken."""
    monkeypatch.setattr(people, "hash_password", hash_once)
    url = (
        f"sqlite:///{tmp_path / 'b.sqlite3'}"
        if request.param == "sqlite"
        else request.getfixturevalue("new_postgres")()
    )
    made = build(url, tmp_path)
    yield made
    made.fixture.house.store.close()


def pages(court: Court) -> Iterator[tuple[str, str, str]]:
    """Give (who, address, page): those with an address of their own, and of what they lead to two of a sort."""
    waiting, sorts, done = [], Counter[str](), set[str]()
    for route in (*host_routes(), *module_routes(court.fixture.house)):
        if "{" not in route.path and hasattr(route.page, "get") and route.path not in ("/logout", "/login"):
            who = next(name for name, roles, _ in STAFF if not route.roles or set(roles) & route.roles)
            waiting.append((who, route.path))
    while waiting:
        who, path = waiting.pop(0)
        reply = court.get(who, path)
        if reply.status != 200 or "text/html" not in reply.headers["content-type"]:
            continue
        page = reply.body.decode()
        yield who, path, page
        for address in map(unescape, re.findall(r'href="(/(?:admin|m)/[^"?#]+)"', page)):
            sort = "/".join(address.split("/")[:3])
            if address not in done and sorts[sort] < 2:
                done.add(address)
                sorts[sort] += 1
                waiting.append((who, address))


def forms(court: Court) -> Iterator[Form]:
    """Give every form there is, once."""
    seen: set[tuple[str, ...]] = set()
    for who, path, page in pages(court):
        for head, inside in FORM.findall(page):
            action = re.search(r'action="([^"]*)"', head)
            if 'method="post"' not in head or (action and action[1] == "/logout"):
                continue
            given: dict[str, str] = {}
            for field in NAMED.finditer(inside):
                value = re.search(r'\bvalue="([^"]*)"', field[0])
                given.setdefault(unescape(field[1]), unescape(value[1]) if value else "")
            form = Form(who, path, unescape(action[1]) if action else path, given)
            if given.keys() <= ALWAYS or (form.action, *sorted(given)) in seen:
                continue  # sent by buttons elsewhere, each with an address of its own; or the same on every page
            seen.add((form.action, *sorted(given)))
            yield form


def test_whatever_a_form_is_filled_with_is_taken_as_text_or_refused(court: Court):
    """One field at a time, so that what comes before it does not hide it; then all of them."""
    file_hostile(court, FLOWS["filing"][1])
    found, asked, taken = list(forms(court)), 0, 0
    texts = [*ALL, *lines(200), "\u202e", "9" * 400, "-1", "", "½"]
    for number, form in enumerate(found):
        fields = sorted(form.given.keys() - ALWAYS)
        for place, field in enumerate([*fields, None]):
            text = texts[(7 * number + place) % len(texts)]
            typed = dict.fromkeys(fields, text) if field is None else {field: text}
            reply = court.browser(form.who).post(form.action, form.given | typed)
            assert reply.status in (200, 303, 400, 403, 404, 409, 413, 422), (form.page, typed, reply.status)
            clean(reply.body.decode(errors="replace"), (form.page, typed))
            taken += reply.status == 303
            if court.get(form.who, form.page).status == 303:  # it logged its own user out: a password, a role
                del court.browsers[form.who]
            asked += 1
    assert len({form.page for form in found}) >= 8
    assert asked > 60
    assert taken
    for form in found:
        page = court.get(form.who, form.page)
        assert page.status == 200, form.page
        clean(page.body.decode(), form.page)
