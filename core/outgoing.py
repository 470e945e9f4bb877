"""One bounded POST of JSON: short time, small answer, no redirects, no proxies, nothing secret in an error."""

import hashlib
import hmac
import http.client
import json
import re
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import quote, urlsplit

from attrs import frozen

CONNECT_SECONDS = 5
ANSWER_LIMIT = 64 * 1024
_CONNECTIONS = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
_HEADER_TEXT = re.compile(r"[!-~]+")


class Unreachable(Exception):
    """Nothing usable came back, or nothing could be sent; trying again may help."""


@frozen
class JsonReply:
    """What came back: the status, and the JSON object of the body (empty where there is none)."""

    status: int
    body: Mapping[str, Any]


def signature(secret: str, body: bytes) -> str:
    """Return what ``Benchside-Signature`` says of ``body``: ``sha256=`` and the HMAC in hex."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def post_json(
    url: str, content: Mapping[str, Any], *, key: str, token: str, seconds: int, secret: str = ""
) -> JsonReply:
    """Send ``content`` to ``url`` and return the answer, whatever its status.

    ``key`` goes out as Idempotency-Key, percent-encoded, for a header carries no Chinese; with ``secret`` the body
    is signed.

    Raises:
        Unreachable: the address or token cannot be used, the time is over, or the connection broke.
    """
    connection, target = _connection(url, seconds)
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json",
        "Idempotency-Key": quote(key, safe=""),
    }
    body = json.dumps(content, ensure_ascii=False).encode()
    if secret:
        headers["Benchside-Signature"] = signature(secret, body)
    if token:
        if not _HEADER_TEXT.fullmatch(token):
            raise Unreachable("the token in the settings has characters that no header can carry")
        headers["Authorization"] = f"Bearer {token}"
    try:
        connection.connect()
        # A socket's own timeout counts each read anew; the timer bounds them all together.
        timer = threading.Timer(seconds, _cut, [connection.sock])
        timer.daemon = True
        timer.start()
        try:
            connection.sock.settimeout(seconds)
            connection.request("POST", target, body, headers)
            response = connection.getresponse()
            return JsonReply(response.status, _object(response.read(ANSWER_LIMIT + 1)))
        finally:
            timer.cancel()
    except (OSError, http.client.HTTPException) as error:
        raise Unreachable(f"no answer from the other side: {type(error).__name__}") from error
    finally:
        connection.close()


def _connection(url: str, seconds: int) -> tuple[http.client.HTTPConnection, str]:
    try:
        parts = urlsplit(url)
        made = _CONNECTIONS[parts.scheme](
            parts.hostname or "", parts.port, timeout=min(seconds, CONNECT_SECONDS)
        )
    except (KeyError, ValueError, http.client.InvalidURL):
        raise Unreachable("the address in the settings is not an http or https address") from None
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not parts.hostname or parts.username is not None or not _HEADER_TEXT.fullmatch(target):
        raise Unreachable("the address in the settings names no host, or holds a user name or odd characters")
    return made, target


def _cut(connected: socket.socket) -> None:
    with suppress(OSError):
        connected.shutdown(socket.SHUT_RDWR)


def _object(raw: bytes) -> Mapping[str, Any]:
    if len(raw) > ANSWER_LIMIT:
        return {}
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}
