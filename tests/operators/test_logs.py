"""Log lines: one a happening, with the request's number, and without anybody's data."""

import json
import logging
import sqlite3

import pytest
import structlog
from sqlalchemy.exc import OperationalError

from core.logs import configure, masked
from core.request import CURRENT, Request
from core.web.session import SESSION_COOKIE, Signer
from core.work.arrive import Arrivals
from tests.operators.test_addresses import Outside

SECRETS = ("张某某", "440100190001010014", "19900000001")
log = logging.getLogger("benchside.test")


@pytest.fixture
def lines(capfd):
    """Give what reads the lines that were written so far."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    configure("json", "info")
    yield lambda: [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    root.handlers[:] = before
    root.setLevel(level)
    structlog.reset_defaults()


def test_a_line_has_time_level_event_and_the_request(lines):
    token = CURRENT.set(Request("abcdef0123456789", "/m/{module}/"))
    log.warning("something %s", "happened")
    CURRENT.reset(token)
    (line,) = lines()
    assert line["level"] == "warning"
    assert line["event"] == "something happened"
    assert (line["request_id"], line["route"]) == ("abcdef0123456789", "/m/{module}/")
    assert line["logger"] == "benchside.test"
    assert line["time"].startswith("20")


def test_nobody_writes_a_second_line(lines):
    """Header and log injection: what comes from outside stays in its line."""
    log.warning("name: %s", 'x\r\n{"level":"info","event":"forged"}\u2028')
    structlog.get_logger().info("y\nz")
    assert [line["event"].count("\n") for line in lines()] == [0, 0]


def test_an_exception_is_told_without_the_values_in_it(lines):
    given = ", ".join(SECRETS)
    try:
        raise ValueError(f"no such person: {given}")
    except ValueError:
        log.exception("page failed")
    (line,) = lines()
    assert "ValueError" in line["exception"]
    assert "test_logs.py" in line["exception"]
    for secret in SECRETS:
        assert secret not in json.dumps(line, ensure_ascii=False)


def test_what_libraries_say_is_masked(lines):
    logging.getLogger("somelibrary").error("bad value '张某某' for a.b@example.com in 440100190001010014")
    (line,) = lines()
    assert line["event"] == "bad value … for … in …"


def test_masking_leaves_plain_words():
    assert masked("could not open the file") == "could not open the file"


def test_a_request_writes_one_line_by_its_pattern_and_answers_its_number(new_house, lines):
    house = new_house().house
    outside = Outside(house)
    lines()
    status, head, _ = outside.ask("/login", QUERY_STRING="q=张某某")
    (line,) = [one for one in lines() if one["event"] == "request"]
    assert (line["status"], line["route"]) == (status, "/login")
    assert line["request_id"] == head["X-Request-ID"]
    assert "张某某" not in json.dumps(line, ensure_ascii=False)


def test_an_outage_is_told_by_the_route_and_not_by_the_address(new_house, lines, monkeypatch):
    """An address may hold a case number, or what somebody searched for."""

    def away(*_):
        raise OperationalError("SELECT", {}, sqlite3.OperationalError("unable to open database file"))

    house = new_house().house
    outside = Outside(house)
    monkeypatch.setattr(Arrivals, "arrive", away)
    cookie = f"{SESSION_COOKIE}={Signer(house.settings.secret).seal('session', 'somebody')}"
    lines()
    status, _, _ = outside.ask("/cases/secret-number", cookie=cookie)
    told = lines()
    assert status == 503
    assert any("database_away" in one["event"] for one in told)
    assert "secret-number" not in json.dumps(told, ensure_ascii=False)
