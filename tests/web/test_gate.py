"""The gate of the pages: who gets in, what a request must look like, and what every answer carries."""

import pytest

from core.work.switches import disable
from tests.support.houses import OPERATOR, PASSWORD
from tests.web.further.asking import Browser
from tests.web.pages import Pages, cookies

FORM = "application/x-www-form-urlencoded"


def test_a_visitor_is_sent_to_log_in_and_back(pages: Pages) -> None:
    """Every page but the log-in leads there, and the log-in leads on to the page that was asked for."""
    answer = pages.raw("GET", "/m/mediation/", query="state=%E9%80%80%E5%9B%9E")
    assert answer.status == 303
    assert (
        answer.headers["location"]
        == "/login?next=%2Fm%2Fmediation%2F%3Fstate%3D%25E9%2580%2580%25E5%259B%259E"
    )
    browser = Browser(pages.application)
    browser.get("/login")
    there = browser.post("/login", {"username": "judge", "password": PASSWORD, "next": "/m/mediation/?q=x"})
    assert there.headers["location"] == "/m/mediation/?q=x"


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "/login"]
)
def test_the_log_in_leads_nowhere_else(pages: Pages, target: str) -> None:
    """An address outside is never followed."""
    browser = Browser(pages.application)
    browser.get("/login")
    there = browser.post("/login", {"username": "judge", "password": PASSWORD, "next": target})
    assert there.headers["location"] == "/"


def test_logging_in_gives_a_new_session_each_time(pages: Pages) -> None:
    """A session id that was known before the log-in is worth nothing after it, nor one that was signed by another."""
    browser = pages.browser("judge")
    first = browser.cookies["benchside"]
    browser.cookies["benchside"] = first[:-1] + ("0" if first[-1] != "0" else "1")
    assert browser.get("/").status == 303
    again = pages.browser("judge")
    assert again.cookies["benchside"] != first
    again.post("/logout")
    assert again.get("/").status == 303


def test_cookies_are_out_of_reach_of_scripts(pages: Pages) -> None:
    """HttpOnly and SameSite on every cookie."""
    answer = pages.raw("GET", "/login")
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=Lax" in answer.headers["set-cookie"]


def test_a_wrong_password_is_said_plainly(pages: Pages) -> None:
    """The name stays in the form, the password does not."""
    browser = Browser(pages.application)
    browser.get("/login")
    answer = browser.post("/login", {"username": "judge", "password": "Wrong-Password-9"})
    assert answer.status == 403
    assert "用户名或密码不正确" in answer.text
    assert 'value="judge"' in answer.text
    assert "Wrong-Password-9" not in answer.text


def test_a_log_in_without_a_token_is_for_programs_only(pages: Pages) -> None:
    """A browser always marks where a form came from; only where no mark is, the bare form is taken."""
    body = f"username=judge&password={PASSWORD}".encode()
    assert pages.raw("POST", "/login", body, CONTENT_TYPE=FORM).status == 303
    assert (
        pages.raw("POST", "/login", body, CONTENT_TYPE=FORM, HTTP_ORIGIN="http://evil.example").status == 403
    )
    assert (
        pages.raw("POST", "/login", body, CONTENT_TYPE=FORM, HTTP_SEC_FETCH_SITE="cross-site").status == 403
    )
    wrong = body + b"&csrf=" + b"0" * 64
    assert pages.raw("POST", "/login", wrong, CONTENT_TYPE=FORM).status == 403


def test_forms_need_the_token_of_their_session(pages: Pages) -> None:
    """No token, another session's token, another site's page: nothing happens."""
    serial_no = pages.file()
    judge, other = pages.browser("judge"), pages.browser("judge2")
    address = f"/m/mediation/{serial_no}/comment"
    assert judge.post(address, {"text": "请补充"}, token="").status == 403
    assert judge.post(address, {"text": "请补充"}, token=other.token).status == 403
    body = f"text=hello&csrf={judge.token}".encode()
    sent = {"CONTENT_TYPE": FORM, "HTTP_COOKIE": cookies(judge)}
    assert pages.raw("POST", address, body, **sent, HTTP_ORIGIN="http://evil.example").status == 403
    assert pages.raw("POST", address, body, **sent, HTTP_SEC_FETCH_SITE="same-site").status == 403
    assert pages.raw("POST", address, body, **sent, HTTP_ORIGIN="http://127.0.0.1").status == 303
    assert judge.get(f"/m/mediation/{serial_no}").text.count("hello") == 1


def test_a_module_that_is_off_does_not_exist(pages: Pages) -> None:
    """No page of it, from the next request, without a restart."""
    serial_no = pages.file()
    judge = pages.browser("judge")
    addresses = [
        "/m/mediation/",
        f"/m/mediation/{serial_no}",
        f"/m/mediation/{serial_no}/review",
        "/m/mediation/export.xlsx",
    ]
    assert [judge.get(address).status for address in addresses] == [200] * 4
    disable(pages.house, OPERATOR, "mediation")
    assert [judge.get(address).status for address in addresses] == [404] * 4
    assert (
        judge.post(f"/m/mediation/{serial_no}/decide", {"decision": "accept", "version": "1"}).status == 404
    )
    assert "/m/mediation/" not in judge.get("/").text


def test_only_the_methods_a_page_has(pages: Pages) -> None:
    """Others are answered with what there is."""
    judge = pages.browser("judge")
    answer = pages.raw("DELETE", "/m/mediation/", HTTP_COOKIE=cookies(judge))
    assert answer.status == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert pages.raw("GET", "/logout", HTTP_COOKIE=cookies(judge)).status == 405


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("multipart/form-data; boundary=x", b"--x\r\nnothing", 400),
        ("multipart/form-data", b"--x--", 400),
        (
            "multipart/form-data; boundary=x",
            b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n\xff\r\n--x--\r\n",
            400,
        ),
        ("application/json", b"{}", 415),
        (FORM, b"a=%FF", 400),
        (FORM, b"a=" + b"x" * (1024 * 1024), 413),
    ],
)
def test_malformed_bodies_are_the_senders_fault(pages: Pages, kind: str, body: bytes, status: int) -> None:
    """Never 500, and never a traceback."""
    answer = pages.raw("POST", "/login", body, CONTENT_TYPE=kind)
    assert answer.status == status
    assert "Traceback" not in answer.text


def test_multipart_forms_are_read(pages: Pages) -> None:
    """A form sent in parts logs in as well."""
    parts = {"username": "judge", "password": PASSWORD}
    body = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in parts.items()
    )
    answer = pages.raw(
        "POST", "/login", f"{body}--x--\r\n".encode(), CONTENT_TYPE="multipart/form-data; boundary=x"
    )
    assert answer.status == 303


@pytest.mark.parametrize(
    "path", ["/login", "/", "/nothing", "/static/x/nothing.css", "/static/x/../app.py", "/m/%00"]
)
def test_every_answer_carries_the_security_headers(pages: Pages, path: str) -> None:
    """Pages, redirects, errors and files alike; nothing names its maker."""
    answer = pages.raw("GET", path)
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert "cherrypy" not in f"{answer.headers}{answer.text}".lower()


def test_a_page_that_fails_says_so_and_keeps_its_reasons(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A number to tell the administrator, in both languages; no traceback, no word of the error."""
    judge = pages.browser("judge")
    monkeypatch.setattr("core.web.pages.queue.rows_sent", lambda *_: 1 / 0)
    answer = judge.get("/m/mediation/")
    assert answer.status == 500
    assert "系统出错" in answer.text
    assert "Something failed" in answer.text
    assert "ZeroDivision" not in answer.text


def test_administrators_have_their_own_pages_and_no_others(pages: Pages) -> None:
    """Three administrators, separated."""
    system, security, audit = (pages.browser(name) for name in ("sysadmin", "secadmin", "auditadmin"))
    assert [system.get(path).status for path in ("/admin/modules", "/admin/people", "/admin/audit")] == [
        200,
        403,
        403,
    ]
    assert [security.get(path).status for path in ("/admin/modules", "/admin/people", "/admin/audit")] == [
        403,
        200,
        403,
    ]
    assert [audit.get(path).status for path in ("/admin/modules", "/admin/people", "/admin/audit")] == [
        403,
        403,
        200,
    ]
    assert system.get("/m/mediation/").status == 404


def test_static_files_are_a_closed_list(pages: Pages) -> None:
    """Cached for a year under their address of today, packed on demand; no path leads out."""
    address = pages.raw("GET", "/login").text.partition('stylesheet" href="')[2].partition('"')[0]
    answer = pages.raw("GET", address, HTTP_ACCEPT_ENCODING="gzip")
    assert answer.status == 200
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    old = pages.raw("GET", "/static/000000000000/benchside.css")
    assert old.headers["cache-control"] == "public, no-cache"
    for path in (
        "/static/x/../app.py",
        "/static/x//etc/passwd",
        "/static/x/.stamp",
        "/static/x/%2e%2e/app.py",
    ):
        assert pages.raw("GET", path).status == 404
    assert pages.raw("POST", address).status == 405


def test_a_session_ends_when_left_alone(pages: Pages) -> None:
    """After the idle time the page leads to the log-in; a part of a page keeps what was typed."""
    judge = pages.browser("judge")
    pages.fixture.clock.move(minutes=16)
    assert judge.get("/").status == 303
    part = pages.raw("GET", "/", HTTP_COOKIE=cookies(judge), HTTP_HX_REQUEST="true")
    assert part.status == 401
    assert part.headers["hx-retarget"] == "main [data-alert]"
