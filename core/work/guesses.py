"""Who guesses passwords waits: counted in the database, so that all workers count together.

Failures count against an account as strangers see it, whatever address they come from; and against an address, whatever
accounts it tries. A browser in which somebody has logged in to an account before is no stranger to it: it has a count of
its own and waits for nobody else's failures, so that whoever guesses cannot keep the owner out.
"""

import hashlib
import hmac
import ipaddress
from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.engine import Connection

from core.fields.problem import Reason, Refused
from core.records import LoginAttempt
from core.settings import Settings
from core.store.turns import take_turn

_MOMENT = timedelta(minutes=1)
"""By so much another machine's clock may be ahead; what is further ahead was written under a wrong one."""
_SITE = 64
"""Whoever has one IPv6 address has all that begin with the same so many bits."""


@frozen
class Guess:
    """One attempt to log in, as it is counted."""

    account: str
    """What stands for the user name: a name that is none, or a password typed in its place, is nobody's to read."""
    place: str
    """The address, or the network of an IPv6 one."""
    browser: str
    """The id of a browser that is no stranger to the account; else empty."""


def account_of(settings: Settings, username: str) -> str:
    """Return what stands for a user name, 64 characters."""
    return hmac.new(settings.secret, f"account:{username}".encode(), hashlib.sha256).hexdigest()


def guess_of(settings: Settings, username: str, address: str, browser: str) -> Guess:
    """Return how an attempt is counted."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return Guess(account_of(settings, username), address, browser)
    place = str(ipaddress.ip_network((found, _SITE), strict=False)) if found.version == 6 else str(found)
    return Guess(account_of(settings, username), place, browser)


def take(connection: Connection, settings: Settings, guess: Guess, now: datetime) -> Refused | None:
    """Count an attempt before its password is looked at, so that many at once are counted too.

    Return the refusal of one that must wait: that one is not counted, so that waiting comes to an end.
    """
    lasting = timedelta(minutes=settings.login_lock_minutes)
    since = now - lasting
    take_turn(connection, guess.account)
    take_turn(connection, guess.place)  # always in this order
    of_account = (LoginAttempt.account == guess.account) & (LoginAttempt.browser == guess.browser)
    full = _last(connection, of_account, settings.login_failures, since, now)
    if full is not None:
        return locked(full + lasting - now)
    if not guess.browser:
        full = _last(connection, LoginAttempt.place == guess.place, settings.address_failures, since, now)
        if full is not None:
            return _waits(full + lasting - now)
    connection.execute(sa.delete(LoginAttempt).where(LoginAttempt.at < since))
    connection.execute(
        sa.insert(LoginAttempt).values(
            account=guess.account, place=guess.place, browser=guess.browser, at=now
        )
    )
    return None


def is_last(connection: Connection, settings: Settings, guess: Guess, now: datetime) -> bool:
    """Tell whether the attempts that were counted are all there are for now."""
    of_account = (LoginAttempt.account == guess.account) & (LoginAttempt.browser == guess.browser)
    since = now - timedelta(minutes=settings.login_lock_minutes)
    return _last(connection, of_account, settings.login_failures, since, now) is not None


def forget(connection: Connection, account: str, browser: str | None = None) -> None:
    """Count nothing against an account any more: as one browser sees it, or as anybody does."""
    which = LoginAttempt.account == account
    if browser is not None:
        which &= LoginAttempt.browser == browser
    connection.execute(sa.delete(LoginAttempt).where(which))


def locked_among(connection: Connection, settings: Settings, names: Iterable[str], now: datetime) -> set[str]:
    """Return those user names whose accounts no stranger can log in to just now."""
    since = now - timedelta(minutes=settings.login_lock_minutes)
    full = set(
        connection.scalars(
            sa.select(LoginAttempt.account)
            .where(LoginAttempt.browser == "", LoginAttempt.at.between(since, now + _MOMENT))
            .group_by(LoginAttempt.account)
            .having(sa.func.count() >= settings.login_failures)
        )
    )
    return {name for name in names if account_of(settings, name) in full} if full else set()


def _last(
    connection: Connection, which: sa.ColumnElement[bool], allowed: int, since: datetime, now: datetime
) -> datetime | None:
    """Return when the attempt was made that has to grow old before another is allowed; None where one is."""
    found: datetime | None = connection.scalar(
        sa.select(LoginAttempt.at)
        .where(which, LoginAttempt.at.between(since, now + _MOMENT))
        .order_by(LoginAttempt.at.desc())
        .offset(allowed - 1)
        .limit(1)
    )
    return found


def locked(left: timedelta) -> Refused:
    """Return the refusal of a stranger to an account at which somebody guesses."""
    minutes = _minutes(left)
    return Refused(
        Reason.FORBIDDEN,
        "account_locked",
        (
            f"连续登录失败，账号已锁定，请{minutes}分钟后再试，或使用您曾登录过的浏览器，或联系安全管理员。",
            f"Too many failures: the account is locked for {minutes} minutes. A browser in which you logged in before still works; the security administrator can help.",
        ),
    )


def _waits(left: timedelta) -> Refused:
    minutes = _minutes(left)
    return Refused(
        Reason.FORBIDDEN,
        "address_waits",
        (
            f"此地址登录失败过多，请{minutes}分钟后再试，或使用您曾登录过的浏览器。",
            f"Too many failures from this address: try again in {minutes} minutes, or in a browser in which you have logged in before.",
        ),
    )


def _minutes(left: timedelta) -> int:
    return max(1, -(-int(left.total_seconds()) // 60))
