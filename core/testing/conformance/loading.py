"""That a module loads: alone with what it requires, and beside all others."""

from collections.abc import Iterator

from core.loader import load_modules
from core.testing.conformance.checks import check
from core.testing.conformance.subject import WITNESS, Subject


@check("loads", "The module loads when nothing else is there but what it requires.")
def loads(subject: Subject) -> Iterator[str]:
    """Say at which step it failed, and why."""
    one = subject.loaded
    if not one.ready:
        yield f"{one.step}: {one.error}"


@check("neighbours", "The module loads beside all others that are installed: no kind, prefix, limit or permission clashes.")  # fmt: skip
def neighbours(subject: Subject) -> Iterator[str]:
    """Load everything; what failed by itself is not looked at."""
    others = [source for name, source in subject.sources.items() if name != subject.name]
    loaded = load_modules([*others, subject.sources[subject.name]])
    one = loaded.all[subject.name]
    if not one.ready:
        yield f"{one.step}: {one.error}"
    subject.__dict__.pop("modules", None)  # its tables were made anew
    assert WITNESS in subject.modules.all
