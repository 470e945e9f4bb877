"""Jobs of modules: each due time once whoever looks, off means off, and what fails or hangs is one module's affair."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from core.metrics.counted import JOB_RUNS
from core.records import JobRow
from core.values import Actor
from core.work.jobs import LEASE, Jobs, when
from core.work.switches import disable, enable
from tests.support.acting import rows, write_module
from tests.support.houses import COURT, OPERATOR, OTHER, Fixture

THERE = Actor(court=OTHER, name="operator")
JOB = """
from datetime import time, timedelta
from core import Job, Label, Module, hookimpl
module = Module("{name}", "{name}", version="1.0")
RUNS, WAIT, FREE = [], False, None

def run(place):
    RUNS.append((place.court, place.now))
    if WAIT:
        FREE.wait(20)
    {body}

@hookimpl
def jobs():
    return [Job("tidy", ("整理", "Tidy"), run, {often})]
"""


@pytest.fixture
def court(new_house, tmp_path) -> Fixture:
    """Two modules: ``daily`` is due at 12:00, two hours from now; ``often`` every half hour, and it fails. The second is off."""
    write_module(
        tmp_path / "drop",
        "daily",
        JOB.format(name="daily", body='return "整理了 3 件", "3 done"', often="daily=time(12)"),
    )
    write_module(
        tmp_path / "drop",
        "often",
        JOB.format(
            name="often", body="raise ValueError('no 13900000000 there')", often="every=timedelta(minutes=30)"
        ),
    )
    return new_house("daily", folders=(tmp_path / "drop",))


def runs(court: Fixture, name: str):
    return court.house.modules.ready[name].plugin.RUNS


def work(*workers: Jobs) -> int:
    """Have each worker do what is due; return how much was done."""
    return sum(jobs.run(one) for jobs in workers for one in jobs.due())


def test_a_daily_job_runs_once_for_each_due_time_whatever_the_number_of_workers(court):
    workers = Jobs(court.house), Jobs(court.house)
    assert work(*workers) == 0
    court.clock.move(hours=2)
    seen = [jobs.due() for jobs in workers]
    assert [len(due) for due in seen] == [1, 1]
    assert [jobs.run(due[0]) for jobs, due in zip(workers, seen, strict=True)] == [True, False]
    assert work(*workers) == 0
    (row,) = rows(court, JobRow)
    assert (row.said_zh, row.said_en, row.done_at, row.error) == ("整理了 3 件", "3 done", court.clock(), "")
    assert row.next_at == court.clock() + timedelta(days=1)
    court.clock.move(days=1)
    assert work(*workers) == 1
    assert [place for place, _ in runs(court, "daily")] == [COURT, COURT]


def test_of_many_workers_that_see_it_due_at_once_one_does_it(court):
    jobs = Jobs(court.house)
    jobs.due()
    court.clock.move(hours=2)
    (one,) = jobs.due()
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: Jobs(court.house).run(one), range(4)))
    assert sum(done) == 1
    assert len(runs(court, "daily")) == 1


def test_it_runs_in_the_courts_where_its_module_is_on_and_not_while_it_is_off(court):
    jobs = Jobs(court.house)
    enable(court.house, THERE, "daily")
    jobs.due()
    court.clock.move(hours=2)
    (_, theirs) = jobs.due()
    disable(court.house, THERE, "daily")
    assert not jobs.run(theirs), "it was due when it was looked for, and is off now"
    assert work(jobs) == 1
    assert [place for place, _ in runs(court, "daily")] == [COURT]


def test_a_failure_is_kept_and_counted_and_the_job_goes_on(court):
    enable(court.house, OPERATOR, "often")
    before = JOB_RUNS.held().get(("often", "tidy", "failed"), [0])[0]
    jobs = Jobs(court.house)
    assert work(jobs) == 1, "what runs at intervals is due when it is first seen"
    assert work(jobs) == 0
    (row,) = [row for row in rows(court, JobRow) if row.module == "often"]
    assert row.error.startswith("ValueError")
    assert "13900000000" not in row.error
    assert (row.done_at, row.failed_at) == (None, court.clock())
    assert JOB_RUNS.held()["often", "tidy", "failed"][0] == before + 1
    assert court.house.hooks.trace[-1].hook == "jobs"
    court.clock.move(minutes=30)
    assert work(jobs) == 1


def test_a_job_whose_worker_died_is_begun_again_after_an_hour(court, monkeypatch):
    jobs = Jobs(court.house)
    jobs.due()
    court.clock.move(hours=2)

    def die(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("core.work.jobs.place_of", die)
        with pytest.raises(KeyboardInterrupt):
            work(jobs)
    assert work(jobs) == 0
    court.clock.move(minutes=LEASE.total_seconds() / 60)
    assert work(jobs) == 1


def test_a_job_that_was_put_off_farther_than_it_can_be_is_brought_near(court):
    jobs = Jobs(court.house)
    court.clock.move(days=400)
    jobs.due()
    court.clock.move(days=-400)
    assert work(jobs) == 0
    (row,) = rows(court, JobRow)
    assert row.next_at == court.clock() + timedelta(hours=2)


def test_a_job_that_hangs_holds_up_no_other_modules(court):
    enable(court.house, OPERATOR, "often")
    hanging = court.house.modules.ready["often"].plugin
    hanging.WAIT, hanging.FREE = True, threading.Event()
    jobs = Jobs(court.house)
    jobs.due()
    court.clock.move(hours=2)
    jobs.start_due()
    jobs._threads["daily"].join(20)
    assert len(runs(court, "daily")) == 1
    jobs.start_due()
    assert jobs._threads["often"].is_alive()
    hanging.FREE.set()
    jobs._threads["often"].join(20)
    assert len(hanging.RUNS) == 1, "it was not started a second time beside itself"


def test_how_often_a_job_runs_is_told_in_words(court):
    jobs = Jobs(court.house)
    assert when(jobs._jobs["daily"]["tidy"]).zh == "每天12:00"
    assert when(jobs._jobs["often"]["tidy"]).en == "Every 30 min"
