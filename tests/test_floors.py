"""The floors hold: who may import whom, how long a file may be, and that what the papers promise is there."""

import re
import subprocess
import sys
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
    assert len(public) <= 60
    code = [line for line in public if line.strip()]
    assert code[0].startswith('"""')
    assert all(re.fullmatch(r"from core(\.\w+)* import (\w+) as \2", line) for line in code[1:])


def test_every_module_of_the_core_can_be_imported_first():
    """In one process after the other's state is gone: a cycle shows only from one of its ends."""
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in SOURCES
    ]
    code = """
import importlib, sys
sys.path.insert(0, sys.argv[1])
wrong = []
for library in ("sqlalchemy.orm", "alembic", "attrs", "cattrs", "click", "pluggy", "jinja2", "holidays"):
    importlib.import_module(library)
importlib.import_module("core.records")  # tables can be declared once only: what declares them stays
kept = set(sys.modules)
for name in sys.argv[2:]:
    for loaded in [one for one in sys.modules if one.partition(".")[0] == "core" and one not in kept]:
        del sys.modules[loaded]
    try:
        importlib.import_module(name)
    except Exception as error:
        wrong.append(f"{name}: {type(error).__name__}: {error}")
print("\\n".join(wrong))
"""
    done = subprocess.run(
        [sys.executable, "-c", code, ROOT, *names], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr[-2000:]


@pytest.mark.parametrize(
    "name", ["core", "core.loader", "core.records", "core.work.review", "core.fields.kinds"]
)
def test_the_first_doors_open_from_an_empty_process(name):
    done = subprocess.run(
        [sys.executable, "-c", f"import {name}"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]


def test_every_exception_from_the_linter_says_why():
    """In pyproject.toml each ignored rule has its comment; in the code each noqa and type-ignore names its rule and why."""
    section = re.search(r"\[tool\.ruff\.lint\]\n(.*?)\[tool\.ruff\.lint\.mccabe\]", (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.DOTALL)  # fmt: skip
    assert section
    ignores = section[1].partition("ignore = [")[2].splitlines()
    silent = []
    for place, line in enumerate(ignores):
        rule = re.match(r'\s*("[A-Z]+[0-9]*",?|"[^"]+" = \[.*\])(.*)$', line)
        if rule and not re.search(r"#\s*\S{3}", rule[2]):
            silent.append((place, line.strip()))
    assert silent == []


@pytest.mark.parametrize("path", [*SOURCES, *sorted((ROOT / "plugins").rglob("*.py"))], ids=lambda path: str(path.relative_to(ROOT)))  # fmt: skip
def test_every_exception_in_the_code_names_its_rule_and_its_reason(path):
    marks = [line for line in lines(path) if re.search(r"#\s*(noqa|type:\s*ignore)", line)]
    fit = re.compile(r"#\s*(noqa: [A-Z0-9, ]+ - \S|type:\s*ignore\[[\w, -]+\]\s+#\s*\S)")
    assert [line.strip() for line in marks if not fit.search(line)] == []


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
    homes = [home for home in ("/" + "work" + "/", "/" + "home" + "/", "/" + "root" + "/") for _ in [0]]
    found = [
        str(path.relative_to(ROOT))
        for path in texts
        if any(home in path.read_text(encoding="utf-8") for home in homes)
    ]
    assert found == []
