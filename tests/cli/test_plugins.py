"""``benchside modules`` and ``plugins``: the switch, and the rescue of a house with a broken plugin in it."""

import pytest

from core.traces import Traces
from tests.support.acting import module_code, write_module
from tests.support.houses import COURT, OTHER

ON = ("--court", COURT)


@pytest.fixture
def broken(drop):
    """A good plugin, and one that ends whatever imports it."""
    write_module(drop, "good", module_code("good"))
    write_module(drop, "bad", "import sys\nsys.exit(7)\n")


def line(done, name, *, below=0):
    """Return the line that begins with ``name``, or one ``below`` it."""
    lines = done.stdout.splitlines()
    return lines[next(place for place, one in enumerate(lines) if one.split()[0] == name) + below]


def test_a_new_module_is_migrated_then_switched_on_and_off_per_court(run, broken):
    refused = run("modules", "enable", "good", *ON)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "benchside migrate" in refused.stderr
    assert "migration pending: benchside migrate" in line(run("modules", "list", *ON), "good")
    assert run("migrate").stdout == "good: tables made from its declaration\n"
    assert run("migrate").stdout == "up to date\n"
    done = run("modules", "enable", "good", *ON)
    assert (done.exit_code, done.stdout) == (0, f"good: on in {COURT}\n")
    assert " on " in line(run("modules", "list", *ON), "good")
    assert " off " in line(run("modules", "list", "--court", OTHER), "good")
    assert run("modules", "disable", "good", *ON).stdout == f"good: off in {COURT}\n"
    assert " off " in line(run("modules", "list", *ON), "good")


def test_a_broken_module_is_listed_with_its_step_and_cannot_be_switched_on(run, broken):
    assert "import: it tried to end the process (sys.exit)" in line(run("modules", "list", *ON), "bad")
    refused = run("modules", "enable", "bad", *ON)
    assert refused.exit_code == 1
    assert "加载失败" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_an_unknown_module_and_a_forgotten_court_are_told_apart(run):
    assert run("modules", "enable", "nothing", *ON).exit_code == 1
    assert run("modules", "enable", "filing").exit_code == 2


def test_a_file_switches_modules_as_it_says(run, broken, tmp_path):
    run("migrate")
    seed = tmp_path / "seed.toml"
    seed.write_text(f'[modules]\n"{COURT}" = ["good", "filing"]\n"{OTHER}" = ["sms"]\n', encoding="utf-8")
    done = run("modules", "apply", seed)
    assert done.stdout.splitlines() == [
        f"good: on in {COURT}",
        f"filing: on in {COURT}",
        f"sms: on in {OTHER}",
    ]
    assert run("modules", "apply", seed).stdout == ""
    seed.write_text(f'[modules]\n"{COURT}" = ["filing"]\n', encoding="utf-8")
    assert run("modules", "apply", seed).stdout.splitlines() == [f"good: off in {COURT}"]
    assert " on " in line(run("modules", "list", "--court", OTHER), "sms")


def test_a_file_may_name_modules_in_any_order_whatever_needs_which(run, broken, drop, tmp_path):
    write_module(drop, "above", module_code("above", requires='"good"'))
    run("migrate")
    seed = tmp_path / "seed.toml"
    seed.write_text(f'[modules]\n"{COURT}" = ["above", "good"]\n', encoding="utf-8")
    assert run("modules", "apply", seed).stdout.splitlines() == [
        f"good: on in {COURT}",
        f"above: on in {COURT}",
    ]
    seed.write_text(f'[modules]\n"{COURT}" = []\n', encoding="utf-8")
    assert run("modules", "apply", seed).stdout.splitlines() == [
        f"above: off in {COURT}",
        f"good: off in {COURT}",
    ]


@pytest.mark.parametrize("content", ["[else]\nx = 1\n", "not toml at all", '[modules]\n"粤0199" = ["nothing"]\n', "modules = 5\n", '[modules]\n"粤0199" = 5\n'])  # fmt: skip
def test_a_file_that_cannot_be_followed_ends_with_one_and_a_sentence(run, tmp_path, content):
    (tmp_path / "seed.toml").write_text(content, encoding="utf-8")
    done = run("modules", "apply", tmp_path / "seed.toml")
    assert done.exit_code == 1, done.output
    assert "。" in done.stderr
    assert run("modules", "apply", tmp_path / "none.toml").exit_code == 2


def test_plugins_are_listed_without_being_imported(run, broken):
    run("migrate")
    run("modules", "enable", "good", *ON)
    done = run("plugins", "list")
    assert done.exit_code == 0
    assert line(done, "good").split() == ["good", "folder", "good", COURT]
    assert line(done, "bad").split() == ["bad", "folder", "bad"]


def test_a_plugin_whose_folder_is_gone_is_still_listed_switched_off_and_purged(run, drop, tmp_path):
    home = write_module(drop, "lost", module_code("lost"))
    run("migrate")
    run("modules", "enable", "lost", *ON)
    home.rename(tmp_path / "elsewhere")
    assert line(run("plugins", "list"), "lost").split() == ["lost", "missing", COURT]
    refused = run("plugins", "purge", "lost", "--export", tmp_path / "out", "--yes")
    assert refused.exit_code == 1
    assert COURT in refused.stderr
    assert run("plugins", "disable", "lost", *ON).stdout == f"lost: off in {COURT}\n"
    done = run("plugins", "purge", "lost", "--export", tmp_path / "out", "--yes")
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "lost: dropped")
    assert (tmp_path / "out" / "lost__lost.jsonl").exists()
    assert run("plugins", "purge", "lost", "--export", tmp_path / "out", "--yes").exit_code == 1


def test_purge_asks_first_and_stops_at_no(run, broken, tmp_path):
    run("migrate")
    done = run("plugins", "purge", "good", "--export", tmp_path / "out", input="n\n")
    assert done.exit_code == 1
    assert run("migrate").stdout == "up to date\n"
    assert run("plugins", "purge", "good", "--export", tmp_path / "out", input="y\n").exit_code == 0
    assert run("migrate").stdout == "good: tables made from its declaration\n"


def test_disabling_what_was_never_on_is_told(run):
    done = run("plugins", "disable", "never", *ON)
    assert done.exit_code == 1
    assert "never was never on" in done.stderr


@pytest.fixture
def alone(operator, tmp_path):
    """Run commands against an embedded database: the doctor asks it only for what is pending."""
    run = operator(f"sqlite:///{tmp_path / 'alone.db'}")
    run("migrate")
    return run


def test_the_doctor_names_what_is_ill_and_what_to_do(alone, broken):
    done = alone("plugins", "doctor")
    assert done.exit_code == 1
    assert "import   it tried to end the process" in line(done, "bad")
    assert line(done, "filing").split()[1:] == ["ready", "ok"]
    assert "mend its code" in line(done, "bad", below=1)
    assert line(done, "good").split(maxsplit=1)[1] == "migrate  migration pending"
    assert line(done, "good", below=1).strip() == "→ run: benchside migrate"


def test_the_doctor_tells_what_is_on_though_its_files_are_gone_and_what_failed_while_it_ran(
    alone, drop, tmp_path
):
    home = write_module(drop, "lost", module_code("lost"))
    alone("migrate")
    alone("courts", "add", COURT, "示例法院", "Example Court", "--telephone", "12368")
    assert alone("modules", "enable", "lost", *ON).exit_code == 0
    home.rename(tmp_path / "elsewhere")
    Traces(tmp_path / "data" / "journal").failed("menu", "filing", ValueError("out of order"))
    done = alone("plugins", "doctor")
    assert done.exit_code == 1
    assert "its files are not there" in line(done, "lost")
    assert f"benchside plugins disable lost --court {COURT}" in line(done, "lost", below=1)
    failing = next(one for one in done.stdout.splitlines() if one.startswith("filing") and "failing" in one)
    assert "failed in menu" in failing
    assert "ValueError: out of order" in failing
    alone("plugins", "disable", "lost", *ON)
    assert alone("plugins", "doctor").exit_code == 0


def test_the_doctor_tells_what_a_module_uses_that_will_go_with_the_cure(alone, drop):
    write_module(drop, "good", module_code("good", permissions='"stamp"'))
    alone("migrate")
    done = alone("plugins", "doctor")
    assert done.exit_code == 0, "it works"
    assert line(done, "good").split()[1] == "ready"
    assert "outdated __init__.py:" in done.stdout
    assert "permissions='stamp' is deprecated since 0.1 and goes with 1.0" in done.stdout
    assert "→ write Permission('stamp', title, roles)" in done.stdout


def test_the_doctor_is_content_with_a_healthy_house_and_survives_a_killer(alone, drop):
    write_module(drop, "good", module_code("good"))
    alone("migrate")
    done = alone("plugins", "doctor")
    assert (done.exit_code, line(done, "good").split()) == (0, ["good", "ready", "ok"])
    write_module(drop, "killer", "import os\nos._exit(9)\n")
    done = alone("plugins", "doctor")
    assert done.exit_code == 1
    assert "进程中止" in done.stderr


def test_migrate_prints_the_sql_and_writes_migrations(run, drop):
    write_module(drop, "good", module_code("good"))
    done = run("migrate", "--sql")
    assert done.exit_code == 0
    assert "CREATE TABLE application (" in done.stdout
    assert "application_terms" in done.stdout
    made = run("migrate", "--make", "good", "--message", "first")
    assert made.stdout.strip() == str(drop / "good" / "migrations" / "versions" / "0001_first.py")
    assert run("migrate", "--make", "good").stdout == "good: nothing changed\n"
    assert run("migrate", "--make", "core").stdout == "core: nothing changed\n"
    unknown = run("migrate", "--make", "nothing")
    assert (unknown.exit_code, "no working module nothing" in unknown.stderr) == (1, True)
