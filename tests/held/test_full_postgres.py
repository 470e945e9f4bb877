"""PostgreSQL's disk is full, truly: a small file system of its own. It is said, reading goes on, and with room again so does the rest."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from tests.held.running import Reply, Serving
from tests.held.test_killed import check
from tests.held.test_outages import plain
from tests.support import postgres
from tests.support.houses import PASSWORD
from tests.support.ports import wait_until

SIZE = "300m"
_MOST = 400
"""Submissions until the last free pages of the tables are used; some twenty suffice."""


@pytest.fixture
def small_postgres() -> Iterator[postgres.Server]:
    """A PostgreSQL whose data lies in a file system with little room; it takes somebody who may mount one."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root may mount the small file system that PostgreSQL is to fill")
    home = postgres.Home()
    try:
        data = home.path / "data"
        data.mkdir()
        options = f"size={SIZE},mode=0700"
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", data], capture_output=True, check=False
        )
        if done.returncode:
            pytest.skip(f"no file system can be mounted here: {done.stderr.decode()}")
        try:
            yield postgres.Server(home.path, postgres.start(home.path))
        finally:
            if (data / "postmaster.pid").exists():
                postgres.stop(home.path)
            wait_until(lambda: _unmounted(data), "the small file system to be free")
    finally:
        home.close()


def _unmounted(place: Path) -> bool:
    # A last process of the server may take a moment to let go.
    return subprocess.run(["umount", place], capture_output=True, check=False).returncode == 0


def fill(disk: Path) -> Path:
    """Leave no byte free."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(1 << 12)):
            pass
    return filler


def true_disk_full(server: postgres.Server) -> None:
    """The server says 53100 of itself, so that what follows is about that and nothing else."""
    with pytest.raises(OperationalError, match="DiskFull"):
        server.execute("CREATE TABLE big AS SELECT repeat('x', 1000) FROM generate_series(1, 20000)")


def until_full(one: Serving) -> tuple[dict[str, str], str, Reply]:
    """File until there is no room; return what was taken, and the name and answer of what was not."""
    taken: dict[str, str] = {}
    for number in range(_MOST):
        name = f"full-{number}"
        digest = one.put(one.content(name))
        if digest.status not in (200, 201):
            return taken, name, digest
        answer = one.ask("POST", "applications", one.submission(name, digest.body["sha256"]))
        if answer.status != 201:
            return taken, name, answer
        taken[name] = answer.body["serial_no"]
    raise AssertionError("the disk is not full")


def test_while_postgresqls_disk_is_full_that_is_said_reading_goes_on_and_with_room_everything_does(
    opened: Callable[..., Serving], small_postgres: postgres.Server
) -> None:
    one = opened(small_postgres.url(small_postgres.create()))
    one.start()
    one.learn()
    cookie = one.log_in("reviewer", PASSWORD)
    before = one.file("before").body["serial_no"]
    filler = fill(small_postgres.home / "data")
    true_disk_full(small_postgres)
    taken, refused, answer = until_full(one)
    plain(answer, 507, "disk_full")
    for _ in range(3):
        assert one.ask("GET", f"applications/{before}").status == 200
        page = one.ask("GET", "/m/filing/", cookie=cookie)
        assert page.status == 200
        assert before in page.body.decode()
        assert one.ask("GET", "/healthz").status == 200
    filler.unlink()
    wait_until(one.ready, "the server to be ready")
    after = one.file(refused)
    assert after.status == 201, after.body
    told = taken | {"before": before, refused: after.body["serial_no"]}
    check(one, list(told), told)
