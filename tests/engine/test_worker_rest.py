"""Work in the background leaves the process to those who wait for an answer."""

import pytest

from core.work.worker import rest


@pytest.mark.parametrize(
    ("worked", "others", "seconds"),
    [(0.01, 0.2, 0.09), (0.01, 0.95, 0.49), (0.2, 0.95, 5.0), (1.0, 0.95, 9.0), (1.0, 0.2, 9.0)],
)
def test_it_rests_nine_times_what_it_worked_and_longer_beside_a_busy_process(worked, others, seconds):
    """Nine times, or forty-nine times up to five seconds, but never less than nine times."""
    assert rest(worked, others) == pytest.approx(seconds)
