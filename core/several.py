"""What an author gives as a list, a tuple or a set, kept so that it cannot change.

Named functions, since type checkers read an attribute's type from its converter and cannot from a generic class.
"""

from collections.abc import Iterable
from typing import Any


def several(given: Iterable[Any]) -> tuple[Any, ...]:
    """Return ``given`` as a tuple."""
    return tuple(given)


def members(given: Iterable[Any]) -> frozenset[Any]:
    """Return ``given`` as a frozen set."""
    return frozenset(given)
