"""Browsers and platforms as the load plays them: plain HTTP, each request on a connection of its own, as behind a proxy."""

import html
import http.client
import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from attrs import Factory, define, frozen

from bench.place import COURTS, PASSWORD

TIMEOUT = 30
_TOKEN = re.compile(r'name="csrf" value="([0-9a-f]+)"')
_ROW = re.compile(r'<tr data-serial="([^"]+)".*?<td data-state="([^"]+)"', re.DOTALL)
_NEXT = re.compile(r'rel="next" href="([^"]+)"')
_FILE = re.compile(r'href="(/m/[^"]+/files/\d+)" download')
_STATE = re.compile(r'<h1>[^\n]*?<span data-state="([^"]+)"')
_VERSION = re.compile(r'name="version" value="(\d+)"')


@frozen
class Reply:
    """What came back."""

    status: int
    location: str
    cookies: tuple[str, ...]
    raw: bytes

    @property
    def text(self) -> str:
        """The page as a reader sees it."""
        return html.unescape(self.raw.decode())

    @property
    def body(self) -> Any:
        """The answer of the API."""
        return json.loads(self.raw)

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Serial number and state of each row of a queue."""
        return _ROW.findall(self.raw.decode())

    @property
    def next(self) -> str:
        """The address of the next page, empty on the last."""
        found = _NEXT.search(self.raw.decode())
        return html.unescape(found[1]) if found else ""

    @property
    def files(self) -> list[str]:
        """The addresses of the files of a request."""
        return _FILE.findall(self.raw.decode())

    @property
    def state(self) -> str:
        """The state on the page of a request."""
        found = _STATE.search(self.raw.decode())
        return found[1] if found else ""

    @property
    def version(self) -> str:
        """The version that a form was made for."""
        found = _VERSION.search(self.raw.decode())
        return found[1] if found else ""


def ask(port: int, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Reply:
    """Send one request and read its whole answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
    try:
        connection.request(method, path, body, {"Connection": "close", **headers})
        answer = connection.getresponse()
        cookies = tuple(answer.headers.get_all("Set-Cookie") or ())
        return Reply(answer.status, answer.headers.get("Location", ""), cookies, answer.read())
    finally:
        connection.close()


@define
class Person:
    """Somebody of the court at a browser."""

    port: int
    name: str
    cookies: dict[str, str] = Factory(dict)
    token: str = ""
    used: float = float("-inf")
    """When the session was last used, by the monotonic clock."""

    def get(self, path: str, **query: str) -> Reply:
        """Open a page."""
        return self._ask("GET", path + (f"?{urlencode(query)}" if query else ""), None)

    def post(self, path: str, form: Mapping[str, Any]) -> Reply:
        """Send a form with the token of the page before."""
        return self._ask("POST", path, urlencode({**form, "csrf": self.token}, doseq=True).encode())

    def enter(self) -> Reply:
        """Send name and password."""
        return self.post("/login", {"username": self.name, "password": PASSWORD})

    def _ask(self, method: str, path: str, body: bytes | None) -> Reply:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items() if value)}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        reply = ask(self.port, method, path, body, headers)
        for line in reply.cookies:
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0].strip('"')
        if found := _TOKEN.search(reply.raw.decode(errors="replace")):
            self.token = found[1]
        return reply


@frozen
class Platform:
    """An outside platform at the API."""

    port: int
    token: str

    def call(self, method: str, path: str, body: Any = None) -> Reply:
        """Call ``path`` below the court; bytes go as they are, all else as JSON."""
        raw = body if isinstance(body, bytes) or body is None else json.dumps(body, ensure_ascii=False).encode()  # fmt: skip
        headers = {"Authorization": f"Bearer {self.token}"}
        if raw is not None:
            headers["Content-Type"] = (
                "application/octet-stream" if isinstance(body, bytes) else "application/json"
            )
        return ask(self.port, method, f"/api/v1/courts/{quote(COURTS[0])}/{path}", raw, headers)

    def kinds(self) -> list[dict[str, Any]]:
        """Return what can be filed."""
        answer = self.call("GET", "kinds")
        assert answer.status == 200, answer.raw
        kinds: list[dict[str, Any]] = answer.body["kinds"]
        return kinds
