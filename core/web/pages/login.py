"""Logging in and out, and the language of the pages."""

from urllib.parse import urlsplit

from attrs import evolve, frozen

from core.fields.problem import Refused
from core.web.answer import Answer, Cookie, ascii_address, see_other
from core.web.language import language_of
from core.web.session import (
    BROWSER_COOKIE,
    LANGUAGE_COOKIE,
    SESSION_COOKIE,
    VISITOR_COOKIE,
    Known,
    new_visitor,
)
from core.web.visit import Visit
from core.work.guesses import account_of
from core.work.login import log_in, log_out

YEAR, QUARTER = 365 * 24 * 3600, 92 * 24 * 3600


@frozen(eq=False)
class LoginPage:
    """User name and password."""

    def get(self, visit: Visit) -> Answer:
        """Show the form; whoever is logged in goes to the desk."""
        if visit.arrival is not None:
            return see_other(_next(visit.asked("next")))
        return self._form(visit, 200)

    def post(self, visit: Visit) -> Answer:
        """Log in with a new session id, so that nobody could have known it before; the one before it ends."""
        house, signer = visit.house, visit.site.signer
        username = visit.sent("username").strip()
        account = account_of(house.settings, username)
        known = Known.read(signer.open("browser", visit.cookies.get(BROWSER_COOKIE, "")))
        before = visit.arrival.digest if visit.arrival else ""
        try:
            session = log_in(
                house, username, visit.sent("password"), visit.address, known.id_for(account), before
            )
        except Refused as refused:
            return self._form(visit, 403, refused)
        return see_other(
            _next(visit.sent("next")),
            Cookie(SESSION_COOKIE, signer.seal("session", session)),
            Cookie(VISITOR_COOKIE, ""),
            Cookie(BROWSER_COOKIE, signer.seal("browser", known.and_by(account)), QUARTER),
        )

    def _form(self, visit: Visit, status: int, refused: Refused | None = None) -> Answer:
        signer = visit.site.signer
        visitor = visit.session or new_visitor()
        visit = evolve(visit, token=signer.form_token(visitor))
        answer = visit.render(
            "login.html", status, refused=refused.message if refused else None, username=visit.sent("username")[:64],
            next=_next(visit.asked("next") or visit.sent("next")),
        )  # fmt: skip
        return evolve(answer, cookies=(Cookie(VISITOR_COOKIE, signer.seal("visitor", visitor)),))


@frozen(eq=False)
class LogoutPage:
    """The way out."""

    def post(self, visit: Visit) -> Answer:
        """End the session."""
        log_out(visit.house, visit.here.digest)
        return see_other("/login", Cookie(SESSION_COOKIE, ""))


@frozen(eq=False)
class LanguagePage:
    """The switch in the top bar."""

    def post(self, visit: Visit) -> Answer:
        """Keep the language in this browser and go back to the page it was pressed on."""
        chosen = language_of(visit.sent("language"))
        return see_other(_next(visit.sent("back")), Cookie(LANGUAGE_COOKIE, chosen, YEAR))


def _next(address: str) -> str:
    """Return a page of ours to go on to; anything else becomes the desk."""
    parts = urlsplit(address)
    ours = not parts.scheme and not parts.netloc and parts.path not in ("/login", "/logout")
    return ascii_address(address) if ours else "/"
