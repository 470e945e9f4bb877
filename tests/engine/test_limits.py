"""Limits as modules declare them: back from a date, without rolling, until a day that was set, in hours from a moment."""

from datetime import UTC, date, datetime

import pytest

from core import Role, field, limit
from core.fields.problem import Reason, Refused
from core.fields.spec import DeclarationError
from core.law.calendar_seed import seed_calendar
from core.law.errors import LawError
from core.law.periods import explain
from core.records import DeadlineRow
from core.work.courts import change_settings, set_calendar_year
from core.work.detail import read_detail
from core.work.review import decide
from tests.engine.test_time import YEAR
from tests.support.acting import body_of, file_one, module_code, page, read, rows, write_module
from tests.support.houses import OPERATOR, Fixture

CALENDAR = seed_calendar(2024, 2026)
LAW = '''
"""期限样例: every way to declare a limit."""
import core
from datetime import date, datetime
from core import field, limit

@core.request_fields
class Sample:
    hearing_at: datetime | None = core.moment("开庭时间", "Hearing at")
    served_on: date | None = core.day("送达日期", "Served on")

@core.request_fields
class Issue:
    expires_on: date | None = core.day("有效期至", "Valid until")
    closes_at: datetime | None = core.moment("截止时刻", "Closes at")

sample = core.RequestType(
    kind="sample", title=("样例", "Sample"), prefix="SM", fields=Sample, case="none",
    access={core.Role.CENTRE_REVIEWER: core.Access(core.Sight.COURT, review=True, comment=True), core.Role.SUPERVISOR: core.Access(core.Sight.COURT)},
    states=[core.State("NEW", "待处理", "To do"), core.State("OPEN", "已签发", "Issued"), core.State("DONE", "办结", "Done")],
    decisions=[core.Decision("issue", "签发", "Issue", "NEW", "OPEN", direct=True, fields=Issue),
               core.Decision("urge", "加急", "Urge", "NEW", None, direct=True),
               core.Decision("finish", "办结", "Finish", ["NEW", "OPEN"], "DONE", direct=True)],
    limits=[
        limit("T-1", days=15, since="received", start=field("served_on"), title=("答复", "Answer"), basis="第1条"),
        limit("T-2", days=3, since="received", start=field("hearing_at"), before=True, applicant=True, basis="第2条"),
        limit("T-3", hours=48, since="urge", during="NEW", title=("紧急裁定", "Urgent ruling"), basis="第3条"),
        limit("T-4", hours=4, since="received", start=field("hearing_at"), applicant=True, basis="第4条"),
        limit("T-5", until=field("expires_on"), since="issue", applicant=True, basis="第5条"),
        limit("T-6", until=field("closes_at"), since="issue", applicant=True, basis="第6条"),
        limit("T-7", months=1, since="issue", start=field("served_on"), roll=False, basis="第7条"),
    ])
module = core.Module("sample", ("样例", "Sample"), version="1.0", requests=[sample])
'''


@pytest.fixture
def house(new_house, tmp_path) -> Fixture:
    write_module(tmp_path / "drop", "sample", LAW)
    return new_house("sample", folders=(tmp_path / "drop",))


def limits(house: Fixture) -> dict[str, tuple[str | None, str, str]]:
    """Return of every limit how it ends, its unit and its explanation."""
    return {
        row.rule: (row.explanation.get("end"), row.unit, row.explanation["zh"])
        for row in rows(house, DeadlineRow)
    }


def act(house: Fixture, serial: str, decision: str, **form: str) -> None:
    given = {name: [value] for name, value in form.items()}
    decide(house.house, house.actor("reviewer"), "sample", serial, decision, None, form=given)


def test_a_limit_counts_from_the_date_of_a_field_and_says_what_happened_on_it(house):
    file_one(house, "sample", fields={"served_on": "2026-09-18"})
    assert limits(house) == {
        "T-1": (
            "2026-10-08",
            "days",
            "送达 2026-09-18，次日起算 15 日，届满 2026-10-03 为国庆节假期，顺延至 2026-10-08",
        )
    }
    (row,) = rows(house, DeadlineRow)
    assert row.explanation["en"].startswith("Served 2026-09-18, 15 days counted from the next day; ends")


def test_a_limit_counts_back_from_a_moment_in_days_and_on_from_it_in_hours(house):
    """Back in days from a hearing on a Tuesday: Saturday, moved earlier; on in hours: from its very hour."""
    file_one(house, "sample", fields={"hearing_at": "2026-12-08T09:30:00+08:00"})
    assert limits(house) == {
        "T-2": ("2026-12-04", "days", "开庭 2026-12-08，向前 3 日，届满 2026-12-05 为星期六，提前至 2026-12-04"),
        "T-4": (
            "2026-12-08T14:00:00+08:00", "hours",
            "开庭 2026-12-08 09:30，次时 2026-12-08 10:00 起算 4 小时，届满 2026-12-08 14:00，不顺延",
        ),
    }  # fmt: skip


def test_a_limit_ends_on_the_day_a_step_set_holiday_or_not(house):
    serial = file_one(house, "sample").serial_no
    act(house, serial, "issue", expires_on="2026-12-12", closes_at="2026-12-13T17:00")
    assert limits(house) == {
        "T-5": ("2026-12-12", "days", "有效期至 2026-12-12，届满 2026-12-12，不顺延"),
        "T-6": ("2026-12-13T17:00:00+08:00", "hours", "截止时刻 2026-12-13 17:00，届满 2026-12-13 17:00，不顺延"),
    }  # fmt: skip
    ends = {row.rule: row.ends_at for row in rows(house, DeadlineRow)}
    assert ends == {
        "T-5": datetime(2026, 12, 12, 16, tzinfo=UTC), "T-6": datetime(2026, 12, 13, 9, tzinfo=UTC)
    }  # fmt: skip


def test_any_of_several_events_starts_a_limit_and_a_later_one_starts_it_anew(new_house, tmp_path):
    rule = 'limit("T-7", days=2, since=["urge", "issue"], during=["NEW", "OPEN"], basis="第7条")'
    old = 'limit("T-7", months=1, since="issue", start=field("served_on"), roll=False, basis="第7条")'
    assert old in LAW
    write_module(tmp_path / "drop", "sample", LAW.replace(old, rule))
    house = new_house("sample", folders=(tmp_path / "drop",))
    serial = file_one(house, "sample").serial_no
    act(house, serial, "urge")
    house.clock.move(days=1)
    act(house, serial, "issue")
    kept = [
        (row.status, row.explanation["end"]) for row in rows(house, DeadlineRow, DeadlineRow.rule == "T-7")
    ]
    assert kept == [("ended", "2026-11-25"), ("running", "2026-11-26")]
    act(house, serial, "finish")
    assert [row.status for row in rows(house, DeadlineRow, DeadlineRow.rule == "T-7")] == ["ended", "met"]


def test_a_limit_without_rolling_ends_on_a_rest_day(house):
    serial = file_one(house, "sample", fields={"served_on": "2026-09-03"}).serial_no
    act(house, serial, "issue")
    assert limits(house)["T-7"] == (
        "2026-10-03",
        "months",
        "送达 2026-09-03，次日起算 1 个月，届满 2026-10-03，不顺延",
    )


def test_a_limit_whose_date_nobody_gave_does_not_begin(house):
    """Neither from today nor from nowhere: a date is never guessed."""
    serial = file_one(house, "sample").serial_no
    act(house, serial, "issue")
    assert limits(house) == {}
    assert read(house, serial).due_at is None


def test_a_limit_back_from_a_date_is_counted_again_as_it_was_declared(house):
    """An unknown year leaves it without a date; when the year is entered it is still counted back."""
    file_one(house, "sample", fields={"hearing_at": "2027-01-07T09:30:00+08:00"})
    assert limits(house)["T-2"][0] is None
    assert set_calendar_year(house.house, OPERATOR, 2027, YEAR) == 1
    assert limits(house)["T-2"][0] == "2026-12-31"


def test_hours_are_told_in_hours_near_in_the_last_twelve_and_overdue_by_the_hour(house):
    """Queue, detail and API say the same; the first full hour after the start is when the counting begins."""
    house.clock.move(minutes=20)
    serial = file_one(house, "sample").serial_no
    act(house, serial, "urge")
    reviewer = house.actor("reviewer")

    def told() -> tuple[str, str, list[str]]:
        (due,) = read_detail(house.house, reviewer, "sample", serial).deadlines
        near = [word for word in ("near", "overdue") if page(house, reviewer, "sample", due=word).rows]
        return due.remaining.text.zh, due.remaining.pressing, near

    assert (read(house, serial).due_at, read(house, serial).due_hours) == (
        datetime(2026, 11, 25, 3, tzinfo=UTC),
        True,
    )
    (row,) = page(house, reviewer, "sample").rows
    assert (row.due_hours, row.due_at) == (True, datetime(2026, 11, 25, 3, tzinfo=UTC))
    assert told() == ("剩48小时", "", [])
    house.clock.move(hours=36, minutes=39)
    assert told() == ("剩12小时", "", [])
    house.clock.move(minutes=1)
    assert told() == ("剩12小时", "near", ["near"])
    house.clock.move(hours=11, minutes=30)
    assert told() == ("剩不足1小时", "near", ["near"])
    house.clock.move(minutes=30)
    assert told() == ("超期不足1小时", "overdue", ["overdue"])
    house.clock.move(hours=3)
    assert told() == ("超期3小时", "overdue", ["overdue"])
    act(house, serial, "finish")
    assert (read(house, serial).due_at, read(house, serial).due_hours) == (None, False)


def test_a_setting_of_days_does_not_make_hours_near(house):
    """Thirty days of notice for limits in days leave one of 48 hours alone until its last twelve."""
    change_settings(house.house, OPERATOR, "core", {"near_days": 30})
    serial = file_one(house, "sample", fields={"served_on": "2026-11-20"}).serial_no
    urgent = file_one(house, "sample", 2).serial_no
    act(house, urgent, "urge")
    near = page(house, house.actor("reviewer"), "sample", due="near")
    assert [row.serial_no for row in near.rows] == [serial]


# --- The rule alone


def test_a_rule_is_reckoned_and_explained_without_a_request():
    rule = limit(
        "A-1", days=15, since="received", start=field("served_on"), basis="民事诉讼法第171条", event=("送达", "served")
    )  # fmt: skip
    found = rule.reckon(date(2026, 2, 3), CALENDAR)
    assert (found.raw_end, found.end, found.basis) == (
        date(2026, 2, 18),
        date(2026, 2, 24),
        "民事诉讼法第171条",
    )
    assert explain(found) == "送达 2026-02-03，次日起算 15 日，届满 2026-02-18 为春节假期，顺延至 2026-02-24"


def test_a_length_that_each_request_gives_has_to_be_given():
    rule = limit("A-2", days=field("days"), since="received", basis="x")
    with pytest.raises(LawError, match="长度"):
        rule.reckon(date(2026, 3, 2), CALENDAR)
    assert rule.reckon(date(2026, 3, 2), CALENDAR, length=10).end == date(2026, 3, 12)


def test_reminders_come_in_the_morning_of_a_working_day_and_hours_exactly():
    def alarms(end, **how):
        return [
            f"{at:%m-%d %H}" for at in limit("R", since="received", basis="x", **how).alarms(end, CALENDAR)
        ]

    assert alarms(date(2026, 11, 30), days=15, remind=(3, 7)) == ["11-23 09", "11-27 09"]
    assert alarms(date(2026, 10, 9), days=15, remind=(1, 2, 5)) == ["09-30 09", "10-08 09"]
    assert alarms(datetime(2026, 11, 29, 3, tzinfo=UTC), hours=48, remind=6) == ["11-28 21"]


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({}, "exactly one of"),
        ({"days": 3, "hours": 2}, "exactly one of"),
        ({"days": 3, "until": field("day")}, "exactly one of"),
        ({"hours": 48, "roll": True}, "hours never roll"),
        ({"days": 3, "before": True}, "say from which date"),
        ({"until": field("day"), "before": True, "start": field("day")}, "not counted back"),
        ({"until": field("day"), "start": field("day")}, "has no start"),
        ({"days": 3, "remind": (3, 0)}, "above zero"),
        ({"days": 3, "applicant": True, "escalate": Role.SUPERVISOR}, "only a limit of the court's"),
    ],
)  # fmt: skip
def test_a_limit_that_contradicts_itself_is_refused_in_a_sentence(how, why):
    with pytest.raises(DeclarationError, match=f"limit X: .*{why}"):
        limit("X", since="received", basis="x", **how)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('limit("T-9", hours=2, since="received", start=field("served_on"), basis="x")', "start names served_on, which is not a moment"),
        ('limit("T-9", until=field("note"), since="received", basis="x")', "until names note, which is not a date"),
        ('limit("T-9", days=field("served_on"), since="received", basis="x")', "length names served_on, which is not a whole number"),
        ('limit("T-9", days=2, since="received", basis="x", escalate=core.Role.CLERK)', "goes to CLERK, who does not see"),
        ('limit("T-9", days=2, since=["received", "nothing"], basis="x")', "counts from nothing"),
        ('limit("T-1", days=2, since="received", basis="x")', "limit T-1 is declared twice"),
    ],
)  # fmt: skip
def test_a_declaration_whose_limits_cannot_work_fails_to_load_and_says_why(new_house, tmp_path, line, why):
    code = LAW.replace("    ])\nmodule", f"        {line}])\nmodule").replace(
        '"Served on")', '"Served on")\n    note: str | None = core.text("备注", "Note")', 1
    )
    write_module(tmp_path / "drop", "sample", code)
    house = new_house(folders=(tmp_path / "drop",))
    assert why in house.house.modules.all["sample"].error


def test_body_of_the_sample_is_complete(house):
    """The other tests say only what matters to them."""
    assert body_of(house, "sample")["fields"] == {}


def test_a_guard_that_meets_an_unpublished_year_stands_against_the_step_and_breaks_nothing(
    new_house, tmp_path
):
    code = module_code("guarded").replace("direct=True)]", "direct=True, guard=far)]").replace(
        "ALL =",
        """
def far(application, values, context):
    from datetime import date
    return context.deadline(date(2026, 12, 20), 20, "days").end < context.today or None

ALL =""",
    )  # fmt: skip
    write_module(tmp_path / "drop", "guarded", code)
    house = new_house("guarded", folders=(tmp_path / "drop",))
    serial = file_one(house, "guarded").serial_no
    with pytest.raises(Refused) as refused:
        decide(house.house, house.actor("reviewer"), "guarded", serial, "finish", 1)
    (problem,) = refused.value.problems
    assert (refused.value.reason, problem.code) == (Reason.INVALID, "year_unknown")
    assert "2027" in problem.message.zh
