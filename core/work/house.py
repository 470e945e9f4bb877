"""The house: everything a use case needs, made once at start."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from attrs import frozen

from core.gate import Hooks
from core.loader import Modules
from core.settings import Settings
from core.store.blobs import Blobs
from core.store.engine import Store
from core.work.steady import utc_now


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
