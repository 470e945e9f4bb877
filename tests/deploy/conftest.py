"""What ``deploy/`` holds, put in a place of its own: a stand-in for /etc, /var and /opt, with free ports."""

import os
import re
import shlex
import shutil
import socket
import ssl
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from attrs import define, field

from tests.support.founding import quick_passwords
from tests.support.houses import COURT, KEYS, ROOT, Fixture, make_house
from tests.support.ports import answers, free_port, wait_until
from tests.support.postgres import Home, start

__all__ = ["quick_passwords"]

DEPLOY = ROOT / "deploy"
UNITS = sorted(path.name for path in DEPLOY.glob("*.service")) + sorted(
    path.name for path in DEPLOY.glob("*.timer")
)
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
PASSWORD = "fictional-database-password"


def exec_lines(unit: str) -> list[str]:
    """Return the commands of a unit, as they stand."""
    return re.findall(r"^ExecStart=(.*)$", (DEPLOY / unit).read_text(encoding="utf-8"), re.MULTILINE)


@define
class Machine:
    """A machine on which ``deploy/`` is installed."""

    root: Path
    port: int = field(factory=free_port)

    def install(self, name: str, places: dict[str, str]) -> Path:
        """Put a file of ``deploy/`` in place, with the places that are of this machine; each must occur."""
        text = (DEPLOY / name).read_text(encoding="utf-8")
        for old, new in places.items():
            assert old in text, f"{name} does not name {old}"
            text = text.replace(old, new)
        path = self.root / "etc" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def environment(self, url: str) -> dict[str, str]:
        """Install the settings, and return what systemd would read of the secrets."""
        self.install("benchside.toml", {"/var/lib/benchside/data": str(self.root / "data"), "port = 8080": f"port = {self.port}"})  # fmt: skip
        secrets = self.install("secrets.env", {
            "SECRET_KEY=": "SECRET_KEY=" + "s" * 64, "METRICS_TOKEN=": "METRICS_TOKEN=a-token-of-the-scraper",
            "postgresql+psycopg://benchside:PASSWORD@127.0.0.1:5432/benchside": url,
        })  # fmt: skip
        lines = [one for one in secrets.read_text().splitlines() if one and not one.startswith("#")]
        return {**os.environ, **dict(one.split("=", 1) for one in lines), "BENCHSIDE_KEYS_FILE": str(KEYS)}

    def command(self, line: str) -> list[str]:
        """Return a command of a unit with its program and its folders here."""
        places = {"/opt/benchside/.venv/bin": str(ROOT / ".venv" / "bin"), "/srv/": f"{self.root}/"}
        for old, new in places.items():
            line = line.replace(old, new)
        return shlex.split(line)

    @contextmanager
    def served(self, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
        """Run the service as its unit does, until it has told that it is ready."""
        (line,) = exec_lines("benchside.service")
        with (
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager,
            (self.root / "serve.log").open("wb") as log,
        ):
            manager.bind(str(self.root / "notify"))
            manager.settimeout(90)
            environment = {**environment, "NOTIFY_SOCKET": str(self.root / "notify")}
            process = subprocess.Popen(self.command(line), env=environment, cwd=self.root / "etc", stdout=log, stderr=log)  # fmt: skip
            try:
                assert manager.recv(100) == b"READY=1", self.log()
                yield process
                process.terminate()
                assert process.wait(45) == 0, self.log()
                assert manager.recv(100) == b"STOPPING=1"
            finally:
                process.kill()
                process.wait()

    def log(self) -> str:
        return (self.root / "serve.log").read_text(encoding="utf-8")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture
def database() -> Iterator[str]:
    """Run PostgreSQL with deploy/postgresql.conf and pg_hba.conf as they stand; give the address for Benchside."""
    # Its own user, where the tests run as root, may not enter the folders of the tests.
    with tempfile.TemporaryDirectory(prefix="benchside-deployed-") as name:
        Path(name).chmod(0o755)
        kept = Path(name) / "data"
        home = Home(kept)
        port = start(home.path)
        with psycopg.connect(f"postgresql://court@127.0.0.1:{port}/postgres", autocommit=True) as first:
            first.execute("SET password_encryption = 'scram-sha-256'")
            first.execute(f"CREATE ROLE benchside LOGIN CREATEDB PASSWORD '{PASSWORD}'")
            first.execute("CREATE DATABASE benchside OWNER benchside ENCODING 'UTF8' TEMPLATE template0")
        home.close()
        with (kept / "postgresql.conf").open("a") as main:
            main.write((DEPLOY / "postgresql.conf").read_text(encoding="utf-8"))
        shutil.copyfile(DEPLOY / "pg_hba.conf", kept / "pg_hba.conf")
        again = Home(kept)
        port = start(again.path, settings=())
        yield f"postgresql+psycopg://benchside:{PASSWORD}@127.0.0.1:{port}/benchside"
        again.close()


@pytest.fixture
def court(database: str, machine: Machine) -> Iterator[tuple[str, Fixture]]:
    """Found a court in that database, with the filing module on."""
    fixture = make_house(database, machine.root / "data", ["filing", "register"])
    yield database, fixture
    fixture.house.store.close()


def certificate(folder: Path) -> ssl.SSLContext:
    """Make a certificate for the court's name in ``folder``, and return what trusts it."""
    folder.mkdir()
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
    ]
    command += ["-subj", "/CN=court.example.cn", "-addext", "subjectAltName=DNS:court.example.cn"]
    command += ["-keyout", str(folder / "key.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run(command, check=True, capture_output=True)
    return ssl.create_default_context(cafile=str(folder / "fullchain.pem"))


@define
class Front:
    """nginx in front."""

    https: int
    http: int
    trusted: ssl.SSLContext
    log: Path


@contextmanager
def in_front(machine: Machine) -> Iterator[Front]:
    """Check deploy/nginx.conf and run it before the machine's Benchside."""
    assert NGINX is not None
    front = Front(free_port(), free_port(), certificate(machine.root / "tls"), machine.root / "benchside.log")
    site = machine.install("nginx.conf", {
        "server 127.0.0.1:8080": f"server 127.0.0.1:{machine.port}", "listen 443 ": f"listen 127.0.0.1:{front.https} ",
        "listen 80;": f"listen 127.0.0.1:{front.http};", "/etc/benchside/tls": str(machine.root / "tls"),
        "/var/log/nginx": str(machine.root),
    })  # fmt: skip
    folders = "".join(
        f"{one}_temp_path {machine.root}/{one};"
        for one in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""  # where the test's folders may be entered
    main = machine.root / "main.conf"
    main.write_text(f"{user} daemon off; pid {machine.root}/nginx.pid; error_log stderr; events {{}} http {{ {folders} include {site}; }}")  # fmt: skip
    command = [NGINX, "-p", str(machine.root), "-e", "stderr", "-c", str(main)]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert "[warn]" not in checked.stderr
    with (machine.root / "nginx.out").open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out)
    try:
        wait_until(lambda: answers(front.https), "nginx")
        yield front
    finally:
        process.terminate()
        process.wait(20)


def path_of(what: str) -> str:
    """Return the path of ``what`` in the court's API."""
    return f"/api/v1/courts/{quote(COURT)}/{what}"
