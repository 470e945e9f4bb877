"""``benchside assets``: a wheel brings no file of anybody else's, and has what its pages load fetched."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from core.cli import commands
from core.web import server
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


def test_who_serves_without_them_is_told_what_to_run(
    operator, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The house is served all the same: pages without style are pages."""
    monkeypatch.setenv("BENCHSIDE_ASSETS_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("BENCHSIDE_SECRET_KEY", "of-this-test-only-0123456789abcdef")
    served = []
    monkeypatch.setattr(server, "serve", lambda house, host, port: served.append(port) or True)
    run = operator(database_url)
    assert run("migrate").exit_code == 0
    told = run("serve", "--port", 8099)
    assert (told.exit_code, served) == (0, [8099])
    assert f"{tmp_path / 'nowhere'}; run: benchside assets" in told.output
    (tmp_path / "nowhere").mkdir()
    assert "benchside assets" not in run("serve", "--port", 8099).output
