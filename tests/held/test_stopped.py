"""PostgreSQL is stopped, and started again a while later: clear answers in between, and afterwards all is there without a hand."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from core.records import CourtSetting, Delivery
from tests.held.running import Serving
from tests.held.test_killed import check
from tests.held.test_outages import plain
from tests.support import postgres
from tests.support.gateways import accept_sms, reply, serving
from tests.support.houses import COURT, PASSWORD
from tests.support.ports import wait_until

CLIENTS = 4


@pytest.fixture
def own_postgres() -> Iterator[postgres.Server]:
    """A PostgreSQL that nobody else is connected to."""
    home = postgres.Home()
    try:
        yield postgres.Server(home.path, postgres.start(home.path))
    finally:
        home.close()


class Platform:
    """Sends one submission after the other, each again until it is taken, as the answers tell it."""

    def __init__(self, one: Serving, name: str) -> None:
        self.one = one
        self.name = name
        self.ended = threading.Event()
        self.told: dict[str, str] = {}
        self.put_off: list[tuple[int, str]] = []

    def work(self) -> None:
        number = 0
        while not self.ended.is_set():
            self._send(f"{self.name}-{number}")
            number += 1

    def _send(self, name: str) -> None:
        digest = ""
        while True:
            answer = self.one.put(self.one.content(name)) if not digest else self.one.ask("POST", "applications", self.one.submission(name, digest))  # fmt: skip
            if answer.status in (200, 201) and digest:
                self.told[name] = answer.body["serial_no"]
                return
            if answer.status in (200, 201):
                digest = answer.body["sha256"]
                continue
            assert answer.status == 503, answer.body
            self.put_off.append((answer.status, answer.body["code"]))
            assert int(answer.headers["Retry-After"]) > 0
            threading.Event().wait(0.3)


def stop_and_start(
    opened: Callable[..., Serving], server: postgres.Server, seconds: float, workers: int
) -> None:
    one = opened(server.url(server.create()))
    with serving(reply(503, {}), accept_sms) as gateway:
        told = {"court_code": COURT, "module": "sms", "name": "url", "value": gateway.url}
        one.fixture.house.store.write(lambda connection: connection.execute(sa.insert(CourtSetting), [told]))
        one.fixture.house.store.close()
        one.start(workers)
        one.learn()
        cookie = one.log_in("reviewer", PASSWORD)
        before = one.file("before").body["serial_no"]
        wait_until(lambda: gateway.calls, "a notice that is refused and has to be sent again")
        platforms = [Platform(one, f"stopped-{number}") for number in range(CLIENTS)]
        with ThreadPoolExecutor(CLIENTS) as pool:
            working = [pool.submit(platform.work) for platform in platforms]
            try:
                wait_until(lambda: all(one.told for one in platforms), "some submissions of each client")
                postgres.stop(server.home)
                look(one, before, cookie, seconds)
                assert postgres.start(server.home, port=server.port) == server.port
                wait_until(one.ready, "the server to find its database again")
                so_far = {one.name: len(one.told) for one in platforms}
                wait_until(lambda: all(len(one.told) > so_far[one.name] for one in platforms), "all to go on")
            finally:
                for platform in platforms:
                    platform.ended.set()
            for future in working:
                future.result()
        assert one.ask("GET", "/m/filing/", cookie=cookie).status == 200
        wait_until(lambda: statuses(one) == {"done"}, "every notice to be delivered by itself", 60)
    assert all(one.put_off for one in platforms)
    taken = {"before": before} | {name: serial for one in platforms for name, serial in one.told.items()}
    check(one, list(taken), taken)
    assert max(count for key, count in gateway.keys().items() if key != gateway.calls[0].key) == 1


def look(one: Serving, before: str, cookie: str, seconds: float) -> None:
    """While it is stopped, what is asked is answered, soon and plainly."""
    for _ in range(max(1, round(seconds))):
        assert one.ask("GET", "/healthz").status == 200
        assert one.ask("GET", "/readyz").status == 503
        plain(one.ask("GET", f"applications/{before}"), 503, "database_away")
        page = one.ask("GET", "/m/filing/", cookie=cookie)
        assert page.status == 503
        assert int(page.headers["Retry-After"]) > 0
        assert "数据库暂时连不上" in page.body.decode()
        threading.Event().wait(min(seconds, 1.0))


def statuses(one: Serving) -> set[str]:
    with one.fixture.house.store.read() as connection:
        return set(connection.scalars(sa.select(Delivery.status).where(Delivery.hook == "notify")))


def test_postgresql_is_stopped_for_a_moment_and_everything_goes_on_by_itself(
    opened: Callable[..., Serving], own_postgres: postgres.Server
) -> None:
    stop_and_start(opened, own_postgres, 1, 1)


@pytest.mark.soak
def test_postgresql_is_stopped_for_a_whole_minute_and_everything_goes_on_by_itself(
    opened: Callable[..., Serving], own_postgres: postgres.Server
) -> None:
    """Two workers; a look a second, sixty times."""
    stop_and_start(opened, own_postgres, 60, 2)
