"""The API's addresses: one table, from which the router and the OpenAPI document are made."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from attrs import Factory, field, frozen

from core.api.answers import ApiAnswer
from core.api.call import Call
from core.fields.label import Label

Handler = Callable[[Call], ApiAnswer]
OfFile = Callable[[Call], Any]


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template))


@frozen
class Route:
    """One call: its method and address, what answers it, and what the document says of it."""

    method: str
    template: str
    handler: Handler
    title: Label
    success: int = 200
    body: str = ""
    """The name of its body's schema; ``raw`` for bytes, empty for none."""
    answers: Mapping[int, str] = Factory(dict)
    """Further statuses and when they come."""
    query: tuple[str, ...] = ()
    arguments: Mapping[str, str] = Factory(dict)
    """Of a module's call: the arguments of its address, each with its pattern."""
    form: type | None = None
    """Of a module's call: what its body holds."""
    schema: Mapping[str, Any] = Factory(lambda: {"type": "object"})
    """Of its answer."""
    files: tuple[str, ...] = ()
    """The media types of its answer, where that is a file."""
    confirms: bool = False
    """Whether its handler makes sure, where it writes, that the client may still call."""
    pattern: re.Pattern[str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "pattern", _pattern(self.template))

    @property
    def keyed(self) -> bool:
        """Whether the call may carry an Idempotency-Key."""
        return self.method == "POST"
