"""A page made once with holes in it: what differs from request to request is put in afterwards.

A template is rendered with ``hole(name)`` where a changing text stands; ``cut`` takes it apart there. The mark of a
hole holds a secret of this process, so that nobody's words are ever taken for one.
"""

import re
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen
from markupsafe import Markup, escape

_SECRET = secrets.token_hex(12)
_BETWEEN = f"[[{_SECRET}]]"
_MARK = re.compile(rf"\[\[{_SECRET}:([a-z0-9_]+)\]\]")


class Hole:
    """Stands for a text that is known later; ``|pill`` and its like leave it as it is."""

    def __init__(self, name: str) -> None:
        self._mark = Markup(f"[[{_SECRET}:{name}]]")  # noqa: S704 - made of our own secret and a name of ours

    def __html__(self) -> str:
        return self._mark

    def __str__(self) -> str:
        return self._mark


@frozen
class Frame:
    """A page that was cut at its holes."""

    texts: Sequence[bytes]
    names: Sequence[str]

    def filled(self, values: Mapping[str, bytes]) -> bytes:
        """Return the page with every hole filled."""
        parts = [self.texts[0]]
        for name, text in zip(self.names, self.texts[1:], strict=True):
            parts += (values[name], text)
        return b"".join(parts)


def cut(page: str) -> Frame:
    """Take a rendered page apart at its holes."""
    pieces: list[Any] = _MARK.split(page)
    return Frame([text.encode() for text in pieces[::2]], pieces[1::2])


def written(texts: Mapping[str, str]) -> dict[str, bytes]:
    """Return texts escaped, as holes are filled with them; all at once, since one by one it takes ten times as long."""
    whole = str(escape(_BETWEEN.join(map(str, texts.values())))).encode()
    return dict(zip(texts, whole.split(_BETWEEN.encode()), strict=True))
