"""What time does: limits in years nobody has published, limits that run out, review locks that end."""

from datetime import date

import pytest

from core.fields.problem import Refused
from core.records import Audit, CalendarYear, DeadlineRow, Delivery, History, ReviewLock
from core.values import Actor
from core.work.clock import clock_due
from core.work.courts import change_settings, set_calendar_year
from core.work.outside import write_message
from core.work.review import decide, open_review, save_review, take_over
from core.work.switches import disable, enable
from core.work.times import last_day
from tests.engine.test_transitions import STEPS
from tests.support.acting import file_one, module_code, page, read, rows, write_module
from tests.support.houses import COURT, OPERATOR, Fixture

YEAR = {
    date(2027, 1, 1): ("rest", "元旦"),
    date(2027, 1, 4): ("rest", "调休"),
    date(2027, 1, 9): ("work", "元旦"),
}
SLOW = module_code("slow").replace(
    "direct=True)])",
    'direct=True)], limits=[core.limit("SLOW-1", days=40, since="received", basis="第1条"), '
    'core.limit("SLOW-2", days=2, since="message", basis="第2条", during="NEW")])',
)


COUNTED = (
    module_code("counted")
    .replace(
        "class Fields:",
        """class Fields:
    ends_on: datetime.date | None = core.computed(
        lambda asked, context: None if asked.wish == "none" else context.deadline(context.today, 40, "days").end,
        core.day("届满", "Ends on", column=True, search=True))
    fails: int | None = core.computed(
        lambda asked, context: 1 / 0 if asked.wish == "fail" else None, core.whole("错", "Fault"))""",
    )
    .replace("import core\n", "import core\nimport datetime\n", 1)
)


@pytest.fixture
def house(new_house, tmp_path) -> Fixture:
    write_module(tmp_path / "drop", "walk", STEPS)
    write_module(tmp_path / "drop", "slow", SLOW)
    write_module(tmp_path / "drop", "counted", COUNTED)
    write_module(
        tmp_path / "drop",
        "pace",
        STEPS.replace("walk", "pace").replace('"WA"', '"PA"').replace("W-1", "PACE-1"),
    )
    write_module(
        tmp_path / "drop",
        "ease",
        STEPS.replace("walk", "ease").replace('"WA"', '"EA"').replace('limit="W-1"', 'limit="W-1", meets="W-1"').replace("W-1", "EASE-1"),
    )  # fmt: skip
    return new_house("walk", "slow", "pace", "ease", "counted", "sms", folders=(tmp_path / "drop",))


def test_a_limit_in_an_unknown_year_has_no_date_until_the_year_is_entered(house):
    assert 2027 not in {row.year for row in rows(house, CalendarYear)}
    serial = file_one(house, "slow").serial_no
    (limit,) = rows(house, DeadlineRow)
    assert (limit.ends_at, limit.status, read(house, serial).due_at) == (None, "running", None)
    assert "2027" in limit.explanation["zh"]
    assert set_calendar_year(house.house, OPERATOR, 2027, YEAR) == 1
    (limit,) = rows(house, DeadlineRow)
    assert last_day(limit.ends_at) == date(2027, 1, 5)
    assert read(house, serial).due_at == limit.ends_at
    assert set_calendar_year(house.house, OPERATOR, 2027, YEAR) == 0
    assert [row.serial_no for row in page(house, house.actor("reviewer"), "slow", order="due").rows] == [
        serial
    ]


def test_a_computed_field_in_an_unknown_year_is_empty_until_the_year_is_entered(house):
    waits, _, over = (file_one(house, "counted", number, fields={"wish": wish}).serial_no for number, wish in enumerate(("some", "none", "some"), 1))  # fmt: skip
    decide(house.house, house.actor("reviewer"), "counted", over, "finish", 1)
    assert (read(house, waits).state, read(house, waits).fields.ends_on) == ("NEW", None)
    assert read(house, over).state == "DONE"
    set_calendar_year(house.house, OPERATOR, 2027, YEAR)
    again = read(house, waits)
    assert (again.fields.ends_on, again.version) == (date(2027, 1, 5), 1)
    reviewer = house.actor("reviewer")
    found = page(house, reviewer, "counted", ends_on_from="2027-01-05", ends_on_to="2027-01-05").rows
    assert [row.serial_no for row in found] == [waits], "it is found by its day; what is over stays as it was"


def test_any_other_fault_of_a_computed_field_stays_one(house):
    with pytest.raises(ZeroDivisionError):
        file_one(house, "counted", fields={"wish": "fail"})


def test_the_year_of_one_court_is_not_that_of_another(house):
    file_one(house, "slow")
    assert set_calendar_year(house.house, Actor(court="粤0198", name="operator"), 2027, YEAR) == 0
    assert rows(house, DeadlineRow)[0].ends_at is None


@pytest.mark.parametrize(
    "days",
    [
        {},
        {date(2027, 1, 1): ("rest", "元旦")},
        {date(2026, 1, 1): ("rest", "元旦"), date(2027, 1, 9): ("work", "x")},
        {date(2027, 1, 9): ("work", "x"), date(2027, 1, 10): ("half", "x")},
    ],
)
def test_a_year_that_cannot_be_the_published_one_is_refused_whole(house, days):
    with pytest.raises(Refused):
        set_calendar_year(house.house, OPERATOR, 2027, days)
    assert 2027 not in {row.year for row in rows(house, CalendarYear)}


def test_the_clock_takes_its_step_once_when_the_applicants_limit_is_over(house):
    serial = file_one(house, "walk").serial_no
    house.clock.move(days=3, hours=13)
    assert (clock_due(house.house), read(house, serial).state) == (0, "A")
    house.clock.move(hours=1)
    assert clock_due(house.house) == 1
    assert read(house, serial).state == "OUT"
    assert [(row.step, row.actor) for row in rows(house, History)][1:] == [("lapse", "系统")]
    assert [row.status for row in rows(house, DeadlineRow)] == ["lapsed"]
    assert clock_due(house.house) == 0


def test_without_words_of_its_own_a_step_of_the_clock_says_what_time_brought(house):
    file_one(house, "walk")
    house.clock.move(days=4)
    clock_due(house.house)
    told = [row.payload["text"] for row in rows(house, Delivery)]
    assert "）：逾期。" in told[-1], "not the state, as if the applicant had withdrawn it"
    assert "撤" not in told[-1]


def test_a_limit_that_was_only_to_run_comes_to_its_end_and_nobody_is_late(house):
    serial = file_one(house, "ease").serial_no
    house.clock.move(days=4)
    assert clock_due(house.house) == 1
    assert read(house, serial).state == "OUT"
    assert [row.status for row in rows(house, DeadlineRow)] == ["expired"]


def test_a_limit_that_was_met_in_time_does_not_lapse(house):
    serial = file_one(house, "walk").serial_no
    decide(house.house, house.actor("reviewer"), "walk", serial, "ab", 1)
    house.clock.move(days=30)
    assert (clock_due(house.house), read(house, serial).state) == (0, "B")


def test_limits_run_while_a_module_is_off_and_their_step_waits_until_it_is_on(house):
    serial = file_one(house, "walk").serial_no
    disable(house.house, OPERATOR, "walk")
    house.clock.move(days=10)
    clock_due(house.house)
    assert read(house, serial).state == "A"
    enable(house.house, OPERATOR, "walk")
    clock_due(house.house)
    assert read(house, serial).state == "OUT"


def test_limits_of_modules_that_are_off_do_not_keep_others_waiting(house):
    """Many stuck limits, all older than the one of a module that is on: it still gets its step."""
    for number in range(55):
        file_one(house, "walk", number)
    disable(house.house, OPERATOR, "walk")
    serial = file_one(house, "pace").serial_no
    house.clock.move(days=10)
    clock_due(house.house)
    assert read(house, serial).state == "OUT"


def test_a_complaint_starts_its_own_limit_and_an_answer_ends_it(house):
    serial = file_one(house, "slow").serial_no
    write_message(house.house, house.outside, house.client, serial, "太慢了", complaint=True)
    assert {row.rule: row.status for row in rows(house, DeadlineRow)} == {
        "SLOW-1": "running",
        "SLOW-2": "running",
    }
    assert last_day(read(house, serial).due_at) == date(2026, 11, 25)


def test_a_review_lock_shows_its_holder_and_ends_by_itself(house):
    serial = file_one(house, "walk").serial_no
    first = open_review(house.house, house.actor("reviewer"), "walk", serial)
    assert (first.mine, first.lock.name) == (True, "reviewer")
    second = open_review(house.house, house.actor("reviewer2"), "walk", serial)
    assert (second.mine, second.lock.name) == (False, "reviewer")
    with pytest.raises(Refused, match="locked"):
        save_review(
            house.house,
            house.actor("reviewer2"),
            "walk",
            serial,
            decision="end",
            opinion="x",
            form={},
            version=1,
        )
    house.clock.move(minutes=16)
    assert open_review(house.house, house.actor("reviewer2"), "walk", serial).mine


def test_the_length_of_a_lock_is_a_setting_of_the_court(house):
    change_settings(house.house, OPERATOR, "core", {"lock_minutes": 60})
    serial = file_one(house, "walk").serial_no
    lock = open_review(house.house, house.actor("reviewer"), "walk", serial).lock
    assert (lock.until - house.clock()).total_seconds() == 3600
    with pytest.raises(Refused):
        change_settings(house.house, OPERATOR, "core", {"lock_minutes": 0})
    with pytest.raises(Refused):
        change_settings(house.house, OPERATOR, "core", {"no_such": 1})


def test_a_lock_can_be_taken_over_and_that_is_recorded(house):
    serial = file_one(house, "walk").serial_no
    open_review(house.house, house.actor("reviewer"), "walk", serial)
    save_review(
        house.house,
        house.actor("reviewer"),
        "walk",
        serial,
        decision="end",
        opinion="我的",
        form={},
        version=1,
    )
    assert take_over(house.house, house.actor("reviewer2"), "walk", serial).mine
    with pytest.raises(Refused, match="locked"):
        decide(house.house, house.actor("reviewer"), "walk", serial, "end", 1)
    assert [row.actor for row in rows(house, Audit, Audit.action == "walk.take_over")] == ["reviewer2"]
    assert [row.court_code for row in rows(house, ReviewLock)] == [COURT]
