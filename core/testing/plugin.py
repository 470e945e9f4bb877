"""The plugin of pytest that comes with Benchside: fixtures for the tests of a module, and the conformance suite.

Which module is meant: what ``--benchside-module`` or ``benchside_modules`` in the settings of pytest says; else the module
that the test belongs to, which is the folder it lies in, or what the ``pyproject.toml`` above it announces (its folder there, installed or not). Where a test
asks for ``court``, the conformance suite of its module runs too (``-k "not conformance"`` leaves it out).

Nothing of the host is imported until a fixture or a check is asked for.
"""

import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from core.testing.browsing import Browser
    from core.testing.conformance.collect import Suite
    from core.testing.court import CourtClock, TestCourt
    from core.testing.outside import Outside
    from core.testing.workshop import Workshop

_SUITE = pytest.StashKey["Suite"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Say which modules are tested."""
    told = "run the conformance suite of Benchside on this module: its name, or the folder that holds it"
    group = parser.getgroup("benchside")
    group.addoption("--benchside-module", action="append", default=[], metavar="MODULE", help=told)
    parser.addini("benchside_modules", f"as --benchside-module: {told}", type="args", default=[])


def pytest_configure(config: pytest.Config) -> None:
    """Announce the mark of the suite's tests."""
    config.addinivalue_line("markers", "conformance: a check of Benchside's conformance suite")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Add every check of every module that is tested."""
    wanted = _told(config)
    if not wanted:
        asking = (item for item in items if "benchside_workshop" in getattr(item, "fixturenames", ()))
        wanted = [name for item in asking if (name := _module_at(item.path))]
    if wanted:
        items.extend(_suite(config).items(session, list(dict.fromkeys(wanted))))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what the conformance suite could not try here, and how to have it tried."""
    every = [one for reports in terminalreporter.stats.values() for one in reports]
    checks = [
        one for one in every if isinstance(one, pytest.TestReport) and one.nodeid.startswith("conformance::")
    ]
    if checks:
        from core.testing.conformance.told import not_tried

        if lines := list(not_tried(checks)):
            terminalreporter.section("Benchside: not tried")
            for line in lines:
                terminalreporter.write_line(line)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Let go of databases and servers."""
    if _SUITE in config.stash:
        config.stash[_SUITE].close()


def _told(config: pytest.Config) -> list[str]:
    asked: list[str] = config.getoption("--benchside-module") or config.getini("benchside_modules")
    folders = {one: config.invocation_params.dir / one for one in asked}
    return [str(path) if (path / "__init__.py").is_file() else one for one, path in folders.items()]


def _module_at(path: Path) -> str:
    """Return the module that a test at ``path`` belongs to, empty where there is none."""
    for folder in path.parents:
        start = folder / "__init__.py"
        if start.is_file() and "Module(" in start.read_text(encoding="utf-8", errors="replace"):
            return str(folder)
        project = folder / "pyproject.toml"
        if project.is_file():
            told = tomllib.loads(project.read_text(encoding="utf-8")).get("project", {})
            name = next(iter(told.get("entry-points", {}).get("benchside.modules", {})), "")
            beside = folder / name
            return str(beside) if name and (beside / "__init__.py").is_file() else name
    return ""


def _suite(config: pytest.Config) -> "Suite":
    from core.testing.conformance.collect import Suite

    if _SUITE not in config.stash:
        config.stash[_SUITE] = Suite(Path(tempfile.mkdtemp(prefix="benchside-tests-")))
    return config.stash[_SUITE]


@pytest.fixture(scope="session")
def benchside_workshop(pytestconfig: pytest.Config) -> "Workshop":
    """Where courts are founded, once for all tests."""
    return _suite(pytestconfig).workshop


@pytest.fixture
def benchside_module(request: pytest.FixtureRequest) -> str:
    """The module under test, by name or folder; override it where the rules above do not find it."""
    told = _told(request.config)
    found = told[0] if told else _module_at(request.path)
    if not found:
        pytest.fail("which module? Say  pytest --benchside-module NAME", pytrace=False)
    return found


@pytest.fixture
def court(
    pytestconfig: pytest.Config, benchside_workshop: "Workshop", benchside_module: str
) -> Iterator["TestCourt"]:
    """A founded court on a fresh database with the module on: its people, a case, its pages and its API."""
    from core.testing.court import TestCourt

    subject = _suite(pytestconfig).subject(benchside_module)
    if not subject.ready:
        pytest.fail(f"{subject.name} does not load: {subject.loaded.error}", pytrace=False)
    site = subject.site()
    made = TestCourt(site.fixture, site.outside, site.application, subject.module)
    yield made
    made.fixture.house.store.close()


@pytest.fixture
def as_judge(court: "TestCourt") -> "Browser":
    """The browser of the judge who handles the case, logged in."""
    return court.browser("judge")


@pytest.fixture
def as_clerk(court: "TestCourt") -> "Browser":
    """The browser of that judge's clerk."""
    return court.browser("clerk")


@pytest.fixture
def as_reviewer(court: "TestCourt") -> "Browser":
    """The browser of a reviewer of the litigation service centre."""
    return court.browser("reviewer")


@pytest.fixture
def as_operator(court: "TestCourt") -> "Browser":
    """The browser of the court's system administrator."""
    return court.browser("sysadmin")


@pytest.fixture
def outside(court: "TestCourt") -> "Outside":
    """The outside platform, which files requests by the API."""
    return court.outside


@pytest.fixture
def clock(court: "TestCourt") -> "CourtClock":
    """The court's clock: it stands until it is moved."""
    return court.clock
