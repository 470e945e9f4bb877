"""提起上诉: the appeal period, against counting day by day, for every day of three years."""

import csv
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import law
from core.law.calendar_seed import seed_calendar
from plugins.appeal import rules
from tests.support.houses import ROOT

CALENDAR = seed_calendar(2023, 2026)
DAY = timedelta(days=1)
EVERY_DAY = [date(2024, 1, 1) + n * DAY for n in range(366 + 365 + 365)]
RULINGS = [name for name in rules.DOCUMENTS if name != "judgment"]


def slow_rest(day: date) -> bool:
    """Return whether the courts rest, straight from the notices of the State Council."""
    exception = CALENDAR.days.get(day)
    return exception.kind == "rest" if exception else day.strftime("%a") in ("Sat", "Sun")


def slow_expiry(served: date, days: int) -> date | None:
    """Tick off one day after another, beginning on the day after service; None beyond the known years."""
    day = served
    for _ in range(days):
        day += DAY
    while day.year <= 2026 and slow_rest(day):
        day += DAY
    return day if day.year <= 2026 else None


def facts(**changes) -> rules.Facts:
    given = {
        "document": "judgment",
        "abroad": frozenset({False}),
        "told": date(2026, 2, 3),
        "lodged": date(2026, 2, 24),
    }
    return rules.Facts(**given | changes)


def found(**changes) -> rules.Finding:
    return rules.find(facts(**changes), CALENDAR)


@pytest.mark.parametrize("abroad", [False, True])
@pytest.mark.parametrize("document", rules.DOCUMENTS)
def test_every_service_date_of_three_years_expires_where_counting_says(document, abroad):
    days = 30 if abroad else 15 if document == "judgment" else 10
    for served in EVERY_DAY:
        expected = slow_expiry(served, days)
        for late, standing in ((0, "in_time"), (1, "late")):
            lodged = (expected or served) + late * DAY
            one = found(document=document, abroad=frozenset({abroad}), told=served, lodged=lodged)
            assert one.expires_on == expected, served
            assert one.standing == (standing if expected else "to_verify"), served


def test_the_samples_of_appeal_periods_come_out():
    documents = {"A-1": "judgment", "A-2": "ruling_dismissed"}
    with (ROOT / "tests" / "law" / "data" / "periods.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["rule"] in documents]
    assert len(rows) >= 5
    for row in rows:
        document = documents[row["rule"]]
        deadline = rules.expiry(document, False, date.fromisoformat(row["start"]), CALENDAR)
        assert rules.period_of(document, False).id == row["rule"]
        assert [str(deadline.raw_end), str(deadline.end)] == [row["raw_end"], row["end"]]


def test_the_explanation_shows_how_the_date_was_reached():
    deadline = found().deadline
    assert law.periods.explain(deadline) == (
        "送达 2026-02-03，次日起算 15 日，届满 2026-02-18 为春节假期，顺延至 2026-02-24"
    )
    assert law.periods.explain(deadline, "en").startswith(
        "Served 2026-02-03, 15 days counted from the next day"
    )
    assert deadline.basis == "民事诉讼法第171条第一款"


@pytest.mark.parametrize("document", rules.DOCUMENTS)
def test_each_period_names_its_article(document):
    abroad, at_home = rules.period_of(document, True), rules.period_of(document, False)
    assert (abroad.id, abroad.length, abroad.basis) == ("A-3", 30, "民事诉讼法第286条")
    assert (at_home.id, at_home.length) == (("A-1", 15) if document == "judgment" else ("A-2", 10))
    assert "第171条" in at_home.basis


@pytest.mark.parametrize("document", ["mediation", "ruling_preservation", ""])
def test_nothing_but_judgments_and_three_rulings_can_be_appealed(document):
    with pytest.raises(ValueError, match="cannot be appealed"):
        rules.period_of(document, False)


def test_posting_before_the_end_is_in_time_however_late_it_arrives():
    arrived = date(2026, 3, 20)
    assert rules.day_of_lodging(arrived, date(2026, 2, 24), None) == date(2026, 2, 24)
    assert rules.day_of_lodging(arrived, None, date(2026, 2, 23)) == date(2026, 2, 23)
    assert rules.day_of_lodging(arrived, None, None) == arrived
    assert found(lodged=rules.day_of_lodging(arrived, date(2026, 2, 24), None)).standing == "in_time"
    assert found(lodged=rules.day_of_lodging(arrived, date(2026, 2, 25), None)).standing == "late"


def test_an_unknown_service_date_is_to_be_verified():
    one = found(told=None)
    assert (one.served_on, one.expires_on, one.standing) == (None, None, "to_verify")
    assert "送达日期不明" in one.doubts[0].zh


def test_a_year_without_calendar_is_to_be_verified_and_named():
    one = found(told=date(2026, 12, 25), lodged=date(2026, 12, 26))
    assert (one.served_on, one.expires_on, one.standing) == (date(2026, 12, 25), None, "to_verify")
    assert "2027年的节假日安排尚未录入" in one.doubts[0].zh


def test_the_record_goes_before_what_the_appellant_says_and_a_difference_is_to_be_verified():
    one = found(recorded=frozenset({date(2026, 2, 2)}))
    assert (one.served_on, one.standing) == (date(2026, 2, 2), "to_verify")
    assert "2026-02-03" in one.doubts[0].zh
    assert "2026-02-02" in one.doubts[0].zh
    same = found(recorded=frozenset({date(2026, 2, 3)}))
    assert (same.served_on, same.standing, same.doubts) == (date(2026, 2, 3), "in_time", ())
    several = found(recorded=frozenset({date(2026, 2, 3), date(2026, 2, 5)}))
    assert (several.served_on, several.standing) == (date(2026, 2, 3), "to_verify")


def test_the_judges_own_finding_of_service_settles_the_doubt():
    one = found(recorded=frozenset({date(2026, 2, 2)}), checked=date(2026, 2, 6))
    assert (one.served_on, one.standing, one.doubts) == (date(2026, 2, 6), "in_time", ())
    assert found(told=None, checked=date(2026, 1, 4)).standing == "late"


def test_a_last_day_set_by_hand_counts_and_the_reckoned_one_stays_known():
    one = found(corrected=date(2026, 2, 23), told=date(2026, 2, 3))
    assert (one.expires_on, one.standing) == (date(2026, 2, 23), "late")
    assert one.deadline.end == date(2026, 2, 24)
    unreckoned = found(corrected=date(2027, 1, 11), told=date(2026, 12, 25), lodged=date(2027, 1, 11))
    assert (unreckoned.deadline, unreckoned.expires_on, unreckoned.standing) == (
        None,
        date(2027, 1, 11),
        "in_time",
    )


def test_appellants_at_home_and_abroad_are_late_only_after_a_look_at_each():
    both = frozenset({False, True})
    assert found(abroad=both).standing == "in_time"
    late = found(abroad=both, lodged=date(2026, 3, 1))
    assert late.standing == "to_verify"
    assert "30日" in late.doubts[-1].zh


@given(
    served=st.dates(date(2024, 1, 1), date(2026, 10, 31)), told=st.dates(date(2024, 1, 1), date(2026, 10, 31)),
    lodged=st.dates(date(2024, 1, 1), date(2027, 6, 1)), document=st.sampled_from(list(rules.DOCUMENTS)),
)  # fmt: skip
def test_a_doubtful_appeal_is_never_called_late(served, told, lodged, document):
    one = found(document=document, told=told, recorded=frozenset({served}), lodged=lodged)
    assert one.standing == "to_verify" if served != told else one.standing in ("in_time", "late")
    assert bool(one.doubts) == (one.standing == "to_verify")


@given(st.dates(date(2024, 1, 1), date(2026, 11, 1)), st.sampled_from(RULINGS))
def test_a_longer_period_never_ends_earlier(served, ruling):
    ends = [
        rules.expiry(ruling, False, served, CALENDAR).end,
        rules.expiry("judgment", False, served, CALENDAR).end,
        rules.expiry("judgment", True, served, CALENDAR).end,
    ]
    assert ends == sorted(ends)


def test_only_records_of_this_document_to_these_parties_count():
    told = [
        ("民事判决书", "甲某某", date(2026, 2, 3)), ("民事判决书", "乙公司", date(2026, 2, 1)),
        ("举证通知书", "甲某某", date(2026, 1, 5)), ("民事裁定书", "甲某某", date(2026, 1, 9)), ("民事判决书", "甲某某", None),
    ]  # fmt: skip
    assert rules.recorded_for("judgment", told, {"甲某某"}) == {date(2026, 2, 3)}
    assert rules.recorded_for("ruling_dismissed", told, {"甲某某"}) == {date(2026, 1, 9)}
    assert rules.recorded_for("judgment", told, {"丁某某"}) == frozenset()


@pytest.mark.parametrize(
    ("number", "second"),
    [("（2026）粤01民终28497号", True), ("（2018）沪01民辖终1797号", True), ("（2017）粤71行终253号", True), ("（2021）最高法知民终2270号", True),
     ("（2026）粤0199民初12号", False), ("（2016）最高法民再98号", False), ("（2025）粤0105执12782号", False)],
)  # fmt: skip
def test_a_number_of_second_instance_is_told_by_its_type(number, second):
    assert rules.is_second_instance(number) is second


@pytest.mark.parametrize(("abroad", "days"), [(False, 15), (True, 30)])
def test_the_other_side_has_fifteen_days_and_thirty_without_domicile(abroad, days):
    assert rules.defence_days(abroad) == days
