"""The floors hold: who may import whom, how long a file may be, and that what the papers promise is there."""

import ast
import re
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CORE = ROOT / "core"
SOURCES = [
    path for path in sorted(CORE.rglob("*.py")) if "versions" not in path.parts
]  # migrations are generated
LONGEST = 300


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_every_room_imports_only_from_the_floors_below(tmp_path):
    command = [Path(sys.executable).parent / "lint-imports", "--cache-dir", tmp_path / "cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(CORE)))
def test_no_file_of_the_core_is_too_long_to_read(path):
    assert len(lines(path)) <= LONGEST


def test_the_public_names_fit_on_a_page_and_are_only_passed_on():
    public = lines(CORE / "__init__.py")
    assert len(public) <= 100  # a name a line: each kind of thing a module may add brings one or two
    code = [line for line in public if line.strip()]
    assert code[0].startswith('"""')
    assert all(re.fullmatch(r"from core(\.\w+)* import (\w+) as \2", line) for line in code[1:])


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(path: Path, known: set[str]) -> set[str]:
    """Return the modules of the core that ``path`` imports when it is itself imported."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {
                inner if (inner := f"{node.module}.{alias.name}") in known else node.module
                for alias in node.names
            }
    mine = module_name(path)
    return {one for one in found & known if one != mine and not mine.startswith(f"{one}.")}


def test_no_module_of_the_core_imports_itself_in_a_circle():
    known = {module_name(path) for path in SOURCES}
    try:
        TopologicalSorter({module_name(path): imported(path, known) for path in SOURCES}).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


@pytest.mark.parametrize("name", ["core.loader", "core.records", "core.work.review", "core.fields.kinds"])
def test_a_room_can_be_entered_first(name):
    done = subprocess.run(
        [sys.executable, "-c", f"import {name}"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]


def test_every_exception_from_the_linter_says_why():
    section = re.search(r"\[tool\.ruff\.lint\]\n(.*?)\[tool\.ruff\.lint\.mccabe\]", (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.DOTALL)  # fmt: skip
    assert section
    ignores = section[1].partition("ignore = [")[2].splitlines()
    silent = []
    for place, line in enumerate(ignores):
        rule = re.match(r'\s*("[A-Z]+[0-9]*",?|"[^"]+" = \[.*\])(.*)$', line)
        if rule and not re.search(r"#\s*\w", rule[2]):
            silent.append((place, line.strip()))
    assert silent == []


def test_what_the_readme_says_to_type_is_there():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z]+)", readme))
    assert {"demo", "test"} <= named <= targets
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", readme)
    assert [one for one in pictures if not one.startswith("http") and not (ROOT / one).exists()] == []


def test_no_file_knows_the_machine_it_was_written_on():
    told = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split()
    texts = [
        ROOT / one
        for one in told
        if one.endswith((".py", ".md", ".toml", ".html", "Makefile")) and (ROOT / one).exists()
    ]
    assert texts
    homes = ["/" + name + "/" for name in ("work", "home", "root")]
    found = [
        str(path.relative_to(ROOT))
        for path in texts
        if any(home in path.read_text(encoding="utf-8") for home in homes)
    ]
    assert found == []
