"""The law of postponed hearings, against a slow and independent reckoning of every day of 2024 to 2026."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.law.calendar_seed import seed_calendar
from core.law.errors import YearUnknown
from plugins.postponement import rules

CALENDAR = seed_calendar(2024, 2026)
DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 1))
ONE = timedelta(days=1)


def working_days_between(after: date, through: date) -> int:
    count, day = 0, after
    while day < through:
        day += ONE
        if not CALENDAR.is_rest(day):
            count += 1
    return count


@given(DAYS, st.integers(0, 20))
def test_the_answer_is_due_in_two_working_days_or_on_the_same_day(received, ahead):
    hearing = received + ahead * ONE
    found = rules.reply_by(received, hearing, CALENDAR)
    if working_days_between(received, hearing) > 3:
        assert working_days_between(received, found) == 2
        assert not CALENDAR.is_rest(found)
        assert found < hearing
    else:
        assert found == received


@pytest.mark.parametrize(
    ("received", "hearing", "due"),
    [
        ("2026-11-23", "2026-12-10", "2026-11-25"), ("2026-11-23", "2026-11-27", "2026-11-25"), ("2026-11-23", "2026-11-26", "2026-11-23"),
        ("2026-11-23", "2026-11-23", "2026-11-23"), ("2026-02-13", "2026-02-27", "2026-02-24"), ("2026-02-13", "2026-02-25", "2026-02-13"),
        ("2026-11-26", "2026-11-29", "2026-11-26"),
    ],
)  # fmt: skip
def test_days_off_are_not_counted_and_make_up_days_are(received, hearing, due):
    """2026-02-14 is a make-up workday before the Spring Festival of 15 to 23 February."""
    found = rules.reply_by(date.fromisoformat(received), date.fromisoformat(hearing), CALENDAR)
    assert found == date.fromisoformat(due)


def test_a_year_nobody_has_entered_is_not_guessed():
    with pytest.raises(YearUnknown):
        rules.reply_by(date(2026, 12, 30), date(2027, 2, 1), CALENDAR)


def month_later(day: date) -> date:
    """The slow way: the same number in the next month, or that month's last day."""
    found = day + ONE
    while found.month == day.month:
        found += ONE
    target = found.month
    while found.day != day.day and (found + ONE).month == target:
        found += ONE
    return found


@given(DAYS)
def test_the_next_hearing_is_within_the_corresponding_day_of_the_next_month(day):
    assert rules.latest(day) == month_later(day)


@pytest.mark.parametrize(("day", "last"), [("2026-01-31", "2026-02-28"), ("2024-01-30", "2024-02-29"), ("2026-12-10", "2027-01-10")])  # fmt: skip
def test_a_month_without_that_day_ends_earlier(day, last):
    assert rules.latest(date.fromisoformat(day)) == date.fromisoformat(last)


@given(DAYS)
def test_notice_leaves_three_days(day):
    """Who is told on the last day has that day's end, two whole days, and the morning of the hearing before them."""
    assert (day - rules.notify_by(day)).days == 3
    assert rules.notify_by(rules.earliest(day)) == day


@pytest.mark.parametrize(("procedure", "times"), [("ordinary", 2), ("summary", 1), ("small_claims", 1), ("", 2)])  # fmt: skip
def test_how_often_a_hearing_may_be_postponed(procedure, times):
    assert rules.most(procedure) == times
    assert procedure in rules.PROCEDURES


def test_every_ground_has_its_item_of_the_article():
    items = {ground: rules.article_of(ground) for ground in rules.GROUNDS}
    assert items == {
        "must_attend_absent": "149_1", "recusal": "149_2", "new_witness": "149_3", "new_evidence": "149_3", "re_appraisal": "149_3",
        "inspection": "149_3", "supplement": "149_3", "force_majeure": "149_4", "lawyer_conflict": "rearranged", "agreed": "rearranged",
    }  # fmt: skip
    assert set(items.values()) == set(rules.ARTICLES)


@pytest.mark.parametrize(("article", "words"), [("149_1", "第一百四十九条第一项"), ("149_4", "第一百四十九条第四项"), ("rearranged", "")])  # fmt: skip
def test_papers_cite_the_item_in_words(article, words):
    assert rules.cited(article) == words


@given(DAYS, st.one_of(st.none(), st.integers(0, 90)), st.sampled_from(sorted(rules.ARTICLES)))
def test_no_more_is_deducted_than_the_postponement_takes_nor_than_a_month_for_new_facts(before, taken, article):  # fmt: skip
    after = None if taken is None else before + taken * ONE
    found = rules.most_deductible(article, before, after)
    month = (month_later(before) - before).days
    if article == "149_3":
        assert found == (month if taken is None else min(taken, month))
    else:
        assert found == taken
    assert rules.most_deductible(article, before, before - ONE) == 0
