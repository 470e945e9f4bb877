"""``benchside new-plugin``: what it writes works at once, fits the budgets, and what it cannot write it refuses with the cure."""

import re
import tomllib

import pytest

from core.loader import Step
from tests.support.acting import load, module_code, write_module
from tests.support.houses import COURT

MOST = 40
"""Lines of a complete request type (a budget of the house)."""
MOST_PROJECT = 12
TITLE = ("--title", "阅卷申请", "Reading the file")


def filled(path) -> int:
    return sum(bool(line.strip()) for line in path.read_text(encoding="utf-8").splitlines())


def test_it_writes_one_file_and_one_test_and_says_what_comes_next(run, drop):
    done = run("new-plugin", "reading", *TITLE)
    assert done.exit_code == 0, done.output
    assert sorted(one.name for one in (drop / "reading").iterdir()) == ["__init__.py", "test_reading.py"]
    assert [line.strip() for line in done.stdout.splitlines()] == [
        "drop/reading/__init__.py", "drop/reading/test_reading.py", "", "接下来 Next:",
        "benchside migrate", "benchside modules enable reading --court COURT", "benchside serve", "pytest drop/reading",
    ]  # fmt: skip
    loaded = load(drop).all["reading"]
    assert (loaded.step, loaded.error) == (Step.READY, "")
    assert loaded.module.title.en == "Reading the file"
    run("migrate")
    run("courts", "add", COURT, "广东省虚构市第一人民法院", "Fictional First People's Court")
    assert run("modules", "enable", "reading", "--court", COURT).stdout == f"reading: on in {COURT}\n"
    assert f"enable second --court {COURT}" in run("new-plugin", "second").stdout


def test_the_request_type_is_within_its_budget_and_needs_no_page_and_no_migration(run, drop):
    run("new-plugin", "reading", *TITLE)
    home = drop / "reading"
    assert filled(home / "__init__.py") <= MOST
    assert [one for one in home.rglob("*") if one.suffix == ".html" or "migrations" in one.parts] == []
    (flow,) = load(drop).ready["reading"].module.requests
    assert flow.decisions
    assert flow.limits
    assert flow.attachments


def test_a_package_has_a_project_file_within_its_budget_and_is_a_folder_too(run, drop):
    done = run("new-plugin", "file_reading", *TITLE, "--package")
    assert done.exit_code == 0, done.output
    home = drop / "benchside-file-reading"
    assert sorted(one.name for one in home.iterdir()) == [
        "file_reading",
        "pyproject.toml",
        "test_file_reading.py",
    ]
    assert filled(home / "pyproject.toml") <= MOST_PROJECT
    project = tomllib.loads((home / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["entry-points"] == {"benchside.modules": {"file_reading": "file_reading"}}
    assert "pip install -e drop/benchside-file-reading" in done.stdout
    assert load(home).all["file_reading"].ready


def test_without_a_title_it_is_called_by_its_name_in_both_languages(run, drop):
    run("new-plugin", "file_reading")
    title = load(drop).ready["file_reading"].module.title
    assert (title.zh, title.en) == ("file reading申请", "File reading")


def test_two_plugins_never_share_their_letters(run, drop):
    for name in ("reading", "review_more", "reopening", "rent"):
        assert run("new-plugin", name).exit_code == 0
    loaded = load(drop)
    assert {one.error for one in loaded.all.values()} == {""}
    assert len({flow.serial_prefix for one in loaded.ready.values() for flow in one.module.requests}) == 4


def test_without_a_folder_in_the_settings_it_goes_to_plugins_and_says_how_to_have_it_found(run, monkeypatch, tmp_path):  # fmt: skip
    monkeypatch.delenv("BENCHSIDE_PLUGINS_DIR")
    done = run("new-plugin", "reading")
    assert (tmp_path / "plugins" / "reading" / "__init__.py").exists()
    assert f"export BENCHSIDE_PLUGINS_DIR={tmp_path / 'plugins'}" in done.stdout
    elsewhere = run("new-plugin", "reading", "--into", "other place")
    assert (tmp_path / "other place" / "reading" / "test_reading.py").exists()
    assert f"export BENCHSIDE_PLUGINS_DIR='{tmp_path / 'other place'}'" in elsewhere.stdout
    assert "pytest 'other place/reading'" in elsewhere.stdout


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Reading", "write at most 24 small letters"), ("2nd", "small letters"), ("a__b", "single underscores"), ("class", "small letters"), ("阅卷", "small letters"),
        ("x" * 25, "at most 24"), ("../out", "small letters"), ("core", "a name of the host's"), ("application", "a name of the host's"), ("json", "or of Python's"),
        ("attrs", "or of Python's"), ("filing", "filing belongs to the module filing"), ("taken", "belongs to the module taken"),
        ("inner", "inner belongs to the module taken"),
    ],
)  # fmt: skip
def test_a_name_that_cannot_be_is_refused_with_the_cure(run, drop, name, why):
    write_module(drop, "taken", module_code("taken").replace('kind="taken"', 'kind="inner"'))
    done = run("new-plugin", name)
    assert done.exit_code == 1
    assert why in done.stderr
    assert re.search("请|已被", done.stderr)
    assert [one.name for one in drop.parent.rglob("test_*.py")] == []


@pytest.mark.parametrize(
    "title", [("", "Reading"), ("阅卷", 'a "quoted" word'), ("阅\n卷", "Reading"), ("阅卷", "back\\slash")]
)
def test_a_title_that_would_break_the_file_is_refused(run, drop, title):
    done = run("new-plugin", "reading", "--title", *title)
    assert (done.exit_code, "cannot be used" in done.stderr) == (1, True)
    assert not drop.exists()


def test_what_is_there_already_is_left_alone(run, drop):
    (drop / "reading").mkdir(parents=True)
    done = run("new-plugin", "reading")
    assert (done.exit_code, "is there already" in done.stderr) == (1, True)
    assert list((drop / "reading").iterdir()) == []
