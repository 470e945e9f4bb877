"""docs/security.md is a statement that can be checked: what it names as proof is there."""

import re

from tests.support.houses import ROOT

PAGE = ROOT / "docs" / "security.md"
HEAD = "| threat | what is done | shown by |"


def rows() -> list[list[str]]:
    """Return the cells of each row that names a threat."""
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    told = [line for line in lines if line != HEAD and not line.startswith("| ---")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in told]


def test_every_threat_says_what_is_done_and_names_tests_that_are_there():
    assert rows()
    for row in rows():
        assert [bool(cell) for cell in row] == [True] * 3, row
        named = re.findall(r"`(tests/[^`]+)`", row[2])
        assert named, row
        missing = [one for one in named if not (ROOT / one).is_file()]
        assert missing == [], row


def test_every_hostile_test_stands_in_a_row():
    told = PAGE.read_text(encoding="utf-8")
    here = [str(path.relative_to(ROOT)) for path in (ROOT / "tests" / "hostile").rglob("test_*.py")]
    assert [one for one in here if one not in told and not one.endswith("test_security_page.py")] == []


def test_the_readme_leads_there():
    assert "(docs/security.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
