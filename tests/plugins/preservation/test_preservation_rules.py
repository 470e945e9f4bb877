"""The law of preservation against slow, independent reckonings: fractions for money, counting on fingers for days."""

import calendar
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core import law
from plugins.preservation import rules

STAGES = (rules.PRE_ACTION, rules.IN_ACTION, rules.ARBITRATION, rules.BEFORE_ENFORCEMENT)
AMOUNTS = some.decimals(min_value=0, max_value=10**12, places=2)
DAYS = [date(2024, 1, 1) + timedelta(days=place) for place in range(366 + 365 + 365)]


def test_half_a_million_needs_at_most_150000_in_an_action_and_all_of_it_before_one():
    assert rules.required("in_action", Decimal(500000)) == 150000
    assert rules.required("pre_action", Decimal(500000)) == 500000


@given(stage=some.sampled_from(STAGES), base=AMOUNTS, offered=AMOUNTS)
def test_a_security_is_judged_as_fractions_judge_it(stage, base, offered):
    found = rules.security(stage, base, offered)
    if base == 0:
        assert found is None
        return
    share = Fraction(offered) / Fraction(base)
    if stage == "pre_action":
        expected = "fits" if share == 1 else "too_low" if share < 1 else "too_high"
        assert "第5条第2款" in found.message.zh
    else:
        expected = "too_high" if share > Fraction(3, 10) else "fits"
        assert "第5条第1款" in found.message.zh
    assert found.finding == expected
    shown = Fraction(found.percent.removesuffix("%")) / 100
    assert abs(shown - share) < Fraction(1, 10_000)
    # What is shown never says more, or less, than what was found.
    assert (shown > Fraction(3, 10)) == (share > Fraction(3, 10)) or stage == "pre_action"
    assert (shown < 1) == (share < 1) or stage != "pre_action"


@given(base=some.decimals(min_value="0.01", max_value=10**12, places=2), stage=some.sampled_from(STAGES[1:]))
def test_one_cent_above_the_ceiling_is_too_high(base, stage):
    cents = int(base * 100) * 30 // 100
    assert rules.security(stage, base, Decimal(cents) / 100).finding == "fits"
    assert rules.security(stage, base, Decimal(cents + 1) / 100).finding == "too_high"


def test_the_sentence_names_the_ceiling_and_the_share():
    said = rules.security("in_action", Decimal(500000), Decimal("150000.01")).message
    assert (
        said.zh
        == "担保150000.01元，为30.01%，超过30%的上限150000.00元（财产保全规定第5条第1款、民诉法解释第152条）。"
    )
    assert "above the ceiling of 30%" in said.en
    assert (
        "低于请求保全数额500000.00元" in rules.security("pre_action", Decimal(500000), Decimal(1)).message.zh
    )


EXEMPT = {"support", "violence", "public_interest", "bravery", "clear", "institution"}


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("kind", ["property", "act", "evidence"])
@pytest.mark.parametrize("ground", rules.GROUNDS)
def test_going_without_security_is_for_the_six_grounds_the_time_before_enforcement_and_the_courts_discretion(
    stage, kind, ground
):
    allowed = (
        (kind == "property" and ground in EXEMPT and stage in ("in_action", "arbitration"))
        or (kind == "property" and ground == stage == "before_enforcement")
        or (kind == "act" and ground == "discretion" and stage != "pre_action")
        or (kind == "evidence" and ground == "discretion")
    )
    assert (rules.against_waiver(stage, kind, ground) is None) is allowed


def years_on(day: date, years: int) -> date:
    """The corresponding day, counted a day at a time; where there is none, the month's last."""
    last = calendar.monthrange(day.year + years, day.month)[1]
    wanted = (day.year + years, day.month, min(day.day, last))
    while (day.year, day.month, day.day) != wanted:
        day += timedelta(days=1)
    return day


@pytest.mark.parametrize(("kind", "years"), [("deposit", 1), ("movable", 2), ("other", 3)])
def test_a_measure_lasts_one_two_or_three_years_from_any_day(kind, years):
    for day in DAYS:
        assert rules.longest_until(kind, day) == years_on(day, years)


def test_the_longest_time_agrees_with_the_periods_of_the_house():
    known = law.periods.deadline(date(2024, 2, 29), 1, "years", None, roll=False)
    assert rules.longest_until("deposit", date(2024, 2, 29)) == known.end == date(2025, 2, 28)


def test_renewal_is_asked_for_seven_days_before_any_expiry():
    for day in DAYS:
        last = rules.renew_by(day)
        assert sum(1 for one in range(1, 400) if last < last + timedelta(days=one) <= day) == 7


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("urgent", [True, False])
def test_hours_run_for_what_is_urgent_and_before_an_action(stage, urgent):
    assert rules.in_hours(stage, urgent) is (urgent or stage == "pre_action")


@pytest.mark.parametrize(("amount", "fee"), [
    (None, "30"), ("1000", "30"), ("1000.01", "30.00"), ("100000", "1020"), ("100000.01", "1020.00"), ("500000", "3020"),
    ("895999.99", "5000.00"), ("896000", "5000"), ("999999999", "5000"),
])  # fmt: skip
def test_the_fee_is_that_of_the_measures(amount, fee):
    found = law.fees.fee("pres", None if amount is None else Decimal(amount))
    assert found.fee == Decimal(fee)
    assert "第14条" in found.article
