"""One event is one line of JSON, and nobody writes it but us: not by an address, a name, a browser's name, an id."""

import json
import logging
from collections.abc import Callable

import pytest
import structlog

from core.logs import configure
from core.web.server import whole_application
from tests.hostile.talking import Door

FORGED = '{"level":"error","event":"forged","request_id":"forged0000"}'
EVIL = ["\r\n" + FORGED, "\n" + FORGED, "\x1b[2J\x1b[31m" + FORGED, "\u202e\u2066" + FORGED, "\u2028" + FORGED, "\x85" + FORGED, "\x00" + FORGED, '"}\n' + FORGED]  # fmt: skip
UNSEEN = set("\x1b\x00\x85\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


@pytest.fixture
def lines(capfd: pytest.CaptureFixture[str]) -> Callable[[], list[str]]:
    root, own = logging.getLogger(), logging.getLogger("benchside")
    before = root.handlers[:], root.level, own.level
    configure("json", "info")
    yield lambda: capfd.readouterr().err.split("\n")[:-1]
    root.handlers[:], root.level, own.level = before[0], before[1], before[2]
    structlog.reset_defaults()


@pytest.mark.parametrize("evil", EVIL)
def test_nothing_that_is_sent_writes_a_line(court, lines, evil):
    door = Door(whole_application(court.house))
    latin = evil.encode().decode("latin-1")
    lines()
    asked = [
        door.ask("GET", f"/{evil}"),
        door.ask("GET", f"/m/{evil}/{evil}"),
        door.ask("GET", "/login?" + latin.replace("#", "")),
        door.log_in(evil, "x"),
        door.log_in("nobody", evil),
        door.ask(
            "GET",
            "/login",
            HTTP_USER_AGENT=latin,
            HTTP_REFERER=latin,
            HTTP_X_REQUEST_ID=latin,
            HTTP_HOST=latin,
        ),
        door.ask("GET", "/login", HTTP_X_FORWARDED_FOR=latin, HTTP_COOKIE="benchside=" + latin),
        door.ask("GET", f"/api/v1/courts/{evil}/kinds", HTTP_AUTHORIZATION="Bearer " + latin),
        door.ask(f"GET{latin}", "/login"),
    ]
    written = lines()
    ids = {one.headers["x-request-id"] for one in asked}
    assert len(ids) == len(asked)
    for line in written:
        assert not UNSEEN & set(line)
        told = json.loads(line)
        assert "forged" not in line
        assert told["request_id"] in ids
    assert {json.loads(line)["request_id"] for line in written if '"event":"request"' in line} == ids


@pytest.mark.parametrize("evil", EVIL)
def test_a_message_or_an_exception_with_it_is_still_one_line(lines, evil):
    log = logging.getLogger("benchside.test")
    log.warning("name: %s", evil)
    try:
        raise ValueError(evil)
    except ValueError:
        log.exception("failed")
    written = lines()
    assert len(written) == 2
    for line in written:
        assert not UNSEEN & set(line)
        assert json.loads(line)["event"] != "forged"


@pytest.mark.parametrize("evil", EVIL)
def test_on_a_terminal_an_exception_forges_no_line(lines, evil):
    configure("console", "info")
    try:
        raise ValueError(evil.replace('"', ""))
    except ValueError:
        logging.getLogger("benchside.test").exception("failed")
    written = lines()
    assert not UNSEEN & set("".join(written)) - {"\x1b"}
    assert not any(line.strip().startswith("{level") for line in written)
