"""That a module loads: alone with what it requires, and beside all others."""

from collections.abc import Iterator

from core.declared import check_clashes
from core.fields.spec import DeclarationError
from core.loader import load_modules
from core.testing.conformance.checks import check
from core.testing.conformance.subject import Subject


@check("loads", "The module loads when nothing else is there but what it requires.")
def loads(subject: Subject) -> Iterator[str]:
    """Say at which step it failed, and why."""
    one = subject.loaded
    if not one.ready:
        yield f"{one.step}: {one.error}"


@check("neighbours", "The module loads beside all others that are installed: no kind, prefix, limit or permission clashes.")  # fmt: skip
def neighbours(subject: Subject) -> Iterator[str]:
    """Load the others; what fails by itself is not looked at."""
    others = load_modules([source for name, source in subject.sources.items() if name != subject.name])
    try:
        check_clashes(subject.module, [one.module for one in others.ready.values() if one.module])
    except DeclarationError as error:
        yield str(error)
