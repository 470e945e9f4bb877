"""Reminders by the clock: each once, to whom it concerns, also where two workers look at the same time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from core.records import DeadlineRow, Delivery, Reminder
from core.roles import Role
from core.work.alarms import remind_due
from core.work.assign import assign
from core.work.clock import clock_due
from core.work.people import add_person
from core.work.review import decide
from core.work.switches import disable, enable
from tests.support.acting import file_one, read, rows, write_module
from tests.support.houses import OPERATOR, PASSWORD, Fixture

ALARM = '''
"""提醒样例: limits that remind."""
import core
from core import limit

@core.request_fields
class Asked:
    about: core.ChosenPerson | None = core.colleague("所涉法官", "About")

def route(asked, context):
    return core.Routing(hidden_from=asked.about.id) if asked.about else None

alarm = core.RequestType(
    kind="alarm", title=("样例", "Sample"), prefix="AL", fields=Asked, case="none", route=route,
    access={core.Role.CENTRE_REVIEWER: core.Access(core.Sight.COURT, review=True, comment=True),
            core.Role.HANDLING_JUDGE: core.Access(core.Sight.OWN, review=True), core.Role.SUPERVISOR: core.Access(core.Sight.COURT)},
    states=[core.State("NEW", "待处理", "To do"), core.State("BACK", "退回", "Returned"), core.State("DONE", "办结", "Done")],
    decisions=[core.Decision("back", "退回", "Return", "NEW", "BACK", direct=True), core.Decision("finish", "办结", "Finish", "NEW", "DONE", direct=True),
               core.Decision("urge", "加急", "Urge", "NEW", None, direct=True)],
    steps=[core.ClockStep("lapse", "逾期", "Lapse", "BACK", "DONE", limit="AL-2")],
    limits=[limit("AL-1", days=10, since="received", basis="第1条", title=("答复", "Answer"), remind=(7, 3), escalate=core.Role.SUPERVISOR),
            limit("AL-2", days=10, since="back", basis="第2条", title=("补正", "Correct"), applicant=True, remind=3),
            limit("AL-3", hours=48, since="urge", basis="第3条", title=("紧急", "Urgent"), during="NEW", remind=(6,), escalate=core.Role.SUPERVISOR)])
module = core.Module("alarm", ("样例", "Sample"), version="1.0", requests=[alarm])
'''


@pytest.fixture
def house(new_house, tmp_path) -> Fixture:
    write_module(tmp_path / "drop", "alarm", ALARM)
    return new_house("alarm", "sms", folders=(tmp_path / "drop",))


def told(house: Fixture, name: str) -> list[str]:
    """Return what the clock reminded a person of; the first reminder of a request is that it came."""
    texts = [row.text_zh for row in rows(house, Reminder, Reminder.person_id == house.people[name])]
    return [text.partition("：")[2] for text in texts if "，请处理" not in text]


def at(house: Fixture, text: str) -> int:
    """Move the clock to a time in Shanghai and let one worker look."""
    house.clock.now = datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)
    return remind_due(house.house)


def test_each_reminder_comes_once_to_whoever_acts_and_the_end_goes_to_the_supervisor_once(house):
    """Filed on Monday the 23rd with ten days: till 3 December; seven days before, three days before, over."""
    file_one(house, "alarm")
    assert at(house, "2026-11-26T08:59") == 0
    assert at(house, "2026-11-26T09:00") == 1
    assert told(house, "reviewer") == ["答复，剩7天（2026-12-03届满）。"]
    assert at(house, "2026-11-29T09:00") == 0
    at(house, "2026-11-30T09:00")
    assert told(house, "reviewer2")[1:] == ["答复，剩3天（2026-12-03届满）。"]
    assert told(house, "supervisor") == []
    assert at(house, "2026-12-03T23:59") == 0
    assert at(house, "2026-12-04T00:00") == 1
    (over,) = told(house, "supervisor")
    assert over.endswith("答复，超期1天（2026-12-03届满）。承办人：未分派。")
    assert at(house, "2026-12-30T00:00") == 0
    assert (len(told(house, "reviewer")), len(told(house, "supervisor"))) == (2, 1)
    (limit,) = rows(house, DeadlineRow)
    assert (limit.status, limit.remind_at) == ("running", None)


def test_the_handler_is_reminded_and_nobody_else(house):
    serial = file_one(house, "alarm").serial_no
    assign(house.house, house.actor("reviewer"), "alarm", serial, house.people["judge"], 1)
    before = len(told(house, "judge"))
    at(house, "2026-11-26T09:00")
    assert told(house, "judge")[before:] == ["答复，剩7天（2026-12-03届满）。"]
    assert told(house, "reviewer") == []
    at(house, "2026-12-04T09:00")
    assert "承办人：judge。" in told(house, "supervisor")[0]


def test_an_applicant_whom_a_limit_binds_is_told_by_notice(house):
    serial = file_one(house, "alarm").serial_no
    decide(house.house, house.actor("reviewer"), "alarm", serial, "back", 1)
    sent = len(rows(house, Delivery))
    at(house, "2026-11-30T09:00")
    assert told(house, "reviewer") == ["补正，剩3天（2026-12-03届满）。"]
    (notice,) = rows(house, Delivery)[sent:]
    assert "“补正”至2026-12-03届满，剩3天" in notice.payload["text"]
    assert serial in notice.payload["text"]
    at(house, "2026-12-05T09:00")
    clock_due(house.house)
    assert read(house, serial).state == "DONE"
    assert [row.remind_at for row in rows(house, DeadlineRow)] == [None, None]


def test_a_limit_that_was_met_reminds_nobody(house):
    serial = file_one(house, "alarm").serial_no
    decide(house.house, house.actor("reviewer"), "alarm", serial, "finish", 1)
    assert at(house, "2026-12-30T09:00") == 0
    assert told(house, "reviewer") == told(house, "supervisor") == []


def test_hours_are_reminded_of_by_the_hour(house):
    serial = file_one(house, "alarm").serial_no
    decide(house.house, house.actor("reviewer"), "alarm", serial, "urge", 1)
    assert at(house, "2026-11-25T04:59") == 0
    at(house, "2026-11-25T05:00")
    assert told(house, "reviewer") == ["紧急，剩6小时（2026-11-25 11:00届满）。"]
    at(house, "2026-11-25T13:00")
    (over,) = told(house, "supervisor")
    assert "紧急，超期2小时（2026-11-25 11:00届满）" in over


def test_while_the_module_is_off_reminders_are_held_and_then_say_what_is_true(house):
    """Off from before the first reminder until after the end: one word to the handler, one to the supervisor."""
    file_one(house, "alarm")
    disable(house.house, OPERATOR, "alarm")
    assert at(house, "2026-12-07T09:00") == 0
    enable(house.house, OPERATOR, "alarm")
    assert at(house, "2026-12-07T09:01") == 1
    assert told(house, "reviewer") == ["答复，超期4天（2026-12-03届满）。"]
    assert len(told(house, "supervisor")) == 1
    assert at(house, "2026-12-08T09:01") == 0


def test_two_workers_never_remind_twice(house):
    for number in range(30):
        file_one(house, "alarm", number)
    house.clock.now = datetime(2026, 11, 26, 2, tzinfo=UTC)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: remind_due(house.house), range(4)))
    while remind_due(house.house):
        pass
    assert len(told(house, "reviewer")) == 30


def test_many_that_are_due_come_in_batches_and_one_that_fails_holds_up_none(house):
    """The oldest fifty cannot be told (their end is lost): they are put off, and the others still come."""
    for number in range(60):
        file_one(house, "alarm", number)
        house.clock.move(seconds=1)
    broken = [row.id for row in rows(house, DeadlineRow)][:50]
    house.house.store.write(
        lambda connection: connection.execute(
            sa.update(DeadlineRow).where(DeadlineRow.id.in_(broken)).values(ends_at=None)
        )
    )
    assert at(house, "2026-11-26T09:30") == 50
    assert told(house, "reviewer") == []
    assert remind_due(house.house) == 10
    assert len(told(house, "reviewer")) == 10
    assert remind_due(house.house) == 0


def test_who_a_request_is_about_hears_of_no_limit_of_it_not_even_as_a_supervisor(house):
    both = add_person(house.house, OPERATOR, "both", "both", PASSWORD, [Role.HANDLING_JUDGE, Role.SUPERVISOR])
    house.people["both"] = both
    file_one(house, "alarm", fields={"about": both})
    at(house, "2026-11-26T09:00")
    at(house, "2026-12-04T09:00")
    assert (len(told(house, "reviewer")), len(told(house, "supervisor"))) == (2, 1)
    assert rows(house, Reminder, Reminder.person_id == both) == []
