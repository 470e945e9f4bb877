"""Real HTTP servers that stand for the court's gateways: threaded, on loopback, doing what the test tells them.

A server answers its script one behaviour a request, the last one for ever. Nothing sleeps: a slow answer waits for the
server's end, which comes at the latest when the test ends.
"""

import contextlib
import json
import socket
import struct
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

from attrs import define, field, frozen

PATIENCE = 20
"""Seconds after which even a slow server lets go, should a test fail to end it."""


@frozen
class Call:
    """A request as it arrived: ``key`` decoded, ``body`` as JSON."""

    path: str
    key: str
    headers: Mapping[str, str]
    body: Any


Behaviour = Callable[["Handler", Call], None]


class Handler(BaseHTTPRequestHandler):
    """Answers POST with the next behaviour of its gateway."""

    protocol_version = "HTTP/1.1"
    gateway: "Gateway"

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        key = unquote(self.headers.get("Idempotency-Key", ""))
        call = Call(self.path, key, dict(self.headers.items()), json.loads(raw or b"null"))
        self.gateway.take(call)(self, call)

    def answer(self, status: int, content: bytes, **headers: str) -> None:
        """Send one whole answer and close."""
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Connection", "close")
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
        self.close_connection = True

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@define
class Gateway:
    """What one server did so far."""

    script: list[Behaviour]
    port: int = 0
    calls: list[Call] = field(factory=list)
    ended: threading.Event = field(factory=threading.Event)
    _lock: threading.Lock = field(factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def take(self, call: Call) -> Behaviour:
        """Note the call and return how to answer it."""
        with self._lock:
            self.calls.append(call)
            return self.script.pop(0) if len(self.script) > 1 else self.script[0]

    def keys(self) -> Counter[str]:
        """Return how often each key arrived."""
        with self._lock:
            return Counter(call.key for call in self.calls)


@contextlib.contextmanager
def serving(*script: Behaviour) -> Iterator[Gateway]:
    """Run a gateway that answers with ``script`` until the block ends."""
    gateway = Gateway(list(script))
    made = type("Answering", (Handler,), {"gateway": gateway})
    with ThreadingHTTPServer(("127.0.0.1", 0), made) as server:
        server.daemon_threads = True
        server.block_on_close = True
        server.handle_error = lambda request, client: None  # type: ignore[method-assign]  # the other side hung up: that is the test
        gateway.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield gateway
        finally:
            gateway.ended.set()
            server.shutdown()
            thread.join(PATIENCE)


# --- Behaviours


def reply(status: int, body: Any, **headers: str) -> Behaviour:
    """Answer ``status`` with ``body`` as JSON."""
    return lambda handler, call: handler.answer(
        status, json.dumps(body, ensure_ascii=False).encode(), **headers
    )


def raw(status: int, content: bytes, **headers: str) -> Behaviour:
    """Answer ``status`` with these very bytes."""
    return lambda handler, call: handler.answer(status, content, **headers)


def accept_sms(handler: Handler, call: Call) -> None:
    """Take the message; the same key gets the same number again."""
    keys = list(dict.fromkeys(one.key for one in handler.gateway.calls))
    handler.answer(200, json.dumps({"accepted": True, "message_id": f"m{keys.index(call.key) + 1}"}).encode())


def docket(number: str, docketed_on: str = "2026-03-05", handler_name: str = "") -> Behaviour:
    """Answer that the case is docketed under ``number``."""
    return reply(
        200, {"status": "done", "case_number": number, "docketed_on": docketed_on, "handler": handler_name}
    )


def silent(handler: Handler, call: Call) -> None:
    """Take the request and say nothing until the end."""
    handler.gateway.ended.wait(PATIENCE)
    handler.close_connection = True


def dripping(handler: Handler, call: Call) -> None:
    """Send an answer a byte at a time, each in time by itself, never ending."""
    with contextlib.suppress(OSError):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not handler.gateway.ended.wait(0.05):
            handler.wfile.write(b"X")
            handler.wfile.flush()
    handler.close_connection = True


def reset(handler: Handler, call: Call) -> None:
    """Break the connection at once."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True
