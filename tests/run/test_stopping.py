"""A stop finishes what was accepted, refuses what is new, ends in time; a second signal ends at once."""

import hashlib
import http.client
import json
import os
import re
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from core.work.check import check
from tests.held.running import Serving
from tests.support.acting import PDF
from tests.support.houses import COURT
from tests.support.ports import answers, wait_until

Opener = Callable[[str], Serving]
LARGE = PDF + b"%" + b"x" * 400_000


def children(process: int) -> list[int]:
    """Return the processes that ``process`` started."""
    return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def serving_processes(serving: Serving, workers: int) -> list[int]:
    assert serving.process is not None
    return children(serving.process.pid) if workers > 1 else [serving.process.pid]


def told(process: int, name: str) -> str:
    """Return a line of what the kernel tells of a process."""
    found = re.search(rf"^{name}:\s*(\w+)", Path(f"/proc/{process}/status").read_text(), re.MULTILINE)
    assert found is not None
    return found[1]


def is_asked(process: int) -> bool:
    """Whether SIGTERM waits for a process that stands still."""
    return bool(int(told(process, "ShdPnd"), 16) & 1 << signal.SIGTERM - 1)


def connect(serving: Serving, sent: bytes = b"") -> socket.socket:
    wire = socket.create_connection(("127.0.0.1", serving.port), timeout=30)
    wire.sendall(sent)
    return wire


def get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: court\r\n\r\n".encode()


def put(serving: Serving, content: bytes) -> bytes:
    """Return the head of an upload."""
    path = f"/api/v1/courts/{quote(COURT)}/files/{hashlib.sha256(content).hexdigest()}"
    head = f"PUT {path} HTTP/1.1\r\nHost: court\r\nAuthorization: Bearer {serving.fixture.token}\r\n"
    return f"{head}Content-Length: {len(content)}\r\n\r\n".encode()


def rest(wire: socket.socket) -> tuple[int, http.client.HTTPMessage, bytes]:
    """Read one whole answer and the end of the connection, which must be no reset."""
    with wire:
        answer = http.client.HTTPResponse(wire)
        answer.begin()
        body = answer.read()
        assert wire.recv(1) == b""
    return answer.status, answer.headers, body


@contextmanager
def halted(processes: list[int]) -> Iterator[None]:
    """Have the workers stand still: what is sent meanwhile waits in the kernel, and so does the signal."""
    for one in processes:
        os.kill(one, signal.SIGSTOP)
    wait_until(lambda: all(told(one, "State") == "T" for one in processes), "the workers to stand still")
    try:
        yield
    finally:
        for one in processes:
            os.kill(one, signal.SIGCONT)


def ended(serving: Serving, within: float) -> int:
    assert serving.process is not None
    status = serving.process.wait(within)
    assert not answers(serving.port)
    serving.process = None
    return status


class Asking(threading.Thread):
    """A client that asks on, on one kept connection after the other, until nobody accepts any more."""

    def __init__(self, serving: Serving, number: int) -> None:
        super().__init__()
        self.serving, self.number = serving, number
        self.sent: list[tuple[float, str]] = []
        """When each request was sent whole, and what came of it."""

    def run(self) -> None:
        digest = self.serving.upload(PDF)
        for number in range(10_000):
            body = json.dumps(self.serving.submission(f"stop-{self.number}-{number}", digest))
            with closing(
                http.client.HTTPConnection("127.0.0.1", self.serving.port, timeout=30)
            ) as connection:
                try:
                    connection.connect()
                except OSError:
                    return
                for _ in range(3):
                    self._ask(connection, "GET", "/login")
                    self._ask(connection, "POST", f"/api/v1/courts/{quote(COURT)}/applications", body)

    def _ask(self, connection: http.client.HTTPConnection, method: str, path: str, body: str = "") -> None:
        if connection.sock is None:
            return  # the last answer said that the connection closes
        head = {"Authorization": f"Bearer {self.serving.fixture.token}", "Content-Type": "application/json"}
        sent = float("inf")
        try:
            connection.request(method, path, body, head)
            sent = time.monotonic()
            answer = connection.getresponse()
            answer.read()
            self.sent.append((sent, str(answer.status)))
        except (OSError, http.client.HTTPException) as error:
            self.sent.append((sent, f"{type(error).__name__} after {method} {path}"))
            connection.close()


@pytest.mark.parametrize("workers", [1, 2])
def test_every_request_sent_before_the_signal_is_answered(opened: Opener, workers: int) -> None:
    serving = opened("sqlite")
    serving.start(workers)
    serving.learn()
    clients = [Asking(serving, number) for number in range(8)]
    for one in clients:
        one.start()
    kept = [connect(serving, get("/healthz")) for _ in range(2)]
    for wire in kept:
        told = b""
        while not told.endswith(b"alive\n"):
            told += wire.recv(4096)
    upload = connect(serving, put(serving, LARGE) + LARGE[:100_000])
    silent = connect(serving)
    half = connect(serving, b"GET /healthz HTTP/1.1\r\n")
    wait_until(lambda: sum(len(one.sent) for one in clients) > 100, "the load")
    processes = serving_processes(serving, workers)
    with halted(processes):
        queued = [connect(serving, get("/login")) for _ in range(60)]
        for wire in kept:
            wire.sendall(get("/healthz"))
        asked_at = time.monotonic()
        assert serving.process is not None
        serving.process.terminate()
        wait_until(lambda: all(map(is_asked, processes)), "the signal to reach every worker")
    with ThreadPoolExecutor(8) as pool:
        for status, headers, body in pool.map(rest, [*queued, *kept]):
            assert (status, headers["Connection"]) == (200, "close")
            assert len(body) == int(headers["Content-Length"])
    assert silent.recv(4096) == b"", "nothing was asked, and nobody waits for it"
    silent.close()
    upload.sendall(LARGE[100_000:])
    assert rest(upload)[0] == 201
    half.sendall(b"Host: court\r\n\r\n")
    assert rest(half)[0] == 200
    assert ended(serving, 20) == 0
    for one in clients:
        one.join()
        before = [what for when, what in one.sent if when < asked_at]
        assert set(before) <= {"200", "201"}, before


def test_what_takes_too_long_is_cut_off_and_the_status_says_so(opened: Opener) -> None:
    serving = opened("sqlite")
    serving.start(BENCHSIDE_STOP_SECONDS="1")
    upload = connect(serving, put(serving, LARGE) + LARGE[:100_000])
    assert serving.process is not None
    serving.process.terminate()
    assert ended(serving, 10) == 1
    upload.close()
    assert "1 connections cut off" in (serving.folder / "serve.log").read_text()


@pytest.mark.parametrize("workers", [1, 2])
def test_a_second_signal_ends_at_once_with_nothing_half_done(opened: Opener, workers: int) -> None:
    serving = opened("sqlite")
    serving.start(workers)
    upload = connect(serving, put(serving, LARGE) + LARGE[:100_000])
    processes = serving_processes(serving, workers)
    assert serving.process is not None
    serving.process.send_signal(signal.SIGINT)
    wait_until(lambda: not answers(serving.port), "the door to shut")
    assert serving.process.poll() is None, "the upload is waited for"
    serving.process.terminate()
    assert ended(serving, 5) == -signal.SIGTERM
    wait_until(
        lambda: not any(Path(f"/proc/{one}/exe").exists() for one in processes), "the workers to be gone"
    )
    upload.close()
    house = serving.fixture.house
    assert not house.blobs.has(hashlib.sha256(LARGE).hexdigest())
    assert not [one for one in check(house) if one.wrong]
