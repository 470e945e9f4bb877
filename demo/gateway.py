"""A small SMS gateway on this machine only, so that the demo shows a notice really leaving.

It takes what the court's SMS channel sends, one message a call, answers as a gateway does, and writes each message
once as a line of ``sms.jsonl``. It keeps no more than it promises: small bodies, short waits, a file that is turned over.
"""

import json
import secrets
import threading
from contextlib import suppress
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from typing import Any
from urllib.parse import unquote

from attrs import define, field

from demo.told import write_private

BODY_LIMIT = 64 * 1024
FILE_LIMIT = 8 * 1024 * 1024
"""Beyond this the file becomes ``sms.old.jsonl`` and a new one is begun."""
WAIT_SECONDS = 10
PATH = "/messages"
_FIELDS = ("to_phone", "content")


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    gateway: "Gateway"

    def server_bind(self) -> None:
        # The HTTP server's own way asks the network for the machine's name, and may wait long for it.
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]


class _Handler(BaseHTTPRequestHandler):
    timeout = WAIT_SECONDS
    server: _Server

    def do_POST(self) -> None:
        """Take one message."""
        gateway = self.server.gateway
        if self.path != PATH:
            return self._answer(404, {"accepted": False, "reason": "没有这个地址。"})
        if not secrets.compare_digest(
            self.headers.get("Authorization", "").encode(), f"Bearer {gateway.token}".encode()
        ):
            return self._answer(401, {"accepted": False, "reason": "令牌不对。"})
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()):
            return self._answer(411, {"accepted": False, "reason": "请给出长度。"})
        if int(length) > BODY_LIMIT:
            return self._answer(413, {"accepted": False, "reason": "内容太长。"})
        try:
            body = json.loads(self.rfile.read(int(length)))
        except (ValueError, RecursionError):
            body = None
        if not isinstance(body, dict) or not all(isinstance(body.get(name), str) for name in _FIELDS):
            return self._answer(400, {"accepted": False, "reason": "内容不是一条短信。"})
        key = unquote(self.headers.get("Idempotency-Key", ""))
        return self._answer(200, {"accepted": True, "message_id": gateway.take(key, body)})

    def _answer(self, status: int, content: dict[str, Any]) -> None:
        raw = json.dumps(content, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *args: Any) -> None:
        """Say nothing: the file says it."""


@define(eq=False)
class Gateway:
    """One running gateway and the file it writes."""

    folder: Path
    port: int
    token: str
    server: _Server
    _seen: dict[str, str] = field(factory=dict)
    _lock: threading.Lock = field(factory=threading.Lock)

    @property
    def url(self) -> str:
        """Where the SMS channel sends its messages."""
        return f"http://127.0.0.1:{self.port}{PATH}"

    @property
    def file(self) -> Path:
        """Where the messages are written."""
        return self.folder / "sms.jsonl"

    def take(self, key: str, body: dict[str, Any]) -> str:
        """Write a message and return its id; one that came before under this key gets the id it had."""
        with self._lock:
            if key and key in self._seen:
                return self._seen[key]
            message_id = f"demo-{secrets.token_hex(8)}"
            line = {
                "received_at": datetime.now(UTC).isoformat(),
                "message_id": message_id,
                "key": key,
                **body,
            }
            if self.file.exists() and self.file.stat().st_size > FILE_LIMIT:
                self.file.replace(self.folder / "sms.old.jsonl")
                self._seen.clear()
            with self.file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
            if key:
                self._seen[key] = message_id
            return message_id

    def remember(self) -> None:
        """Know again what was taken before the last stop."""
        if self.file.exists():
            with self.file.open(encoding="utf-8") as file:
                for line in file:
                    with suppress(ValueError, KeyError):
                        held = json.loads(line)
                        self._seen[held["key"]] = held["message_id"]


_running: dict[Path, Gateway] = {}
_starting = threading.Lock()


def running_gateway(folder: Path) -> Gateway:
    """Return the gateway of ``folder``, started where it does not run yet, on the port it had where that is free."""
    folder = folder.resolve()
    with _starting:
        if folder not in _running:
            _running[folder] = _start(folder)
        return _running[folder]


def stop_gateway(folder: Path) -> None:
    """Stop the gateway of ``folder``, if it runs."""
    with _starting:
        gateway = _running.pop(folder.resolve(), None)
    if gateway is not None:
        gateway.server.shutdown()
        gateway.server.server_close()


def _start(folder: Path) -> Gateway:
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / "gateway.json"
    held = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    server = _bind(int(held.get("port", 0)))
    gateway = Gateway(folder, server.server_port, str(held.get("token") or secrets.token_urlsafe(24)), server)
    server.gateway = gateway
    gateway.remember()
    write_private(kept, json.dumps({"port": gateway.port, "token": gateway.token}) + "\n")
    threading.Thread(target=server.serve_forever, name="demo-sms-gateway", daemon=True).start()
    return gateway


def _bind(port: int) -> _Server:
    try:
        return _Server(("127.0.0.1", port), _Handler)
    except OSError:
        if not port:
            raise
        return _Server(("127.0.0.1", 0), _Handler)
