"""The signed session cookie and the form tokens bound to it."""

import hashlib
import hmac
import secrets

from attrs import frozen

SESSION_COOKIE = "benchside"
VISITOR_COOKIE = "benchside_visitor"
LANGUAGE_COOKIE = "benchside_language"
BROWSER_COOKIE = "benchside_browser"
_KNOWN = 8
"""In one browser so many accounts are remembered to have been logged in to."""


@frozen
class Signer:
    """Signs what the browser keeps for us with the secret of the house."""

    secret: bytes

    def mark(self, purpose: str, text: str) -> str:
        """Return the HMAC of ``text`` for one purpose; no mark serves two."""
        return hmac.new(self.secret, f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()

    def seal(self, purpose: str, text: str) -> str:
        """Return ``text`` with its mark, as a cookie holds it."""
        return f"{text}.{self.mark(purpose, text)}"

    def open(self, purpose: str, sealed: str) -> str | None:
        """Return the text of ``sealed``, or None where the mark does not fit."""
        text, _, mark = sealed.rpartition(".")
        fits = hmac.compare_digest(mark.encode(), self.mark(purpose, text).encode())
        return text if text and fits else None

    def form_token(self, session: str) -> str:
        """Return the token that every form of a session carries."""
        return self.mark("form", session)

    def fits(self, session: str, token: str) -> bool:
        """Tell whether ``token`` belongs to ``session``."""
        return hmac.compare_digest(token.encode(), self.form_token(session).encode())


@frozen
class Known:
    """What a browser remembers of those who logged in with it: a random id, and what stands for their user names."""

    id: str = ""
    accounts: tuple[str, ...] = ()

    @classmethod
    def read(cls, text: str | None) -> "Known":
        """Return what the opened cookie says; nobody is known where there is none."""
        browser, *accounts = (text or "").split(":")
        return cls(browser, tuple(accounts))

    def id_for(self, account: str) -> str:
        """Return the browser's id where it is no stranger to ``account``, else empty."""
        return self.id if account in self.accounts else ""

    def and_by(self, account: str) -> str:
        """Return what the cookie says when ``account`` has logged in too."""
        others = [one for one in self.accounts if one != account]
        return ":".join((self.id or secrets.token_hex(16), *others[-_KNOWN + 1 :], account))


def own_cookies(sent: str) -> str:
    """Return those of a browser's cookies that are ours, plain as we set them.

    What others of the same host set is not ours to read; and Python before 3.11.10 takes half a minute to undo 64 KiB
    of backslashes in one.
    """
    crumbs = (crumb.strip() for crumb in sent.split(";"))
    return "; ".join(crumb for crumb in crumbs if crumb.startswith(SESSION_COOKIE) and "\\" not in crumb)


def digest_of(session: str) -> str:
    """Return under what the session's row is kept."""
    return hashlib.sha256(session.encode()).hexdigest()


def new_visitor() -> str:
    """Return the id of a browser that has not logged in: its login form is bound to it."""
    return secrets.token_urlsafe(24)
