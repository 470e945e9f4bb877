"""A browser without a window: cookies, forms with their token, both languages."""

import html
import io
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, urlencode
from wsgiref.util import setup_testing_defaults

from attrs import Factory, define, frozen

from core.testing.houses import PASSWORD

TOKEN = re.compile(r'name="csrf" value="([0-9a-f]+)"')


@frozen
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The page, with its entities as a reader sees them."""
        return html.unescape(self.body.decode())


@define
class Browser:
    """One person's browser. A form that was taken leads on (303); what is wrong is shown (422)."""

    application: Any
    cookies: dict[str, str] = Factory(dict)
    token: str = ""

    def get(self, path: str, **query: str) -> Reply:
        """Ask for a page; its form token is kept for the next form."""
        return self._ask("GET", path, urlencode(query), b"")

    def post(
        self, path: str, form: dict[str, Any] | None = None, *, token: str | None = None, part: bool = False
    ) -> Reply:
        """Send a form with the token of the last page, or with another one (empty: none), for a page or ``part`` of one."""
        chosen = self.token if token is None else token
        body = urlencode({**(form or {}), **({"csrf": chosen} if chosen else {})}, doseq=True).encode()
        return self._ask("POST", path, "", body, {"HTTP_HX_REQUEST": "true"} if part else {})

    def log_in(self, username: str) -> "Browser":
        """Log in by the form; afterwards the token of the session's forms is at hand."""
        self.get("/login")
        answer = self.post("/login", {"username": username, "password": PASSWORD})
        assert answer.status == 303, answer.text
        self.get("/")
        return self

    def english(self) -> "Browser":
        """Switch this browser to English, for good."""
        self.cookies["benchside_language"] = "en"
        return self

    def _ask(
        self,
        method: str,
        path: str,
        query: str,
        body: bytes,
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> Reply:
        path, _, more = path.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method, "PATH_INFO": path.encode().decode("latin-1"), "QUERY_STRING": query or quote(more, "=&%+"),
            "wsgi.input": io.BytesIO(body), "REMOTE_ADDR": "10.1.2.3",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items() if value), **headers,
        }  # fmt: skip
        if method == "POST":
            environ |= {
                "CONTENT_TYPE": "application/x-www-form-urlencoded",
                "CONTENT_LENGTH": str(len(body)),
            }
        setup_testing_defaults(environ)
        told: list[tuple[str, list[tuple[str, str]]]] = []
        chunks = self.application(environ, lambda status, given, error=None: told.append((status, given)))
        try:
            content = b"".join(chunks)
        finally:
            if hasattr(chunks, "close"):
                chunks.close()
        status, given = told[-1]
        for name, value in given:
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0].strip('"')
        reply = Reply(int(status[:3]), {name.lower(): value for name, value in given}, content)
        if reply.headers.get("content-type", "").startswith("text/html") and (
            found := TOKEN.search(reply.text)
        ):
            self.token = found[1]
        return reply


def row(reply: Reply, mark: str) -> str:
    """Return the table row that carries ``mark`` (such as ``data-serial="…"``)."""
    found = re.search(rf"<tr[^>]*{re.escape(mark)}[^>]*>.*?</tr>", reply.text, re.DOTALL)
    assert found is not None, f"no row {mark} in {reply.text}"
    return found[0]
