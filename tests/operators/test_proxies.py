"""Who is calling is what a trusted proxy says, and nobody else's claim."""

import re

import pytest

from core.web.proxies import FORWARDED, Proxies

TRUSTED = "127.0.0.1 10.1.0.0/16"


@pytest.mark.parametrize(
    ("peer", "chain", "found"),
    [
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.7, 10.1.2.3", "203.0.113.7"),
        ("127.0.0.1", "203.0.113.7, nonsense", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("::ffff:127.0.0.1", "2001:db8::1", "2001:db8::1"),
        ("203.0.113.99", "10.0.0.1", "203.0.113.99"),
    ],
)
def test_the_caller_is_the_last_hop_that_a_trusted_proxy_names(peer, chain, found):
    """Log-ins are throttled by this address: what a caller writes himself must not move it."""
    environ = {"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": chain}
    Proxies(TRUSTED).settle(environ)
    assert environ["REMOTE_ADDR"] == found
    assert environ[FORWARDED] is True
    assert "HTTP_X_FORWARDED_FOR" not in environ


def test_without_trusted_proxies_every_claim_is_dropped():
    environ = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "1.2.3.4", "HTTP_X_FORWARDED_PROTO": "https", "wsgi.url_scheme": "http"}  # fmt: skip
    Proxies("").settle(environ)
    assert (environ["REMOTE_ADDR"], environ["wsgi.url_scheme"]) == ("127.0.0.1", "http")


@pytest.mark.parametrize(
    ("peer", "asked", "kept"),
    [
        ("127.0.0.1", "abcdef0123456789", True),
        ("127.0.0.1", "short", False),
        ("127.0.0.1", "with space and more", False),
        ("127.0.0.1", "x" * 33, False),
        ("127.0.0.1", "line\nbreak-and-more", False),
        ("203.0.113.1", "abcdef0123456789", False),
    ],
)
def test_a_request_id_is_taken_from_a_trusted_proxy_if_it_is_well_formed(peer, asked, kept):
    given = Proxies(TRUSTED).settle({"REMOTE_ADDR": peer, "HTTP_X_REQUEST_ID": asked})
    assert (given == asked) is kept
    assert kept or re.fullmatch("[0-9a-f]{16}", given)


def test_a_list_that_is_none_is_refused():
    with pytest.raises(ValueError, match="300"):
        Proxies("300.0.0.1")
