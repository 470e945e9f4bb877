"""Logging in and out: argon2, and a count of who guesses."""

import secrets
import threading
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.engine import Connection

from core.fields.problem import Reason, Refused
from core.metrics.counted import LOGIN_FAILURES
from core.records import Audit, Person, SessionRow
from core.work.arrive import digest_of
from core.work.guesses import Guess, forget, guess_of, is_last, locked, take
from core.work.house import House

_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash(secrets.token_hex(16))
_AT_ONCE = threading.Semaphore(2)
"""Each check takes 64 MiB for a tenth of a second; more at once would be a way to bring the machine down."""


def hash_password(password: str) -> str:
    """Return the argon2id hash of ``password``."""
    return _HASHER.hash(password)


def log_in(
    house: House, username: str, password: str, address: str, browser: str = "", replaced: str = ""
) -> str:
    """Return the id of a new session.

    ``browser`` is the id of a browser in which somebody has logged in to this very account before; ``replaced`` the
    digest of the session that this browser has had until now, which ends.

    Raises:
        Refused: wrong name or password (which of them is not told), or too many failures for the account or from
            the address.
    """
    now, settings = house.clock(), house.settings
    guess = guess_of(settings, username, address, browser)
    if refused := house.store.write(lambda connection: take(connection, settings, guess, now)):
        raise _counted(refused)
    with house.store.read() as connection:
        person = connection.execute(
            sa.select(Person.__table__).where(Person.username == username[:64], Person.active.is_(True))
        ).one_or_none()
    right = _matches(person.password_hash if person else _NOBODY, password)
    if person is None or not right:
        raise _counted(
            house.store.write(lambda connection: _failed(house, connection, person, guess, address, now))
        )
    session = secrets.token_urlsafe(32)

    def begin(connection: Connection) -> None:
        forget(connection, guess.account, browser)
        kept = settings.sessions_per_person - 1
        older = sa.select(SessionRow.digest).where(
            SessionRow.person_id == person.id, SessionRow.digest != replaced
        )
        ended = connection.scalars(older.order_by(SessionRow.created_at.desc(), SessionRow.digest)).all()[
            kept:
        ]
        connection.execute(sa.delete(SessionRow).where(SessionRow.digest.in_([*ended, replaced])))
        connection.execute(
            sa.insert(SessionRow).values(
                digest=digest_of(session), person_id=person.id, created_at=now, seen_at=now, memory={}
            )
        )
        _note(connection, person.court_code, person.id, person.name, "login", address, now, succeeded=True)

    house.store.write(begin)
    return session


def log_out(house: House, digest: str) -> None:
    """End the session with this digest."""

    def end(connection: Connection) -> None:
        row = connection.execute(
            sa.select(Person.id, Person.name, Person.court_code)
            .join(SessionRow, SessionRow.person_id == Person.id)
            .where(SessionRow.digest == digest)
        ).one_or_none()
        connection.execute(sa.delete(SessionRow).where(SessionRow.digest == digest))
        if row is not None:
            _note(connection, row.court_code, row.id, row.name, "logout", "", house.clock(), succeeded=True)

    house.store.write(end)


def remember(house: House, digest: str, memory: dict[str, object]) -> None:
    """Keep what the person's pages remember for the length of the session."""
    house.store.write(
        lambda connection: connection.execute(
            sa.update(SessionRow).where(SessionRow.digest == digest).values(memory=memory)
        )
    )


def _matches(held: str, password: str) -> bool:
    with _AT_ONCE:
        try:
            return _HASHER.verify(held, password[:1024])
        except (VerificationError, InvalidHashError):
            return False


def _counted(refused: Refused) -> Refused:
    LOGIN_FAILURES.add(refused.code)
    return refused


def _failed(
    house: House, connection: Connection, person: Any, guess: Guess, address: str, now: datetime
) -> Refused:
    """Note a failure, and say the same of an account whether there is one or not."""
    settings = house.settings
    locks = is_last(connection, settings, guess, now)
    if person is not None:
        action = "login_locked" if locks else "login_failed"
        _note(connection, person.court_code, person.id, person.name, action, address, now, succeeded=False)
    if locks:
        return locked(timedelta(minutes=settings.login_lock_minutes))
    return Refused(
        Reason.FORBIDDEN,
        "wrong_login",
        ("用户名或密码不正确。", "The user name or the password is not right."),
    )


def _note(
    connection: Connection,
    court: str,
    person: int,
    name: str,
    action: str,
    address: str,
    at: datetime,
    *,
    succeeded: bool,
) -> None:
    connection.execute(
        sa.insert(Audit).values(
            court_code=court,
            at=at,
            actor=name,
            actor_id=person,
            address=address,
            action=action,
            target="session",
            succeeded=succeeded,
            data={},
        )
    )
