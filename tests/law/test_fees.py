"""Fees: samples, the property scale against a slow sum, every kind, and what is refused."""

import re
from collections.abc import Callable
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.law.errors import LawError
from core.law.fee_kinds import KINDS
from core.law.fee_tables import GUANGDONG, NATIONAL_RANGES
from core.law.fees import acceptance_fee, explain, fee, preservation_fee
from core.law.money import read_amount

AMOUNTS = st.decimals(min_value=0, max_value=60_000_000, places=2)
CENT = Decimal("0.01")

# 速算: up to the limit, fee = percent × amount + constant (《诉讼费用交纳办法》第13条第(一)项 as lawyers tabulate it).
SHORT_CUTS = [
    (10_000, "0", 50), (100_000, "2.5", -200), (200_000, "2", 300), (500_000, "1.5", 1_300), (1_000_000, "1", 3_800),
    (2_000_000, "0.9", 4_800), (5_000_000, "0.8", 6_800), (10_000_000, "0.7", 11_800), (20_000_000, "0.6", 21_800),
    (10**18, "0.5", 41_800),
]  # fmt: skip


def short_cut(amount: Decimal) -> Decimal:
    percent, constant = next(
        (percent, constant) for limit, percent, constant in SHORT_CUTS if amount <= limit
    )
    return cents(amount * Decimal(percent) / 100 + constant)


def cents(exact: Decimal) -> Decimal:
    """Round half up to 分 by whole numbers."""
    return Decimal(int(exact * 1000 + 5) // 10) / 100


def test_samples(samples: Callable[[str], list[dict[str, str]]]) -> None:
    """Every sample row gives its fee, with two places."""
    for row in samples("fees.csv"):
        assert str(fee(row["kind"], Decimal(row["amount"])).fee) == row["fee"], row


@given(AMOUNTS)
def test_property_fee_agrees_with_the_short_cuts(amount: Decimal) -> None:
    """Adding up the bands gives what percent and constant give."""
    assert acceptance_fee(amount).fee == short_cut(amount)


@pytest.mark.parametrize("limit", [limit for limit, _, _ in SHORT_CUTS[:-1]])
def test_property_fee_at_the_limits(limit: int) -> None:
    """One fen below, at, and above a limit the fee is that of the short cut, and hardly moves."""
    below, at, above = (Decimal(limit) + shift for shift in (-CENT, 0, CENT))
    fees = [acceptance_fee(amount).fee for amount in (below, at, above)]
    assert fees == [short_cut(amount) for amount in (below, at, above)]
    assert fees[2] - fees[0] <= CENT


@given(AMOUNTS)
def test_preservation_fee(amount: Decimal) -> None:
    """速算: 30 up to 1000; 1 % + 20 up to 100 000; 0.5 % + 520, at most 5000."""
    if amount <= 1000:
        expected = Decimal(30)
    elif amount <= 100_000:
        expected = cents(amount / 100 + 20)
    else:
        expected = min(cents(amount / 200 + 520), Decimal(5000))
    assert preservation_fee(amount).fee == expected


def test_preservation_cap() -> None:
    """The cap is reached at 896 000; what is not property costs 30."""
    fees = [preservation_fee(Decimal(amount)).fee for amount in ("895998", "896000", "896002")]
    assert fees == [Decimal("4999.99"), 5000, 5000]
    assert preservation_fee(None).fee == 30


@given(kind=st.sampled_from(sorted(KINDS)), low=AMOUNTS, high=AMOUNTS)
def test_fees_never_fall(kind: str, low: Decimal, high: Decimal) -> None:
    """A larger amount never costs less; a fee is positive, has two places and an article."""
    low, high = sorted((low, high))
    small, large = fee(kind, low), fee(kind, high)
    assert 0 < small.fee <= large.fee
    assert small.fee.as_tuple().exponent == large.fee.as_tuple().exponent == -2
    assert small.article.startswith("《诉讼费用交纳办法》第1")
    assert explain(small)
    assert not re.search("[一-鿿]", explain(small, "en").replace(GUANGDONG.source, ""))


@pytest.mark.parametrize(
    ("kind", "amount", "expected"),
    [
        ("divorce", None, "300.00"),
        ("divorce", "200000", "300.00"),
        ("divorce", "300000", "800.00"),
        ("personality", None, "500.00"),
        ("personality", "50000", "500.00"),
        ("personality", "80000", "800.00"),
        ("personality", "200000", "1500.00"),
        ("other", None, "100.00"),
        ("ip", None, "1000.00"),
        ("ip", "128456.78", "2869.14"),
        ("labour", "500000", "10.00"),
        ("administrative", None, "50.00"),
        ("administrative_ip", None, "100.00"),
        ("jurisdiction", None, "100.00"),
        ("payment_order", "10000", "16.67"),
        ("payment_order", "36500", "237.50"),
        ("public_summons", None, "100.00"),
        ("arbitration", None, "400.00"),
        ("bankruptcy", "1000000", "6900.00"),
        ("bankruptcy", "1000000000", "300000.00"),
        ("enforcement", "10000", "50.00"),
        ("enforcement", "500000", "7400.00"),
        ("enforcement", "5000000", "52400.00"),
        ("enforcement", "10000000", "77400.00"),
        ("enforcement", "20000000", "87400.00"),
    ],
)
def test_other_kinds(kind: str, amount: str | None, expected: str) -> None:
    """Each kind costs what its article and the rates of Guangdong say."""
    assert str(fee(kind, None if amount is None else Decimal(amount)).fee) == expected


def test_regional_rates_lie_in_the_national_ranges() -> None:
    """A province chooses within the range."""
    for kind, rate in GUANGDONG.rates.items():
        low, high = NATIONAL_RANGES[kind]
        assert low <= rate <= high


def test_a_region_sets_its_rates() -> None:
    """Another region's rate is used; a rate that is not set is asked for, not guessed."""
    region = attrs.evolve(GUANGDONG, name="某省", rates={"enforcement": Decimal(200)})
    assert fee("enforcement", None, region=region).fee == 200
    with pytest.raises(LawError, match="某省标准尚未设定") as refused:
        fee("divorce", None, region=region)
    assert refused.value.code == "fee_rate_not_set"
    with pytest.raises(LawError, match="每件 50 元至 500 元"):
        fee("enforcement", None)


@given(AMOUNTS)
def test_half(amount: Decimal) -> None:
    """Half is half of the exact fee, rounded once; the explanation says so."""
    halved = acceptance_fee(amount, half=True)
    assert abs(halved.fee * 2 - acceptance_fee(amount).fee) <= CENT
    assert "减半" in explain(halved)


def test_half_is_for_acceptance_fees_only() -> None:
    """Application fees are never halved."""
    for kind, rule in KINDS.items():
        if not rule.halvable:
            with pytest.raises(LawError, match="不适用减半"):
                fee(kind, Decimal(1000), half=True)
    assert str(fee("labour", None, half=True).fee) == "5.00"


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("-0.01", "amount_negative"),
        ("NaN", "amount_not_a_number"),
        ("sNaN", "amount_not_a_number"),
        ("Infinity", "amount_not_a_number"),
        ("1E+18", "amount_too_large"),
        ("1E+400", "amount_too_large"),
        ("0.001", "amount_too_fine"),
        ("1E-400", "amount_too_fine"),
    ],
)
def test_wrong_amounts(amount: str, code: str) -> None:
    """What is no amount of money is refused for every kind, also where the amount does not matter."""
    for kind in KINDS:
        with pytest.raises(LawError) as refused:
            fee(kind, Decimal(amount))
        assert refused.value.code == code


def test_right_amounts_in_odd_forms() -> None:
    """Trailing zeros, an exponent and a negative zero are the amounts they are."""
    assert fee("prop", Decimal("36500.000")).base == Decimal("36500.00")
    assert fee("prop", Decimal("1E+6")).fee == 13_800
    assert str(fee("prop", Decimal("-0")).base) == "0.00"
    assert str(fee("prop", Decimal("999999999999999999.99")).fee) == "5000000000041800.00"


def test_missing_amounts_and_kinds() -> None:
    """A kind that needs an amount asks for it; an unknown kind lists the known ones."""
    for kind, rule in KINDS.items():
        if rule.amount == "required":
            with pytest.raises(LawError, match="请填写以元为单位的金额"):
                fee(kind)
    with pytest.raises(LawError, match="prop、divorce"):
        fee("property", Decimal(1))


@pytest.mark.parametrize(
    "text", ["", "abc", "1,000", "１２", "1e5", "1.", ".5", "+1", "--1", "NaN", "1 000", "²"]
)
def test_unreadable_amounts(text: str) -> None:
    """Only plain ASCII figures are read."""
    with pytest.raises(LawError) as refused:
        read_amount(text)
    assert refused.value.code == "amount_not_a_number"


def test_readable_amounts() -> None:
    """Outer white space is dropped; a minus sign is told as what it is."""
    assert read_amount(" 128456.78\n") == Decimal("128456.78")
    with pytest.raises(LawError, match="不能为负数"):
        read_amount("-5")
