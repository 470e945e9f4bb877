"""A client that costs little: on two cores it shares them with the servers it measures."""

import selectors
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

_END = b"\r\n\r\n"


def request(path: str, cookie: str, port: int) -> bytes:
    """Return a GET as bytes."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\nAccept: text/html\r\n\r\n".encode()


def storm(port: int, asked: bytes, clients: int, seconds: float) -> float:
    """Ask the same by ``clients`` connections that are kept, each again as soon as it is answered; return answers a second.

    Raises:
        RuntimeError: an answer is not 200.
    """
    with _connected(port, clients) as (selector, sockets):
        for one in sockets:
            one.sendall(asked)
        begun, done = time.perf_counter(), 0
        ends = begun + seconds
        left = dict.fromkeys(sockets, -1)
        while (now := time.perf_counter()) < ends:
            for key, _ in selector.select(ends - now):
                one = key.fileobj
                assert isinstance(one, socket.socket)
                if _answered(one, left):
                    done += 1
                    one.sendall(asked)
        return done / (time.perf_counter() - begun)


def ask(one: socket.socket, asked: bytes) -> None:
    """Ask once and read the whole answer.

    Raises:
        RuntimeError: it is not 200.
    """
    one.sendall(asked)
    left = {one: -1}
    while not _answered(one, left):
        pass


@contextmanager
def _connected(port: int, clients: int) -> Iterator[tuple[selectors.BaseSelector, list[socket.socket]]]:
    sockets = [socket.create_connection(("127.0.0.1", port)) for _ in range(clients)]
    try:
        with selectors.DefaultSelector() as selector:
            for one in sockets:
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                selector.register(one, selectors.EVENT_READ)
            yield selector, sockets
    finally:
        for one in sockets:
            one.close()


def _answered(one: socket.socket, left: dict[socket.socket, int]) -> bool:
    """Read what is there; tell whether the answer is whole. The head comes in one piece on loopback."""
    given = one.recv(1 << 18)
    if left[one] < 0:
        head, end, body = given.partition(_END)
        if not end or not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"no good answer: {given[:200]!r}")
        place = head.lower().index(b"content-length:") + 15
        length = int(head[place:].split(b"\r\n", 1)[0])
        left[one] = length - len(body)
    else:
        left[one] -= len(given)
    if left[one] > 0:
        return False
    left[one] = -1
    return True
