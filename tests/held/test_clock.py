"""The clock of the machine is set under the running server: nothing goes back, nobody is logged out, nothing waits for the leap."""

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa

from core.records import ApplicationRow, CourtSetting, Delivery
from tests.held.running import Serving
from tests.support.gateways import accept_sms, reply, serving
from tests.support.houses import COURT, PASSWORD
from tests.support.ports import wait_until

SIX_HOURS = 6 * 3600


def test_the_server_goes_on_when_its_clock_is_set_back_and_leaps_forward_and_when_it_starts_after_that(
    opened: Callable[[str], Serving],
) -> None:
    one = opened("sqlite")
    with serving(reply(500, {}), accept_sms) as gateway:
        told = {"court_code": COURT, "module": "sms", "name": "url", "value": gateway.url}
        one.fixture.house.store.write(lambda connection: connection.execute(sa.insert(CourtSetting), [told]))
        one.set_clock(0)
        one.start()
        one.learn()
        cookie = one.log_in("reviewer", PASSWORD)
        names = [f"clock-{place}" for place in range(4)]
        assert one.file(names[0]).status == 201
        wait_until(lambda: gateway.calls, "the first attempt, which fails")
        for name, seconds in zip(names[1:3], (-SIX_HOURS, SIX_HOURS), strict=True):
            one.set_clock(seconds)
            assert one.file(name).status == 201
            assert one.ask("GET", "/m/filing/", cookie=cookie).status == 200
        one.set_clock(-SIX_HOURS)
        wait_until(lambda: _all_delivered(one, 3), "all notices, the one that failed among them")
        one.kill()
        one.start()
        assert one.file(names[3]).status == 201
        assert one.ask("GET", "/m/filing/", cookie=cookie).status == 200
        wait_until(lambda: _all_delivered(one, 4), "the last notice")
        assert set(gateway.keys().values()) == {1, 2}  # the first failed once; no other was sent twice
        assert sorted(gateway.keys().values())[-2] == 1
    rows = _rows(one)
    assert [row.submission_id for row in rows] == names
    at = [row.submitted_at for row in rows]
    assert at == sorted(set(at))
    assert (at[-1] - at[0]).total_seconds() < 600  # and no leap
    feed = one.ask("GET", "changes?after=0").body["changes"]
    assert [row["cursor"] for row in feed] == list(range(1, len(feed) + 1))
    moments = [datetime.fromisoformat(row["at"]) for row in feed]
    assert moments == sorted(moments)


def _rows(one: Serving) -> list[sa.Row]:
    with one.fixture.house.store.read() as connection:
        query = sa.select(ApplicationRow.submission_id, ApplicationRow.submitted_at)
        return list(connection.execute(query.order_by(ApplicationRow.id)))


def _all_delivered(one: Serving, count: int) -> bool:
    with one.fixture.house.store.read() as connection:
        found = connection.scalars(sa.select(Delivery.status).where(Delivery.channel == "sms")).all()
    return len(found) == count and set(found) == {"done"}
