"""``benchside courts``, ``people`` and ``clients``: from an empty database to a court with people in it."""

import pytest

from tests.support.houses import COURT, OTHER

STRONG = "Fictional-Court-2"
CAUSES = """﻿level,number,name,parent_number
1,一,人格权纠纷,
2,一,人格权纠纷,一
3,1,生命权、身体权、健康权纠纷,一
3,2,姓名权纠纷,一
4,1,虚构的四级案由,2
"""
YEAR = "day,kind,name\n2027-01-01,rest,元旦\n2027-01-09,work,元旦调休\n"


def fine(done):
    assert done.exit_code == 0, done.output
    return done.stdout.splitlines()


def refused(done, said=""):
    assert (done.exit_code, done.stdout) == (1, ""), done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert said in done.stderr
    assert "。" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_operator_founds_a_court_from_nothing(operator, database_url, quick_passwords):
    run = operator(database_url)
    refused(run("people", "list", "--court", COURT), "benchside migrate")
    fine(run("migrate"))
    assert fine(run("courts", "add", COURT, "虚构法院", "Fictional Court")) == [f"{COURT} 虚构法院"]
    assert fine(run("courts", "add", COURT, "虚构法院", "Fictional Court")) == [f"{COURT} 虚构法院"]
    fine(
        run(
            "people",
            "add",
            "zhang",
            "张某某",
            "--court",
            COURT,
            "--role",
            "HANDLING_JUDGE",
            "--password",
            STRONG,
        )
    )
    fine(run("people", "add", "li", "李某某", "--court", COURT, "--role", "JUDGE_ASSISTANT", "--role", "CLERK", "--serves", "zhang", input=f"{STRONG}\n{STRONG}\n"))  # fmt: skip
    assert fine(run("people", "list", "--court", COURT)) == [
        "li                   active  李某某  书记员、法官助理",
        "zhang                active  张某某  承办法官",
    ]
    (token,) = fine(run("clients", "add", "portal", "--court", COURT))
    assert len(token) > 40
    assert fine(run("clients", "list")) == [f"portal                   on  {COURT}"]
    fine(run("modules", "enable", "filing", "--court", COURT))


def test_accounts_are_switched_off_and_on_and_get_new_passwords(run):
    fine(run("people", "off", "judge", "--court", COURT))
    assert "judge                off " in run("people", "list", "--court", COURT).stdout
    fine(run("people", "off", "judge", "--court", COURT, "--on"))
    assert "judge                active" in run("people", "list", "--court", COURT).stdout
    assert run("people", "password", "judge", "--password", STRONG).stdout == ""
    refused(run("people", "password", "judge", "--password", "short"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["people", "off", "nobody", "--court", COURT], "no user nobody"),
        (["people", "off", "judge", "--court", OTHER], "no user judge"),
        (["people", "password", "nobody", "--password", STRONG], "no user nobody"),
        (["people", "add", "judge", "x", "--court", COURT, "--role", "CLERK", "--password", STRONG], "username"),
        (["people", "add", "new", "x", "--court", COURT, "--role", "CLERK", "--password", "weak"], "password"),
        (["people", "add", "新", "x", "--court", COURT, "--role", "CLERK", "--password", STRONG], "username"),
        (["people", "add", "new", "x", "--court", COURT, "--role", "CLERK", "--serves", "ghost", "--password", STRONG], "ghost"),
        (["people", "add", "new", "x", "--court", "粤9999", "--role", "CLERK", "--password", STRONG], "粤9999"),
        (["modules", "enable", "filing", "--court", "粤9999"], "粤9999"),
        (["clients", "add", "outside", "--court", COURT], "taken"),
        (["clients", "add", "new", "--court", "粤9999"], "no court 粤9999"),
        (["clients", "off", "ghost"], "no client ghost"),
        (["courts", "add", "X1", "x", "x"], "court"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_ends_with_one_and_a_sentence(run, arguments, said):
    refused(run(*arguments), said)


@pytest.mark.parametrize("arguments", [["people", "add", "x"], ["people", "add", "x", "x", "--court", COURT, "--role", "KING", "--password", STRONG], ["clients", "add", "x"], ["people", "list"], ["courts", "add", "x"]])  # fmt: skip
def test_bad_usage_ends_with_two(run, arguments):
    assert run(*arguments).exit_code == 2


def test_a_client_is_switched_off_and_on(run):
    fine(run("clients", "off", "outside"))
    assert fine(run("clients", "list")) == [f"outside                  off {OTHER}、{COURT}"]
    fine(run("clients", "off", "outside", "--on"))
    assert " on " in run("clients", "list").stdout


def imported(run, tmp_path, content, version="2025", encoding="utf-8"):
    (tmp_path / "causes.csv").write_text(content, encoding=encoding)
    return run("courts", "import-causes", tmp_path / "causes.csv", "--court", COURT, "--version", version)


def test_a_complete_list_of_causes_takes_the_place_of_the_starter_table(run, tmp_path):
    assert fine(imported(run, tmp_path, CAUSES)) == [f"5 causes of 2025 in {COURT}"]
    assert fine(imported(run, tmp_path, CAUSES)) == [f"5 causes of 2025 in {COURT}"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (CAUSES.replace("4,1,", "5,1,"), "Row 5"),
        (CAUSES.replace(",一\n3,2", ",九\n3,2"), "Row 3"),
        (CAUSES + "3,2,姓名权纠纷,一\n", "Row 6"),
        (CAUSES + "3,9\n", "Row 6"),
        ("level,number,name,parent_number\n", "no causes"),
        ("", "no causes"),
    ],
)
def test_a_faulty_list_of_causes_names_its_row_and_changes_nothing(run, tmp_path, content, said):
    refused(imported(run, tmp_path, content), said)


def test_a_list_that_is_no_utf8_is_refused_with_the_cure(run, tmp_path):
    refused(imported(run, tmp_path, CAUSES.lstrip("﻿"), encoding="gb18030"), "UTF-8")


def entered(run, tmp_path, content):
    (tmp_path / "year.csv").write_text(content, encoding="utf-8")
    return run("courts", "set-year", tmp_path / "year.csv", "--court", COURT, "--year", "2027")


def test_a_published_year_is_entered(run, tmp_path):
    assert fine(entered(run, tmp_path, YEAR)) == ["2027: 2 days entered; 0 time limits counted"]


@pytest.mark.parametrize(
    "content",
    ["day,name\n2027-01-01,x\n", YEAR.replace("2027-01-01", "2026-01-01"), YEAR.replace("work", "rest"), YEAR.replace("2027-01-09", "9 January"), "day,kind,name\n2027-01-01\n", ""],
)  # fmt: skip
def test_a_year_that_is_not_the_published_one_is_refused(run, tmp_path, content):
    refused(entered(run, tmp_path, content))


def test_a_setting_that_does_not_fit_is_told_in_a_sentence(run, monkeypatch):
    monkeypatch.setenv("BENCHSIDE_PORT", "eighty")
    done = run("clients", "list")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "port" in done.stderr.lower()
    assert "Traceback" not in done.stderr
