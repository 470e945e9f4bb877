"""Clients that file: each connection sends its next submission as soon as the last one is answered."""

import selectors
import socket
import time
from collections.abc import Callable

from attrs import Factory, define

_END = b"\r\n\r\n"


@define
class Filer:
    """One connection, and the seconds each of its submissions took."""

    connection: socket.socket
    next_request: Callable[[], bytes]
    took: list[float] = Factory(list)
    _sent: float = 0.0
    _held: bytes = b""

    def send(self) -> None:
        """Send the next submission."""
        self._held = b""
        self._sent = time.perf_counter()
        self.connection.sendall(self.next_request())

    def receive(self) -> bool:
        """Read what is there; tell whether the answer is whole.

        Raises:
            RuntimeError: the connection was closed.
        """
        given = self.connection.recv(1 << 18)
        if not given:
            raise RuntimeError("the server closed the connection")
        self._held += given
        head, end, body = self._held.partition(_END)
        if not end:
            return False
        place = head.lower().index(b"content-length:") + 15
        if len(body) < int(head[place:].split(b"\r\n", 1)[0]):
            return False
        self.took.append(time.perf_counter() - self._sent)
        return True

    def answered(self, status: bytes) -> None:
        """Check the last answer.

        Raises:
            RuntimeError: it is another one.
        """
        if not self._held.startswith(b"HTTP/1.1 " + status):
            raise RuntimeError(f"no good answer: {self._held[:600]!r}")


def post(port: int, path: str, token: str, body: bytes) -> bytes:
    """Return the request that files ``body``."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def run(port: int, requests: list[tuple[Callable[[], bytes], bytes]], seconds: float) -> list[list[float]]:
    """Keep one connection busy for each of ``requests`` (what to send, the status expected); return the seconds each took."""
    filers: dict[socket.socket, tuple[Filer, bytes]] = {}
    with selectors.DefaultSelector() as selector:
        try:
            for make, status in requests:
                one = socket.create_connection(("127.0.0.1", port))
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                filers[one] = (Filer(one, make), status)
                selector.register(one, selectors.EVENT_READ)
            for filer, _ in filers.values():
                filer.send()
            ends = time.perf_counter() + seconds
            waiting = set(filers)
            while waiting:
                ready = selector.select(30)
                if not ready:
                    raise RuntimeError("no answer for half a minute")
                for key, _ in ready:
                    assert isinstance(key.fileobj, socket.socket)
                    filer, status = filers[key.fileobj]
                    if filer.receive():
                        filer.answered(status)
                        if time.perf_counter() < ends:
                            filer.send()
                        else:
                            waiting.discard(key.fileobj)
        finally:
            for one in filers:
                one.close()
    return [filer.took for filer, _ in filers.values()]
