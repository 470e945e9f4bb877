"""A gateway that takes every call and never answers costs one time-out a round, and no notice an attempt it did not have."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from core.records import CourtSetting, Delivery
from core.work.deliver import deliver_due
from tests.held.running import Serving
from tests.support.gateways import accept_sms, serving, silent
from tests.support.houses import COURT

COUNT = 5


@pytest.mark.parametrize("brand", ["sqlite", "postgresql"])
def test_a_hanging_gateway_is_waited_for_once_and_everything_leaves_when_it_answers_again(
    opened: Callable[[str], Serving], brand: str
) -> None:
    one = opened(brand)
    house, clock = one.fixture.house, one.fixture.clock
    with serving(silent, accept_sms) as gateway:
        settings = [
            {"court_code": COURT, "module": "sms", "name": name, "value": value}
            for name, value in (("url", gateway.url), ("timeout_seconds", 1))
        ]
        notices = [
            {
                "key": f"k{number}", "court_code": COURT, "module": "", "hook": "notify", "channel": "sms", "status": "waiting",
                "next_at": clock(), "created_at": clock(), "attempts": 0, "error": "", "reference": "",
                "payload": {
                    "court_name": "法院", "serial_no": "x", "to_name": "丙某某", "to_phone": "19900000003", "text": "您好",
                },
            }
            for number in range(COUNT)
        ]  # fmt: skip

        def fill(connection: sa.Connection) -> None:
            connection.execute(sa.insert(CourtSetting), settings)
            connection.execute(sa.insert(Delivery), notices)

        house.store.write(fill)
        assert deliver_due(house) == COUNT
        assert len(gateway.calls) == 1
        with house.store.read() as connection:
            assert sorted(connection.scalars(sa.select(Delivery.attempts))) == [0] * (COUNT - 1) + [1]
        clock.move(seconds=10)
        assert deliver_due(house) == COUNT
        with house.store.read() as connection:
            assert set(connection.scalars(sa.select(Delivery.status))) == {"done"}
        assert set(gateway.keys()) == {f"k{number}" for number in range(COUNT)}
