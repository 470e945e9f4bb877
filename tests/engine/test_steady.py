"""The time of the house: never back, no leap, at one with its machine before long, whatever happens to that one's clock."""

import logging
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest

from core.work.steady import SteadyClock, utc_now
from tests.support.houses import START
from tests.support.machines import Machine, apart

DAY = 86_400


@pytest.fixture
def machine() -> Machine:
    return Machine()


def test_on_a_machine_that_runs_evenly_the_house_says_what_it_says(machine):
    clock = machine.process()
    assert clock() == START
    machine.wait(hours=3, every=7)
    assert clock() == machine.says


def test_time_on_this_machine_is_the_time_of_this_machine():
    clock = SteadyClock()
    before, at, after = utc_now(), clock(), utc_now()
    assert before - timedelta(seconds=1) < at < after + timedelta(seconds=1)


@pytest.mark.parametrize(("minutes", "pace"), [(-60, 0.5), (60, 1.5), (-23 * 60, 0.5), (23 * 60, 1.5)])
def test_after_its_clock_was_set_the_house_follows_at_a_pace_and_catches_up(machine, minutes, pace):
    clock = machine.process()
    machine.wait(minutes=5)
    before = clock()
    machine.set_clock(minutes=minutes)
    assert clock() == before
    machine.wait(100)
    assert (clock() - before).total_seconds() == pytest.approx(100 * pace, abs=1)
    machine.wait(minutes=2 * abs(minutes), every=5)
    assert apart(clock, machine) == pytest.approx(0, abs=0.01)
    assert clock() == machine.says


def test_it_never_goes_back_whatever_the_clock_does(machine):
    clock, seen = machine.process(), [START]
    for by in (-1, 1, -3600, 7200, -40 * DAY, 40 * DAY, -0.2, -86_000, 86_000, 5):
        machine.set_clock(seconds=by)
        for _ in range(30):
            machine.wait(1)
            seen.append(clock())
    assert seen == sorted(set(seen))


@pytest.mark.parametrize("days", [-400, -2, 2, 400])
def test_more_than_a_day_is_not_followed_for_an_hour_and_believed_then(machine, caplog, days):
    clock = machine.process()
    with caplog.at_level(logging.WARNING, "benchside.clock"):
        machine.set_clock(days=days)
        machine.wait(minutes=59)
        assert clock() == START + timedelta(minutes=59)
        machine.wait(minutes=2)
    assert clock() == machine.says
    told = [record.message.partition(":")[0] for record in caplog.records]
    assert told == ["the machine's clock was set", "the machine's clock is believed now"]


def test_a_wrong_year_that_is_put_right_within_the_hour_was_never_there(machine, caplog):
    clock = machine.process()
    with caplog.at_level(logging.WARNING, "benchside.clock"):
        machine.set_clock(days=365)
        machine.wait(minutes=30)
        machine.set_clock(days=-365)
        machine.wait(minutes=1)
    assert clock() == machine.says == START + timedelta(minutes=31)
    assert len(caplog.records) == 2


def test_two_processes_go_on_as_one(machine):
    one, other = machine.process(), machine.process()
    machine.set_clock(hours=-6)
    for _ in range(5):
        machine.wait(minutes=3)
        assert one() == other()


def test_one_that_looked_seldom_is_soon_with_the_others(machine):
    one, seldom = machine.process(), machine.process()
    machine.clocks.remove(seldom)
    machine.wait(minutes=20)
    machine.set_clock(hours=-1)
    machine.wait(5)
    assert abs((one() - seldom()).total_seconds()) < 5


def test_a_process_that_comes_later_goes_on_where_the_others_are(machine, tmp_path):
    file = tmp_path / "clock.json"
    one = machine.process(file)
    machine.set_clock(hours=-6)
    one.keep()
    machine.wait(minutes=7)
    machine.clocks.clear()
    machine.wait(minutes=7)
    later = machine.process(file)
    assert later() >= one()
    assert apart(later, machine) == pytest.approx(6 * 3600 - 210, abs=215)


def test_after_a_restart_with_its_clock_set_back_the_house_still_does_not_go_back(machine, tmp_path):
    file = tmp_path / "clock.json"
    one = machine.process(file)
    one.keep()
    before = one()
    machine.restart(hours=-2)
    clock = machine.process(file)
    assert clock() == before
    machine.wait(hours=4)
    assert clock() == machine.says


def test_after_a_pause_the_house_is_where_its_machine_is(machine, tmp_path):
    file = tmp_path / "clock.json"
    machine.process(file).keep()
    machine.restart(days=3)
    assert machine.process(file)() == machine.says


def test_a_battery_that_is_empty_leads_no_further_back_than_the_last_note(machine, tmp_path):
    """The machine wakes up in 1970 and learns the time a little later: nothing was dated 1970."""
    file = tmp_path / "clock.json"
    machine.process(file).keep()
    machine.restart(days=1)
    right = machine.says
    machine.says = datetime(1970, 1, 1, tzinfo=UTC)
    clock = machine.process(file)
    assert clock() == START
    machine.wait(minutes=2)
    machine.says = right + timedelta(minutes=2)
    machine.wait(days=3, every=30)
    assert clock() == machine.says


@pytest.mark.parametrize("content", ["", "{", "[]", '{"at": "x"}', '{"at": "2026-01-01T00:00:00+00:00"}'])
def test_a_note_that_cannot_be_read_is_none(machine, tmp_path, content):
    file = tmp_path / "clock.json"
    file.write_text(content)
    assert machine.process(file)() == START


def test_a_note_is_written_now_and_then_and_at_once_when_the_clock_was_set(machine, tmp_path):
    file = tmp_path / "clock.json"
    clock = machine.process(file)
    clock.keep()
    first = file.read_text()
    machine.wait(2)
    clock.keep()
    assert file.read_text() == first
    machine.set_clock(hours=1)
    clock.keep()
    second = file.read_text()
    machine.wait(11)
    clock.keep()
    assert len({first, second, file.read_text()}) == 3
    file.unlink()
    file.mkdir()  # nothing can be written there, and nobody fails for that
    machine.wait(11)
    clock.keep()


def test_many_threads_see_one_time(machine):
    clock, seen = machine.process(), []

    def look():
        for _ in range(200):
            machine.passed += 0.001
            seen.append(clock())

    threads = [Thread(target=look) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(seen) == 800
    assert clock() >= max(seen)
