"""What two servers could read in two ways is refused, and the connection ends: the rest is nobody's next request."""

import socket
import threading
from collections.abc import Iterator

import pytest

from core.web.wire import StrictServer

NEXT = b"GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n"


@pytest.fixture(scope="module")
def server() -> Iterator[StrictServer]:
    """Serve an application that answers every request with its path and the length of its body."""

    def application(environ, start_response):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        told = f"{environ['PATH_INFO']} {len(body)}".encode()
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(told)))])
        return [told]

    made = StrictServer(("127.0.0.1", 0), application, numthreads=2, timeout=5)
    made.error_log = lambda *told, **more: None
    made.prepare()
    thread = threading.Thread(target=made.serve)
    thread.start()
    yield made
    made.stop()
    thread.join()


def answer(server: StrictServer, sent: bytes) -> bytes:
    """Send, end the sending, and read until the server closes."""
    with socket.create_connection(server.bind_addr, timeout=5) as wire:
        wire.sendall(sent)
        wire.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: wire.recv(65536), b""))


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: 5\r\nContent-Length: 5",
        b"Content-Length: 0\r\nContent-Length: 36",
        b"Content-Length: 36\r\ncontent-length: 0",
        b"Content-Length: 5, 5",
        b"Content-Length: +5",
        b"Content-Length: -1",
        b"Content-Length: 5\r\n 6",
        b"Content-Length: 5\r\nTransfer-Encoding: chunked",
        b"Transfer-Encoding: chunked\r\nContent-Length: 5",
        b"Transfer-Encoding: gzip, chunked",
        b"Transfer-Encoding: xchunked",
        b"Transfer-Encoding : chunked",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        b"Content-Length : 5",
        b"X: a\x00b",
        b"X: a\rb",
        b"Host: other",
        b"no colon",
        b"X y: z",
    ],
)
def test_a_head_that_can_be_read_in_two_ways_is_refused_and_nothing_after_it_served(server, head):
    told = answer(server, b"POST /first HTTP/1.1\r\nHost: h\r\n" + head + b"\r\n\r\n" + NEXT)
    assert told.startswith(b"HTTP/1.1 400")
    assert b"/smuggled" not in told
    assert told.count(b"HTTP/1.1") == 1


def test_an_honest_request_is_served_and_so_is_the_next(server):
    told = answer(
        server, b"POST /first HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nX: \xe4\r\n\r\nabcde" + NEXT
    )
    assert b"/first 5" in told
    assert b"/smuggled 0" in told


def test_names_with_underscores_pass_for_no_others(server):
    """``X_Forwarded_For`` would be ``X-Forwarded-For`` to an application."""
    told = answer(server, b"POST /first HTTP/1.1\r\nHost: h\r\nContent_Length: 36\r\n\r\n" + NEXT)
    assert b"/first 0" in told
    assert b"/smuggled 0" in told
