"""What is too large, too many or too deep is refused at once, and not read to be thrown away."""

import json
from time import monotonic

import pytest

from tests.hostile.talking import FORM, read, rest

GIGA = 5 * 1024**3
MEGA = 1024**2
API = "POST /api/v1/courts/%E7%B2%A40199/applications HTTP/1.1\r\nHost: h\r\n"
DIGEST = "a" * 64
CHUNKED = b"Transfer-Encoding: chunked\r\n"


@pytest.fixture
def quick():
    """Fail where a refusal took long."""
    began = monotonic()
    yield
    assert monotonic() - began < 8


def announced(served, method, target, length, *, head=b"", as_=""):
    """Send the head of a request alone and read the whole answer."""
    lines = [f"{method} {target} HTTP/1.1\r\nHost: h\r\nContent-Length: {length}\r\n".encode(), head]
    if as_:
        lines.append(b"Cookie: " + served.session(as_) + b"\r\n")
    return served.send(b"".join([*lines, b"\r\n"]))


def bearer(served):
    return f"Authorization: Bearer {served.court.token}\r\n".encode()


@pytest.mark.parametrize("length", [3 * MEGA, GIGA])
def test_a_body_over_the_limit_is_refused_before_a_byte_of_it_came(served, length):
    """JSON, a form, a file, and what comes without a log-in or a token."""
    place = "/api/v1/courts/%E7%B2%A40199"
    json_head = bearer(served) + b"Content-Type: application/json\r\n"
    told = announced(served, "POST", f"{place}/applications", length, head=json_head)
    assert (told.status, json.loads(told.body)["code"]) == (413, "too_large")
    told = announced(served, "POST", "/m/filing/batch", length, head=FORM, as_="reviewer")
    assert told.status == 413
    assert "提交的内容超过限制" in told.text
    told = announced(served, "PUT", f"{place}/files/{DIGEST}", GIGA, head=bearer(served))
    assert (told.status, json.loads(told.body)["code"]) == (413, "file_too_large")
    assert announced(served, "POST", "/login", length, head=FORM).status == 413
    assert announced(served, "POST", f"{place}/applications", length).status == 401
    assert announced(served, "POST", "/m/filing/batch", length, head=FORM).status == 303


def test_who_sends_all_of_it_first_still_reads_why_it_was_refused(served):
    """A program that never listens while it sends is listened to for a while."""
    told = served.call("POST", "applications", b" " * (8 * MEGA))
    assert (told.status, told.header("Connection")) == (413, "close")


def test_nobody_is_listened_to_without_end(served):
    with served.open() as wire:
        wire.sendall(API.encode() + bearer(served) + b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" % GIGA)  # fmt: skip
        with pytest.raises(ConnectionError):
            wire.sendall(b" " * (200 * MEGA))


def test_a_chunked_body_is_refused_where_a_length_is_needed(served):
    for head in (bearer(served) + b"Content-Type: application/json\r\n", b""):
        told = served.send(API.encode() + head + CHUNKED + b"\r\n5\r\nabcde\r\n0\r\n\r\n")
        assert told.status == (411 if head else 401)
    told = served.send(
        b"POST /login HTTP/1.1\r\nHost: h\r\n" + FORM + CHUNKED + b"\r\n5\r\na=b&c\r\n0\r\n\r\n"
    )
    assert told.status == 411


def test_a_chunked_form_over_the_limit_is_refused_however_long_its_chunks_are(served):
    """A chunk that says it has 4 GB is read up to the limit, and not into the memory."""
    head = b"POST /m/filing/batch HTTP/1.1\r\nHost: h\r\nCookie: " + served.session("reviewer") + b"\r\n" + FORM + CHUNKED  # fmt: skip
    with served.open() as wire:
        wire.sendall(head + b"\r\nFFFFFFFF\r\n" + b"a" * (MEGA + 1))
        assert read(rest(wire)).status == 413
    small = b"80000\r\n" + b"a" * 0x80000 + b"\r\n"
    with served.open() as wire:
        wire.sendall(head + b"\r\n" + small * 4 + b"0\r\n\r\n")
        assert read(rest(wire)).status == 413


@pytest.mark.parametrize(
    "chunks",
    [
        b"-5\r\nabcde\r\n",
        b"0x5\r\nabcde\r\n",
        b"5 \r\nabcde\r\n",
        b"5\nabcde\r\n",
        b"5\r\nabcdef\r\n",
        b"5;a=\x00\r\nabcde\r\n",
        b"\r\n",
        b"F" * 300,
    ],
)
def test_chunks_that_could_be_read_in_two_ways_end_the_connection(served, chunks):
    head = (
        b"POST /logout HTTP/1.1\r\nHost: h\r\nCookie: "
        + served.session("reviewer")
        + b"\r\n"
        + FORM
        + CHUNKED
    )
    following = b"GET /verify/smuggled HTTP/1.1\r\nHost: h\r\n\r\n"
    with served.open() as wire:
        wire.sendall(head + b"\r\n" + chunks + b"0\r\n\r\n" + following)
        told = rest(wire)
    assert told.count(b"HTTP/1.1 ") == 1
    assert read(told).status in (400, 403)


def test_what_follows_a_chunked_body_that_nobody_read_is_no_request(served):
    """Behind a proxy it would be answered to somebody else."""
    following = b"GET /login HTTP/1.1\r\nHost: h\r\n\r\n"
    told = served.send(b"POST /login HTTP/1.1\r\nHost: h\r\n" + FORM + CHUNKED + b"\r\n" + following)
    assert told.status == 411
    assert b"HTTP/1.1 200" not in told.body


def test_a_body_that_will_be_refused_is_not_asked_for(served):
    """``Expect: 100-continue`` is answered when somebody begins to read, and not before."""
    expects = b"Expect: 100-continue\r\n"
    with served.open() as wire:
        wire.sendall(
            b"POST /login HTTP/1.1\r\nHost: h\r\nContent-Length: 2000000\r\n" + FORM + expects + b"\r\n"
        )
        assert rest(wire).startswith(b"HTTP/1.1 413")
    with served.open() as wire:
        body = b"username=nobody&password=x"
        wire.sendall(b"POST /login HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: %d\r\n" % len(body) + FORM + expects + b"\r\n")  # fmt: skip
        assert wire.recv(25) == b"HTTP/1.1 100 Continue\r\n\r\n"
        wire.sendall(body)
        assert rest(wire).startswith(b"HTTP/1.1 403")


@pytest.mark.usefixtures("quick")
def test_ten_thousand_fields_are_refused(served):
    many = b"&".join(b"f%d=1" % place for place in range(10_000))
    assert served.form("/m/filing/batch", many, as_="reviewer").status == 400
    part = b'--x\r\nContent-Disposition: form-data; name="f"\r\n\r\n1\r\n'
    multipart = b"Content-Type: multipart/form-data; boundary=x\r\n"
    assert served.ask("POST", "/m/filing/batch", part * 10_000 + b"--x--\r\n", head=multipart, as_="reviewer").status == 400  # fmt: skip


@pytest.mark.usefixtures("quick")
def test_ten_thousand_arguments_are_refused(served):
    many = "&".join(["a=1"] * 10_000)
    assert served.get(f"/m/filing/?{many}", as_="reviewer").status == 400
    assert served.get(f"/verify/x?{many}").status == 400
    told = served.call("GET", f"changes?{many}")
    assert (told.status, json.loads(told.body)["code"]) == (400, "bad_query")


@pytest.mark.usefixtures("quick")
def test_a_head_of_thousands_of_lines_or_cookies_or_quotes_is_answered_at_once(served):
    """Each is near the 64 KiB that a head may have; one above it is refused by its size."""
    for head, status in (
        (b"".join(b"X%d: 1\r\n" % place for place in range(6_000)), 200),
        (b"Accept: a\r\n" * 5_000, 200),
        (b"Cookie: " + b"a=1; " * 12_000 + b"\r\n", 200),
        (b'Cookie: benchside="' + b"\\" * 60_000 + b'"\r\n', 200),
        (b"Cookie: benchside_" + b"=; benchside" * 5_000 + b"\r\n", 200),
        (b"X: " + b"a" * 70_000 + b"\r\n", 413),
    ):
        assert served.get("/login", head=head).status == status, head[:20]
    quotes = b'Content-Type: multipart/form-data; boundary="' + b';"' * 30_000 + b"\r\n"
    assert served.ask("POST", "/login", b"a", head=quotes).status == 400
    assert served.get("/" + "a" * 70_000).status == 414


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("levels", [100_000, 900, 300])
@pytest.mark.parametrize(("opens", "closes"), [("[", "]"), ('{"a":', "}")])
def test_json_as_deep_as_a_well_is_refused(served, levels, opens, closes):
    deep = opens * levels + ("1" if opens == '{"a":' else "") + closes * levels
    told = served.call("POST", "applications", deep.encode())
    assert told.status in ((400,) if levels == 100_000 else (400, 404, 422))
    whole = {"kind": "filing", "submission_id": "deep", "submitter": {}, "fields": {"wish": "W"}}
    told = served.call("POST", "applications", json.dumps(whole).replace('"W"', deep).encode())
    assert told.status in ((400,) if levels == 100_000 else (400, 404, 422))
    told = served.call("POST", "applications", deep.encode(), head=b"Idempotency-Key: deep-1\r\n")
    assert told.status in ((400,) if levels == 100_000 else (400, 404, 422))
