"""``benchside serve`` as operators start it; killed as a power cut would, started again, and asked over HTTP."""

import copy
import hashlib
import http.client
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from attrs import define, field, frozen

from core.web.session import SESSION_COOKIE
from tests.support.acting import PDF
from tests.support.houses import COURT, KEYS, ROOT, Fixture
from tests.support.ports import free_port, wait_until

SECRET = "test-secret-of-at-least-32-characters"


@frozen
class Reply:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: Any


@define
class Serving:
    """One installation and, while it is served, the process that leads its group."""

    url: str
    folder: Path
    fixture: Fixture
    port: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None)
    example: dict[str, Any] = field(factory=dict)
    clock_file: Path | None = None
    """Holds the seconds by which the machine's clock is off, where a test sets it."""

    def set_clock(self, seconds: float) -> None:
        """Set the clock of the server's machine, for the first time before it is started."""
        self.clock_file = self.folder / "clock-of-the-test"
        beside = self.clock_file.with_suffix(".new")
        beside.write_text(str(seconds), encoding="utf-8")
        beside.replace(self.clock_file)

    def start(self, workers: int = 1, **settings: str) -> None:
        """Serve in a process group of its own, with further ``settings`` (variables), and wait until it is ready."""
        self.port = free_port()
        environment = os.environ | {
            "BENCHSIDE_DATABASE_URL": self.url, "BENCHSIDE_DATA_DIR": str(self.folder), "BENCHSIDE_KEYS_FILE": str(KEYS),
            "BENCHSIDE_SECRET_KEY": SECRET, **settings,
        }  # fmt: skip
        host = [str(ROOT / "host.py")]
        if self.clock_file is not None:
            environment["BENCHSIDE_TEST_CLOCK"] = str(self.clock_file)
            host = ["-m", "tests.held.clock_host"]
        command = [sys.executable, *host, "serve", "--port", str(self.port)]
        command += ["--workers", str(workers)] if workers > 1 else []
        log = (self.folder / "serve.log").open("ab")
        with log:
            self.process = subprocess.Popen(
                command, env=environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )
        wait_until(self.ready, "the server", 90)

    def ready(self) -> bool:
        """Whether ``/readyz`` says so."""
        assert self.process is not None
        assert self.process.poll() is None, (self.folder / "serve.log").read_text()[-3000:]
        try:
            return self.ask("GET", "/readyz").status == 200
        except (OSError, http.client.HTTPException):
            return False

    def kill(self) -> None:
        """End the whole group at once, as when the power goes."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def log_in(self, username: str, password: str) -> str:
        """Return the cookie of a new session."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            form = urlencode({"username": username, "password": password})
            connection.request("POST", "/login", form, {"Content-Type": "application/x-www-form-urlencoded"})
            answer = connection.getresponse()
            answer.read()
        finally:
            connection.close()
        given = [one.partition(";")[0] for one in answer.headers.get_all("Set-Cookie", [])]
        (cookie,) = [one for one in given if one.startswith(f"{SESSION_COOKIE}=")]
        return cookie

    def ask(self, method: str, path: str, body: Any = None, *, cookie: str = "") -> Reply:
        """Call the API below the court, or a whole path."""
        whole = path if path.startswith("/") else f"/api/v1/courts/{quote(COURT)}/{path}"
        headers = {"Authorization": f"Bearer {self.fixture.token}", "Content-Type": "application/json"}
        headers |= {"Cookie": cookie} if cookie else {}
        raw = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, whole, raw, headers)
            answer = connection.getresponse()
            given = answer.read()
        finally:
            connection.close()
        kind = answer.headers.get("Content-Type", "")
        return Reply(answer.status, answer.headers, json.loads(given) if "json" in kind else given)

    def learn(self) -> None:
        """Keep the example that the API itself gives of a filing."""
        kinds = self.ask("GET", "kinds").body["kinds"]
        (filing,) = [one for one in kinds if one["kind"] == "filing"]
        self.example = filing["examples"][0]

    def put(self, content: bytes) -> Reply:
        """Upload a file."""
        return self.ask("PUT", f"files/{hashlib.sha256(content).hexdigest()}", content)

    def upload(self, content: bytes) -> str:
        """Upload a file and return its digest."""
        reply = self.put(content)
        assert reply.status in (200, 201), reply.body
        return hashlib.sha256(content).hexdigest()

    def submission(self, name: str, digest: str) -> dict[str, Any]:
        """Return a filing that nothing is wrong with; all its files are the one with ``digest``."""
        body = copy.deepcopy(self.example) | {"submission_id": name}
        for one in body["attachments"]:
            one["sha256"] = digest
        return body

    def content(self, name: str) -> bytes:
        """Return the file of the submission ``name``: no two are alike."""
        return PDF + f"%{name}\n".encode()

    def file(self, name: str) -> Reply:
        """Upload the file of ``name`` and submit it."""
        return self.ask("POST", "applications", self.submission(name, self.upload(self.content(name))))
