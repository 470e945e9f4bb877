"""The machine's clock is set back, or leaps forward, under a court at work: order, deliveries, sessions, locks and limits stand it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from core.fields.problem import Refused
from core.records import (
    ApplicationRow,
    Audit,
    Change,
    CourtSetting,
    DeadlineRow,
    Delivery,
    History,
    LoginAttempt,
    Webhook,
)
from core.store.keys import key_time
from core.work import login
from core.work.alarms import remind_due
from core.work.arrive import digest_of
from core.work.changes import read_changes
from core.work.check_audit import check_audit
from core.work.clock import clock_due
from core.work.deliver import claim, deliver_due
from core.work.far import bring_near
from core.work.login import log_in
from core.work.people import list_people
from core.work.review import decide, open_review
from core.work.seal import Sealer
from core.work.webhooks import push_due, put_webhook
from tests.engine.test_transitions import STEPS
from tests.support.acting import file_one, page, read, rows, write_module
from tests.support.gateways import accept_sms, reply, serving
from tests.support.houses import COURT, OPERATOR, PASSWORD, START, Fixture
from tests.support.machines import Machine

WRONG = r"wrong_login|account_locked"
AWAY = [{"hours": -6}, {"hours": 6}]
"""This is followed slowly; what is farther than a day is doubted for an hour first."""
FAR = [{"days": -30}, {"days": 30}]


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def house(new_house, tmp_path, machine) -> Fixture:
    write_module(tmp_path / "drop", "walk", STEPS)
    return new_house(
        "walk", "sms", folders=(tmp_path / "drop",), clock=machine.process(), webhook_hosts="127.0.0.1"
    )


@pytest.fixture(autouse=True)
def quick_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compare passwords without hashing: no test here is about that."""
    monkeypatch.setattr(login, "_matches", lambda held, password: password == PASSWORD)


def sms(house: Fixture, url: str) -> None:
    """Tell the court where its gateway is."""
    told = [{"court_code": COURT, "module": "sms", "name": "url", "value": url}]
    house.house.store.write(lambda connection: connection.execute(sa.insert(CourtSetting), told))


def come(house: Fixture, session: str) -> bool:
    return house.arrivals().arrive(digest_of(session)) is not None


@pytest.mark.parametrize("by", AWAY + FAR)
def test_what_came_later_stands_later_everywhere(house, machine, by):
    serials = []
    for number in range(6):
        if number == 3:
            machine.set_clock(**by)
        serials.append(file_one(house, "walk", number).serial_no)
        decide(house.house, house.actor("reviewer"), "walk", serials[-1], "ab", 1)
        machine.wait(2)
    held = {row.serial_no: row for row in rows(house, ApplicationRow)}
    ordered = sorted(held.values(), key=lambda row: row.id)
    assert [row.serial_no for row in ordered] == serials == sorted(serials)
    assert [row.submitted_at for row in ordered] == sorted(row.submitted_at for row in ordered)
    assert all(abs(key_time(row.id) - row.submitted_at) < timedelta(seconds=1) for row in ordered)
    shown = [row.serial_no for row in page(house, house.actor("reviewer"), "walk").rows]
    assert shown == serials[::-1]
    for table in (Audit, History, Change):
        told = [row.at for row in sorted(rows(house, table), key=lambda row: row.id)]
        assert told == sorted(told)
    changes = read_changes(house.house, COURT, house.client, 0)
    assert [one.cursor for one in changes] == list(range(1, len(changes) + 1))
    assert [one.at for one in changes] == sorted(one.at for one in changes)
    Sealer(house.house).seal(all_of_it=True)
    assert list(check_audit(house.house)) == []


@pytest.mark.parametrize("by", AWAY)
def test_what_is_being_delivered_is_not_delivered_by_another_and_what_failed_is_soon_tried_again(
    house, machine, by
):
    with serving(reply(500, {}), accept_sms) as gateway:
        sms(house, gateway.url)
        serial = file_one(house, "walk").serial_no
        assert deliver_due(house.house) == 1
        machine.set_clock(**by)
        assert deliver_due(house.house) == 0
        machine.wait(5)
        (taken,) = claim(house.house)
        # Somebody is at it: the clock leaping forward ends no lease, and going back prolongs none.
        machine.set_clock(hours=1)
        machine.wait(30)
        assert claim(house.house) == []
        machine.set_clock(hours=-2)
        machine.wait(seconds=100)
        assert deliver_due(house.house) == 1
    assert [row.status for row in rows(house, Delivery)] == ["done"]
    assert list(gateway.keys()) == [taken.key]
    assert [row.serial_no for row in rows(house, ApplicationRow)] == [serial]


@pytest.mark.parametrize("by", AWAY)
def test_a_session_lives_on_while_it_is_used_and_ends_when_it_is_not(house, machine, by):
    session, other = (log_in(house.house, name, PASSWORD, "192.0.2.1") for name in ("reviewer", "judge"))
    machine.wait(60)
    machine.set_clock(**by)
    assert come(house, session)
    for _ in range(4):
        machine.wait(minutes=9)
        assert come(house, session)
    machine.wait(minutes=31)
    assert not come(house, session)
    assert not come(house, other)


def test_a_session_does_not_outlive_its_hours_by_a_clock_that_is_set_back_again_and_again(house, machine):
    session = log_in(house.house, "reviewer", PASSWORD, "192.0.2.1")
    alive = 0
    while come(house, session):
        machine.set_clock(hours=-1)
        machine.wait(minutes=12)
        alive += 12
        assert alive <= 2 * 8 * 60
    assert alive >= 8 * 60


@pytest.mark.parametrize("by", AWAY)
def test_an_account_that_is_locked_stays_so_for_its_time_and_not_for_the_leap(house, machine, by):
    for _ in range(5):
        with pytest.raises(Refused, match=WRONG):
            log_in(house.house, "reviewer", "wrong", "192.0.2.1")
    machine.set_clock(**by)
    machine.wait(minutes=19)
    with pytest.raises(Refused, match="account_locked"):
        log_in(house.house, "reviewer", PASSWORD, "192.0.2.1")
    machine.wait(minutes=42)
    assert log_in(house.house, "reviewer", PASSWORD, "192.0.2.1")


@pytest.mark.parametrize("by", AWAY)
def test_a_review_lock_holds_for_its_time_and_not_for_the_leap(house, machine, by):
    serial = file_one(house, "walk").serial_no
    assert open_review(house.house, house.actor("reviewer"), "walk", serial).mine
    machine.set_clock(**by)
    machine.wait(minutes=9)
    assert not open_review(house.house, house.actor("reviewer2"), "walk", serial).mine
    machine.wait(minutes=22)
    assert open_review(house.house, house.actor("reviewer2"), "walk", serial).mine


def test_a_wrong_year_that_is_put_right_within_the_hour_lets_no_limit_lapse_and_reminds_nobody(
    house, machine
):
    serial = file_one(house, "walk").serial_no
    (before,) = rows(house, DeadlineRow)
    machine.set_clock(days=365)
    for _ in range(4):
        machine.wait(minutes=10)
        assert (clock_due(house.house), remind_due(house.house)) == (0, 0)
    late = file_one(house, "walk", "in-the-wrong-year").serial_no
    machine.set_clock(days=-365)
    machine.wait(minutes=1)
    assert read(house, serial).state == "A"
    ends = {row.application_id: row.ends_at for row in rows(house, DeadlineRow)}
    assert ends == {read(house, serial).id: before.ends_at, read(house, late).id: before.ends_at}
    machine.wait(days=4, every=60)
    assert clock_due(house.house) == 2


def test_a_clock_that_is_set_back_lets_a_limit_lapse_when_its_day_is_over_on_the_machine(house, machine):
    """The clock was a few hours ahead: the limit ends by the right time, and not before or a leap later."""
    serial = file_one(house, "walk").serial_no
    (limit,) = rows(house, DeadlineRow)
    machine.set_clock(hours=-6)
    while machine.says < limit.ends_at - timedelta(minutes=1):
        assert clock_due(house.house) == 0
        machine.wait(hours=1, every=10)
    machine.wait(hours=1)
    assert clock_due(house.house) == 1
    assert read(house, serial).state == "OUT"


@pytest.mark.parametrize("by", [{"hours": -6}, {"hours": 6}])
def test_a_push_that_failed_is_soon_tried_again_and_one_that_arrived_is_not(house, machine, by):
    with serving(reply(500, {}), reply(200, {})) as gateway:
        put_webhook(house.house, house.outside, house.client, "feed", gateway.url, 0)
        file_one(house, "walk")
        assert push_due(house.house) == 1
        machine.set_clock(**by)
        assert push_due(house.house) == 0
        machine.wait(5)
        assert push_due(house.house) == 1
        machine.set_clock(**by)
        machine.wait(60)
        assert push_due(house.house) == 0
    assert len(gateway.calls) == 2


def test_what_was_put_off_while_the_clock_was_far_ahead_does_not_wait_for_that_year(house, machine):
    """The clock was believed, and is put right only later: pauses and locks of that time end as long ones do."""
    machine.set_clock(days=365)
    machine.wait(minutes=61)
    with serving(reply(500, {}), accept_sms) as gateway:
        sms(house, gateway.url)
        put_webhook(house.house, house.outside, house.client, "feed", gateway.url, 0)
        serial = file_one(house, "walk").serial_no
        open_review(house.house, house.actor("reviewer"), "walk", serial)
        for _ in range(5):
            with pytest.raises(Refused, match=WRONG):
                log_in(house.house, "reviewer", "wrong", "192.0.2.1")
        session = log_in(house.house, "judge", PASSWORD, "192.0.2.2")
        assert deliver_due(house.house) == 1
        machine.set_clock(days=-365)
        machine.wait(minutes=61)
        assert house.clock() == machine.says
        bring_near(house.house)
        machine.wait(61)
        assert deliver_due(house.house) == 1
    assert [row.status for row in rows(house, Delivery)] == ["done"]
    assert [row for row in rows(house, Webhook) if row.next_at > house.clock()] == []
    assert not any(one.locked for one in list_people(house.house, COURT))
    assert open_review(house.house, house.actor("reviewer2"), "walk", serial).mine
    assert log_in(house.house, "reviewer", PASSWORD, "192.0.2.1")
    assert not come(house, session)
    assert rows(house, LoginAttempt) == []
    assert OPERATOR.court == COURT
    assert house.clock() > START
