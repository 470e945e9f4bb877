"""Who calls: the client behind a token, and whether it may use the court at hand."""

from typing import TYPE_CHECKING

from core.api.answers import Trouble
from core.fields.label import Label
from core.work.clients import Client, client_of, digest_of
from core.work.house import House

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


class Callers:
    """The clients of one house. Who was here before is known; whether it may still call, only the database knows."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._known: dict[str, Client] = {}
        """By the digest of the token; only good ones, so that there are no more than there are clients."""

    def caller(self, environ: "WSGIEnvironment", court: str, *, known: bool = False) -> Client:
        """Return the client of a call about ``court``; with ``known`` as it was when it last called, if it did.

        Raises:
            Trouble: the token is missing or none, or the client may not use the court.
        """
        scheme, _, token = str(environ.get("HTTP_AUTHORIZATION", "")).partition(" ")
        token = token.strip() if scheme.lower() == "bearer" else ""
        client = self._known.get(digest_of(token)) if known else None
        if client is None or court not in client.courts:
            client = self._asked(token)
        if court not in client.courts:
            raise Trouble(
                403, "other_court", Label("此接入方未获准使用该法院。", "This client may not use that court.")
            )
        return client

    def _asked(self, token: str) -> Client:
        client = client_of(self._house, token) if token else None
        if client is None:
            self._known.pop(digest_of(token), None)
            told = Label(
                "请在 Authorization 头中给出有效的 Bearer 令牌。",
                "Give a valid Bearer token in Authorization.",
            )
            raise Trouble(401, "no_token", told, {"WWW-Authenticate": "Bearer"})
        self._known[client.digest] = client
        return client
