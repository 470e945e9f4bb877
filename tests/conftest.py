"""What every test may ask for: databases, a browser, free ports."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, configuration, settings

from tests.support import browser as browsers
from tests.support import ports, postgres

ROOT = Path(__file__).resolve().parent.parent

configuration.set_hypothesis_home_dir(ROOT / "var" / "cache" / "hypothesis")
settings.register_profile(
    "benchside",
    deadline=None,  # a shared machine is slow now and then
    database=None,  # a found example becomes a test of its own
    derandomize=False,
    # The fixtures that tests ask for beside their examples are fresh databases and paths, made once for all examples.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("benchside")

postgres_home = pytest.StashKey[postgres.Home]()


# --- PostgreSQL: the process that starts the run holds the folder, its workers are told where it is.


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.stash[postgres_home] = postgres.Home()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput["postgres_home"] = str(node.config.stash[postgres_home].path)


def pytest_unconfigure(config: pytest.Config) -> None:
    if postgres_home in config.stash:
        config.stash[postgres_home].close()


@pytest.fixture(scope="session")
def postgres_server(request: pytest.FixtureRequest) -> postgres.Server:
    """The one PostgreSQL of this run; it starts when the first test asks."""
    if sys.platform != "linux":
        pytest.skip("the PostgreSQL package of the tests is for Linux")
    config = request.config
    told = getattr(config, "workerinput", {}).get("postgres_home")
    return postgres.server(Path(told) if told else config.stash[postgres_home].path)


@pytest.fixture
def new_postgres(postgres_server: postgres.Server) -> Iterator[Callable[..., str]]:
    """Make databases and return their URLs: without a template an empty one, with `template="name"` a copy."""
    names: list[str] = []

    def new(template: str | None = None) -> str:
        names.append(postgres_server.create(template))
        return postgres_server.url(names[-1])

    yield new
    for name in names:
        postgres_server.drop(name)


@pytest.fixture
def postgres_url(new_postgres: Callable[..., str]) -> str:
    """Return the URL of a fresh empty PostgreSQL database."""
    return new_postgres()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of a fresh empty database; the test runs once for each brand."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'benchside.sqlite3'}"
    return str(request.getfixturevalue("postgres_url"))


# --- Browser


@pytest.fixture(scope="session")
def browser() -> Iterator[browsers.Browser]:
    with browsers.launched() as started:
        yield started


@pytest.fixture
def new_page(browser: browsers.Browser) -> Iterator[browsers.Pages]:
    """Give an opener of pages, used as `new_page(locale="en", viewport=(390, 844), base_url=…)`. A test whose pages raised a script error,
    broke the security policy or asked another host fails at its end; `new_page.faults.clear()` forgives.
    """
    pages = browsers.Pages(browser)
    yield pages
    pages.close()
    assert not pages.faults, "\n".join(pages.faults)


@pytest.fixture
def page(new_page: browsers.Pages) -> browsers.Page:
    """One page in Chinese on an office screen."""
    return new_page()


@pytest.fixture
def axe() -> Callable[..., list[dict[str, Any]]]:
    """Give the check whose answer is empty when a page has no serious accessibility violation."""
    return browsers.axe


@pytest.fixture
def free_port() -> Callable[[], int]:
    return ports.free_port


# --- No test depends on the settings of the machine it runs on.


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("BENCHSIDE_")]:
        monkeypatch.delenv(name)
