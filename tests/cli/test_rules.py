"""``benchside law rule`` and ``rules``: every time limit of every module by its number, alone and explained."""

from datetime import date

import pytest

from core.work.courts import change_settings, set_calendar_year
from tests.engine.test_limits import LAW
from tests.engine.test_time import YEAR
from tests.support.acting import load, module_code, write_module
from tests.support.houses import COURT, OPERATOR


@pytest.fixture
def sample(drop):
    write_module(drop, "sample", LAW)


def test_a_rule_gives_the_bare_end_first_and_then_why_in_both_languages(run, sample):
    done = run("law", "rule", "T-1", "--from", "2026-02-03")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "2026-02-24",
        "T-1 答复 Answer",
        "送达 2026-02-03，次日起算 15 日，届满 2026-02-18 为春节假期，顺延至 2026-02-24",
        "Served 2026-02-03, 15 days counted from the next day; ends 2026-02-18, a public holiday (春节假期); rolls over to 2026-02-24",
        "依据：第1条",
        "计算：民事诉讼法第85条、民诉法解释第125条",
    ]


@pytest.mark.parametrize(
    ("rule", "start", "end"),
    [
        ("T-2", "2026-12-08", "2026-12-04"),
        ("T-3", "2026-02-13T16:20", "2026-02-15T17:00+08:00"),
        ("T-5", "2026-12-12", "2026-12-12"),
        ("T-7", "2026-09-03", "2026-10-03"),
        ("F-1", "2026-02-11", "2026-02-24"),
    ],
)
def test_whatever_a_declaration_says_is_reckoned(run, sample, rule, start, end):
    assert run("law", "rule", rule, "--from", start).stdout.splitlines()[0] == end


def test_the_calendar_of_a_court_counts_where_one_is_named(run, sample, new_house):
    """2027 is not published; this court has entered it, the other has not."""
    set_calendar_year(new_house().house, OPERATOR, 2027, YEAR)
    arguments = ("law", "rule", "T-1", "--from", "2026-12-20")
    assert "2027" in run(*arguments).stderr
    assert run(*arguments, "--court", COURT).stdout.splitlines()[0] == date(2027, 1, 5).isoformat()
    assert "2027" in run(*arguments, "--court", "粤0198").stderr
    assert run(*arguments, "--court", "粤0000").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "status", "why"),
    [
        (["T-99", "--from", "2026-02-03"], 1, "benchside law rules"),
        (["T-3", "--from", "2026-02-03"], 1, "起算时刻"),
        (["T-1", "--from", "yesterday"], 1, "yesterday"),
        (["F-C", "--from", "2026-02-03"], 1, "长度"),
        (["T-1", "--from", "2026-02-03", "--length", "3"], 2, "fixed"),
        (["T-1"], 2, "--from"),
    ],
)
def test_what_cannot_be_known_ends_with_its_reason_and_nothing_on_stdout(run, sample, arguments, status, why):
    done = run("law", "rule", *arguments)
    assert (done.exit_code, done.stdout) == (status, "")
    assert why in done.stderr


def test_a_length_that_the_request_gives_may_be_given(run):
    assert run("law", "rule", "F-C", "--from", "2026-03-11", "--length", "7").stdout.startswith(
        "2026-03-18\n"
    )


def test_a_length_that_a_court_sets_is_the_courts_or_the_usual_one(run, drop, new_house):
    settings = """
@core.request_fields
class Settings:
    days: int = core.whole("答复天数", "Days to answer", minimum=1, maximum=30, default=4)
"""
    code = module_code("paced", settings="Settings").replace(
        "direct=True)])",
        'direct=True)], limits=[core.limit("PD-1", days=core.field("settings.days"), since="received", basis="本院设定")])',
    )
    write_module(drop, "paced", code.replace("ALL =", settings + "\nALL ="))
    house = new_house(folders=(drop,)).house
    change_settings(house, OPERATOR, "paced", {"days": 7})
    arguments = ("law", "rule", "PD-1", "--from", "2026-03-02")
    assert run(*arguments).stdout.startswith("2026-03-06\n")
    assert run(*arguments, "--court", COURT).stdout.startswith("2026-03-09\n")
    assert run(*arguments, "--court", "粤0198").stdout.startswith("2026-03-06\n")
    assert "PD-1 | 〔答复天数〕 / [Days to answer] | 收到 / Received | 本院设定" in run("law", "rules").stdout


def test_all_rules_are_listed_with_length_start_and_article_in_both_languages(run, sample):
    lines = run("law", "rules").stdout.splitlines()
    assert "T-1 | 15 日 / 15 days | 送达 / Served | 第1条 | 答复 / Answer | 样例 / Sample" in lines
    assert "T-2 | 向前 3 日 / 3 days back | 开庭 / Hearing | 第2条 | T-2 / T-2 | 样例 / Sample" in lines
    assert any(
        line.startswith("T-5 | 所定日期 / a day that is set | 有效期至 / Valid until |") for line in lines
    )
    assert any(line.startswith("F-9 | 5 日 / 5 days | 审判系统已立案 /") for line in lines)


def test_a_number_belongs_to_one_module_and_the_second_is_told_whose_it_is(drop):
    """A rule must mean one thing: `law rule` finds it by its number alone."""
    write_module(drop, "sample", LAW)
    second = LAW.replace("sample", "second").replace('"SM"', '"SE"').replace("T-", "U-").replace("U-4", "T-4")
    write_module(drop, "second", second)
    modules = load(drop)
    assert modules.all["sample"].ready
    assert modules.all["second"].error == "DeclarationError: limit T-4 of second belongs to sample already"
