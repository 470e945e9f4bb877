"""A range of days as words: exact, the fewest there are, and never many."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random

import pytest

from core.work.day_words import beginnings, cover


@cache
def totals(thousand: int) -> Counter[str]:
    """Return how many days each word stands for, of the days of a thousand years."""
    day, end = date(max(thousand, 1), 1, 1), date(thousand + 999, 12, 31)
    days = (day + timedelta(days=number) for number in range((end - day).days + 1))
    return Counter(word for one in days for word in beginnings(one))


def slowly(first: date, last: date) -> set[str]:
    """Return the words that stand for nothing outside the range, without those that a shorter one makes needless."""
    wanted = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    inside = Counter(word for day in wanted for word in beginnings(day))
    whole = totals(first.year // 1000 * 1000)
    good = {word for word, held in inside.items() if held == whole[word]}
    return {word for word in good if not any(word[:end] in good for end in range(1, len(word)))}


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-12-03", "2026-12-03"), ("2026-01-01", "2026-12-31"), ("2024-02-01", "2024-02-29"), ("2023-02-01", "2023-02-28"),
        ("2024-02-01", "2024-02-28"), ("2019-12-31", "2030-01-01"), ("2000-01-01", "2099-12-31"), ("0001-01-01", "0009-12-31"),
        ("0001-01-01", "0999-12-31"), ("9990-01-01", "9999-12-31"), ("2025-11-30", "2026-03-01"),
    ],
)  # fmt: skip
def test_a_range_is_the_fewest_words_that_stand_for_just_it(first, last):
    begins, ends = date.fromisoformat(first), date.fromisoformat(last)
    words = cover(begins, ends)
    assert words == sorted(words)
    assert set(words) == slowly(begins, ends)


def test_any_range_is_the_fewest_words_that_stand_for_just_it():
    chance = Random(3)
    for _ in range(12):
        begins = date(2000, 1, 1) + timedelta(days=chance.randrange(11_000))
        ends = begins + timedelta(days=chance.choice((chance.randrange(40), chance.randrange(4000))))
        assert set(cover(begins, ends)) == slowly(begins, ends), (begins, ends)


def test_a_day_has_one_word_of_the_range_it_lies_in_and_none_of_another():
    chance = Random(5)
    span = (date.max - date.min).days
    for _ in range(3000):
        begins, ends, day = (date.min + timedelta(days=chance.randrange(span + 1)) for _ in range(3))
        shared = set(cover(begins, ends)) & set(beginnings(day))
        assert len(shared) == (begins <= day <= ends), (begins, ends, day)


def test_no_range_takes_many_words_however_long_it_is():
    chance = Random(7)
    span = (date.max - date.min).days
    most = 0
    for _ in range(5000):
        begins, ends = sorted(date.min + timedelta(days=chance.randrange(span + 1)) for _ in range(2))
        most = max(most, len(cover(begins, ends)))
    # The days of two months, the months of two years, the years, tens and hundreds at both ends, the thousands between.
    assert most <= 2 * (30 + 11 + 9 + 9 + 9) + 8
    assert cover(date.min, date.max) == list("0123456789")
    assert len(cover(date(2026, 3, 15), date.max)) <= 30 + 11 + 9 + 9 + 9 + 7


def test_a_range_that_ends_before_it_begins_has_no_words():
    assert cover(date(2026, 3, 2), date(2026, 3, 1)) == []


def test_a_moment_counts_on_its_day_in_shanghai():
    assert beginnings(datetime(2026, 12, 31, 16, 0, tzinfo=UTC)) == beginnings(date(2027, 1, 1))
    assert beginnings(datetime(2026, 12, 31, 15, 59, tzinfo=UTC))[-1] == "2026-12-31"
