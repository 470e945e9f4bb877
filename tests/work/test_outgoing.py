"""The bounded POST both adapters use: what is sent, what is refused before sending, what an answer may be."""

from types import ModuleType

import pytest

from core import outgoing
from tests.support.gateways import raw, reply, serving


@pytest.fixture
def http() -> ModuleType:
    return outgoing


def test_the_answer_is_given_whatever_its_status(http):
    with serving(reply(418, {"a": "茶"})) as gateway:
        answer = http.post_json(gateway.url, {"b": "壶"}, key="k", token="", seconds=5)
    assert (answer.status, answer.body) == (418, {"a": "茶"})
    assert gateway.calls[0].body == {"b": "壶"}
    assert "Authorization" not in gateway.calls[0].headers


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"[" * 20000, b'{"a": "' + b"x" * 70000 + b'"}'])
def test_what_is_no_small_object_counts_as_nothing(http, content):
    with serving(raw(200, content)) as gateway:
        assert http.post_json(gateway.url, {}, key="k", token="t", seconds=5).body == {}


@pytest.mark.parametrize(
    "url",
    ["ftp://127.0.0.1/", "file:///etc/passwd", "127.0.0.1", "http://", "http://user:word@127.0.0.1/", "http://127.0.0.1:99999/", "http://[::1", "http://127.0.0.1/短信"],
)  # fmt: skip
def test_only_plain_http_addresses_are_used(http, url):
    with pytest.raises(http.Unreachable, match="address") as raised:
        http.post_json(url, {}, key="k", token="", seconds=1)
    assert "word" not in str(raised.value)


@pytest.mark.parametrize("token", ["词", "a\r\nb", "a b"])
def test_a_token_that_fits_no_header_is_never_shown(http, token):
    with pytest.raises(http.Unreachable) as raised:
        http.post_json("http://127.0.0.1:1/", {}, key="k", token=token, seconds=1)
    assert token not in f"{raised.value!r} {raised.value.__cause__!r} {raised.value.__context__!r}"
