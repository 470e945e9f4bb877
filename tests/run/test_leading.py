"""Several workers: one that dies is started again, later each time; one that cannot start ends the server; systemd is told."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.web.leading import LONGEST_PAUSE, STOOD, Place
from core.web.listening import Seats
from core.web.notify import notify, watchdog_seconds
from tests.held.running import SECRET, Serving
from tests.run.test_stopping import Opener, children, ended
from tests.support.houses import ROOT
from tests.support.ports import wait_until


def test_the_pauses_grow_up_to_a_cap_and_begin_anew_after_it_stood_a_while():
    place = Place(0)
    assert [place.died(0) for _ in range(8)] == [0, 1, 2, 4, 8, 16, LONGEST_PAUSE, LONGEST_PAUSE]
    place.since = 1000
    assert place.died(1000 + STOOD - 1) == LONGEST_PAUSE
    place.since = 2000
    assert place.died(2000 + STOOD) == 0


@pytest.mark.parametrize("name", ["path", "abstract"])
def test_states_are_told_to_the_socket_that_systemd_names(tmp_path, monkeypatch, name):
    address = str(tmp_path / "notify") if name == "path" else f"@benchside-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(address.replace("@", "\0"))
        manager.settimeout(5)
        notify("READY=1")
        monkeypatch.setenv("NOTIFY_SOCKET", address)
        notify("STOPPING=1")
        assert manager.recv(100) == b"STOPPING=1", "without the variable nobody was told"
    notify("READY=1")  # nobody listens any more: nothing is raised


@pytest.mark.parametrize(
    ("told", "seconds"),
    [({}, 0), ({"WATCHDOG_USEC": "30000000"}, 30), ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"}, 0)],
)
def test_the_watchdog_is_fed_only_by_whom_it_watches(monkeypatch, told, seconds):
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    assert watchdog_seconds() == seconds


def test_who_gives_no_sign_is_noticed_and_who_is_away_is_not_waited_for():
    seats = Seats.new(2)
    assert (seats.here(0), seats.silent()) == (False, 0)
    seats.write(0, 3)
    before = seats.silent()
    assert (seats.here(0), seats.here(1)) == (True, False)
    assert 0 <= before <= seats.silent()
    os.close(seats.handle)


class Manager:
    """What systemd would hear."""

    def __init__(self, folder: Path) -> None:
        self.address = str(folder / "notify")
        self.heard: list[str] = []
        self._wire = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._wire.bind(self.address)
        self._wire.setblocking(False)

    def has_heard(self, state: str) -> bool:
        while True:
            try:
                self.heard.append(self._wire.recv(100).decode())
            except BlockingIOError:
                return state in self.heard

    def close(self) -> None:
        self._wire.close()


@pytest.fixture
def manager(tmp_path):
    made = Manager(tmp_path)
    yield made
    made.close()


def test_one_worker_tells_when_it_is_ready_lives_and_ends(opened: Opener, manager: Manager) -> None:
    serving = opened("sqlite")
    serving.start(NOTIFY_SOCKET=manager.address, WATCHDOG_USEC="1000000")
    wait_until(lambda: manager.has_heard("WATCHDOG=1"), "a sign of life")
    assert manager.heard[0] == "READY=1"
    assert "STOPPING=1" not in manager.heard
    assert serving.process is not None
    serving.process.terminate()
    assert ended(serving, 20) == 0
    assert manager.has_heard("STOPPING=1")


def killed(serving: Serving, process: int, line: str) -> None:
    """Kill a worker, and wait until the leader has said ``line``."""
    os.kill(process, signal.SIGKILL)
    wait_until(lambda: line in (serving.folder / "serve.log").read_text(), line)


def test_a_worker_that_dies_is_started_again_and_counted(opened: Opener, manager: Manager) -> None:
    serving = opened("sqlite")
    serving.start(2, NOTIFY_SOCKET=manager.address, WATCHDOG_USEC="60000000")
    assert serving.process is not None
    leader = serving.process.pid
    wait_until(lambda: manager.has_heard("READY=1"), "both workers")
    assert manager.has_heard("WATCHDOG=1")
    first, _ = children(leader)
    killed(serving, first, "worker 1 died with status -9 and is started again in 0 s")
    wait_until(lambda: len(children(leader)) == 2, "the next process")
    (again,) = {one for one in children(leader) if Path(f"/proc/{one}/stat").read_text()} - {first, _}
    killed(serving, again, "worker 1 died with status -9 and is started again in 1 s")
    begun = time.monotonic()
    wait_until(lambda: len(children(leader)) == 2, "the third process")
    assert time.monotonic() - begun > 0.5
    assert "benchside_worker_restarts_total 2.0" in serving.ask("GET", "/metrics").body.decode()
    serving.process.terminate()
    assert ended(serving, 20) == 0, "also where a worker is still starting"
    assert manager.has_heard("STOPPING=1")
    assert manager.heard.count("READY=1") == 1, "the workers themselves tell nothing"


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"BENCHSIDE_SECRET_KEY": ""}, "cannot start (status 1)"),
        ({}, "Cannot listen on 127.0.0.1:{port}"),
    ],
)
def test_what_cannot_start_at_all_says_so_and_ends(
    tmp_path: Path, settings: dict[str, str], said: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        if settings:
            taken.close()
        environment = {"BENCHSIDE_DATA_DIR": str(tmp_path), "BENCHSIDE_SECRET_KEY": SECRET, **settings}
        command = [sys.executable, str(ROOT / "host.py"), "serve", "--workers", "2", "--port", str(port)]
        done = subprocess.run(
            command, env=os.environ | environment, capture_output=True, text=True, timeout=60, check=False
        )
    assert done.returncode == 1
    assert said.format(port=port) in done.stderr
    assert "Traceback" not in done.stderr
