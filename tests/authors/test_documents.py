"""The pages for authors are true: what they say to type is typed, what they show is what is there."""

import urllib.request
from http.cookiejar import CookieJar
from urllib.parse import urlencode

import pytest

from core.testing.browsing import TOKEN
from tests.support.documents import Shell, environment
from tests.support.houses import PASSWORD, ROOT

PAGES = ROOT / "docs" / "plugins"
ORDER = ("README", "tutorial", "testing", "packaging", "upgrading")
"""As somebody new reads them."""
ROW = 'data-serial="ME'


def pages_of(port: int, *addresses: str) -> list[str]:
    """Return pages as ``reviewer`` sees them in a browser of their own."""
    direct = urllib.request.ProxyHandler({})
    browser = urllib.request.build_opener(direct, urllib.request.HTTPCookieProcessor(CookieJar()))

    def ask(path: str, **form: str) -> str:
        sent = urlencode(form).encode() if form else None
        with browser.open(f"http://127.0.0.1:{port}{path}", sent, timeout=60) as answer:
            return answer.read().decode()

    token = TOKEN.search(ask("/login"))[1]
    ask("/login", username="reviewer", password=PASSWORD, csrf=token)
    return [ask(address) for address in addresses]


@pytest.fixture
def seen():
    """Return what the reviewer saw each time a server had come up: the desk, and the queue."""
    return []


@pytest.fixture
def shell(tmp_path, seen):
    made = Shell(
        tmp_path,
        environment(tmp_path / "own"),
        lambda port: seen.append(pages_of(port, "/", "/m/mediation/")),
    )
    yield made
    made.close()


def rows(shell) -> int:
    """Return how many requests stand in the module's queue."""
    (page,) = pages_of(shell.port, "/m/mediation/")
    return page.count(ROW)


def test_a_newcomer_gets_through_every_page_for_authors(shell, seen):
    held = {}
    for name in ORDER:
        shell.follow(PAGES / f"{name}.md")
        held[name] = rows(shell) if seen else None
    (desk, empty), (_, changed) = seen
    assert 'href="/m/mediation/"' in desk
    assert ("方式" in empty, empty.count(ROW)) == (False, 0)
    assert ("方式" in changed, changed.count(ROW)) == (True, 1)
    assert held == {"README": None, "tutorial": 2, "testing": 2, "packaging": 2, "upgrading": 0}
