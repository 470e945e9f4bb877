"""The modules of examples/: they know the public names of the core and nothing else, and pass what every module must."""

import ast
import shutil
import subprocess
import sys

import pytest

import core
from tests.support.documents import environment
from tests.support.houses import ROOT

EXAMPLES = ROOT / "examples"
HOMES = {
    "mediation": EXAMPLES / "mediation" / "mediation",
    "file_inspection": EXAMPLES / "file_inspection",
    "certificate": EXAMPLES / "certificate",
}
PUBLIC = {name for name in vars(core) if not name.startswith("_")}


def imported(path):
    """Yield (module, name) of what a file imports from elsewhere."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from ((node.module, alias.name) for alias in node.names)


@pytest.mark.parametrize("name", HOMES)
def test_an_example_imports_the_public_names_of_the_core_and_pythons_own(name):
    """And SQLAlchemy's, for tables of its own."""
    files = [
        path
        for path in HOMES[name].rglob("*.py")
        if "migrations" not in path.parts and "test_" not in path.name
    ]
    assert files
    strange = [
        (path.name, module, what)
        for path in files
        for module, what in imported(path)
        if module.split(".")[0] not in sys.stdlib_module_names
        and module.split(".")[0] != "sqlalchemy"
        and not (module == "core" and what in PUBLIC)
    ]
    assert strange == []


@pytest.mark.parametrize("name", HOMES)
def test_an_example_passes_its_own_tests_and_the_conformance_suite(name, tmp_path):
    """In a folder of its own, as its author runs it; nothing of this repository's tests is at hand there."""
    shutil.copytree(EXAMPLES / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    done = subprocess.run(
        ["pytest", "-q", name], cwd=tmp_path, env=environment(tmp_path / "own"), text=True, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:]
    assert "failed" not in done.stdout


def test_the_project_of_the_packaged_example_is_as_short_as_promised():
    project = (EXAMPLES / "mediation" / "pyproject.toml").read_text(encoding="utf-8")
    assert sum(bool(line.strip()) for line in project.splitlines()) <= 12
