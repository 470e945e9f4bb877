"""Webhooks: the feed is pushed in order, signed, at least once, and only where the operator allows it."""

import json

import pytest

from core.fields.problem import Reason, Refused
from core.outgoing import signature
from core.work.switches import disable, enable
from core.work.webhooks import push_due, put_webhook
from tests.support.acting import file_one
from tests.support.gateways import reply, serving
from tests.support.houses import OPERATOR, Fixture


@pytest.fixture
def house(new_house) -> Fixture:
    return new_house("mediation", webhook_hosts="127.0.0.1")


def put(house: Fixture, url: str, name: str = "feed", after: int = 0):
    return put_webhook(house.house, house.outside, house.client, name, url, after)


def file(house: Fixture, number: int) -> str:
    return file_one(house, "mediation", number, fields={"wish": "调解", "channel": "video"}).serial_no


def cursors(gateway) -> list[int]:
    return [one["cursor"] for call in gateway.calls for one in call.body["changes"]]


def test_changes_are_pushed_in_order_signed_and_not_twice(house):
    first, second = file(house, 1), file(house, 2)
    with serving(reply(200, {})) as gateway:
        made = put(house, gateway.url)
        assert push_due(house.house) == 1
        assert push_due(house.house) == 0
        third = file(house, 3)
        house.clock.move(seconds=5)
        assert push_due(house.house) == 1
    pushed = [one["serial_no"] for call in gateway.calls for one in call.body["changes"]]
    assert pushed == [first, second, third]
    assert cursors(gateway) == [1, 2, 3]
    call = gateway.calls[0]
    raw = json.dumps(call.body, ensure_ascii=False).encode()
    assert call.headers["Benchside-Signature"] == signature(made.secret, raw)


def test_a_failed_push_is_tried_again_later_with_the_same_key(house):
    file(house, 1)
    with serving(reply(500, {}), reply(200, {})) as gateway:
        put(house, gateway.url)
        assert push_due(house.house) == 1
        assert push_due(house.house) == 0  # it waits before it tries again
        house.clock.move(seconds=5)
        assert push_due(house.house) == 1
        house.clock.move(hours=1)
        assert push_due(house.house) == 0
    assert cursors(gateway) == [1, 1]
    assert len({call.key for call in gateway.calls}) == 1


def test_pushes_are_held_while_the_module_is_off(house):
    file(house, 1)
    with serving(reply(200, {})) as gateway:
        put(house, gateway.url)
        disable(house.house, OPERATOR, "mediation")
        assert push_due(house.house) == 0
        enable(house.house, OPERATOR, "mediation")
        house.clock.move(seconds=5)
        assert push_due(house.house) == 1
    assert cursors(gateway) == [1]


@pytest.mark.parametrize(
    "url",
    [None, 7, "ftp://127.0.0.1/", "http://other.example/", "http://127.0.0.1@other.example/", "//127.0.0.1/"],
)
def test_only_hosts_the_operator_allows_are_pushed_to(house, url):
    with pytest.raises(Refused) as refused:
        put(house, url)
    assert refused.value.reason is Reason.INVALID
    assert [problem.field for problem in refused.value.problems] == ["url"]


def test_putting_it_again_replaces_address_secret_and_cursor(house):
    file(house, 1)
    with serving(reply(200, {})) as old, serving(reply(200, {})) as new:
        before = put(house, old.url)
        after = put(house, new.url)
        assert before.secret != after.secret
        push_due(house.house)
    assert old.calls == []
    assert cursors(new) == [1]
