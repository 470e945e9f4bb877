"""Session ids: none that was known before the log-in is one after it, and one that was stolen is soon worth nothing."""

import pytest

from core.records import SessionRow
from core.roles import Role
from core.web.app import web_application
from core.work.people import set_active, set_password, set_roles
from tests.hostile.talking import SQLITE, Door
from tests.support.acting import rows
from tests.support.houses import OPERATOR, PASSWORD

pytestmark = SQLITE
SESSION = "benchside"


@pytest.fixture
def house(new_house):
    return new_house(folders=(), sessions_per_person=3)


@pytest.fixture
def door(house):
    return Door(web_application(house.house))


def inside(door, jar):
    return door.ask("GET", "/", cookies=jar).status == 200


def test_an_id_from_before_the_log_in_is_none_after_it(door):
    """Neither the attacker's own, nor a visitor's, nor one that is made up."""
    attackers = door.log_in("clerk").cookies
    visitor = door.ask("GET", "/login").cookies
    for planted in (
        attackers,
        visitor,
        {SESSION: "chosen-by-somebody"},
        {SESSION: visitor["benchside_visitor"]},
    ):
        before = planted.get(SESSION)
        jar = door.log_in("judge", cookies=planted).cookies
        assert jar[SESSION] not in (before, "", *visitor.values())
        assert inside(door, jar)
        assert before is None or not inside(door, {SESSION: before})


def test_the_session_that_a_browser_had_ends_when_somebody_logs_in_with_it(door):
    first = door.log_in("clerk").cookies
    assert inside(door, first)
    assert door.log_in("judge", cookies=first).status == 303
    assert not inside(door, first)


def test_only_ids_that_we_made_and_signed_are_looked_up(door, house, monkeypatch):
    jar = door.log_in("judge").cookies
    session, _, mark = jar[SESSION].rpartition(".")
    for forged in (session, f"{session}.", f".{mark}", f"{session}x.{mark}", f"{session}.{mark[:-1]}", mark):
        assert not inside(door, {SESSION: forged})
    (row,) = rows(house, SessionRow)
    assert session not in repr(row)
    assert not inside(door, {SESSION: f"{row.digest}.{mark}"})


@pytest.mark.parametrize(
    "end",
    [
        lambda house, door, jar: set_password(house.house, "judge", PASSWORD + "x"),
        lambda house, door, jar: set_roles(house.house, OPERATOR, house.people["judge"], [Role.CLERK]),
        lambda house, door, jar: set_active(house.house, OPERATOR, house.people["judge"], active=False),
        lambda house, door, jar: house.clock.move(minutes=16),
    ],
    ids=["password", "roles", "switched off", "idle"],
)
def test_a_stolen_id_is_worth_nothing_when_things_change(house, door, end):
    """For every place where the person is logged in."""
    here, there = door.log_in("judge").cookies, door.log_in("judge").cookies
    assert inside(door, here)
    assert inside(door, there)
    end(house, door, here)
    assert not inside(door, here)
    assert not inside(door, there)


def test_a_stolen_id_is_worth_nothing_after_the_log_out(door):
    jar = door.log_in("judge").cookies
    token = door.ask("GET", "/", cookies=jar).text.partition('name="csrf" value="')[2].partition('"')[0]
    answer = door.ask("POST", "/logout", {"csrf": token}, cookies=jar)
    assert answer.cookies[SESSION] == ""
    assert not inside(door, jar)
    again = door.log_in("judge").cookies
    assert door.ask("POST", "/logout", {"csrf": token}, cookies=again).status == 403  # nor is its form token


def test_a_session_ends_after_a_working_day_however_busy(house, door):
    jar = door.log_in("judge").cookies
    for _ in range(48):
        assert inside(door, jar)
        house.clock.move(minutes=10)
    house.clock.move(minutes=1)
    assert not inside(door, jar)


def test_more_log_ins_than_places_end_the_oldest(house, door):
    jars = []
    for _ in range(4):
        jars.append(door.log_in("judge").cookies)
        house.clock.move(seconds=1)
    assert [inside(door, jar) for jar in jars] == [False, True, True, True]


@pytest.mark.parametrize("https", [False, True])
def test_cookies_are_for_this_host_and_no_script(new_house, https):
    door = Door(web_application(new_house(folders=(), https=https).house))
    told = [*door.ask("GET", "/login").set_cookies, *door.log_in("judge").set_cookies]
    assert len(told) >= 4
    for line in told:
        parts = {part.strip().partition("=")[0].lower() for part in line.split(";")[1:]}
        assert {"httponly", "path", "samesite"} <= parts, line
        assert "samesite=lax" in line.lower()
        assert "domain" not in parts, line
        assert ("secure" in parts) is https, line
    (session,) = [line for line in told if line.startswith(f"{SESSION}=")]
    assert "max-age" not in session.lower()
    assert "expires" not in session.lower()
