"""审判系统接口 against a real trial system: receipts, refusals, and everything that is tried again."""

import time
from datetime import UTC, datetime

import pytest
from attrs import evolve

from core import Operation
from core.outgoing import Unreachable
from plugins.trial_http import TrialHttpSettings, module, trial_system
from tests.support import gateways
from tests.support.gateways import docket, raw, reply, serving

ORDER = Operation(
    "docket",
    "LA44019920260305000001-r1",
    "粤0199",
    "LA44019920260305000001",
    {"case_type": "民初", "title": "甲与乙"},
    datetime(2026, 3, 5, 2, tzinfo=UTC),
)
NUMBER = "（2026）粤0199民初1号"


def ask(gateway, operation=ORDER):
    return trial_system(
        operation, TrialHttpSettings(url=gateway.url + "/court/", token="secret", timeout_seconds=1)
    )


def test_every_setting_has_a_default():
    assert module.settings().url is None


def test_a_docketed_case_comes_back_with_its_number():
    with serving(docket(NUMBER, handler_name="judge")) as gateway:
        receipt = ask(gateway)
    assert (receipt.done, receipt.reference) == (True, NUMBER)
    assert receipt.data == {"case_number": NUMBER, "docketed_on": "2026-03-05", "handler": "judge"}
    (call,) = gateway.calls
    assert (call.path, call.key, call.headers["Authorization"]) == (
        "/court/operations",
        ORDER.key,
        "Bearer secret",
    )
    assert call.body == {"name": "docket", "key": ORDER.key, "court": "粤0199", "serial_no": ORDER.serial_no, "payload": dict(ORDER.payload)}  # fmt: skip


def test_the_number_is_normalised():
    with serving(docket("(2026)粤0199民初1号")) as gateway:
        assert ask(gateway).data["case_number"] == NUMBER


def test_pending_is_asked_again_with_the_same_key():
    with serving(reply(202, {"status": "pending"}), docket(NUMBER)) as gateway:
        first = ask(gateway)
        second = ask(gateway)
    assert (first.pending, first.done, first.reason) == (True, False, "")
    assert second.done
    assert gateway.keys() == {ORDER.key: 2}


def test_a_refusal_is_final_with_its_reason():
    with serving(reply(422, {"status": "refused", "reason": "案由不存在"})) as gateway:
        receipt = ask(gateway)
    assert (receipt.done, receipt.pending, receipt.reason) == (False, False, "案由不存在")


@pytest.mark.parametrize(
    "number", ["2026粤0199民初1号", "（2026）粤0199民初01号", "", 7, None, "（2026）粤0199某某1号"]
)
def test_a_malformed_number_is_a_refusal_that_names_it(number):
    with serving(
        reply(200, {"status": "done", "case_number": number, "docketed_on": "2026-03-05"})
    ) as gateway:
        receipt = ask(gateway)
    assert not receipt.done
    assert receipt.reason.startswith("审判系统返回的案号")


def test_the_number_of_another_court_is_a_refusal():
    with serving(docket("（2026）粤0198民初1号")) as gateway:
        assert "不是本院" in ask(gateway).reason


def test_another_operation_needs_no_number():
    with serving(reply(200, {"status": "done", "agent": "丙"})) as gateway:
        receipt = ask(gateway, evolve(ORDER, name="bind_agent"))
    assert receipt.done
    assert receipt.data == {"agent": "丙"}


def test_moving_a_hearing_is_passed_on_whole():
    payload = {"case_number": NUMBER, "hearing_at": "2026-03-10T01:00:00+00:00", "new_hearing_at": None}
    with serving(reply(200, {"status": "done"})) as gateway:
        receipt = ask(gateway, evolve(ORDER, name="reschedule", payload=payload))
    assert receipt.done
    (call,) = gateway.calls
    assert (call.body["name"], call.body["payload"]) == ("reschedule", payload)


@pytest.mark.parametrize(
    "behaviour",
    [
        reply(500, {}), reply(401, {}), reply(404, {}), reply(429, {}), reply(302, {}, Location="/x"),
        reply(200, {"status": "pending"}), reply(202, {"status": "done"}), reply(422, {"status": "refused"}),
        reply(422, {"status": "refused", "reason": " "}), reply(422, {"detail": "x"}), reply(200, [1]),
        raw(200, b"{"), raw(200, b""), docket(NUMBER, "yesterday"), docket(NUMBER, 5), gateways.reset,
    ],
)  # fmt: skip
def test_everything_else_is_tried_again(behaviour):
    with serving(behaviour) as gateway, pytest.raises(Unreachable):
        ask(gateway)


@pytest.mark.parametrize("behaviour", [gateways.silent, gateways.dripping])
def test_a_slow_trial_system_is_given_up_in_time(behaviour):
    with serving(behaviour) as gateway:
        begun = time.monotonic()
        with pytest.raises(Unreachable):
            ask(gateway)
        assert time.monotonic() - begun < 5


def test_an_answer_that_was_lost_is_asked_for_again_with_the_same_key():
    """The trial system acted, the connection broke: the second asking brings the first answer."""
    with serving(gateways.reset, docket(NUMBER)) as gateway:
        with pytest.raises(Unreachable):
            ask(gateway)
        assert ask(gateway).data["case_number"] == NUMBER
    assert gateway.keys() == {ORDER.key: 2}


def test_without_an_address_nothing_is_sent():
    with pytest.raises(Unreachable, match="no address"):
        trial_system(ORDER, TrialHttpSettings())
