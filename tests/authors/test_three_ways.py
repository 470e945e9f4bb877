"""A folder that is dropped in, a wheel that is installed, a checkout that is installed: the same module (acceptance 6)."""

import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.support.documents import environment
from tests.support.houses import ROOT

PROJECT = ROOT / "examples" / "mediation"
PROBE = Path(__file__).parent / "probe.py"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Return a copy of the project, as its author has it."""
    copy = tmp_path_factory.mktemp("project") / "mediation"
    shutil.copytree(PROJECT, copy, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


@pytest.fixture(scope="module")
def author(tmp_path_factory, project):
    """Give ``author(*command)``, typed in an environment of the author's own; what it prints."""
    home = tmp_path_factory.mktemp("author")
    own = environment(home / "own")

    def run(*command, folders="", status=0):
        done = subprocess.run(
            [str(one) for one in command], cwd=home, text=True, capture_output=True, check=False,
            env=own | {"BENCHSIDE_DATA_DIR": str(home / "data"), "BENCHSIDE_KEYS_FILE": str(home / "keys.json")}
            | ({"BENCHSIDE_PLUGINS_DIR": str(folders)} if folders else {}),
        )  # fmt: skip
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr

    return run


@pytest.fixture(scope="module")
def wheel(author, project):
    """Return the wheel, built without an index."""
    author("pip", "wheel", "-q", "--no-deps", "--wheel-dir", project / "dist", project)
    (made,) = (project / "dist").glob("*.whl")
    return made


def probed(author, folder, folders=""):
    folder.mkdir()
    printed = author("python", PROBE, folder, folders=folders)
    return json.loads(printed.splitlines()[-1])


def test_a_folder_a_wheel_and_a_checkout_are_the_same_module(author, project, wheel, tmp_path):
    """Pages, API document, tables, migrations, papers and templates, and a request that is filed and read."""
    ways = {"folder": probed(author, tmp_path / "folder", project)}
    author("pip", "install", "-q", wheel)
    try:
        ways["package"] = probed(author, tmp_path / "wheel")
        refused = author("benchside", "migrate", "--make", "mediation", status=1)
        assert "installed from a wheel" in refused
        assert "installed package" not in author("benchside", "plugins", "list")
    finally:
        author("pip", "uninstall", "-q", "-y", "benchside-mediation")
    author("pip", "install", "-q", "-e", project)
    try:
        ways["checkout"] = probed(author, tmp_path / "checkout")
        assert author("benchside", "migrate", "--make", "mediation").strip() == "mediation: nothing changed"
    finally:
        author("pip", "uninstall", "-q", "-y", "benchside-mediation")
    assert [way.pop("origin") for way in ways.values()] == [
        "folder mediation",
        *["package benchside-mediation"] * 2,
    ]
    first, *others = ways.values()
    assert all(status == 200 for path, (status, _) in first["pages"].items() if not path.startswith("/admin"))
    assert "特邀调解规定" in first["pages"]["/m/mediation/guide"][1]
    assert set(first["papers"]) == {"referral", "information", "ended"}
    assert first["migrations"][2] is False
    for other in others:
        for what, content in first.items():
            assert other[what] == content, what


def test_a_wheel_holds_what_the_module_needs_and_no_test(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"mediation/papers/referral.md", "mediation/templates/guide.html", "mediation/migrations/versions/0001_initial_tables.py"} <= names  # fmt: skip
    assert [name for name in names if "test" in name] == []
