"""What an author gets by installing Benchside, tried as an author would: a test beside the module, and plain pytest."""

import re
import shutil
import subprocess
import sys

from core.settings import ROOT
from core.testing.cases import AGENTS, NUMBER, PARTIES
from core.testing.houses import STAFF
from tests.support.houses import TEST_MODULES

TEST = """
import pytest


def test_a_request_is_answered(court, outside, as_judge, as_clerk, as_reviewer, as_operator, clock):
    serial_no = outside.submit("mediation", case_number=court.case_number, wish="愿意调解")
    page = as_judge.get(f"/m/mediation/{serial_no}")
    assert page.status == 200 and "愿意调解" in page.text
    assert as_clerk.get("/m/mediation/").status == 200
    assert as_reviewer.get("/m/mediation/").status == 404
    assert as_operator.get("/admin/modules").status == 200
    form = {"decision": "accept", "opinion": "同意", "version": "1"}
    assert as_judge.post(f"/m/mediation/{serial_no}/review", form).status == 303
    assert court.read(serial_no).state == "SUBMITTED"
    clock.move(days=400)
    assert court.house.clock().year == 2027
    assert outside.read(serial_no)["serial_no"] == serial_no
    assert [one["serial_no"] for one in outside.changes()] == [serial_no]


def test_each_test_has_a_court_of_its_own(outside):
    assert outside.changes() == []


def test_a_decision_is_taken_by_whoever_may_and_what_is_refused_says_so(court, outside):
    mine = outside.submit("mediation", case_number=court.case_number, submitter="乙某某")
    assert court.read(mine).submitter.name == "乙某某"
    assert court.decide(mine, "return").status == 422  # it needs an opinion
    assert court.decide(mine, "accept", by="president").status == 403
    assert court.read(mine).state == "SUBMITTED"
    assert court.decide(mine, "accept").status == 303
    assert court.read(mine).state == "ACCEPTED"
    assert court.decide(mine, "accept").status == 409
    with pytest.raises(AssertionError, match="no decision 'agree' of mediation; there are: accept, return"):
        court.decide(mine, "agree")
    with pytest.raises(AssertionError, match="no paper 'order' was issued; there are: none"):
        court.paper(mine, "order")
    assert outside.write(mine, "请尽快安排。").status == 201
    assert outside.withdraw(mine).status == 409  # this kind has no such step


def test_who_is_logged_in_stays_so_when_the_clock_moves_and_who_is_not_does_not(court, as_judge, as_clerk, clock):
    as_clerk.post("/logout")
    clock.move(days=30)
    assert as_judge.get("/m/mediation/").status == 200
    assert as_clerk.get("/").headers["location"].startswith("/login")
    assert court.browser("judge") is as_judge
    assert court.browser("clerk").get("/").status == 200
    with pytest.raises(AssertionError, match="no 'operator' here; there are: judge, "):
        court.browser("operator")
"""
BAD = """
from core import Module

module = Module("broken", ("坏的", "broken"), version="1.0", requires=["nobody"])
"""


BARE = """
import sys
import core.testing.workshop

sys.modules["playwright.sync_api"] = None
core.testing.workshop.BRANDS = ("sqlite",)
"""


def test_the_page_on_testing_names_everybody_in_the_court_and_in_the_case():
    page = (ROOT / "docs" / "plugins" / "testing.md").read_text(encoding="utf-8")
    named = re.findall(
        r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \|", page.partition("| person | is |")[2], re.MULTILINE))
    )
    assert named == [*(name for name, *_ in STAFF), "other_judge", "other_reviewer"]
    assert all(one in page for one in (NUMBER, *(person["name"] for person in (*PARTIES, *AGENTS))))


def run(folder, *arguments):
    command = [sys.executable, "-m", "pytest", "-q", "-rA", "-p", "no:randomly", "-p", "no:cacheprovider", *arguments]  # fmt: skip
    plugin = [] if announced() else ["-p", "core.testing.plugin"]
    done = subprocess.run([*command, *plugin], cwd=folder, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(ROOT), "PATH": ""})  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def announced() -> bool:
    """Tell whether the installation knows of the plugin already; an older one is told."""
    from importlib.metadata import entry_points

    return bool(entry_points(group="pytest11", name="benchside"))


def test_a_test_beside_its_module_gets_a_court_and_the_suite_runs_with_it(tmp_path):
    shutil.copytree(TEST_MODULES / "mediation", tmp_path / "mediation")
    (tmp_path / "mediation" / "test_mediation.py").write_text(TEST, encoding="utf-8")
    status, told = run(tmp_path, "mediation")
    passed = set(re.findall(r"^PASSED (\S+)", told, re.MULTILINE))
    assert status == 0, told
    assert {"conformance::mediation::loads", "conformance::mediation::transitions"} <= passed
    assert len([one for one in passed if "test_mediation.py" in one]) == 4


def test_a_module_that_is_named_is_tried_and_what_fails_is_said_in_a_sentence(tmp_path):
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "__init__.py").write_text(BAD, encoding="utf-8")
    status, told = run(tmp_path, "--benchside-module", "broken")
    assert status == 1
    assert "broken fails the check 'loads'." in told
    assert "needs nobody, not here or not working" in told
    assert re.search(r"SKIPPED.* broken does not load", told)


def test_what_cannot_be_tried_here_is_said_with_how_to_get_it(tmp_path):
    shutil.copytree(TEST_MODULES / "mediation", tmp_path / "mediation")
    (tmp_path / "conftest.py").write_text(BARE, encoding="utf-8")
    status, told = run(tmp_path, "--benchside-module", "mediation", "-k", "axe or loads")
    assert status == 0, told
    assert "1 passed, 1 skipped" in told
    _, _, end = told.partition("Benchside: not tried")
    assert re.search(
        r'^mediation::axe: no browser started \(.*\): pip install "benchside\[browser\]" && playwright install chromium$', end, re.MULTILINE
    )  # fmt: skip
    assert re.search(r'^every check on PostgreSQL: .*pip install "benchside\[testing\]"', end, re.MULTILINE)


def test_a_run_in_which_all_was_tried_says_nothing_of_it(tmp_path):
    shutil.copytree(TEST_MODULES / "mediation", tmp_path / "mediation")
    status, told = run(tmp_path, "--benchside-module", "mediation", "-k", "axe")
    assert (status, "1 passed" in told, "not tried" in told) == (0, True, False), told
