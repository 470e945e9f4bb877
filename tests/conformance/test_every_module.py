"""Every module of this repository passes the suite that the authors of others run. None is exempt."""

from collections.abc import Callable, Iterator

import pytest

from core.loader import find_modules
from core.testing.conformance import CHECKS, Subject
from core.testing.workshop import Workshop
from tests.support.houses import ROOT

MODULES = [source.name for source in find_modules([ROOT / "plugins"]) if source.folder]


@pytest.fixture(scope="session")
def subjects(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Subject]]:
    """Give ``subjects(name)``: a module under test; the courts are founded once."""
    workshop = Workshop(
        tmp_path_factory.mktemp("conformance"), lambda: request.getfixturevalue("postgres_server")
    )
    yield lambda name: Subject(name, workshop)
    workshop.close()


@pytest.mark.parametrize("name", MODULES)
def test_every_check_of_every_module(subjects, subtests, name):
    subject = subjects(name)
    for check in CHECKS.values():
        with subtests.test(check.name):
            assert not check.lacking(subject)
            faults = check.faults(subject)
            assert not faults, "\n".join([check.sentence, *faults])
    subject.close()
