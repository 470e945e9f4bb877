"""What is no text (broken UTF-8, lone surrogates, NUL) is answered in words wherever it stands, and never by a failure."""

import json

import pytest

from core.api.table import ROUTES
from core.web.table import host_routes
from tests.hostile.talking import FORM

BROKEN = ["%FF%FE", "%C0%AF", "%ED%A0%80", "%E5%B0", "%F8%88%80%80%80", "%00", "a%00b"]
"""Percent-encoded: no UTF-8, an overlong slash, a surrogate, half a character, five bytes, NUL."""
RAW = [b"\xff\xfe", b"\xc0\xaf", b"\xed\xa0\x80", b"\xe5\xb0", b"\xe7\x94\xb2"]
"""As they are, where only ASCII may be; the last one is good UTF-8."""
PAGES = sorted({route.path for route in host_routes()} - {"/logout"})


def filled(template, value):
    for name in ("{module}", "{serial_no}", "{paper}", "{file}", "{code}", "{id}", "{number}"):
        template = template.replace(name, value)
    head, gap, tail = template.partition("{")
    return filled(head + value + tail.partition("}")[2], value) if gap else template


@pytest.mark.parametrize("value", BROKEN)
def test_in_an_address(served, value):
    """Of every page and every call; NUL is refused before the database is asked for anything."""
    for path in (one for one in PAGES if "{" in one):
        for address in (filled(path.replace("{module}", "filing"), value), filled(path, value)):
            if "{" in address or value not in address:
                continue
            told = served.get(address, as_="reviewer")
            assert 400 <= told.status < 500, (address, told.status)
    for route in (one for one in ROUTES if one.method == "GET"):
        path = route.template.replace("{court}", "%E7%B2%A40199")
        if "{" in path:
            told = served.call("GET", filled(path, value).partition("0199/")[2])
            assert told.status in (400, 404), (path, told.status)
    assert served.get(f"/api/v1/courts/{value}/kinds").status in (400, 401)
    assert served.get(f"/static/{value}").status in (400, 404)
    assert served.get(f"/{value}").status in (303, 400, 404)


@pytest.mark.parametrize("value", BROKEN)
def test_in_what_is_asked_and_sent(served, value):
    for path in ("/m/filing/", "/search", "/cases/", "/verify/x", "/login"):
        assert served.get(f"{path}?q={value}", as_="reviewer").status in (400, 404)
        assert served.get(f"{path}?{value}=q", as_="reviewer").status in (400, 404)
    told = served.call("GET", f"changes?after={value}")
    assert (told.status, json.loads(told.body)["code"]) in [(400, "bad_query"), (400, "bad_argument")]
    for form in (f"username={value}&password=x", f"username=a&password={value}", f"{value}=a"):
        assert served.form("/login", form.encode()).status == 400
    assert served.form("/language", f"language=en&back={value}".encode()).status == 400
    assert served.form("/m/filing/batch", f"csrf={value}".encode(), as_="reviewer").status == 400


@pytest.mark.parametrize("value", [*RAW, b"\x00"])
def test_as_it_is(served, value):
    """In the request line, a header, a cookie, a form and a part of one."""
    line = b"GET /login?next=" + value + b" HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
    assert served.send(line).status == 400
    assert served.send(line.replace(b"?next=", b"/")).status in (303, 400, 404)
    nul = value == b"\x00"
    for head in (b"User-Agent: ", b"Referer: ", b"Origin: ", b"Accept-Language: ", b"Cookie: benchside_language=", b"Cookie: benchside="):  # fmt: skip
        assert served.get("/login", head=head + value + b"\r\n").status == (400 if nul else 200), head
    told = served.call("POST", "applications", b"{}", head=b"Idempotency-Key: " + value + b"\r\n")
    assert told.status == 400
    assert served.form("/login", b"username=" + value).status == 400
    part = b'--x\r\nContent-Disposition: form-data; name="username"\r\n\r\n' + value + b"\r\n--x--\r\n"
    multipart = b"Content-Type: multipart/form-data; boundary=x\r\n"
    good = value == RAW[-1]
    assert served.ask("POST", "/login", part, head=multipart).status == (403 if good else 400)
    named = part.replace(b"username", value)
    assert served.ask("POST", "/login", named, head=multipart).status in (400, 403)
    assert served.ask("POST", "/login", b"a=b", head=FORM.replace(b"urlencoded", b"urlencoded; charset=" + value)).status in (400, 403)  # fmt: skip


@pytest.mark.parametrize(
    "raw",
    [
        b'{"kind": "\xff"}',
        b'{"\xed\xa0\x80": 1}',
        b"\xef\xbb\xbf{}",
        '{"kind": "filing"}'.encode("utf-16"),
        b'{"kind": "filing"}\x00',
        b'{"kind": "\x00"}',
        b'{"kind": "\n"}',
        b'{"a": NaN}',
        b'{"a": 1' + b"0" * 5000 + b"}",
    ],
)
def test_what_is_no_json_is_called_that(served, raw):
    told = served.call("POST", "applications", raw)
    assert (told.status, json.loads(told.body)["code"]) == (400, "bad_json")


@pytest.mark.parametrize("value", ["\\ud800", "\\udfff\\ud800", "\\u0000", "a\\u0000b", "\\u202e"])
def test_escaped_in_json_wherever_it_stands(served, value):
    """As a name, a kind, an id and a value: named back in an answer that is UTF-8."""
    bodies = [
        f'{{"{value}": 1}}',
        f'{{"kind": "{value}"}}',
        f'{{"kind": "filing", "{value}": 1}}',
        f'{{"kind": "filing", "submission_id": "{value}"}}',
        f'{{"kind": "filing", "submission_id": "x", "fields": {{"{value}": "{value}"}}}}',
        f'{{"kind": "filing", "submission_id": "x", "submitter": {{"{value}": "{value}", "name": "{value}"}}}}',
        f'{{"kind": "filing", "submission_id": "x", "attachments": [{{"{value}": 1, "name": "{value}", "sha256": "{value}"}}]}}',
    ]
    for body in bodies:
        for door in ("applications", "uploads", "applications/x/withdrawal", "applications/x/steps/y"):
            told = served.call("POST", door, body.encode())
            assert 400 <= told.status < 500, (door, body, told.text)
            assert json.loads(told.body.decode())["detail"]
    told = served.call("PUT", "webhooks/x", f'{{"url": "{value}", "secret": "{value}"}}'.encode())
    assert told.status == 422
