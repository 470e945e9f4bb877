"""The loader: whatever is wrong with a module, it is named with its step, and the others work."""

import importlib
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from core.loader import Modules, ModulesFailed, Step, find_modules, load_modules
from core.records import ApplicationRow
from core.records.base import METADATA
from tests.support.acting import install_package, load, module_code, write_module

MODELS = """
import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship
Base = core.plugin_base()
"""
BROKEN = {
    "syntax": ("def broken(:\n", Step.IMPORT, "syntax error in __init__.py, line 1"),
    "exit": ("import sys\nsys.exit(3)\n", Step.IMPORT, "tried to end the process"),
    "missing_import": ("import no_such_library\n", Step.IMPORT, "no_such_library"),
    "raises": ("1 / 0\n", Step.IMPORT, "ZeroDivisionError"),
    "no_module": ("x = 1\n", Step.DECLARE, "it has no module = Module(...)"),
    "wrong_name": (module_code("another"), Step.DECLARE, "calls itself another, but was found as wrong_name"),
    "too_old": (module_code("too_old", host='">=99"'), Step.VERSION, "made for Benchside >=99"),
    "bad_range": (module_code("bad_range", host='"newer, please"'), Step.VERSION, "is no version range"),
    "typo": (module_code("typo", "@hookimpl\ndef list_qeue(query): ...\n"), Step.HOOKS, "list_qeue"),
    "argument": (module_code("argument", "@hookimpl\ndef menu(court, moon): ...\n"), Step.HOOKS, "moon"),
    "relation": (
        module_code("relation", MODELS + """
class Thing(Base):
    __tablename__ = "relation_thing"
    id: Mapped[int] = mapped_column(primary_key=True)
    other = relationship("NoSuchClass")
"""), Step.TABLES, "NoSuchClass"),
    "nowhere": (
        module_code("nowhere", MODELS + """
class Thing(Base):
    __tablename__ = "nowhere_thing"
    id: Mapped[int] = mapped_column(primary_key=True)
    other: Mapped[int] = mapped_column(sa.ForeignKey("no_such_table.id"))
"""), Step.TABLES, "no_such_table"),
    "foreign": (
        module_code("foreign", MODELS + """
class Thing(Base):
    __tablename__ = "thing_of_mine"
    id: Mapped[int] = mapped_column(primary_key=True)
"""), Step.TABLES, "must begin with foreign_"),
    "thief": (
        module_code("thief", MODELS + """
class Thing(Base):
    __tablename__ = "application"
    id: Mapped[int] = mapped_column(primary_key=True)
"""), Step.IMPORT, "already defined"),
    "state": (module_code("state").replace('"NEW", "DONE", direct', '"NEW", "GONE", direct'), Step.IMPORT, "unknown state GONE"),
    "field": (module_code("field").replace('core.text("愿望", "Wish", column=True, search=True)', '"x"'), Step.IMPORT, "Fields.wish"),
    "nested": (
        module_code("nested").replace("@core.request_fields\nclass Fields", """
@core.request_fields
class Inner:
    word: str = core.text("词", "Word")

@core.request_fields
class Middle:
    inner: tuple[Inner, ...] = core.group(Inner, "内", "Inner")

@core.request_fields
class Fields""").replace("    wish: str", '    middle: tuple[Middle, ...] = core.group(Middle, "中", "Middle")\n    wish: str'),
        Step.TABLES, "a group inside a group"),
    "taken": (module_code("taken").replace("wish: str", "court_code: str"), Step.TABLES, "the host uses this name"),
    "core": (module_code("core"), Step.DECLARE, "a name of the host's"),
    "needy": (module_code("needy", requires='"ghost"'), Step.REQUIRE, "needs ghost"),
}  # fmt: skip
HOOKED = '@core.hookimpl\ndef menu(court):\n    return [core.MenuItem(core.Label("a", "b"), "/", 1, "{}")]\n'


@pytest.fixture(params=["folder", "package"])
def put(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., None]:
    """Put a module where the loader looks: into the settings' folder, or installed as a package."""
    if request.param == "folder":
        return lambda name, code: write_module(tmp_path / "drop", name, code) and None
    (tmp_path / "site").mkdir()
    monkeypatch.syspath_prepend(tmp_path / "site")
    return lambda name, code: install_package(tmp_path / "site", name, code)


def both(tmp_path: Path, *, strict: bool = False) -> Modules:
    return load(tmp_path / "drop", strict=strict)


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_module_is_named_with_its_step_and_fails_alone(name, put, tmp_path):
    code, step, said = BROKEN[name]
    for good in ("aaa", "zzz"):
        put(good, module_code(good, HOOKED.format(good)))
    put(name, code)
    tables, mapped = set(METADATA.tables), set(ApplicationRow.__mapper__.attrs.keys())
    modules = both(tmp_path)
    one = modules.all[name]
    assert (one.step, one.ready) == (step, False)
    assert said in one.error
    assert "\n" not in one.error
    assert set(modules.ready) == {"aaa", "zzz"}
    assert [owner for owner in modules.owner.values() if owner == name] == []
    assert {impl.plugin_name for impl in modules.plugins.hook.menu.get_hookimpls()} == {"aaa", "zzz"}
    assert set(METADATA.tables) - tables == {"aaa__aaa", "zzz__zzz"}
    assert set(ApplicationRow.__mapper__.attrs.keys()) == mapped
    assert sa.select(ApplicationRow.id).compile() is not None


@pytest.mark.parametrize("name", ["syntax", "exit", "typo", "needy"])
def test_strict_stops_the_start_and_names_the_module(name, put, tmp_path):
    put("aaa", module_code("aaa"))
    put(name, BROKEN[name][0])
    with pytest.raises(ModulesFailed, match=f"{name}: {BROKEN[name][1]}"):
        both(tmp_path, strict=True)


def test_strict_lets_good_modules_start(put, tmp_path):
    put("aaa", module_code("aaa"))
    assert set(both(tmp_path, strict=True).ready) == {"aaa"}


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (module_code("second").replace('kind="second"', 'kind="first"'), "kind first of second belongs to first already"),
        (module_code("second").replace('prefix="sd"', 'prefix="ft"'), "serial prefix FT of second belongs to first already"),
        (module_code("second", permissions='"stamp"'), "permission stamp of second belongs to first already"),
        (module_code("second", permissions='["print", "print"]'), "permission print is declared twice"),
    ],
)  # fmt: skip
def test_what_another_module_has_cannot_be_taken(put, tmp_path, second, said):
    put("first", module_code("first", permissions='"stamp"'))
    put("second", second)
    modules = both(tmp_path)
    assert (modules.all["second"].step, modules.all["second"].error) == (Step.CLASH, f"DeclarationError: {said}" + (" in it" if "twice" in said else ""))  # fmt: skip
    assert set(modules.ready) == {"first"}


def test_a_missing_requirement_spreads_to_all_who_need_it(put, tmp_path):
    put("base", "import sys\nsys.exit()\n")
    put("middle", module_code("middle", HOOKED.format("middle"), requires='"base"'))
    put("above", module_code("above", HOOKED.format("above"), requires='["middle"]'))
    put("beside", module_code("beside", HOOKED.format("beside")))
    modules = both(tmp_path)
    assert set(modules.ready) == {"beside"}
    assert "needs base" in modules.all["middle"].error
    assert "needs middle" in modules.all["above"].error
    assert {"middle__middle", "above__above"} & set(METADATA.tables) == set()
    assert {impl.plugin_name for impl in modules.plugins.hook.menu.get_hookimpls()} == {"beside"}


def test_what_need_each_other_are_ordered_all_the_same(put, tmp_path):
    for name, needs in {"aaa": "bbb", "bbb": "aaa", "ccc": "aaa"}.items():
        put(name, module_code(name, requires=f'"{needs}"'))
    modules = both(tmp_path)
    assert modules.with_needed(["ccc"]) == ["bbb", "aaa", "ccc"]
    assert modules.with_needed(["bbb", "ccc"]) == ["aaa", "bbb", "ccc"]


def test_what_is_required_may_come_later_by_name(put, tmp_path):
    put("above", module_code("above", requires='"zebra"'))
    put("zebra", module_code("zebra"))
    modules = both(tmp_path)
    assert set(modules.ready) == {"above", "zebra"}
    assert modules.needed_by("zebra") == ["above"]


def test_folder_and_package_give_the_same_module(put, tmp_path):
    put("same", module_code("same", HOOKED.format("same")))
    one = both(tmp_path).ready["same"]
    assert [table.name for table in one.tables] == ["same__same"]
    assert one.source.origin in ("folder same", "package court-same")
    assert [flow.kind for flow in one.module.requests] == ["same"]


def test_finding_imports_nothing(put, tmp_path):
    put("exit", "import sys\nsys.exit(3)\n")
    put("fine", module_code("fine"))
    before = set(sys.modules)
    assert {source.name for source in find_modules([tmp_path / "drop"])} == {"exit", "fine"}
    assert {name for name in set(sys.modules) - before if "exit" in name or "fine" in name} == set()


def test_a_folder_that_is_not_there_holds_no_modules(tmp_path):
    assert find_modules([tmp_path / "nowhere"]) == []


def test_a_folder_comes_before_a_package_of_the_same_name(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path / "site")
    install_package(tmp_path / "site", "same", module_code("same"))
    write_module(tmp_path / "drop", "same", module_code("same"))
    assert both(tmp_path).ready["same"].source.origin == "folder same"


TABLES = """
import core
from sqlalchemy.orm import Mapped, mapped_column
Base = core.plugin_base()

class Thing(Base):
    __tablename__ = "own_thing"
    id: Mapped[int] = mapped_column(primary_key=True)
"""


def test_loading_twice_works_also_with_tables_of_ones_own(tmp_path):
    write_module(tmp_path, "own", module_code("own", "from . import tables\n"), tables=TABLES)
    sources = find_modules([tmp_path])
    for _ in range(2):
        one = load_modules(sources).all["own"]
        assert one.ready, one.error
        assert {table.name for table in one.tables} == {"own__own", "own_thing"}


def test_a_package_that_was_imported_by_its_own_name_loads_with_its_tables(tmp_path, monkeypatch):
    """As pytest imports it, where its tests lie in it."""
    write_module(tmp_path, "own", module_code("own", "from . import tables\n"), tables=TABLES)
    monkeypatch.syspath_prepend(tmp_path)
    importlib.import_module("own")
    try:
        one = load(tmp_path).all["own"]
        assert one.ready, one.error
    finally:
        for name in ("own", "own.tables"):
            del sys.modules[name]


def test_a_changed_folder_is_read_anew(tmp_path):
    write_module(tmp_path / "old", "own", module_code("own", "from . import tables\n"), tables=TABLES)
    write_module(tmp_path / "new", "own", module_code("own", "from . import tables\n"), tables=TABLES.replace('"own_thing"', '"own_other"'))  # fmt: skip
    assert load(tmp_path / "old").ready["own"].tables[1].name == "own_thing"
    assert load(tmp_path / "new").ready["own"].tables[1].name == "own_other"
    assert "own_thing" not in METADATA.tables


def test_a_mended_module_works_at_the_next_load(tmp_path):
    write_module(tmp_path, "own", module_code("own", "from . import tables\n1 / 0\n"), tables=TABLES)
    assert not load(tmp_path).all["own"].ready
    assert "own_thing" not in METADATA.tables
    write_module(tmp_path, "own", module_code("own", "from . import tables\n2 / 1\n\n"), tables=TABLES)
    assert load(tmp_path).ready["own"].tables[1].name == "own_thing"


def test_a_name_that_cannot_name_tables_is_refused(tmp_path):
    write_module(tmp_path, "my-module", module_code("my-module"))
    assert "cannot name tables" in load(tmp_path).all["my-module"].error


def test_hidden_tables_of_a_package_are_found(tmp_path):
    """A module need not name its classes in __init__.py: they are its tables wherever they are written."""
    write_module(tmp_path, "own", module_code("own", "import importlib\nimportlib.import_module('.tables', __name__)\n"), tables=TABLES)  # fmt: skip
    assert "own_thing" in {table.name for table in load(tmp_path).ready["own"].tables}
