"""The request at hand, as far as everything that happens in it should know: its number and its route.

The number is answered in ``X-Request-ID``, stands in every log line and audit entry of the request, and on the page
that tells of a failure; so what a user reads out leads to the lines.
"""

from contextvars import ContextVar
from typing import Any

from attrs import Factory, define


@define
class Request:
    """One request; ``route`` is the pattern of its address, never the address itself."""

    id: str
    route: str = "none"
    calls: list[Any] = Factory(list)
    """While requests are traced: the calls of hooks made for it (``core.traces.Call``)."""


class TooSlow(TimeoutError):
    """A client does not send, or does not take, in the time that it has."""

    def __init__(self) -> None:
        super().__init__("timed out")


CURRENT: ContextVar[Request | None] = ContextVar("benchside_request", default=None)
ENVIRON = "benchside.request"
"""Under this name the request lies in the WSGI environment."""
