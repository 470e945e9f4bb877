"""Attributes read many at once, or worked out once: Python's own ways cost more than what is done with the values."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, Generic, TypeVar

import attrs

T = TypeVar("T")


class once(Generic[T]):  # noqa: N801 - it is read as what it does
    """A property of a class without slots, worked out when it is first asked for. Before Python 3.12 that of functools takes a lock."""

    def __init__(self, work: Callable[[Any], T]) -> None:
        self._work = work
        self.__doc__ = work.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, instance: Any, owner: type | None = None) -> T:
        value = instance.__dict__[self._name] = self._work(instance)
        return value


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
