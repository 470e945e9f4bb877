"""That the jobs of a module run where it is on, and nowhere else."""

from collections.abc import Iterator

from core.testing.conformance.checks import check
from core.testing.conformance.subject import Site, Subject
from core.testing.houses import OPERATOR
from core.work.jobs import Due, Jobs
from core.work.switches import disable


def due_in(site: Site, jobs: Jobs) -> list[Due]:
    """Return what is due now and within two days, and leave the clock there."""
    jobs.due()  # a job that was never seen is noted
    site.fixture.clock.move(days=2)
    return jobs.due()


@check("jobs", "Every job of the module runs where the module is on, and is not due where it is off.")
def ran(subject: Subject) -> Iterator[str]:
    """Let two days pass, twice: on, and off."""
    site = subject.site()
    jobs = Jobs(site.fixture.house)
    for one in due_in(site, jobs):
        jobs.run(one)
    for line in jobs.lines(OPERATOR.court):
        if line.module == subject.name and (line.row is None or line.row.done_at is None):
            yield f"{line.job.code}: {line.row.error if line.row is not None else 'it was never due'}"
    disable(site.fixture.house, OPERATOR, subject.name)
    for one in due_in(site, jobs):
        if one.module == subject.name:
            yield f"{one.code}: it is due while the module is off"
