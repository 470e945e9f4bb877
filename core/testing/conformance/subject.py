"""The module under test: loaded with what it requires and nothing else, in courts that are taken back or copied."""

import importlib
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from attrs import define, evolve, field

from core.loader import Loaded, Modules, Source, find_modules, load_modules
from core.module import Flow, Module
from core.records.models import forget_tables
from core.testing.browsing import Browser
from core.testing.conformance.stage import Stage
from core.testing.houses import OPERATOR, PLUGINS, Fixture
from core.testing.outside import Outside
from core.testing.trial import Trial
from core.testing.workshop import Workshop
from core.web.server import whole_application
from core.work.migrate import migrate
from core.work.switches import enable

WITNESS = "conformance"
_WITNESS = Source(
    WITNESS, "the suite", None, lambda: importlib.import_module("core.testing.conformance.witness")
)


@define(eq=False, slots=False)
class Site:
    """One worker on a copy of the court: its pages and its API."""

    fixture: Fixture
    outside: Outside = field(init=False)
    application: Any = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.outside = Outside(self.fixture.house, self.fixture.token)
        self.application = whole_application(self.fixture.house)

    def browser(self, name: str) -> Browser:
        """Return the browser of a person who has logged in."""
        return Browser(self.application).log_in(name)


@define(eq=False, slots=False)
class Subject:
    """One module; ``where`` is its name, or the folder that holds it."""

    where: str
    workshop: Workshop
    kept: dict[str, Any] = field(factory=dict)
    """What checks found out and others may use."""

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Everything that can be found, none of it imported."""
        folder = [Path(self.where).resolve().parent] if self.is_folder else []
        return {source.name: source for source in find_modules([*folder, PLUGINS])}

    @property
    def is_folder(self) -> bool:
        """Whether the module is given by its folder."""
        return (Path(self.where) / "__init__.py").is_file()

    @cached_property
    def name(self) -> str:
        """The module's name."""
        return Path(self.where).resolve().name if self.is_folder else self.where

    @cached_property
    def modules(self) -> Modules:
        """The module, what it requires, and the suite's own witness."""
        if self.name not in self.sources:
            raise LookupError(f"no module {self.name}; there are: {', '.join(sorted(self.sources))}")
        wanted = [self.name]
        while True:
            loaded = load_modules([*(self.sources[name] for name in wanted), _WITNESS])
            declared = [one.module for one in loaded.all.values() if one.module is not None]
            missing = {name for module in declared for name in module.requires} - set(wanted) - {WITNESS}
            if not missing & set(self.sources):
                return loaded
            wanted = [*sorted(missing & set(self.sources)), *wanted]

    @property
    def loaded(self) -> Loaded:
        """The module as far as it came."""
        return self.modules.all[self.name]

    @property
    def ready(self) -> bool:
        """Whether it works at all; the checks of one that does not are of no use."""
        return self.loaded.ready

    @property
    def module(self) -> Module:
        """Its declaration."""
        module = self.loaded.module
        assert module is not None
        return module

    @property
    def flows(self) -> tuple[Flow, ...]:
        """Its flows."""
        return self.module.requests

    @property
    def required(self) -> list[str]:
        """The names of what it requires, in the order in which they are switched on."""
        return self.modules.with_needed([self.name])[:-1]

    def switch_on(self, fixture: Fixture) -> None:
        """Migrate, and switch on the module, what it requires, and the witness."""
        migrate(fixture.house.store, self.modules)
        for name in (WITNESS, *self.required, self.name):
            enable(fixture.house, OPERATOR, name)

    @contextmanager
    def trial(self, brand: str) -> Iterator[Fixture]:
        """Give the court on ``brand`` with nothing on; all that happens is taken back."""
        base = self.workshop.founded(brand).fixture
        trial = Trial(base.house.store)
        another = self.workshop.another(str(base.house.store.engine.url), self.modules)
        another.house.store.close()
        with trial.within():
            yield evolve(base, house=evolve(another.house, store=trial), clock=another.clock)

    @contextmanager
    def stage(self, brand: str) -> Iterator[Stage]:
        """Give the court on ``brand`` with the module on, for flows to be walked; all is taken back."""
        with self.trial(brand) as fixture:
            self.switch_on(fixture)
            trial = fixture.house.store
            assert isinstance(trial, Trial)
            kinds = Outside(fixture.house, fixture.token).kinds()
            examples: Mapping[str, Any] = {kind: one["examples"][0] for kind, one in kinds.items()}
            yield Stage(fixture, trial, examples, self.workshop.founded(brand).stranger)

    @contextmanager
    def apart(self) -> Iterator[Fixture]:
        """Give a fresh copy of the court on PostgreSQL, with the module on; it is gone afterwards."""
        with self.workshop.apart(self.modules) as fixture:
            self.switch_on(fixture)
            yield fixture

    def site(self) -> Site:
        """Return a worker on a fresh copy of the court, with the module on."""
        site = Site(self.workshop.copy(self.modules, self.name))
        self.switch_on(site.fixture)
        return site

    def beside(self, site: Site) -> Site:
        """Return a second worker on the same database."""
        store = site.fixture.house.store
        return Site(self.workshop.another(str(store.engine.url), self.modules))

    def close(self) -> None:
        """Forget what a folder's module has left in this process."""
        for one in self.modules.all.values():
            if one.plugin is not None and one.plugin.__name__.startswith("benchside_drop_in_"):
                forget_tables(one.tables)
                for part in [name for name in sys.modules if name.split(".")[0] == one.plugin.__name__]:
                    del sys.modules[part]
