"""The time of the house: what the machine's clock says, and time that runs on where that clock was set.

A clock that is set back makes two orders of one file, and lets nothing fall due for as long as it was set back; one that leaps forward
ends every session and lease at once. So the house follows its machine at a pace: it never goes back, and while the two differ it runs
at half speed, or at half as much again, until they agree. More than a day apart is not followed for an hour, in which whoever set the
clock wrongly may put it right with nothing lost; then it is believed.
"""

import json
import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from attrs import asdict, define, field, frozen

from core.attributes import changed

_PACE = 0.5
"""Seconds by which a second that passed brings the house nearer to its machine."""
_FAR, _DOUBT = 24 * 3600.0, 3600.0
"""Farther apart than this many seconds, the machine is not followed for so many."""
_SET = 5.0
"""Seconds from which on a difference was not made by waiting for the processor between two looks."""
_KEEP = 10.0
_BOOTTIME = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""It goes on while the machine sleeps, and nobody can set it."""

log = logging.getLogger("benchside.clock")


def utc_now() -> datetime:
    """Return what the machine's clock says, aware."""
    return datetime.now(UTC)


def passed_seconds() -> float:
    """Return the seconds since the machine was started."""
    return time.clock_gettime(_BOOTTIME)


def boot_id() -> str:
    """Return what names this run of the machine; empty where it has no name."""
    with suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return ""


@frozen
class _Mark:
    """The house's time ``at`` when ``passed`` seconds had passed in the machine's run ``boot``."""

    at: datetime
    passed: float
    boot: str
    ahead: float = 0.0
    """Seconds by which the house was ahead of its machine."""
    doubted: float | None = None
    """Since when they are too far apart."""


@define(eq=False)
class SteadyClock:
    """Call it for the present moment. Each process has one; what ``keep`` writes to ``file`` leads the next ones on."""

    file: Path | None = None
    wall: Callable[[], datetime] = utc_now
    passed: Callable[[], float] = passed_seconds
    boot: str = field(factory=boot_id)
    _mark: _Mark | None = field(default=None, init=False)
    _kept: _Mark | None = field(default=None, init=False)
    _lock: threading.Lock = field(factory=threading.Lock, init=False)

    def __call__(self) -> datetime:
        """Return the present moment, aware; never one before what was returned earlier."""
        with self._lock:
            passed, wall = self.passed(), self.wall()
            self._mark = _next(self._mark or self._begin(wall, passed), wall, passed)
            return self._mark.at

    def _begin(self, wall: datetime, passed: float) -> _Mark:
        left = _read(self.file) if self.file else None
        if left is not None and left.boot == self.boot and self.boot and left.passed <= passed:
            return left
        at = max(wall, left.at) if left is not None else wall
        return _Mark(at, passed, self.boot)

    def keep(self) -> None:
        """Write down how house and machine stand, now and then and whenever the clock was set."""
        mark, kept = self._mark, self._kept
        if mark is None or self.file is None:
            return
        if kept and mark.passed - kept.passed < _KEEP and abs(mark.ahead - kept.ahead) < _SET:
            return
        told = asdict(mark) | {"at": mark.at.isoformat()}
        beside = self.file.with_name(f"{self.file.name}.{threading.get_ident()}")
        with suppress(OSError):  # a full disk takes no note; next time, then
            beside.write_text(json.dumps(told), encoding="utf-8")
            beside.replace(self.file)
            self._kept = mark


def _next(mark: _Mark, wall: datetime, passed: float) -> _Mark:
    """Return the house's time a while after ``mark``."""
    since = max(0.0, passed - mark.passed)
    on = mark.at + timedelta(seconds=since)
    ahead = (on - wall).total_seconds()
    was_set = abs(ahead - mark.ahead) > _SET
    if was_set:
        log.warning("the machine's clock was set: it is %+.0f s from the time of the house", -ahead)
    if abs(ahead) > _FAR:
        doubted = passed if was_set or mark.doubted is None else mark.doubted
        if passed - doubted < _DOUBT:
            return changed(mark, at=on, passed=passed, ahead=ahead, doubted=doubted)
        log.warning("the machine's clock is believed now: the time of the house goes by %+.0f s", -ahead)
        return changed(mark, at=wall, passed=passed, ahead=0.0, doubted=None)
    # When it was set within a long while without a look nobody knows.
    most = _PACE * (min(since, 1.0) if was_set else since)
    step = max(-most, min(most, ahead))
    return changed(mark, at=on - timedelta(seconds=step), passed=passed, ahead=ahead - step, doubted=None)


def _read(file: Path) -> _Mark | None:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        return _Mark(datetime.fromisoformat(told.pop("at")).astimezone(UTC), **told)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
