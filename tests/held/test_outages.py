"""The database goes away, or the disk is full: a clear answer, nothing lost, and no hand is needed afterwards."""

import resource
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from tests.held.running import Reply, Serving
from tests.held.test_killed import check
from tests.support.houses import PASSWORD
from tests.support.ports import wait_until
from tests.support.postgres import Server


def plain(reply: Reply, status: int, code: str) -> None:
    """It says when to come again, and in both languages what is the matter."""
    assert (reply.status, reply.body["code"]) == (status, code)
    assert int(reply.headers["Retry-After"]) > 0
    assert reply.body["detail"]
    assert reply.body["title"].isascii()


def test_while_the_database_is_away_that_is_said_and_work_goes_on_by_itself(
    opened: Callable[[str], Serving], postgres_server: Server
) -> None:
    serving = opened("postgresql")
    serving.start()
    serving.learn()
    before = serving.file("before").body["serial_no"]
    waiting = serving.submission("while-away", serving.upload(serving.content("while-away")))
    cookie = serving.log_in("reviewer", PASSWORD)
    name = sa.make_url(serving.url).database
    serving.fixture.house.store.close()
    postgres_server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
    postgres_server.execute(
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
    )
    assert serving.ask("GET", "/readyz").status == 503
    assert serving.ask("GET", "/healthz").status == 200
    plain(serving.ask("POST", "applications", waiting), 503, "database_away")
    plain(serving.ask("GET", f"applications/{before}"), 503, "database_away")
    page = serving.ask("GET", "/m/filing/", cookie=cookie)
    assert page.status == 503
    assert int(page.headers["Retry-After"]) > 0
    assert "数据库暂时连不上" in page.body.decode()
    postgres_server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    wait_until(serving.ready, "the server to find its database again")
    after = serving.ask("POST", "applications", waiting)
    assert after.status == 201, after.body
    assert serving.ask("GET", "/m/filing/", cookie=cookie).status == 200
    check(serving, ["before", "while-away"], {"before": before, "while-away": after.body["serial_no"]})


@pytest.mark.parametrize("brand", ["sqlite"])
def test_while_the_disk_is_full_that_is_said_and_work_goes_on_by_itself(
    opened: Callable[[str], Serving], brand: str
) -> None:
    """A process that may not make any file longer meets the same as on a full disk, for its files and its database."""
    serving = opened(brand)
    serving.start()
    serving.learn()
    before = serving.file("before").body["serial_no"]
    waiting = serving.submission("while-full", serving.upload(serving.content("while-full")))
    assert serving.process is not None
    kept = resource.prlimit(serving.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(serving.process.pid, resource.RLIMIT_FSIZE, (10, kept[1]))
    plain(serving.ask("PUT", f"files/{'0' * 64}", serving.content("never")), 507, "disk_full")
    plain(serving.ask("POST", "applications", waiting), 507, "disk_full")
    # What only reads goes on.
    assert serving.ask("GET", f"applications/{before}").status == 200
    resource.prlimit(serving.process.pid, resource.RLIMIT_FSIZE, kept)
    after = serving.ask("POST", "applications", waiting)
    assert after.status == 201, after.body
    check(serving, ["before", "while-full"], {"before": before, "while-full": after.body["serial_no"]})
    assert not list((serving.folder / "files" / "incoming").glob("*"))
