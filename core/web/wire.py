"""Heads of requests that two servers could read in two ways are refused.

cheroot takes the last of two lengths, and a length beside chunks; behind a proxy that takes the other, the rest of one request
would be served as the next one (RFC 9112, 11.2: request smuggling).
"""

import re
import socket
from contextlib import suppress
from itertools import chain
from typing import Any

from cheroot import server

from core.store.courtesy import Courtesy
from core.web.answer import HTML
from core.web.errors import plain_page
from core.web.headers import ALWAYS
from core.web.pace import Inlet, Outlet, Pace, Patience, Reader, Writer
from core.web.stopping import Door, Orderly

_LENGTH, _CODING = b"Content-Length", b"Transfer-Encoding"
_ONCE = frozenset({_LENGTH, _CODING, b"Host", b"Authorization", b"Content-Type", b"Origin"})
_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_DIGITS = re.compile(rb"[0-9]{1,15}")
_AT_ONCE = 64 * 1024
_CHUNK_LINE = 256
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,12})(?:[ \t]*;[^\x00-\x08\x0a-\x1f\x7f]*)?\r\n")
_FOR_MACHINES, _LONGEST_METHOD = b" /api/", 16
"""What a request of the API begins with, behind its method."""
_PARTING = 16 * 1024 * 1024


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


class _Chunks:
    """A body in chunks, never more of it in memory than is asked for (cheroot takes a chunk whole, however long)."""

    def __init__(self, source: Any) -> None:
        self._source = source
        self._left = 0
        self._ended = False

    def read(self, size: int = -1) -> bytes:
        """Return ``size`` bytes, fewer at the end.

        Raises:
            ValueError: this is no chunk.
        """
        taken = bytearray()
        while not self._ended and (size < 0 or len(taken) < size):
            if not self._left:
                self._begin()
                continue
            piece = self._source.read(min(self._left, _AT_ONCE, size - len(taken) if size >= 0 else _AT_ONCE))
            self._left -= len(piece)
            taken += piece
            if not piece or (not self._left and self._source.read(2) != b"\r\n"):
                raise ValueError("A chunk is cut short")
        return bytes(taken)

    def _begin(self) -> None:
        line = _CHUNK.fullmatch(self._source.readline(_CHUNK_LINE))
        if line is None:
            raise ValueError("A chunk does not begin as one")
        self._left = int(line[1], 16)
        self._ended = self._left == 0


class _OnDemand:
    """The connection's reader, which says ``100 Continue`` when somebody begins to read."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._said = False

    def _reader(self) -> Any:
        if not self._said:
            self._said = True
            self._connection.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        return self._connection.rfile

    def read(self, size: int) -> Any:
        """Read."""
        return self._reader().read(size)

    def readline(self, size: int) -> Any:
        """Read a line."""
        return self._reader().readline(size)


class StrictRequest(server.HTTPRequest):
    """A request whose head is read so, and whose body is never read only to be thrown away."""

    rfile: Any
    inheaders: dict[bytes, bytes]
    chunked_read: bool
    sent_headers: bool

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._expects = False
        self.header_reader = self._read_head

    def _read_head(self, rfile: Any, hdict: Any) -> Any:
        head = StrictReader()(rfile, hdict)
        # cheroot would ask for the body at once; it may be none that anybody wants.
        self._expects = head.pop(b"Expect", b"").lower() == b"100-continue"
        return head

    def respond(self) -> None:
        """Have the application answer."""
        source = _OnDemand(self.conn) if self._expects else self.conn.rfile
        if self.chunked_read:
            self.rfile = _Chunks(source)
        else:
            self.rfile = server.KnownLengthRFile(source, int(self.inheaders.get(b"Content-Length", 0)))
        self.server.gateway(self).respond()
        if self.ready:
            self.ensure_headers_sent()
        if self.chunked_write:
            self.conn.wfile.write(b"0\r\n\r\n")
        self.conn.wfile.release()

    def send_headers(self) -> None:
        """Send the head of the answer; part with a client that still has much to send.

        Raises:
            ValueError: a value would end its line.
        """
        if _CONTROL.search(b"".join(chain.from_iterable(self.outheaders))):
            self.sent_headers = False
            raise ValueError("A header of the answer has control characters")
        # What follows a chunked body, or one that is not read, would pass for the next request.
        if self.chunked_read or (self.conn.large and self.rfile.remaining):
            self.close_connection = True
            self.conn.part()
        self.conn.outlet.pace.begin()
        # With the body it is one piece: each piece sent is a turn that other threads take.
        self.conn.wfile.holding = True
        try:
            super().send_headers()
        finally:
            self.conn.wfile.holding = False

    def simple_response(self, status: Any, msg: Any = "") -> None:
        """Say in both languages what is wrong, and part."""
        self.close_connection = True
        self.conn.part()
        self.sent_headers = True
        self.conn.outlet.pace.begin()
        with suppress(OSError):  # nobody listens
            self.conn.wfile.write(last_words(str(status), str(msg)))


def last_words(status: str, detail: str = "") -> bytes:
    """Return a whole answer, after which the connection ends."""
    body = plain_page(status, detail).encode()
    head = {
        "Content-Type": HTML, "Content-Length": str(len(body)), "Connection": "close", **ALWAYS,
    }  # fmt: skip
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in head.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


class StrictConnection(server.HTTPConnection):
    """A connection of such requests, which must come in time."""

    RequestHandlerClass = StrictRequest

    def __init__(self, server: Any, sock: Any, makefile: Any = None) -> None:
        del makefile  # ours are files that keep time
        super().__init__(server, sock, self._file)
        self.large = False
        """Whether the body is one that a thread waits for."""
        self.needed = 0
        """How many bytes must be here before a thread is given; 0 while that is not known."""
        self.parting = 0
        """How many bytes will still be read over before the connection is closed; 0 where it goes on."""

    def _file(self, sock: Any, mode: str, size: int) -> Any:
        pace = Pace(sock, self.server.patience, self.server.timeout)
        if "r" in mode:
            self.inlet = Inlet(sock, pace)
            return Reader(self.inlet, size)
        self.outlet = Outlet(sock, pace)
        return Writer(self.outlet, size)

    def communicate(self) -> bool:
        """Answer a request, and those that follow at once; tell whether the connection stays open."""
        while stays := self._answered():
            if not self.server.goes_on(self):
                break
        return stays or self.parting > 0

    def _answered(self) -> bool:
        self.inlet.pace.begin()
        self.outlet.pace.begin()
        courtesy = self.server.courtesy
        if self.inlet.ahead.find(_FOR_MACHINES, 0, _LONGEST_METHOD) < 0:
            courtesy.coming()
        elif not self.large:
            courtesy.arriving()
        try:
            return bool(super().communicate())  # type: ignore[no-untyped-call]  # published without types
        finally:
            courtesy.gone()
            courtesy.arrived()
            self.server.done(self)

    def part(self) -> None:
        """Close soon: when the client has read what it was told, which it may do only after it has sent all."""
        self.parting = _PARTING

    def say_it_is_late(self) -> None:
        """Tell a client that did not send its request in time, and part."""
        with suppress(OSError):
            self.socket.send(last_words("408 Request Timeout"), socket.MSG_DONTWAIT)
        self.part()


class StrictServer(Orderly):
    """The server of the only worker."""

    ConnectionClass = StrictConnection
    patience = Patience()
    courtesy = Courtesy()
    """Whom those who write let pass; the house's own, where it is served."""
    _connections: Any

    def prepare(self) -> None:
        """Bind, and make the threads and what watches the connections."""
        super().prepare()
        self._connections._selector.close()  # noqa: SLF001 - cheroot has no other way to give it another manager
        self._connections = Door(self)

    def process_conn(self, connection: Any) -> None:
        """Look at a connection that has something to say."""
        self._connections.look(connection)

    def begin(self, connection: Any) -> None:
        """Give a connection whose request is here to a thread."""
        super().process_conn(connection)

    def goes_on(self, connection: Any) -> bool:
        """Tell whether the thread that has just answered ``connection`` has its next request."""
        return not self.ending and bool(self._connections.goes_on(connection))

    def done(self, connection: Any) -> None:
        """Note that a thread has answered a request of ``connection``."""
        self._connections.done(connection)
