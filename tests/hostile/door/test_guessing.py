"""Whoever guesses passwords waits, wherever he comes from and whomever he tries; the owner of an account gets in."""

import threading
from itertools import count

import pytest

from core.records import LoginAttempt
from core.web.app import web_application
from core.work import login
from core.work.people import list_people, set_active, set_password
from tests.hostile.talking import SQLITE, Door
from tests.support.acting import rows
from tests.support.houses import COURT, OPERATOR, OTHER, PASSWORD

WRONG = "Wrong-Password-1"


@pytest.fixture
def house(new_house):
    return new_house(folders=())


@pytest.fixture
def door(house):
    return Door(web_application(house.house))


def addresses():
    return (f"198.51.100.{last}" for last in count(1))


def test_guesses_from_many_addresses_lock_an_account_for_a_time_in_all_workers(new_house, house, door):
    """The wait is told in both languages; to try meanwhile does not make it longer, and the right password does not end it."""
    other_worker = Door(web_application(new_house(folders=()).house))
    where = addresses()
    told = [door.log_in("judge", WRONG, address=next(where)) for _ in range(5)]
    assert [one.status for one in told] == [403] * 5
    assert "用户名或密码不正确" in told[3].text
    assert "请30分钟后再试" in told[4].text
    house.clock.move(minutes=10)
    told = door.log_in("judge", PASSWORD, address=next(where))
    assert (told.status, "请20分钟后再试" in told.text) == (403, True)
    assert "账号已锁定，请30分钟后再试" in other_worker.log_in("judge", PASSWORD, address=next(where)).text
    english = door.log_in("judge", PASSWORD, address=next(where), cookies={"benchside_language": "en"})
    assert "the account is locked for 20 minutes" in english.text
    assert door.log_in("reviewer", PASSWORD, address=next(where)).status == 303
    house.clock.move(minutes=21)
    assert door.log_in("judge", PASSWORD, address=next(where)).status == 303


def test_an_address_that_tries_many_accounts_waits(house, door):
    """Also with the right password of one of them; others do not wait with it."""
    for number in range(30):
        assert door.log_in(f"somebody_{number}", WRONG, address="203.0.113.7").status == 403
    told = door.log_in("judge", PASSWORD, address="203.0.113.7")
    assert (told.status, "此地址登录失败过多，请30分钟后再试" in told.text) == (403, True)
    assert door.log_in("judge", PASSWORD, address="203.0.113.8").status == 303
    house.clock.move(minutes=31)
    assert door.log_in("judge", PASSWORD, address="203.0.113.7").status == 303


@SQLITE
def test_all_addresses_of_one_ipv6_network_are_one(door):
    for number in range(30):
        door.log_in(f"somebody_{number}", WRONG, address=f"2001:db8:1:2::{number:x}")
    assert door.log_in("judge", PASSWORD, address="2001:db8:1:2:ffff::1").status == 403
    assert door.log_in("judge", PASSWORD, address="2001:db8:1:3::1").status == 303


@SQLITE
def test_whoever_guesses_for_ever_does_not_keep_the_owner_out(house, door):
    """In a browser in which the owner has logged in before, even from the address of the one who guesses."""
    mine = door.log_in("judge", PASSWORD, address="192.0.2.1").cookies
    for _ in range(3):
        for number in range(40):
            door.log_in("judge" if number < 9 else f"somebody_{number}", WRONG, address="192.0.2.1")
        assert door.log_in("judge", PASSWORD, address="192.0.2.1").status == 403
        assert door.log_in("judge", PASSWORD, address="192.0.2.1", cookies=mine).status == 303
        house.clock.move(minutes=31)


@SQLITE
def test_a_browser_is_known_for_the_accounts_that_used_it_and_has_a_count_of_its_own(door):
    mine = door.log_in("reviewer", PASSWORD).cookies
    for _ in range(5):
        door.log_in("judge", WRONG)
    assert door.log_in("judge", PASSWORD, cookies=mine).status == 403  # it knows the reviewer alone
    value = mine["benchside_browser"]
    for forged in (value.replace(":", ":a"), value[:-1], "a:b.c", "", ":" * 50):
        assert door.log_in("judge", PASSWORD, cookies={"benchside_browser": forged}).status == 403
    for _ in range(5):
        door.log_in("reviewer", WRONG, cookies=mine)
    assert door.log_in("reviewer", PASSWORD, cookies=mine).status == 403
    assert door.log_in("reviewer", PASSWORD).status == 303


def test_whether_there_is_an_account_is_told_by_nothing(house, door, monkeypatch):
    """The same words, the same work, for an account that is there, one that is off and one that is not."""
    set_active(house.house, OPERATOR, house.people["clerk"], active=False)
    checked = []
    real = login._matches
    monkeypatch.setattr(login, "_matches", lambda held, password: checked.append(1) or real(held, password))
    told = {}
    for name in ("judge", "clerk", "nobody"):
        checked.clear()
        answers = [door.log_in(name, WRONG) for _ in range(7)]
        told[name] = ([one.status for one in answers], [one.alert for one in answers], len(checked))
    assert told["judge"] == told["clerk"] == told["nobody"]
    assert told["judge"][2] == 5
    assert all(told["judge"][1])


def test_many_guesses_at_once_are_not_more_than_one_after_the_other(house, door, monkeypatch):
    checked, gate = [], threading.Barrier(12)
    monkeypatch.setattr(login, "_matches", lambda held, password: checked.append(1) or False)

    def guess():
        gate.wait()
        door.log_in("judge", WRONG)

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(checked) == 5


@SQLITE
def test_the_administrator_sees_a_lock_and_lifts_it(house, door):
    def shut():
        return {one.username for one in list_people(house.house, COURT) if one.locked}

    for lift in (
        lambda: set_active(house.house, OPERATOR, house.people["judge"], active=True),
        lambda: set_password(house.house, "judge", PASSWORD),
    ):
        for _ in range(5):
            door.log_in("judge", WRONG)
        assert shut() == {"judge"}
        assert not any(one.locked for one in list_people(house.house, OTHER))
        lift()
        assert shut() == set()
        assert door.log_in("judge", PASSWORD).status == 303


@SQLITE
def test_what_was_typed_for_a_name_is_not_kept_and_old_failures_are_not_either(house, door):
    door.log_in("My-Secret-Typed-Here", WRONG)
    (row,) = rows(house, LoginAttempt)
    assert "Secret" not in repr(row)
    house.clock.move(minutes=31)
    door.log_in("judge", WRONG)
    assert len(rows(house, LoginAttempt)) == 1
