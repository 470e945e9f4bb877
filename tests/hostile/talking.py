"""Talking to a server over a socket: byte by byte where it matters, and as a program would where it does not."""

import io
import re
import socket
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode
from wsgiref.util import setup_testing_defaults

import pytest
from attrs import Factory, define, frozen

from tests.support.houses import PASSWORD

SQLITE = pytest.mark.parametrize("founded_url", ["sqlite"], indirect=True)
"""For tests that are not about the database: once is enough."""
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"


@frozen
class Told:
    """What a server answered to one request."""

    status: int
    head: str
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    def header(self, name: str) -> str:
        """Return a header's values, joined."""
        lines = [line.partition(":") for line in self.head.split("\r\n")[1:]]
        return ", ".join(value.strip() for key, _, value in lines if key.lower() == name.lower())


def read(raw: bytes) -> Told:
    """Return the only answer in ``raw``."""
    head, _, body = raw.partition(b"\r\n\r\n")
    if head.startswith(b"HTTP/1.1 100"):
        return read(body)
    return Told(int(head.split(b" ", 2)[1]), head.decode("latin-1"), body)


@define
class Served:
    """A server that is running."""

    server: Any
    court: Any = None
    sessions: dict[str, bytes] = Factory(dict)

    def open(self) -> socket.socket:
        return socket.create_connection(self.server.bind_addr, timeout=10)

    def send(self, raw: bytes) -> Told:
        """Send exactly this and read until the server ends the connection; the request should ask for that."""
        with self.open() as wire:
            wire.sendall(raw)
            return read(rest(wire))

    def ask(
        self, method: str, target: str, body: bytes = b"", *, head: bytes = b"", as_: str = "", close: bool = True
    ) -> Told:  # fmt: skip
        """Send a request, as the person ``as_``."""
        lines = [f"{method} {target} HTTP/1.1\r\nHost: court.example\r\n".encode(), head]
        if as_:
            lines.append(b"Cookie: " + self.session(as_) + b"\r\n")
        if body or method == "POST":
            lines.append(b"Content-Length: %d\r\n" % len(body))
        if close:
            lines.append(b"Connection: close\r\n")
        return self.send(b"".join([*lines, b"\r\n", body]))

    def get(self, target: str, *, as_: str = "", head: bytes = b"") -> Told:
        return self.ask("GET", target, as_=as_, head=head)

    def form(self, target: str, fields: Any, *, as_: str = "", head: bytes = b"") -> Told:
        body = fields if isinstance(fields, bytes) else urlencode(fields, doseq=True).encode()
        return self.ask("POST", target, body, head=FORM + head, as_=as_)

    def log_in(self, name: str, password: str = PASSWORD, head: bytes = b"") -> Told:
        return self.form("/login", {"username": name, "password": password}, head=head)

    def session(self, name: str) -> bytes:
        """Return the cookies of somebody who has logged in."""
        if name not in self.sessions:
            self.sessions[name] = cookies(self.log_in(name))
        return self.sessions[name]

    def call(self, method: str, door: str, body: bytes = b"", head: bytes = b"") -> Told:
        """Call the API as the outside platform."""
        token = f"Authorization: Bearer {self.court.token}\r\nContent-Type: application/json\r\n".encode()
        return self.ask(method, f"/api/v1/courts/%E7%B2%A40199/{door}", body, head=token + head)


def cookies(told: Told) -> bytes:
    """Return the cookies that an answer sets, as a browser sends them back."""
    lines = [line.partition(":")[2].strip() for line in told.head.split("\r\n") if line.lower().startswith("set-cookie:")]  # fmt: skip
    pairs = [line.partition(";")[0] for line in lines]
    return "; ".join(one for one in pairs if not one.endswith(("=", '=""'))).encode()


def rest(wire: socket.socket) -> bytes:
    """Read until the server ends."""
    return b"".join(iter(lambda: wire.recv(65536), b""))


def drip(wire: socket.socket, pieces: Iterable[bytes], every: float) -> bytes:
    """Send one piece every so many seconds until there is an answer; return it whole."""
    wire.settimeout(every)
    for piece in pieces:
        try:
            wire.sendall(piece)
            first = wire.recv(65536)
        except TimeoutError:
            continue
        wire.settimeout(10)
        return first + rest(wire) if first else b""
    raise AssertionError("the server listened to the end")


@frozen
class Reply:
    """What an application answered."""

    status: int
    headers: dict[str, str]
    cookies: dict[str, str]
    """Those it sets, by name; empty ones it takes away."""
    set_cookies: tuple[str, ...]
    text: str

    @property
    def alert(self) -> str:
        """What the log-in page says is wrong."""
        found = re.search(r'role="alert"[^>]*>(.*?)</', self.text, re.DOTALL)
        return found[1].strip() if found else ""


@define
class Door:
    """An application asked without a socket, from any address."""

    application: Any

    def ask(
        self, method: str, target: str, form: Any = None, *, address: str = "192.0.2.1", cookies: Any = None, **head: str
    ) -> Reply:  # fmt: skip
        """Send one request; ``head`` are WSGI names."""
        path, _, query = target.partition("?")
        body = urlencode(form, doseq=True).encode() if form is not None else b""
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method, "PATH_INFO": path.encode().decode("latin-1"), "QUERY_STRING": query,
            "wsgi.input": io.BytesIO(body), "REMOTE_ADDR": address, "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": "application/x-www-form-urlencoded", **head,
        }  # fmt: skip
        if cookies:
            environ["HTTP_COOKIE"] = "; ".join(f"{name}={value}" for name, value in cookies.items() if value)
        setup_testing_defaults(environ)
        told: list[Any] = []
        chunks = self.application(environ, lambda status, given, error=None: told.append((status, given)))
        text = b"".join(chunks).decode("utf-8", "replace")
        if hasattr(chunks, "close"):
            chunks.close()
        status, given = told[-1]
        lines = tuple(value for name, value in given if name.lower() == "set-cookie")
        pairs = dict(line.partition(";")[0].split("=", 1) for line in lines)
        jar = {name: value.strip('"') for name, value in pairs.items()}
        return Reply(int(status[:3]), {name.lower(): value for name, value in given}, jar, lines, text)

    def log_in(self, name: str, password: str = PASSWORD, **more: Any) -> Reply:
        return self.ask("POST", "/login", {"username": name, "password": password}, **more)
