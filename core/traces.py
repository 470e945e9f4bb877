"""Who answered what, how fast and how well: of each hook call, of each failure, and of whole requests while they are traced.

What failed is always noted; whole requests are with the setting ``trace`` (``BENCHSIDE_TRACE=1``).
"""

import secrets
import traceback
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from attrs import frozen

from core.fields.problem import Refused
from core.journal import Journal
from core.logs import masked
from core.request import CURRENT, Request

BACKGROUND = "background"
"""The route of calls outside any request: jobs, deliveries, the start."""
FAILURES, REQUESTS = 100, 100
"""So many of each are kept of a process, and shown of all."""
_SHOWN = 300


@frozen
class Call:
    """One answered (or failed) hook call, for the trace."""

    hook: str
    module: str
    milliseconds: float
    error: str = ""


@frozen(kw_only=True)
class Failure:
    """A module's failure, and how often it came from the same place."""

    at: datetime
    module: str
    hook: str
    error: str
    where: str
    """File and line; empty where nothing of ours was running."""
    request: str
    """The number of the last request it came in; empty outside of requests."""
    times: int = 1


@frozen(kw_only=True)
class Traced:
    """A whole request, or one call outside of any."""

    at: datetime
    request: str
    route: str
    method: str = ""
    status: int = 0
    milliseconds: float = 0
    calls: tuple[Call, ...]
    times: int = 1


class Traces:
    """What is remembered of the hook calls of one house; ``folder`` keeps it beyond the process."""

    def __init__(self, folder: Path | None = None, *, whole: bool = False) -> None:
        # Plain tuples: every page asks a dozen modules, and nearly no call is ever looked at.
        self._calls: deque[tuple[str, str, float, str]] = deque(maxlen=500)
        self._failures = Journal(folder / "failures", Failure, FAILURES) if folder else None
        self._requests = Journal(folder / "requests", Traced, REQUESTS) if folder and whole else None
        self.note: Callable[[tuple[str, str, float, str]], None] = (
            self._noted if self._requests else self._calls.append
        )
        """Takes the fields of a ``Call``."""

    @property
    def whole(self) -> bool:
        """Whether whole requests are noted."""
        return self._requests is not None

    @property
    def last(self) -> tuple[Call, ...]:
        """The last calls of this process, oldest first."""
        return tuple(Call(*one) for one in tuple(self._calls))

    def failed(self, hook: str, module: str, error: BaseException) -> str:
        """Note that ``module`` failed in ``hook``, and return the error in words. A refusal is an answer, no failure."""
        said = f"{type(error).__name__}: {error}"
        if self._failures is not None and not isinstance(error, Refused):
            request, where = CURRENT.get(), _where(error)
            self._failures.note(f"{module} {hook} {where} {type(error).__name__}", Failure(
                at=datetime.now(UTC), module=module, hook=hook, error=_shown(said), where=where,
                request=request.id if request else "",
            ))  # fmt: skip
        return said

    def failures(self) -> list[Failure]:
        """Return the newest failures of all processes, newest first."""
        return self._failures.newest(FAILURES) if self._failures else []

    def ended(self, request: Request, method: str, status: int, seconds: float) -> None:
        """Note a whole request."""
        if self._requests is not None:
            self._requests.note(request.id, Traced(
                at=datetime.now(UTC), request=request.id, route=request.route, method=method, status=status,
                milliseconds=seconds * 1000, calls=tuple(request.calls),
            ))  # fmt: skip

    def requests(self) -> list[Traced]:
        """Return the newest requests of all processes, newest first."""
        return self._requests.newest(REQUESTS) if self._requests else []

    def _noted(self, call: tuple[str, str, float, str]) -> None:
        self._calls.append(call)
        shown = Call(*call[:3], _shown(call[3]))
        request = CURRENT.get()
        if request is not None:
            request.calls.append(shown)
        elif self._requests is not None:
            self._requests.note(secrets.token_hex(8), Traced(
                at=datetime.now(UTC), request="", route=BACKGROUND, milliseconds=call[2], calls=(shown,),
            ))  # fmt: skip


def _shown(error: str) -> str:
    """Return an error as people may see it: its words may come from data."""
    return masked(error)[:_SHOWN]


def _where(error: BaseException) -> str:
    """Return file and line at which it was raised, the innermost outside of libraries' folders."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if "site-packages" not in frame.filename:
            path = Path(frame.filename)
            return f"{path.parent.name}/{path.name}:{frame.lineno}"
    return ""
