"""The conformance suite: a module driven from outside, check by check.

``CHECKS`` has every check by its name, in order. ``examine`` carries them all out.
"""

# fmt: off
from core.testing.conformance import (  # noqa: I001 - importing them is what adds their checks, in this order
    loading, untouched, labels, migrations, purging, pages, axe, access, off, jobs, queues, hostile, transitions, askers,
)
from core.testing.conformance.checks import CHECKS, Check
from core.testing.conformance.subject import Subject

__all__ = [
    "CHECKS", "Check", "Subject", "access", "askers", "axe", "examine", "hostile", "jobs", "labels", "loading", "migrations", "off", "pages", "purging", "queues",
    "transitions", "untouched",
]
# fmt: on


def examine(subject: Subject) -> dict[str, list[str]]:
    """Return the faults of ``subject`` by the name of the check; empty where it conforms."""
    wanted = CHECKS.values() if subject.ready else [CHECKS["loads"]]
    found = {one.name: one.faults(subject) for one in wanted}
    return {name: faults for name, faults in found.items() if faults}
