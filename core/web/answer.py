"""What a page gives back, and the common shapes of it."""

from collections.abc import Iterable, Mapping
from urllib.parse import quote

from attrs import Factory, frozen

HTML = "text/html; charset=utf-8"


@frozen
class Cookie:
    """A cookie to set; an empty value takes it away."""

    name: str
    value: str
    seconds: int | None = None
    """How long it lives; None ends it with the browser."""


@frozen
class Answer:
    """One answer to one request. A body that is no text is streamed as it comes."""

    body: str | bytes | Iterable[bytes] = ""
    status: int = 200
    content_type: str = HTML
    headers: Mapping[str, str] = Factory(dict)
    cookies: tuple[Cookie, ...] = ()


def see_other(address: str, *cookies: Cookie) -> Answer:
    """Return the answer that sends the browser on to ``address`` with GET."""
    return Answer(status=303, headers={"Location": ascii_address(address)}, cookies=cookies)


def ascii_address(address: str) -> str:
    """Return a path of ours as a header can hold it; one that leads elsewhere becomes the desk."""
    if (
        not address.startswith("/")
        or address.startswith("//")
        or "\\" in address
        or not address.isprintable()
    ):
        return "/"
    return quote(address, safe="/?&=#%+:,;~!*'()[]")


def disposition(name: str, how: str = "attachment") -> str:
    """Return a Content-Disposition that names the file in any script (RFC 5987)."""
    plain = "".join(
        char if char.isascii() and char.isprintable() and char not in '"\\%' else "_" for char in name
    )
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
