"""The house: everything a use case needs, made once at start."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from attrs import frozen

from core.gate import Hooks
from core.loader import Modules
from core.settings import Settings
from core.store.blobs import Blobs
from core.store.engine import Store
from core.store.sealed import Ring, opened
from core.traces import Traces
from core.work.steady import SteadyClock, utc_now


@frozen(eq=False)
class House:
    """One running installation."""

    settings: Settings
    store: Store
    blobs: Blobs
    modules: Modules
    hooks: Hooks
    clock: Callable[[], datetime] = utc_now
    keep_time: Callable[[], None] = lambda: None
    """Writes down how the clock stands, for the processes that come after."""

    def numbers(self, court: str) -> Callable[[str], tuple[str, ...]]:
        """Return what gives the search words of a number that is kept sealed in ``court``."""
        ring = self.store.ring
        return (lambda _: ()) if ring is None else partial(ring.words, court)


def open_house(settings: Settings, modules: Modules) -> House:
    """Put a house together: store, files, modules, hooks."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    clock = SteadyClock(settings.data_dir / "clock.json")
    return House(
        settings=settings,
        store=Store(settings.database, ring=opened(Ring(settings.keys))),
        blobs=Blobs(Path(settings.data_dir) / "files"),
        modules=modules,
        hooks=Hooks(modules.plugins, Traces(settings.journal_dir, whole=settings.trace)),
        clock=clock,
        keep_time=clock.keep,
    )
