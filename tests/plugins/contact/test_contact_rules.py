"""联系法官: what follows from values alone."""

from datetime import date, datetime, timedelta

import pytest

from core.appointment import Engagement
from core.context import Case, CaseProxy, CaseSide
from core.fields.label import Label
from core.law.calendar_seed import seed_calendar
from core.law.dates import SHANGHAI
from plugins.contact import rules

CALENDAR = seed_calendar(2024, 2026)
CASE = Case(
    id=1, case_number="（2026）粤0199民初1号", case_type="民初", cause="", title="", procedure="", handler=1, handler_name="judge",
    docketed_on=date(2026, 10, 12),
    parties=(CaseSide("plaintiff", "甲某某", "", None, {}), CaseSide("defendant", "乙公司", "", None, {})),
    agents=(CaseProxy("甲某某", "丙某某", "", "", "", (), {}), CaseProxy("乙公司", "丙某某", "", "", "", (), {})),
)  # fmt: skip


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}:00+08:00")


def engaged(text: str, minutes: int = 30, **more) -> Engagement:
    begins = at(text)
    facts = {"uid": text, "title": Label("会见", "Meeting"), "place": "会见室", "case_number": None, "judge": 1, "judge_name": "judge"} | more  # fmt: skip
    return Engagement(starts_at=begins, ends_at=begins + timedelta(minutes=minutes), **facts)


@pytest.mark.parametrize(("name", "found"), [("甲某某", "原告"), ("乙公司", "被告"), ("丙某某", "原告代理人、被告代理人"), ("路人", None)])  # fmt: skip
def test_who_asks_stands_in_the_case_as_a_party_or_its_agent(name, found):
    assert rules.standing(CASE, name) == found
    assert rules.standing(None, name) is None


@pytest.mark.parametrize(
    ("begins", "ends", "said"),
    [
        ("2026-11-24T09:30", "2026-11-24T10:00", []),
        ("2026-11-28T09:30", "2026-11-28T10:00", ["2026-11-28不是工作日（星期六）。"]),
        ("2026-10-01T09:30", "2026-10-01T10:00", ["2026-10-01不是工作日（国庆节假期）。"]),
        ("2026-11-24T07:30", "2026-11-24T08:00", ["07:30–08:00不在办公时间内。"]),
        ("2026-11-24T17:45", "2026-11-24T18:15", ["17:45–18:15不在办公时间内。"]),
        ("2027-11-27T09:30", "2027-11-27T10:00", ["2027-11-27不是工作日（星期六）。"]),  # no calendar of that year: a Saturday
        ("2027-11-24T09:30", "2027-11-24T10:00", []),
    ],
)  # fmt: skip
def test_times_outside_working_days_and_hours_are_told(begins, ends, said):
    assert [line.zh for line in rules.odd_hours(at(begins), at(ends), CALENDAR)] == said


def test_the_next_open_day_skips_rest_days_and_knows_weekends_of_any_year():
    days = [
        (date(2026, 10, 1), date(2026, 10, 8)),
        (date(2026, 11, 24), date(2026, 11, 24)),
        (date(2027, 11, 27), date(2027, 11, 29)),
    ]
    assert [rules.next_open(day, CALENDAR) for day, _ in days] == [found for _, found in days]


def test_what_the_judge_has_then_is_told_with_its_case():
    (line,) = rules.overlaps([engaged("2026-11-24T09:30", case_number=CASE.case_number, applicant="甲某某")])
    assert line.zh == "与会见冲突：11-24 09:30–10:00 （2026）粤0199民初1号 甲某某（会见室）。"
    assert line.en.startswith("Clashes with a meeting: 11-24 09:30–10:00")


def test_every_question_after_an_answer_begins_another_round():
    told = [(0, False), (1, True), (1, False), (2, True), (2, False)]
    assert [rules.round_of(answers, answered=answered) for answers, answered in told] == [1, 1, 2, 2, 3]


@pytest.mark.parametrize(("minutes", "found"), [(5, 10), (45, 45), (600, 240)])
def test_a_slot_gives_a_meeting_of_sensible_length(minutes, found):
    begins = at("2026-11-24T09:30")
    assert rules.minutes_of(begins, begins + timedelta(minutes=minutes)) == found


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2026, 11, 26), date(2026, 11, 29)])
def test_a_week_begins_on_monday(day):
    week = rules.week_of(day)
    assert (week[0], week[-1], len(week)) == (date(2026, 11, 23), date(2026, 11, 29), 7)


def test_a_calendar_has_mornings_and_afternoons_in_the_courts_time():
    early, late = engaged("2026-11-24T09:30"), engaged("2026-11-24T12:30")
    held = rules.by_half_day([early, late])
    assert held == {(date(2026, 11, 24), 0): [early], (date(2026, 11, 24), 1): [late]}
    assert rules.times(late) == "12:30–13:00"
    assert rules.midnight(date(2026, 11, 24)) == datetime(2026, 11, 24, tzinfo=SHANGHAI)


def test_lists_show_the_beginning_of_what_is_asked():
    assert rules.summary("  何时\n开庭？ ") == "何时 开庭？"
    assert rules.summary("问" * 40) == "问" * 30 + "…"
