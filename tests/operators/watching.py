"""Asking the whole application as a server would: with a peer, headers and a path."""

import io
from typing import Any
from wsgiref.util import setup_testing_defaults

from attrs import frozen


@frozen
class Reply:
    status: int
    headers: dict[str, str]
    text: str


def ask(
    application: Any, path: str, *, peer: str = "127.0.0.1", method: str = "GET", **environ: Any
) -> Reply:
    """Send one request from ``peer``; further ``environ`` entries are headers (``HTTP_…``) or the body."""
    asked: dict[str, Any] = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "REMOTE_ADDR": peer, "wsgi.input": io.BytesIO(), **environ,
    }  # fmt: skip
    setup_testing_defaults(asked)
    told: list[Any] = []
    body = b"".join(application(asked, lambda status, headers, error=None: told.append((status, headers))))
    status, headers = told[-1]
    return Reply(
        int(status[:3]), {name.lower(): value for name, value in headers}, body.decode("utf-8", "replace")
    )
