"""Heads of requests that two servers could read in two ways are refused.

cheroot takes the last of two lengths, and a length beside chunks; behind a proxy that takes the other, the rest of one request
would be served as the next one (RFC 9112, 11.2: request smuggling).
"""

import re
from typing import Any

from cheroot import server, wsgi

_LENGTH, _CODING = b"Content-Length", b"Transfer-Encoding"
_ONCE = frozenset({_LENGTH, _CODING, b"Host", b"Authorization", b"Content-Type", b"Origin"})
_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_DIGITS = re.compile(rb"[0-9]{1,15}")


class _Head(dict[bytes, bytes]):
    """Headers as they come in; a ValueError is answered with 400 and closes the connection."""

    def __setitem__(self, name: bytes, value: bytes) -> None:
        if name in _ONCE and name in self:
            raise ValueError(f"{name.decode()} is given twice, or folded")
        if _CONTROL.search(value):
            raise ValueError("A header has control characters")
        if name == _LENGTH and not _DIGITS.fullmatch(value):
            raise ValueError("Content-Length is malformed")
        super().__setitem__(name, value)


class StrictReader(server.HeaderReader):
    """Reads a head, or refuses it whole."""

    def __call__(self, rfile: Any, hdict: Any = None) -> Any:
        """Read the lines into ``hdict``.

        Raises:
            ValueError: a line breaks a rule, or two contradict each other.
        """
        head = super().__call__(rfile, _Head())
        if _LENGTH in head and _CODING in head:
            raise ValueError("Transfer-Encoding beside Content-Length")
        if head.get(_CODING, b"chunked").lower() != b"chunked":
            raise ValueError("This Transfer-Encoding is not known")
        found = {} if hdict is None else hdict
        found.update(head)
        return found

    def _allow_header(self, key_name: bytes) -> bool:
        return b"_" not in key_name  # as WSGI names headers it could pass for one with a hyphen

    def _transform_key(self, key_name: bytes) -> bytes:
        if not _NAME.fullmatch(key_name):
            raise ValueError("A header name is malformed")
        return key_name.title()


class StrictRequest(server.HTTPRequest):
    """A request whose head is read so."""

    header_reader = StrictReader()


class StrictConnection(server.HTTPConnection):
    """A connection of such requests."""

    RequestHandlerClass = StrictRequest


class StrictServer(wsgi.Server):
    """The server of the only worker."""

    ConnectionClass = StrictConnection
