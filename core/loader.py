"""Find modules, import them, check them, register them; each has a status and, where it failed, the step."""

import importlib
import importlib.metadata
import importlib.util
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType, ModuleType

import pluggy
import sqlalchemy as sa
from attrs import evolve, frozen

from core.declared import check_clashes, check_names, check_version, declared
from core.hookspecs import PROJECT, Hookspecs
from core.limits import Limit
from core.module import Flow, Module
from core.papers.load import BuiltIn, read_templates
from core.records.base import METADATA
from core.records.models import configure_models, forget_tables, model_tables, parts_of
from core.records.sides import Side, build_sides
from core.settings import ROOT
from core.stability import outdated
from core.texts import TEXTS, read_texts

GROUP = "benchside.modules"


class Step(StrEnum):
    """The steps of loading, in order."""

    FIND = "find"
    IMPORT = "import"
    DECLARE = "declare"
    VERSION = "version"
    CLASH = "clash"
    REQUIRE = "require"
    HOOKS = "hooks"
    TABLES = "tables"
    READY = "ready"


@frozen
class Source:
    """Where a module was found, without importing it."""

    name: str
    origin: str
    """``package NAME`` or ``folder PATH``."""
    folder: Path | None
    load: Callable[[], ModuleType]


@frozen
class Loaded:
    """A module as far as it came: at ``Step.READY`` it works, else ``error`` says why the step failed."""

    name: str
    source: Source
    step: Step
    error: str = ""
    detail: str = ""
    module: Module | None = None
    plugin: ModuleType | None = None
    sides: tuple[Side, ...] = ()
    tables: tuple[sa.Table, ...] = ()
    """Every table that is the module's own."""
    outdated: tuple[str, ...] = ()
    """What it uses that will go: file and line, since when, the cure."""
    texts: Mapping[str, str] = MappingProxyType({})
    """The English of the Chinese texts in its templates."""
    papers: Mapping[tuple[str, str], BuiltIn] = MappingProxyType({})
    """(kind, code) → the template it brings of that paper."""

    @property
    def ready(self) -> bool:
        """Whether the module works."""
        return self.step is Step.READY

    @property
    def home(self) -> Path | None:
        """The folder of its files, once it is imported: papers, templates, migrations lie there."""
        return Path(self.plugin.__file__).parent if self.plugin and self.plugin.__file__ else None


class Modules:
    """Every module that was found, by name; and the flows of those that work, by kind."""

    def __init__(self, loaded: Mapping[str, Loaded], plugins: pluggy.PluginManager) -> None:
        self.all = dict(loaded)
        self.plugins = plugins
        self.ready = {name: one for name, one in loaded.items() if one.ready}
        self.sides = {side.flow.kind: side for one in self.ready.values() for side in one.sides}
        self.papers = {key: text for one in self.ready.values() for key, text in one.papers.items()}
        self.owner = {side.flow.kind: name for name, one in self.ready.items() for side in one.sides}

    def module(self, name: str) -> Module | None:
        """Return the working module ``name``, or None."""
        one = self.ready.get(name)
        return one.module if one else None

    def flow(self, kind: str) -> Flow | None:
        """Return the flow of ``kind`` of a working module, or None."""
        side = self.sides.get(kind)
        return side.flow if side else None

    def ordered(self) -> Iterator[tuple[str, Module]]:
        """Yield the working modules in the order of the menu."""
        pairs = ((name, one.module) for name, one in self.ready.items() if one.module)
        return iter(sorted(pairs, key=lambda pair: (pair[1].order, pair[0])))

    def rules(self) -> Iterator[tuple[Flow, Limit]]:
        """Yield every time limit of the working modules with its flow, in the order of the menu."""
        for _, module in self.ordered():
            for flow in module.requests:
                yield from ((flow, rule) for rule in flow.limits)

    def with_needed(self, names: Iterable[str]) -> list[str]:
        """Return ``names`` and what they require, itself or through others, each after what it requires."""
        ordered: list[str] = []
        seen: set[str] = set()

        def put(name: str) -> None:
            if name not in seen:
                seen.add(name)
                module = self.module(name)
                for other in module.requires if module else ():
                    put(other)
                ordered.append(name)

        for name in names:
            put(name)
        return ordered

    def needed_by(self, name: str) -> list[str]:
        """Return the names of the working modules that require ``name``."""
        return [other for other, module in self.ordered() if name in module.requires]


class ModulesFailed(Exception):
    """A module failed to load and the installation asks for strictness."""


def find_modules(folders: list[Path]) -> list[Source]:
    """Return every module found, importing none: folders first, then installed packages; by name, first wins."""
    found: dict[str, Source] = {}
    for folder in folders:
        for path in sorted(folder.glob("*/__init__.py")) if folder.is_dir() else []:
            source = _folder_source(path)
            found.setdefault(source.name, source)
    for entry in sorted(importlib.metadata.entry_points(group=GROUP), key=lambda entry: entry.name):
        package = entry.dist.name if entry.dist else entry.value
        found.setdefault(entry.name, Source(entry.name, f"package {package}", None, entry.load))
    return list(found.values())


def _folder_source(path: Path) -> Source:
    name = path.parent.name
    root = path.parent.parent
    # The repository's own plugins/ is a package of that name; any other folder's modules import by a name of their own.
    if root.resolve() == ROOT / "plugins":
        return Source(name, f"folder {name}", path.parent, lambda: importlib.import_module(f"plugins.{name}"))
    return Source(name, f"folder {name}", path.parent, lambda: _run_file(f"benchside_drop_in_{name}", path))


def _run_file(full: str, path: Path) -> ModuleType:
    """Import the package at ``path`` as ``full``; what an earlier load left of it is forgotten first, under whatever name:
    pytest imports a package by its own, where its tests lie in it.
    """
    for name, earlier in list(sys.modules.items()):
        if name == full or getattr(earlier, "__dict__", {}).get("__file__") == str(path):
            forget_tables(model_tables(earlier))
    for part in parts_of(full):
        del sys.modules[part]
    spec = importlib.util.spec_from_file_location(full, path, submodule_search_locations=[str(path.parent)])
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[full] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        for part in parts_of(full):
            del sys.modules[part]
        raise
    return module


def load_modules(sources: list[Source], *, strict: bool = False) -> Modules:
    """Load every source; one that fails is kept with its step and error, and fails alone.

    Raises:
        ModulesFailed: ``strict`` and at least one failed.
    """
    plugins = pluggy.PluginManager(PROJECT)
    plugins.add_hookspecs(Hookspecs)
    loaded: dict[str, Loaded] = {}
    for source in sources:
        with outdated() as told:
            taken = _take(source, Step.IMPORT, Loaded(source.name, source, Step.FIND), loaded, plugins)
        loaded[source.name] = evolve(taken, outdated=tuple(told))
    for name, one in _without_requirements(loaded):
        if one.plugin is not None:
            plugins.unregister(one.plugin)
        forget_tables(one.tables)
        missing = [
            other for other in (one.module.requires if one.module else ()) if not _works(loaded, other)
        ]
        loaded[name] = evolve(
            one, step=Step.REQUIRE, error=f"needs {', '.join(missing)}, not here or not working"
        )
    failed = [f"{one.name}: {one.step}: {one.error}" for one in loaded.values() if not one.ready]
    if strict and failed:
        raise ModulesFailed("; ".join(failed))
    return Modules(loaded, plugins)


def _works(loaded: Mapping[str, Loaded], name: str) -> bool:
    return name in loaded and loaded[name].ready


def _without_requirements(loaded: Mapping[str, Loaded]) -> Iterator[tuple[str, Loaded]]:
    """Yield the modules whose requirements do not work, until none is left (a failure may spread)."""
    while True:
        broken = [
            (name, one)
            for name, one in loaded.items()
            if one.ready and one.module and not all(_works(loaded, other) for other in one.module.requires)
        ]
        if not broken:
            return
        yield from broken


def _take(
    source: Source, step: Step, so_far: Loaded, loaded: Mapping[str, Loaded], plugins: pluggy.PluginManager
) -> Loaded:
    known = set(METADATA.tables.values())
    try:
        plugin = source.load()
        so_far = evolve(so_far, plugin=plugin)
        step = Step.DECLARE
        module = declared(plugin, source.name)
        home = so_far.home or Path()
        so_far = evolve(
            so_far, module=module, papers=read_templates(module, home), texts=read_texts(home / TEXTS)
        )
        step = Step.VERSION
        check_version(module)
        step = Step.CLASH
        check_clashes(module, [one.module for one in loaded.values() if one.ready and one.module])
        step = Step.TABLES
        sides = tuple(build_sides(module))
        tables = (*(table for side in sides for table in side.tables), *model_tables(plugin))
        check_names(module, tables)
        configure_models(plugin)
        step = Step.HOOKS
        plugins.register(plugin, module.name)
        plugins.check_pending()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a module raises fails alone
        if so_far.plugin is not None and plugins.is_registered(so_far.plugin):
            plugins.unregister(so_far.plugin)
        forget_tables(set(METADATA.tables.values()) - known)
        return evolve(so_far, step=step, error=_sentence(error), detail=traceback.format_exc())
    return evolve(so_far, step=Step.READY, sides=sides, tables=tables)


def _sentence(error: BaseException) -> str:
    if isinstance(error, SystemExit):
        return "it tried to end the process (sys.exit)"
    if isinstance(error, SyntaxError):
        return f"syntax error in {Path(error.filename or '').name}, line {error.lineno}: {error.msg}"
    return " ".join(f"{type(error).__name__}: {error}".split())[:600]
