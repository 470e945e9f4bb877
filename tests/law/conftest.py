"""The seeded calendar and the samples, read once."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from core.law.calendar import CourtCalendar
from core.law.calendar_seed import seed_calendar

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def calendar() -> CourtCalendar:
    """Give the calendar of all years that have tests."""
    return seed_calendar(2019, 2030)


@pytest.fixture(scope="session")
def samples() -> Callable[[str], list[dict[str, str]]]:
    """Give a reader of the sample tables."""

    def read(name: str) -> list[dict[str, str]]:
        with (DATA / name).open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    return read
