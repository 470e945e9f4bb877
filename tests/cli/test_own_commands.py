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

@click.group()
def books():
    """Books."""

@books.command()
@click.option("--court", multiple=True)
@click.option("--at")
@click.pass_obj
def count(console, court, at):
    """Read the store without asking for the place."""
    with console.store.read() as connection:
        click.echo(f"{connection.exec_driver_sql('SELECT 7').scalar()} in {court or at}")

@hookimpl
def commands():
    return [say, fall, books]
'''
SICK = 'from core import Module, hookimpl\nmodule = Module("sick", "sick", version="1.0")\n@hookimpl\ndef commands():\n    raise SystemExit(7)\n'


@pytest.fixture
def modules(drop):
    write_module(drop, "greets", GREETS)
    write_module(drop, "sick", SICK)
    write_module(drop, "broken", "import sys\nsys.exit(7)\n")
    write_module(drop, "plain", 'from core import Module\nmodule = Module("plain", "plain", version="1.0")\n')


def test_a_modules_command_knows_the_court_its_settings_and_the_store(run, modules):
    run("modules", "enable", "greets", "--court", COURT)
    done = run("greets", "say", "--court", COURT)
    assert (done.exit_code, done.stdout) == (0, f"你好 {COURT} 1\n")
    off = run("greets", "say", "--court", OTHER)
    assert (off.exit_code, off.stdout) == (1, "")
    assert f"greets is off in {OTHER}" in off.stderr
    assert "There is no court" in run("greets", "say", "--court", "粤0000").stderr
    assert "say    Say something." in run("greets", "--help").stdout


def test_the_commands_of_a_module_are_gone_where_it_is_off_in_every_court(run, modules):
    for arguments in (["say", "--court", COURT], ["fall"], ["books", "count"], ["--help"], []):
        gone = run("greets", *arguments)
        assert (gone.exit_code, gone.stdout) == (1, "")
        assert "greets is off in every court; to switch it on: benchside modules enable greets" in gone.stderr
    run("modules", "enable", "greets", "--court", OTHER)
    assert run("greets", "books", "count").stdout == "7 in None\n"
    run("modules", "disable", "greets", "--court", OTHER)
    assert "off in every court" in run("greets", "books", "count").stderr


def test_a_command_that_names_a_court_is_refused_where_the_module_is_off_whatever_it_does_with_it(
    run, modules
):
    run("modules", "enable", "greets", "--court", COURT)
    assert run("greets", "books", "count", "--court", COURT).stdout == f"7 in ('{COURT}',)\n"
    for courts, told in (
        ([OTHER], f"greets is off in {OTHER}"),
        ([COURT, OTHER], f"greets is off in {OTHER}"),
        (["粤0000"], "There is no court 粤0000"),
    ):
        refused = run("greets", "books", "count", *(part for one in courts for part in ("--court", one)))
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert told in refused.stderr


def test_what_a_modules_command_raises_ends_in_a_sentence_that_names_it(run, modules):
    run("modules", "enable", "greets", "--court", COURT)
    done = run("greets", "fall")
    assert done.exit_code == 1
    assert "A command of greets failed: LookupError: nothing there" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_module_that_is_broken_says_so_and_costs_no_command_of_others(run, modules):
    for name in ("greets", "sick", "plain"):
        run("modules", "enable", name, "--court", COURT)
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
