"""How long the public names stay as they are: their marks, and the warning of what goes, with the cure.

*stable*: changes only with the first figure of the version, having been deprecated before. *provisional*: new, and may still
change with the second figure. *deprecated*: works, warns the author, and goes with the version named. What there is at all, with every
argument and default, is recorded in ``docs/plugins/public-api.txt``; a test compares, so that a change is a decision.
"""

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STABLE, PROVISIONAL = "stable", "provisional"
NEW = frozenset({
    "ApiReply", "Browser", "CourtClock", "Outside", "Reply", "TestCourt", "as_clerk", "as_judge", "as_operator", "as_reviewer", "clock", "court", "outside",
    "ApiRequest", "ApiRoute", "Card", "CardLine", "Console", "Desk", "Job", "Permission", "Place", "cards", "commands", "jobs", "routes",
})  # fmt: skip
"""The provisional names, hooks and what tests are given among them; every other public name is stable."""
_OURS = str(Path(__file__).parent)


class Outdated(DeprecationWarning):
    """An author uses what will go; the message names the cure."""


def mark(name: str) -> str:
    """Return the mark of a public name."""
    return PROVISIONAL if name in NEW else STABLE


def deprecated(what: str, *, since: str, removed: str, cure: str) -> None:
    """Warn whoever uses ``what``: since when it is deprecated, with which version it goes, what to write instead.

    The warning points at the author's line. It is an error in no program; pytest shows it, and so does ``benchside plugins doctor``.
    """
    told = f"{what} is deprecated since {since} and goes with {removed}; {cure}"
    warnings.warn(Outdated(told), stacklevel=_steps_to_author())


def _steps_to_author() -> int:
    """Return how many calls up the first line is that is neither ours nor made by attrs."""
    frame, steps = sys._getframe(1), 1  # noqa: SLF001 - the documented way to the caller
    while frame.f_back is not None:
        name = frame.f_code.co_filename
        if not name.startswith((_OURS, "<attrs")):
            break
        frame, steps = frame.f_back, steps + 1
    return steps


@contextmanager
def outdated() -> Iterator[list[str]]:
    """Collect what is used that will go, each with file and line; other warnings pass as ever."""
    told: list[str] = []
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", Outdated)
            yield told
    finally:
        for one in caught:
            if issubclass(one.category, Outdated):
                told.append(f"{Path(one.filename).name}:{one.lineno}: {one.message}")
            else:
                warnings.warn_explicit(one.message, one.category, one.filename, one.lineno)
