"""Who is calling: the address behind the proxies that the operator trusts, and of nobody else's claim."""

import ipaddress
import re
import secrets
from collections.abc import MutableMapping
from typing import Any

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_CLAIMS = (
    "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_VIA",
)  # fmt: skip
FORWARDED = "benchside.forwarded"
"""In the environment where the request came through a proxy, trusted or not."""
_ID = re.compile(r"[A-Za-z0-9._-]{8,32}")


def networks(text: str) -> tuple[Network, ...]:
    """Return the networks (or single addresses) that a setting lists, separated by spaces.

    Raises:
        ValueError: one of them is none.
    """
    return tuple(ipaddress.ip_network(one) for one in text.split())


def address(text: str) -> Address | None:
    """Return an address, an IPv4 one also where it is written as IPv6; None where it is none."""
    try:
        found = ipaddress.ip_address(text.strip())
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return mapped or found


def within(found: Address | None, listed: tuple[Network, ...]) -> bool:
    """Tell whether an address is in one of the networks."""
    return found is not None and any(found in one for one in listed)


class Proxies:
    """The proxies in front of us."""

    def __init__(self, listed: str) -> None:
        self._trusted = networks(listed)

    def settle(self, environ: MutableMapping[str, Any]) -> str:
        """Put the caller's true address and scheme into ``environ``, take the claims out, and return the request's id."""
        claims = {name: environ.pop(name) for name in _CLAIMS if name in environ}
        asked = environ.pop("HTTP_X_REQUEST_ID", "")
        if claims:
            environ[FORWARDED] = True
        if not self._trusted:
            return secrets.token_hex(8)
        peer = address(str(environ.get("REMOTE_ADDR", "")))
        if not within(peer, self._trusted):
            return secrets.token_hex(8)
        environ["REMOTE_ADDR"] = str(self._caller(peer, str(claims.get("HTTP_X_FORWARDED_FOR", ""))))
        scheme = str(claims.get("HTTP_X_FORWARDED_PROTO", "")).lower()
        if scheme in ("http", "https"):
            environ["wsgi.url_scheme"] = scheme
        return asked if _ID.fullmatch(asked) else secrets.token_hex(8)

    def _caller(self, peer: Address | None, chain: str) -> Address | None:
        """Walk back from the proxy at our door: each one's word counts for the hop before it, while it is a trusted one."""
        found = peer
        for hop in reversed(chain.split(",")):
            before = address(hop)
            if before is None:
                break
            found = before
            if not within(before, self._trusted):
                break
        return found
