"""A question to something that may hang: answered within a time, or not at all, and asked once at a time."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from attrs import define

T = TypeVar("T")


@define
class _Asked(Generic[T]):
    done: threading.Event
    answer: T | None = None
    error: Exception | None = None


class Bounded(Generic[T]):
    """Asks ``question`` on a thread of its own. While one asking hangs, nobody starts another: all wait for that one."""

    def __init__(self, question: Callable[[], T], seconds: float) -> None:
        self._question = question
        self._seconds = seconds
        self._lock = threading.Lock()
        self._asked: _Asked[T] | None = None

    def __call__(self) -> T:
        """Return the answer.

        Raises:
            TimeoutError: there is none within the seconds.
            Exception: whatever the question raises.
        """
        with self._lock:
            asked = self._asked
            if asked is None:
                asked = self._asked = _Asked(threading.Event())
                threading.Thread(target=self._ask, args=(asked,), name="benchside-asks", daemon=True).start()
        if not asked.done.wait(self._seconds):
            raise TimeoutError
        if asked.error is not None:
            raise asked.error
        return asked.answer  # type: ignore[return-value]  # done without an error: it is there

    def _ask(self, asked: _Asked[T]) -> None:
        try:
            asked.answer = self._question()
        except Exception as error:  # noqa: BLE001 - it is raised where it was asked
            asked.error = error
        with self._lock:
            self._asked = None
        asked.done.set()
