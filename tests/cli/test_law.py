"""``benchside law``: the bare result first, then the reasons; what cannot be known ends with status 1 and a sentence."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from core.cli import commands
from tests.support.houses import ROOT


def run(*arguments):
    return CliRunner().invoke(commands, ["law", *arguments])


@pytest.mark.parametrize(
    ("arguments", "first", "reason"),
    [
        (["period", "--days", "15", "--from", "2026-02-06"], "2026-02-24", "春节"),
        (["period", "--days", "7", "--from", "2026-03-05"], "2026-03-12", "第85条"),
        (["period", "--workdays", "5", "--from", "2026-11-23"], "2026-11-30", ""),
        (["period", "--months", "6", "--from", "2025-10-15"], "2026-04-15", ""),
        (["case-number", "(2026)粤0199民初12号"], "（2026）粤0199民初12号", "粤0199"),
        (["fee", "prop", "128456.78"], "2869.14", "诉讼费用交纳办法"),
        (["identity", "440100190001010014"], "440100190001010014", "GB 11643"),
    ],
)
def test_the_first_line_is_the_bare_result_and_the_rest_says_why(arguments, first, reason):
    done = run(*arguments)
    assert done.exit_code == 0, done.output
    result, *reasons = done.stdout.splitlines()
    assert result == first
    assert reason in "\n".join(reasons)
    assert reasons
    assert done.stderr == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["period", "--days", "15", "--from", "2031-02-06"], ["period", "--days", "15", "--from", "yesterday"],
        ["period", "--days", "0", "--from", "2026-02-06"], ["case-number", "2026民初1"], ["fee", "prop", "a lot"],
        ["fee", "nothing", "5"], ["identity", "440100190001010015"],
    ],
)  # fmt: skip
def test_what_is_not_valid_or_not_known_ends_with_one_and_a_sentence_on_stderr(arguments):
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "。" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["period", "--from", "2026-01-01"],
        ["period", "--days", "1", "--months", "1", "--from", "2026-01-01"],
        ["period", "--days", "1"],
        ["fee"],
        ["nothing"],
    ],
)
def test_bad_usage_ends_with_two(arguments):
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage:")


def test_the_program_itself_keeps_the_same_statuses():
    def status(*arguments):
        return subprocess.run(
            [sys.executable, str(ROOT / "host.py"), *arguments], capture_output=True, check=False
        ).returncode

    assert status("law", "identity", "440100190001010014") == 0
    assert status("law", "identity", "1") == 1
