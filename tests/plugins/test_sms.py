"""12368短信 against a real gateway: what is sent, what is final, what is tried again, what is never said."""

import time

import pytest
from attrs import evolve

from core import Notice
from core.outgoing import ANSWER_LIMIT, Unreachable
from plugins.sms import SmsSettings, module, notify
from plugins.sms.content import compose
from tests.support import gateways
from tests.support.gateways import accept_sms, raw, reply, serving

NOTICE = Notice(
    key="LA44019920260305000001-0-sms", court="粤0199", court_name="示例市示例区人民法院", serial_no="LA44019920260305000001",
    to_name="甲某某", to_phone="19900000001", text="【示例市示例区人民法院】甲某某：流水号LA44019920260305000001审查通过。咨询12368。",
)  # fmt: skip
TOKEN = "not-to-be-seen"


def settings(url, **more):
    return SmsSettings(**{"url": url, "token": TOKEN, "timeout_seconds": 1} | more)


def test_every_setting_has_a_default():
    assert module.settings() == SmsSettings(
        url=None, token=None, signature=None, timeout_seconds=10, link_hosts=None
    )


def test_an_accepted_message_is_done_with_the_gateways_number():
    with serving(accept_sms) as gateway:
        receipt = notify(NOTICE, settings(gateway.url + "/send?channel=1"))
    assert (receipt.done, receipt.reference) == (True, "m1")
    (call,) = gateway.calls
    assert call.path == "/send?channel=1"
    assert call.key == NOTICE.key
    assert call.headers["Authorization"] == f"Bearer {TOKEN}"
    assert call.body == {
        "biz_type": "notice", "biz_id": NOTICE.serial_no, "to_phone": "19900000001", "to_name": "甲某某",
        "sign": "示例市示例区人民法院", "content": NOTICE.text,
    }  # fmt: skip


def test_a_repeat_carries_the_same_key():
    with serving(accept_sms) as gateway:
        first, second = notify(NOTICE, settings(gateway.url)), notify(NOTICE, settings(gateway.url))
    assert first.reference == second.reference
    assert gateway.keys() == {NOTICE.key: 2}


def test_a_key_with_chinese_survives_the_header():
    with serving(accept_sms) as gateway:
        notify(evolve(NOTICE, key="粤0199-1 /x"), settings(gateway.url))
    assert gateway.keys() == {"粤0199-1 /x": 1}


@pytest.mark.parametrize("status", [400, 409, 413, 422])
def test_a_refusal_for_good_is_final_with_its_reason(status):
    with serving(reply(status, {"reason": "号码在拒收名单中"})) as gateway:
        receipt = notify(NOTICE, settings(gateway.url))
    assert not receipt.done
    assert not receipt.pending
    assert receipt.reason == f"短信网关拒绝（{status}）：号码在拒收名单中"


def test_a_message_not_accepted_is_final():
    with serving(reply(200, {"accepted": False, "reason": "内容违规"})) as gateway:
        assert notify(NOTICE, settings(gateway.url)).reason == "短信网关未接受：内容违规"


def test_a_refusal_without_a_reason_says_so():
    with serving(raw(400, b"<html>")) as gateway:
        assert "没有说明原因" in notify(NOTICE, settings(gateway.url)).reason


@pytest.mark.parametrize("status", [401, 403, 404, 408, 425, 429, 500, 502, 503])
def test_what_may_pass_is_raised(status):
    with (
        serving(reply(status, {"reason": "later"})) as gateway,
        pytest.raises(Unreachable, match=str(status)),
    ):
        notify(NOTICE, settings(gateway.url))


def test_after_a_failure_the_next_attempt_succeeds_with_the_same_key():
    with serving(reply(500, {}), accept_sms) as gateway:
        with pytest.raises(Unreachable):
            notify(NOTICE, settings(gateway.url))
        assert notify(NOTICE, settings(gateway.url)).done
    assert gateway.keys() == {NOTICE.key: 2}


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[]", b"null", b'{"accepted": true}', b'{"accepted": "yes", "message_id": "m"}', b"[" * 20000,
     b'{"accepted": true, "message_id": "' + b"m" * ANSWER_LIMIT + b'"}'],
    ids=["empty", "cut", "bytes", "list", "null", "no id", "not true", "deep", "too long"],
)  # fmt: skip
def test_garbage_is_no_receipt(content):
    with serving(raw(200, content)) as gateway, pytest.raises(Unreachable):
        notify(NOTICE, settings(gateway.url))


@pytest.mark.parametrize("behaviour", [gateways.silent, gateways.dripping])
def test_a_slow_gateway_is_given_up_in_time(behaviour):
    """The whole call is bounded, not each read."""
    with serving(behaviour) as gateway:
        begun = time.monotonic()
        with pytest.raises(Unreachable):
            notify(NOTICE, settings(gateway.url))
        assert time.monotonic() - begun < 5


def test_a_broken_connection_is_raised():
    with serving(gateways.reset) as gateway, pytest.raises(Unreachable):
        notify(NOTICE, settings(gateway.url))


def test_nobody_listening_is_raised(free_port):
    with pytest.raises(Unreachable, match="ConnectionRefusedError"):
        notify(NOTICE, settings(f"http://127.0.0.1:{free_port()}/"))


def test_a_redirect_is_not_followed():
    with serving(accept_sms) as other:
        with serving(reply(307, {}, Location=other.url)) as gateway, pytest.raises(Unreachable, match="307"):
            notify(NOTICE, settings(gateway.url))
        assert not other.calls


def test_without_an_address_nothing_is_sent():
    with pytest.raises(Unreachable, match="no gateway address"):
        notify(NOTICE, SmsSettings())


@pytest.mark.parametrize("phone", ["", "020-00000000", "1990000000"])
def test_who_has_no_mobile_gets_no_message(phone):
    receipt = notify(evolve(NOTICE, to_phone=phone), SmsSettings())
    assert "手机号" in receipt.reason


def test_an_error_does_not_hold_the_token(caplog):
    with serving(reply(401, {"reason": TOKEN})) as gateway, pytest.raises(Unreachable) as raised:
        notify(NOTICE, settings(gateway.url))
    assert TOKEN not in str(raised.value)
    assert TOKEN not in caplog.text


def test_the_signature_stands_first_and_12368_is_named():
    assert compose("请查收。", "示例法院", ()) == "【示例法院】请查收。咨询12368。"
    assert compose("【甲法院】请查收，咨询12368。", "乙", ()) == "【甲法院】请查收，咨询12368。"


def test_personal_numbers_are_masked_and_serial_numbers_are_not():
    text = "证件440100190001010014、44010019000101001x，电话19900000001，流水号LA44019920260305000001"
    assert compose(text, "示例法院", ()) == (
        "【示例法院】证件4401**********0014、4401**********001x，电话199****0001，流水号LA44019920260305000001咨询12368。"
    )


@pytest.mark.parametrize(
    ("hosts", "kept"), [((), False), (["susong.example.cn"], True), (["example.cn"], False), (["SUSONG.example.cn"], True)]
)  # fmt: skip
def test_only_links_to_allowed_hosts_remain(hosts, kept):
    link = "https://susong.example.cn/a?b=1"
    assert (link in compose(f"查看{link}", "示例法院", hosts)) is kept


def test_a_link_nobody_can_read_is_left_out():
    assert "[::" not in compose("看http://[::x", "示例法院", ["x"])


def test_settings_name_the_signature_and_the_hosts():
    with serving(accept_sms) as gateway:
        notify(evolve(NOTICE, text="见http://a.example/x"), settings(gateway.url, signature="示例法院", link_hosts="b.example a.example"))  # fmt: skip
    assert gateway.calls[0].body["content"] == "【示例法院】见http://a.example/x咨询12368。"
