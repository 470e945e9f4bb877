"""What a request type costs: lines per module, as docs/modules.md lists them, none over its budget, nothing written twice."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.loader import find_modules, load_modules
from core.records.models import forget_tables
from tests.support.documents import blocks
from tests.support.houses import ROOT

PLUGINS, PAGE = ROOT / "plugins", ROOT / "docs" / "modules.md"
ROW = re.compile(
    r"^\| (?P<zh>\S+) `(?P<name>\w+)` \| (?P<python>\d+) \| (?P<python_budget>\d+) \| (?P<templates>\d+) \| (?P<templates_budget>\d+) \|$",
    re.MULTILINE,
)
NEAR = 10
"""Lines by which the table may be off: it is a statement to a reader, not a checksum."""
LARGE = 3
"""Statements from which on what two modules both have belongs to the host."""


def own_files(name: str, *patterns: str) -> Iterator[Path]:
    """Give the files of a module that somebody wrote: its migrations are written by a program."""
    for pattern in patterns:
        yield from (path for path in (PLUGINS / name).glob(pattern) if "migrations" not in path.parts)


def lines(name: str, *patterns: str) -> int:
    """Return how many lines of a module's files are not blank."""
    texts = (path.read_text(encoding="utf-8") for path in own_files(name, *patterns))
    return sum(bool(line.strip()) for text in texts for line in text.splitlines())


def measured(name: str) -> dict[str, int]:
    return {"python": lines(name, "**/*.py"), "templates": lines(name, "**/*.html", "papers/*.md")}


def listed() -> dict[str, dict[str, int]]:
    rows = [row.groupdict() for row in ROW.finditer(PAGE.read_text(encoding="utf-8"))]
    return {row["name"]: {key: int(one) for key, one in row.items() if one.isdigit()} for row in rows}


def request_modules() -> dict[str, str]:
    """Return the modules in ``plugins/`` that take requests, each with its title."""
    loaded = load_modules(find_modules([PLUGINS]), strict=True)
    return {name: module.title.zh for name, module in loaded.ordered() if module.requests}


def test_the_table_lists_every_module_that_takes_requests_by_its_title():
    titles = {row["name"]: row["zh"] for row in ROW.finditer(PAGE.read_text(encoding="utf-8"))}
    assert titles == request_modules()


@pytest.mark.parametrize("name", sorted(listed()))
def test_the_table_is_true(name):
    found, said = measured(name), listed()[name]
    for what, number in found.items():
        assert abs(number - said[what]) <= NEAR, f"docs/modules.md: {name} has {number} lines of {what}"


@pytest.mark.parametrize("name", sorted(listed()))
def test_no_module_is_over_its_budget(name):
    found, said = measured(name), listed()[name]
    for what, number in found.items():
        assert number <= said[f"{what}_budget"], (
            f"{name} has {number} lines of {what}; what of it is the host's?"
        )


def test_the_smallest_module_is_one_file_without_a_template_of_its_own():
    name = min(listed(), key=lambda one: measured(one)["python"])
    assert len(list(own_files(name, "**/*.py"))) == 1
    assert measured(name)["templates"] == 0


@pytest.mark.parametrize(
    ("page", "name", "most"), [("docs/plugins/README.md", "hello", 8), ("README.md", "mediation", 40)]
)
def test_the_modules_that_readers_are_shown_work_and_are_as_short_as_promised(tmp_path, page, name, most):
    shown = next(block.text for block in blocks(ROOT / page) if block.language == "python")
    assert len([line for line in shown.splitlines() if line.strip()]) <= most
    home = tmp_path / name
    home.mkdir()
    (home / "__init__.py").write_text(shown, encoding="utf-8")
    loaded = load_modules(find_modules([tmp_path])).all[name]
    forget_tables(loaded.tables)
    assert loaded.ready, loaded.error


def pieces(path: Path) -> Iterator[tuple[str, str]]:
    """Give (name, content) of what a file defines that is large enough to be worth a place of its own."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            said = [
                one
                for one in node.body
                if not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))
            ]
            if len(said) >= LARGE or any(isinstance(one, ast.For | ast.With | ast.While) for one in said):
                yield node.name, "\n".join(ast.dump(one) for one in said)
        elif isinstance(node, ast.Assign) and isinstance(
            node.value, ast.Dict | ast.Tuple | ast.List | ast.Set
        ):
            held = node.value.values if isinstance(node.value, ast.Dict) else node.value.elts
            if len(held) > LARGE:
                yield ast.unparse(node.targets[0]), ast.dump(node.value)


def test_nothing_is_written_in_two_modules():
    """The same function, the same fields, the same table of words: it belongs to the host."""
    places: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for name in request_modules():
        for path in own_files(name, "**/*.py"):
            for what, content in pieces(path):
                places[content].add((name, f"{path.name}: {what}"))
    twice = [sorted(found) for found in places.values() if len({module for module, _ in found}) > 1]
    assert twice == []
