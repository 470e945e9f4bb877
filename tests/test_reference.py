"""The reference is what the code says, every public name says what it is, and what authors rely on changes by decision only."""

import ast
import importlib.util
import re
import warnings

import pytest

import core
from core.fields.declare import Common
from core.roles import permissions_of
from core.stability import NEW, PROVISIONAL, STABLE, Outdated, deprecated, mark, outdated
from tests.support.acting import load, module_code, write_module
from tests.support.houses import ROOT

SPEC = importlib.util.spec_from_file_location("benchside_reference", ROOT / "tools" / "reference.py")
assert SPEC
assert SPEC.loader
TOOL = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(TOOL)
EXAMPLE = re.compile(r"\n```python\n(.*?)```\n", re.DOTALL)
SECTION = re.compile(r"^### (\S+)\n(.*?)(?=^### |^## |\Z)", re.DOTALL | re.MULTILINE)


def written() -> str:
    return TOOL.REFERENCE.read_text(encoding="utf-8")


def test_every_public_name_says_what_it_is_and_so_do_its_arguments_and_members():
    assert TOOL.undocumented() == [], "write a docstring for each (or a word in tools/reference_words.toml)"


def test_no_cell_of_the_reference_is_empty_where_something_should_be_said():
    rows = [line for line in written().splitlines() if re.match(r"\| `", line)]
    assert len(rows) > 700
    assert [row for row in rows if re.search(r"\|\s*\|$", row)] == []


def test_every_type_that_is_named_has_an_entry():
    assert TOOL.unknown_types() == []
    assert {"Condition", "Submitter", "AttachedFile", "CaseSide", "CaseProxy", "CourtCalendar"} <= {
        one.name for one in TOOL.names() if one.named
    }


def test_the_fields_begin_with_what_each_may_say_and_what_each_is():
    fields = written().partition("\n## Fields\n")[2].partition("\n## ")[0]
    for option in Common.__annotations__:
        assert f"| `{option}` | " in fields
    assert '| [`day`](#day) | `date` | `"2026-11-23"` |' in fields
    assert '| [`choices`](#choices) | `tuple[str, ...]` | `["a"]` |' in fields


def test_a_wrong_option_of_a_field_is_refused_with_those_there_are():
    with pytest.raises(TypeError, match=r"unknown option of a day field: nonsense; besides its own there are: required_when, help, column, ") as told:  # fmt: skip
        core.day("日", "Day", nonsense=True)
    assert "countdown" in str(told.value)
    with pytest.raises(
        TypeError,
        match="unknown option of a text field: nonsense; besides its own there are: required_when, ",
    ):
        core.derived(str, "名", "Name", nonsense=True)


def test_a_condition_that_would_mean_something_else_is_refused_with_the_cure():
    with pytest.raises(TypeError, match=r"write is_in\(\.\.\.\) with the other values"):
        assert core.field("stage") != "in_action"


def test_the_reference_is_not_stale():
    """Examples may age with the plugins they are taken from; all else is as the code says it now."""
    now, then = (EXAMPLE.sub("\n", text).splitlines() for text in (TOOL.reference(), written()))
    assert now == then, "run: python tools/reference.py"


def test_every_name_has_its_section_with_mark_and_users_and_examples_are_of_it():
    sections = dict(SECTION.findall(written()))
    assert set(sections) == {one.name for one in TOOL.names()}
    for name, text in sections.items():
        assert re.search(r"\*(stable|provisional)\* · (used by |given, not imported)", text), name
        for example in EXAMPLE.findall(text):
            ast.parse(example)
            assert name in example


def test_a_plugin_that_is_named_as_using_a_name_is_there():
    assert all((ROOT / path).is_dir() for path in set(re.findall(r"\(\.\./\.\./([\w/]+)\)", written())))


def test_what_authors_rely_on_is_as_it_was_recorded():
    """A name, an argument or a default that goes or changes breaks somebody's plugin: deprecate it, or decide."""
    then = TOOL.RECORD.read_text(encoding="utf-8").splitlines()
    assert TOOL.record().splitlines() == then, "if it is meant so, run: python tools/reference.py --record"


def test_the_record_tells_names_arguments_defaults_and_members(monkeypatch):
    said = TOOL.record()
    assert "function limit(" in said
    assert re.search(r"^class Job\(code, title, run, \*, every=None, daily=None\)  \[provisional\]$", said, re.MULTILINE)  # fmt: skip
    assert "    Job.after(moment)" in said
    assert "hook review(application, decision, context)  [stable]" in said
    assert "    law.case_number.parse(text, *, " in said
    monkeypatch.delattr(core, "Job")
    with pytest.raises(AttributeError):
        TOOL.record()


def test_marks_are_of_names_that_are_there():
    assert {one.name for one in TOOL.names()} >= NEW
    assert (mark("Job"), mark("Module")) == (PROVISIONAL, STABLE)


def test_an_author_who_uses_what_will_go_is_warned_at_the_line_with_the_cure():
    with pytest.warns(Outdated, match=r"permissions='stamp' is deprecated since 0\.1 and goes with 1\.0; write Permission") as told:  # fmt: skip
        core.Module("m", "m", version="1.0", permissions="stamp")
    assert told[0].filename == __file__
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        permissions_of([core.Permission("m.stamp", "stamp")])


def test_what_a_module_uses_that_will_go_is_kept_with_it_and_it_works(tmp_path):
    write_module(tmp_path / "drop", "old", module_code("old", permissions='"stamp"'))
    write_module(tmp_path / "drop", "new", module_code("new"))
    loaded = load(tmp_path / "drop").all
    assert loaded["old"].ready
    (told,) = loaded["old"].outdated
    assert re.match(r"__init__\.py:\d+: permissions='stamp' is deprecated since 0\.1", told)
    assert loaded["new"].outdated == ()


def warn_both() -> list[str]:
    with outdated() as told:
        warnings.filterwarnings("always", category=UserWarning)
        deprecated("old", since="0.1", removed="1.0", cure="write new")
        warnings.warn("of another kind", stacklevel=1)
    return told


def test_other_warnings_pass_the_collector():
    with pytest.warns(UserWarning, match="of another kind"):
        told = warn_both()
    assert [one.partition(": ")[2] for one in told] == ["old is deprecated since 0.1 and goes with 1.0; write new"]  # fmt: skip
