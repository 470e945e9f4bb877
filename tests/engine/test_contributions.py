"""What a module adds beside request types: the values keep their bounds, and a module that fails to give them fails alone."""

from datetime import UTC, datetime, time, timedelta

import click
import pytest

import core
from core.contributions import CARDS, LETTERS, LINES, bounded
from core.gate import Hooks
from core.roles import Role
from core.values import OUTSIDE, Actor
from tests.support.acting import load, module_code, write_module
from tests.support.houses import COURT

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
"""Noon in Shanghai."""
SEE = core.Permission("sick.see", ("查看", "See"), roles=[Role.PRESIDENT])
GIVEN = {
    "jobs()": 'core.Job("tidy", "整理", print, daily=time(2))',
    "routes()": 'core.ApiRoute("GET", "hours", "时间", print)',
    "commands()": 'click.Command("list")',
    "cards(desk)": 'core.Card("今日", [core.CardLine("甲")])',
}


def hooks_with(tmp_path, hook: str, body: str) -> Hooks:
    code = f"import click\nfrom datetime import time\n@core.hookimpl\ndef {hook}:\n    {body}\n"
    write_module(tmp_path / "drop", "sick", module_code("sick", code))
    return Hooks(load(tmp_path / "drop").plugins)


def asked(hooks: Hooks, hook: str):
    """Ask for one kind of contribution as the host does, and return what it takes."""
    if hook == "cards(desk)":
        answers = hooks.cards({"sick"}, lambda module: desk(hooks))
        return answers.good.get("sick", ())
    return getattr(hooks, hook.partition("(")[0])("sick")


def desk(hooks: Hooks) -> core.Desk:
    return core.Desk(court=COURT, now=NOON, store=None, actor=Actor(COURT), engagements=lambda begin, end: ())


@pytest.mark.parametrize("hook", GIVEN)
def test_what_a_module_gives_is_taken_and_traced(tmp_path, hook):
    hooks = hooks_with(tmp_path, hook, f"return [{GIVEN[hook]}]")
    assert len(asked(hooks, hook)) == 1
    assert (hooks.trace[-1].module, hooks.trace[-1].error) == ("sick", "")


@pytest.mark.parametrize("hook", [hook for hook in GIVEN if hook != "commands()"])
@pytest.mark.parametrize(
    "body", ["raise ValueError", "raise SystemExit", "return 5", "return ['x']", "yield 1 / 0"]
)
def test_what_a_module_fails_to_give_is_left_out_and_traced(tmp_path, hook, body):
    hooks = hooks_with(tmp_path, hook, body)
    assert asked(hooks, hook) == ()
    assert hooks.trace[-1].error != ""


@pytest.mark.parametrize("body", ["raise ValueError", "raise SystemExit", "return 5", "return ['x']"])
def test_commands_that_cannot_be_had_are_a_failure_of_who_asked_for_one(tmp_path, body):
    hooks = hooks_with(tmp_path, "commands()", body)
    with pytest.raises((ValueError, RuntimeError, TypeError)):
        hooks.commands("sick")


@pytest.mark.parametrize(("hook", "said"), [("jobs()", "Job tidy"), ("routes()", "ApiRoute GET hours")])
def test_two_of_one_name_are_a_modules_mistake(tmp_path, hook, said):
    hooks = hooks_with(tmp_path, hook, f"return 2 * [{GIVEN[hook]}]")
    assert asked(hooks, hook) == ()
    assert hooks.trace[-1].error == f"ValueError: {said} is given twice"


def test_cards_are_asked_of_those_that_are_on_and_the_failing_one_is_named(tmp_path):
    hooks = hooks_with(tmp_path, "cards(desk)", "raise ValueError")
    assert hooks.cards(frozenset(), lambda module: desk(hooks)).failed == ()
    assert hooks.cards({"sick"}, lambda module: desk(hooks)).failed == ("sick",)


def test_a_function_that_a_module_gave_is_called_through_the_gate(tmp_path):
    hooks = hooks_with(tmp_path, "jobs()", "return []")
    assert hooks.ask("jobs", "sick", len, "甲乙") == 2
    with pytest.raises(RuntimeError, match="tried to end the process in jobs"):
        hooks.ask("jobs", "sick", exit)
    assert hooks.trace[-1].error.startswith("SystemExit")


def test_a_daily_job_is_due_at_its_time_of_the_courts_day():
    job = core.Job("tidy", "整理", print, daily=time(12))
    assert job.after(NOON - timedelta(minutes=1)) == NOON
    assert job.after(NOON) == NOON + timedelta(days=1)
    assert core.Job("tidy", "整理", print, every=timedelta(hours=2)).after(NOON) == NOON + timedelta(hours=2)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"every": timedelta(hours=1), "daily": time(2)},
        {"every": timedelta(seconds=59)},
    ],
)
def test_a_job_says_once_when_it_is_due(wrong):
    with pytest.raises(ValueError, match="job tidy"):
        core.Job("tidy", "整理", print, **wrong)


def test_what_is_too_much_for_the_desk_is_cut():
    long = core.Card("长" * 200, [core.CardLine("甲" * 200)] * 20)
    (first, *others) = bounded([core.Card("空"), *[long] * 9])
    assert len(others) == CARDS - 1
    assert (len(first.title.zh), len(first.lines), len(first.lines[0].text.zh)) == (LETTERS, LINES, LETTERS)
    assert bounded([core.Card("空", empty="今天没有")])[0].empty.zh == "今天没有"


@pytest.mark.parametrize("href", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "/a b"])  # fmt: skip
def test_a_card_leads_nowhere_else(href):
    with pytest.raises(ValueError, match="no address of ours"):
        core.CardLine("甲", href)


@pytest.mark.parametrize("path", ["", "/hours", "hours/", "Hours", "hours?x", "../hours"])
def test_a_call_has_a_plain_address(path):
    with pytest.raises(ValueError, match="small letters"):
        core.ApiRoute("GET", path, "时间", print)


@pytest.mark.parametrize(
    ("actor", "held"),
    [
        (Actor(COURT, 1, roles=frozenset({Role.PRESIDENT})), True),
        (Actor(COURT, 1, roles=frozenset({Role.CLERK})), False),
        (Actor(COURT, 1, roles=frozenset({Role.CLERK}), grants=(("sick.see", frozenset({"CLERK"})),)), True),
        (Actor(COURT, 1, roles=frozenset({Role.PRESIDENT}), grants=(("sick.see", frozenset()),)), False),
        (Actor(COURT, client="outside"), False),
        (Actor(COURT, client="outside", grants=(("sick.see", frozenset({OUTSIDE})),)), True),
        (Actor(COURT, name="系统"), False),
    ],
)
def test_a_permission_is_held_as_declared_until_the_court_says_otherwise(actor, held):
    assert actor.holds(SEE) is held


def test_a_command_is_one_of_clicks(tmp_path):
    (given,) = hooks_with(tmp_path, "commands()", f"return [{GIVEN['commands()']}]").commands("sick")
    assert isinstance(given, click.Command)
