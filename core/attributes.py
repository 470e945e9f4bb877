"""Many attributes at once: Python's own loop over names costs more than what is done with the values."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar

import attrs

T = TypeVar("T")


def reader(names: Sequence[str]) -> Callable[[Any], dict[str, Any]]:
    """Return what reads the attributes ``names`` of an object, by name."""
    if len(names) < 2:
        return lambda value: {name: getattr(value, name) for name in names}
    read = attrgetter(*names)
    return lambda value: dict(zip(names, read(value), strict=True))


@lru_cache(maxsize=256)
def _whole(cls: type[attrs.AttrsInstance]) -> Callable[[Any], dict[str, Any]]:
    return reader([one.name for one in attrs.fields(cls)])


def changed(value: T, **changes: Any) -> T:
    """Return ``value`` with ``changes``, as ``attrs.evolve`` does, for classes whose arguments are named as their attributes."""
    cls: Any = value.__class__
    made: T = cls(**_whole(cls)(value) | changes)
    return made
