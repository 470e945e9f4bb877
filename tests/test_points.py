"""docs/plugins/points.md: all that a plugin may add, each with a sentence, an example that runs, a test, and a plugin that uses it."""

import re

import attrs
import pytest

from core.hookspecs import Hookspecs
from core.module import Module
from core.records.base import METADATA
from core.records.models import forget_tables
from tests.support.houses import ROOT

PAGE = (ROOT / "docs/plugins/points.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE))
PROMISED = {
    "Request types", "Rows from elsewhere", "Decisions", "Messages", "Own models", "Pages", "Templates", "Static files", "Menu", "Permissions", "Settings", "Papers", "Notice templates",
    "Time limits", "Jobs", "Commands", "Cards", "API calls", "Translations", "Trial systems", "Channels", "The host's version", "Other modules",
}  # fmt: skip


def test_the_page_names_everything_a_plugin_may_add():
    assert set(SECTIONS) == PROMISED


def test_every_hook_and_every_part_of_a_module_is_shown():
    examples = "".join(re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL))
    hooks = {name for name in vars(Hookspecs) if not name.startswith("_")}
    assert {hook for hook in hooks if f"def {hook}(" not in examples} == set()
    told = {one.name for one in attrs.fields(Module)} - {"name", "title", "order", "icon", "required", "restricted"}  # fmt: skip
    assert {name for name in told if f"{name}=" not in examples} == set()


@pytest.mark.parametrize("point", SECTIONS)
def test_it_begins_with_a_sentence(point):
    sentence = SECTIONS[point].strip().partition("\n\n")[0]
    assert re.match(r"[A-Z].{30,}\.$", sentence, re.DOTALL), sentence


@pytest.mark.parametrize("point", SECTIONS)
def test_its_example_runs(point):
    (example,) = re.findall(r"```python\n(.*?)```", SECTIONS[point], re.DOTALL)
    before = set(METADATA.tables)
    try:
        exec(compile(example, point, "exec"), {"__name__": f"benchside_drop_in_{point}"})
    finally:
        forget_tables([table for name, table in METADATA.tables.items() if name not in before])


@pytest.mark.parametrize("point", SECTIONS)
def test_its_test_is_there(point):
    path, _, name = re.search(r"^Test: `([^`]+)`\.", SECTIONS[point], re.MULTILINE)[1].partition("::")
    text = (ROOT / path).read_text(encoding="utf-8")
    assert f"def {name or 'test_'}" in text


@pytest.mark.parametrize("point", SECTIONS)
def test_a_plugin_of_the_repository_uses_it(point):
    path, how = re.search(r"Used by: `([^`]+)`, as `(.+)`\.$", SECTIONS[point], re.MULTILINE).groups()
    assert path.startswith(("plugins/", "examples/"))
    assert how in (ROOT / path).read_text(encoding="utf-8")
