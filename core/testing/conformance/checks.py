"""A check: its name, the sentence that says what is expected of a module, and the function that looks for faults."""

import traceback
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from core.testing.conformance.subject import Subject

Look = Callable[["Subject"], Iterable[str]]


@frozen
class Check:
    """What is expected of every module."""

    name: str
    sentence: str
    look: Look
    """Given the module, what is wrong with it, each in a sentence."""
    lacking: Callable[["Subject"], str]
    """What is not here that the check needs, and how to get it; empty where it can be carried out."""

    def faults(self, subject: "Subject") -> list[str]:
        """Return what is wrong with ``subject``; that the check could not be carried out is a fault too."""
        try:
            return list(dict.fromkeys(self.look(subject)))
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a module does to the check fails it alone
            told = "".join(traceback.format_exception(error, limit=-8))
            return [f"the check could not be carried out: {type(error).__name__}: {error}\n{told}"]


CHECKS: dict[str, Check] = {}
"""Every check by its name, in the order in which they are carried out."""


def check(
    name: str, sentence: str, lacking: Callable[["Subject"], str] = lambda subject: ""
) -> Callable[[Look], Look]:
    """Make a function a check; ``lacking`` says what it needs that is not here."""

    def made(look: Look) -> Look:
        CHECKS[name] = Check(name, sentence, look, lacking)
        return look

    return made
