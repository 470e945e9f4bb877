"""What was made and may be wanted again: bounded, and only under a key that says everything it was made of."""

from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """The last things asked for: at least ``size`` of them, at most twice as many.

    Whatever lies here can be made again, so nothing is lost when it goes. What is no longer true is never found: its
    key is what it was made of, read anew each time. Threads may share it: a lost race makes a thing twice.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._young: dict[Hashable, T] = {}
        self._old: dict[Hashable, T] = {}

    def get(self, key: Hashable) -> T | None:
        """Return what is kept under ``key``, or None."""
        found = self._young.get(key)
        if found is None:
            found = self._old.get(key)
            if found is not None:
                self.put(key, found)
        return found

    def put(self, key: Hashable, made: T) -> T:
        """Keep ``made`` and return it; what was not asked for in the last ``size`` puts is forgotten."""
        if len(self._young) >= self._size:
            self._old, self._young = self._young, {}
        self._young[key] = made
        return made

    def __len__(self) -> int:
        return len(self._young) + len(self._old)
