"""A systemd of its own, over the root file system of this machine; see boot.sh."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from attrs import frozen

from tests.support.houses import ROOT
from tests.support.ports import wait_until

HERE = Path(__file__).parent
NAMESPACES = ["--mount", "--pid", "--cgroup", "--net", "--uts", "--ipc"]
NEEDED = [
    "/lib/systemd/systemd", "/usr/bin/setpriv", "/usr/bin/script", "/usr/sbin/ip", "/usr/bin/pg_createcluster", "/usr/lib/postgresql/15/bin/postgres",
    "/usr/sbin/nginx", "/usr/bin/openssl", f"/usr/bin/python3.{sys.version_info.minor}",
]  # fmt: skip
INSTALL = (
    "apt-get install systemd dbus util-linux bsdutils iproute2 postgresql-15 nginx-light openssl python3"
)


def why_not() -> str:
    """Return why no systemd can be booted here, or nothing."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return (
            "only root may boot a systemd: sudo .venv/bin/python -m pytest -m soak tests/deploy/test_units.py"
        )
    if missing := [one for one in NEEDED if not Path(one).exists()]:
        return f"{', '.join(missing)} not on this machine: {INSTALL}"
    tried = subprocess.run(["unshare", *NAMESPACES, "--fork", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, text=True, check=False)  # fmt: skip
    if tried.returncode:
        return f"no namespaces or no mounts for the tests: {tried.stderr}"
    return "" if _cgroups() else "no cgroup2 is mounted: mount -t cgroup2 cgroup2 /sys/fs/cgroup"


def _cgroups() -> Path | None:
    found = re.search(r"^\S+ (\S+) cgroup2 rw", Path("/proc/mounts").read_text(), re.MULTILINE)
    return Path(found[1]) if found else None


@frozen
class Booted:
    """The machine, by its first process."""

    first: int

    def command(self, *command: str) -> list[str]:
        """Return ``command`` as a command within the machine."""
        enter = ["nsenter", "-t", str(self.first), *NAMESPACES, "--root", "--wd"]
        return [*enter, "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LANG=C.UTF-8", *command]  # fmt: skip

    def tried(self, line: str, given: bytes = b"") -> "subprocess.CompletedProcess[str]":
        """Run a line of the shell, and return what came of it."""
        done = subprocess.run(self.command("bash", "-ec", line), input=given, capture_output=True, check=False, timeout=120)  # fmt: skip
        return subprocess.CompletedProcess(line, done.returncode, done.stdout.decode(), done.stderr.decode())

    def run(self, line: str, given: bytes = b"") -> str:
        """Run a line that succeeds, and return what it printed."""
        done = self.tried(line, given)
        assert done.returncode == 0, (line, done.stdout, done.stderr)
        return done.stdout.strip()

    def typed(self, lines: str) -> None:
        """Run lines as typed at a terminal, up to the first that fails; none may."""
        self.run("cat >/run/typed", lines.encode())
        self.run("script --quiet --return --command 'bash -ex /run/typed' /dev/null")

    def shown(self, unit: str, name: str) -> str:
        """Return a property of a unit."""
        return self.run(f"systemctl show --property={name} --value {unit}")


@contextmanager
def booted(log: Path) -> Iterator[Booted]:
    """Boot it; in the end all its processes are killed, and what it wrote is gone."""
    cgroups = _cgroups()
    assert cgroups is not None
    own = cgroups / f"benchside-units-{os.getpid()}"
    own.mkdir()
    start = f"echo $$ >{own}/cgroup.procs; exec unshare {' '.join(NAMESPACES)} --fork --kill-child sh {HERE}/boot.sh {ROOT}"  # fmt: skip
    with log.open("wb") as out:
        outer = subprocess.Popen(["sh", "-c", start], stdin=subprocess.DEVNULL, stdout=out, stderr=out)
    try:
        machine = Booted(int(wait_until(lambda: _child(outer), "the first process")))
        wait_until(lambda: _up(outer, machine, log), "systemd to be up", 60)
        yield machine
    finally:
        outer.kill()  # and with it, by --kill-child, the first process and all that are within
        outer.wait()
        wait_until(lambda: _gone(own), "the last process to be gone")


def _child(outer: "subprocess.Popen[bytes]") -> str:
    children = Path(f"/proc/{outer.pid}/task/{outer.pid}/children")
    return children.read_text().strip() if outer.poll() is None else "0"


def _up(outer: "subprocess.Popen[bytes]", machine: Booted, log: Path) -> bool:
    assert outer.poll() is None, log.read_text()
    return machine.tried("systemctl is-active multi-user.target").stdout.strip() == "active"


def _gone(group: Path) -> bool:
    try:
        for folder, _, _ in os.walk(group, topdown=False):
            Path(folder).rmdir()
    except OSError:
        return False
    return True
