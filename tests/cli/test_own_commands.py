"""``benchside <module> …``: a module's commands, found when they are called; a broken module costs nobody else's."""

import pytest

from tests.support.acting import write_module
from tests.support.houses import COURT, OTHER

GREETS = '''
import click
from core import Module, hookimpl, request_fields, text

@request_fields
class Settings:
    word: str = text("词", "Word", default="你好")

module = Module("greets", ("问候", "Greeting"), version="1.0", settings=Settings)

@click.command()
@click.option("--court", required=True)
@click.pass_obj
def say(console, court):
    """Say something."""
    place = console.place(court)
    with place.store.read() as connection:
        click.echo(f"{place.settings.word} {place.court} {connection.exec_driver_sql('SELECT 1').scalar()}")

@click.command()
def fall():
    raise LookupError("nothing there")

@hookimpl
def commands():
    return [say, fall]
'''
SICK = 'from core import Module, hookimpl\nmodule = Module("sick", "sick", version="1.0")\n@hookimpl\ndef commands():\n    raise SystemExit(7)\n'


@pytest.fixture
def modules(drop):
    write_module(drop, "greets", GREETS)
    write_module(drop, "sick", SICK)
    write_module(drop, "broken", "import sys\nsys.exit(7)\n")
    write_module(drop, "plain", 'from core import Module\nmodule = Module("plain", "plain", version="1.0")\n')


def test_a_modules_command_knows_the_court_its_settings_and_the_store(run, modules):
    off = run("greets", "say", "--court", COURT)
    assert (off.exit_code, off.stdout) == (1, "")
    assert f"greets is off in {COURT}" in off.stderr
    run("modules", "enable", "greets", "--court", COURT)
    done = run("greets", "say", "--court", COURT)
    assert (done.exit_code, done.stdout) == (0, f"你好 {COURT} 1\n")
    assert "is off in" in run("greets", "say", "--court", OTHER).stderr
    assert "There is no court" in run("greets", "say", "--court", "粤0000").stderr
    assert "say   Say something." in run("greets", "--help").stdout


def test_what_a_modules_command_raises_ends_in_a_sentence_that_names_it(run, modules):
    done = run("greets", "fall")
    assert done.exit_code == 1
    assert "A command of greets failed: LookupError: nothing there" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_module_that_is_broken_says_so_and_costs_no_command_of_others(run, modules):
    assert "failed to load" in run("broken", "say").stderr
    assert "A command of sick failed" in run("sick", "say").stderr
    for nothing in ("plain", "nowhere"):
        assert run(nothing, "say").exit_code == 2
    assert run("greets", "--help").exit_code == 0
    assert run("plugins", "list").exit_code == 0
    assert run("--help").exit_code == 0


def test_the_register_is_printed_for_a_court_a_year_and_a_type(run):
    run("modules", "enable", "register", "--court", COURT)
    assert run("register", "list", "--court", COURT).stdout == ""
    assert run("register", "list").exit_code == 2
