"""A value in a list: a date says how many days are left, where its declaration wants that."""

from datetime import UTC, date, datetime

import pytest

from core.fields.declare import day, moment, request_fields
from core.fields.spec import specs_of
from core.web.rows import cell

NOW = datetime(2026, 11, 23, 15, 59, tzinfo=UTC)
"""The last minute of 23 November in Shanghai."""


@request_fields
class Dates:
    """Two that are counted down, one that is not."""

    hearing: datetime = moment("开庭", "Hearing", countdown=True)
    ends: date = day("届满", "Ends", countdown=True)
    plain: date = day("日期", "Date")


@pytest.mark.parametrize(
    ("name", "value", "language", "shown"),
    [
        ("hearing", datetime(2026, 12, 10, 1, tzinfo=UTC), "zh", "2026-12-10 09:00 · 还有17天"),
        ("hearing", datetime(2026, 12, 10, 1, tzinfo=UTC), "en", "2026-12-10 09:00 · in 17 days"),
        ("hearing", datetime(2026, 11, 23, 1, tzinfo=UTC), "zh", "2026-11-23 09:00 · 今天"),
        ("hearing", datetime(2026, 11, 23, 16, tzinfo=UTC), "en", "2026-11-24 00:00 · in 1 day"),
        ("hearing", datetime(2026, 11, 22, 1, tzinfo=UTC), "zh", "2026-11-22 09:00"),
        ("ends", date(2026, 11, 25), "zh", "2026-11-25 · 还有2天"),
        ("ends", None, "zh", "—"),
        ("plain", date(2026, 11, 25), "zh", "2026-11-25"),
    ],
)
def test_days_left_are_told_beside_a_date_until_it_is_past(name, value, language, shown):
    assert cell(specs_of(Dates)[name], value, language, NOW) == shown
