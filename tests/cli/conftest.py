"""The command line as an operator has it: settings in variables, a database, a folder of plugins."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from core.cli import commands
from core.settings import Settings
from core.work.house import House
from host import build_house
from tests.support.founding import (
    clean_loading,
    founded,
    founded_url,
    host_tables,
    new_house,
    quick_passwords,
)
from tests.support.houses import KEYS, Fixture

__all__ = ["clean_loading", "founded", "founded_url", "host_tables", "new_house", "quick_passwords"]

Run = Callable[..., Result]


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    """Return the folder of plugins that the settings name."""
    return tmp_path / "drop"


@pytest.fixture
def operator(tmp_path: Path, drop: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Run]]:
    """Give ``operator(database_url)``, and with it ``run("modules", "list", …)``: the command's result."""
    houses: list[House] = []

    def build(settings: Settings) -> House:
        houses.append(build_house(settings))
        return houses[-1]

    def at(url: str) -> Run:
        monkeypatch.chdir(tmp_path)
        for name, value in {
            "DATABASE_URL": url,
            "DATA_DIR": tmp_path / "data",
            "PLUGINS_DIR": drop,
            "KEYS_FILE": KEYS,
        }.items():
            monkeypatch.setitem(os.environ, f"BENCHSIDE_{name}", str(value))

        def run(*arguments: object, **more: object) -> Result:
            return CliRunner().invoke(commands, [str(one) for one in arguments], obj=build, **more)

        return run

    yield at
    for house in houses:
        house.store.close()


@pytest.fixture
def run(operator: Callable[[str], Run], founded_url: tuple[str, Fixture]) -> Run:
    """Run commands against a database with courts and people."""
    return operator(founded_url[0])
