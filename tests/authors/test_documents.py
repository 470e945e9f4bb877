"""The pages for authors are true: what they say to type is typed, what they show is what is there."""

import urllib.request
from http.cookiejar import CookieJar
from urllib.parse import urlencode

import pytest

from core.testing.browsing import TOKEN
from tests.support.documents import Shell, environment
from tests.support.houses import PASSWORD, ROOT

PAGES = ROOT / "docs" / "plugins"
ORDER = ("README", "tutorial")
"""As somebody new reads them."""


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


def test_a_newcomer_gets_through_every_page_for_authors(shell, seen):
    for name in ORDER:
        shell.follow(PAGES / f"{name}.md")
    first, changed = seen[:2]
    assert 'href="/m/mediation/"' in first[0]
    assert "方式" not in first[1]
    assert 'data-serial="ME' not in first[1]
    assert "方式" in changed[1]
    assert 'data-serial="ME' in changed[1]
    (later,) = pages_of(shell.port, "/m/mediation/")
    assert later.count('data-serial="ME') == 2
