"""``benchside assets``: a wheel brings no file of anybody else's, and has what its pages load fetched."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from core.cli import commands
from tests.support.houses import ROOT


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that is to be filled; what set-up unpacked lies beside it, as after a first run."""
    (tmp_path / "npm").symlink_to(ROOT / "var" / "npm")
    monkeypatch.setenv("BENCHSIDE_ASSETS_DIR", str(tmp_path / "assets"))
    return tmp_path / "assets"


def run() -> Result:
    return CliRunner().invoke(commands, ["assets"])


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_they_are_fetched_once_and_are_those_that_are_served(target: Path):
    first = run()
    assert (first.exit_code, first.output) == (0, f"{target}: fetched\n")
    assert files(target) == files(ROOT / "var" / "assets")
    (target / "tabler.min.css").unlink()
    assert run().output == f"{target}: up to date\n"
    (target / ".stamp").write_text("of an older version")
    assert run().output == f"{target}: fetched\n"
    assert (target / "tabler.min.css").is_file()


def test_what_cannot_be_written_or_fetched_is_told_with_the_cure(target: Path):
    (target.parent / "npm").unlink()
    (target.parent / "npm").write_text("a file in the way")
    failed = run()
    assert failed.exit_code == 1
    assert "检查网络" in failed.output
    assert "can be written, then run it again" in failed.output
