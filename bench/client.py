"""Clients that cost little: on two cores they share them with the servers they measure. Each keeps its connection."""

import selectors
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from attrs import Factory, define

_END = b"\r\n\r\n"


def get(path: str, cookie: str, port: int) -> bytes:
    """Return a GET as bytes."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\nAccept: text/html\r\n\r\n".encode()


def post(path: str, token: str, body: bytes, port: int) -> bytes:
    """Return the request that files ``body``."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


@define(eq=False)
class Client:
    """One connection: what it asks next, the status it expects, and the seconds each answer took."""

    connection: socket.socket
    next_request: Callable[[], bytes]
    status: bytes = b"200"
    took: list[float] = Factory(list)
    _sent: float = 0.0
    _parts: list[bytes] = Factory(list)
    _left: int = -1

    def send(self) -> None:
        """Ask."""
        self._parts, self._left = [], -1
        self._sent = time.perf_counter()
        self.connection.sendall(self.next_request())

    def receive(self) -> bool:
        """Read what is there; tell whether the answer is whole.

        Raises:
            RuntimeError: it is another answer than expected, or the connection was closed.
        """
        given = self.connection.recv(1 << 18)
        if not given:
            raise RuntimeError("the server closed the connection")
        self._parts.append(given)
        if self._left < 0:
            head, end, body = b"".join(self._parts).partition(_END)
            if not end:
                return False
            if not head.startswith(b"HTTP/1.1 " + self.status):
                raise RuntimeError(f"no good answer: {head[:600]!r} {body[:600]!r}")
            place = head.lower().index(b"content-length:") + 15
            self._parts, self._left = [body], int(head[place:].split(b"\r\n", 1)[0]) - len(body)
        else:
            self._left -= len(given)
        if self._left > 0:
            return False
        self.took.append(time.perf_counter() - self._sent)
        return True

    def ask(self) -> bytes:
        """Ask, wait for the whole answer, and return its body."""
        self.send()
        while not self.receive():
            pass
        return b"".join(self._parts)


@contextmanager
def connected(port: int) -> Iterator[socket.socket]:
    """Give a connection to a server of this machine."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        yield connection


@contextmanager
def reader(port: int, cookie: str) -> Iterator[Callable[[str], bytes]]:
    """Give a function that asks for a page on one connection and returns its body."""
    with connected(port) as connection:
        yield lambda path: Client(connection, lambda: get(path, cookie, port)).ask()


def run(
    port: int, requests: Sequence[tuple[Callable[[], bytes], bytes]], seconds: float
) -> list[list[float]]:
    """Keep one connection busy for each of ``requests`` (what to send, the status expected); return the seconds each took."""
    with selectors.DefaultSelector() as selector:
        sockets = [socket.create_connection(("127.0.0.1", port)) for _ in requests]
        clients = {
            one: Client(one, make, status) for one, (make, status) in zip(sockets, requests, strict=True)
        }
        try:
            for one, client in clients.items():
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                selector.register(one, selectors.EVENT_READ)
                client.send()
            ends, waiting = time.perf_counter() + seconds, set(sockets)
            while waiting:
                ready = selector.select(30)
                if not ready:
                    raise RuntimeError("no answer for half a minute")
                for key, _ in ready:
                    assert isinstance(key.fileobj, socket.socket)
                    client = clients[key.fileobj]
                    if not client.receive():
                        continue
                    if time.perf_counter() < ends:
                        client.send()
                    else:
                        waiting.discard(key.fileobj)
        finally:
            for one in sockets:
                one.close()
    return [client.took for client in clients.values()]


def pages(path: str, cookie: str, port: int, seconds: float) -> list[float]:
    """Keep one connection busy with one page; return the seconds each took."""
    return run(port, [(lambda: get(path, cookie, port), b"200")], seconds)[0]
