"""Logging in and out: argon2, a lock after failures, a pause for addresses that guess."""

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
from core.records import Audit, LoginAttempt, Person, SessionRow
from core.work.arrive import digest_of
from core.work.house import House

_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash(secrets.token_hex(16))
_MOMENT = timedelta(minutes=1)
_AT_ONCE = threading.Semaphore(2)
"""Each check takes 64 MiB for a tenth of a second; more at once would be a way to bring the machine down."""


def hash_password(password: str) -> str:
    """Return the argon2id hash of ``password``."""
    return _HASHER.hash(password)


def log_in(house: House, username: str, password: str, address: str) -> str:
    """Return the id of a new session.

    Raises:
        Refused: wrong name or password (which of them is not told), a locked account, or too many failures
            from the address.
    """
    now = house.clock()
    since = now - timedelta(minutes=house.settings.login_lock_minutes)
    with house.store.read() as connection:
        guesses = connection.scalar(
            sa.select(sa.func.count()).where(
                LoginAttempt.address == address, LoginAttempt.at.between(since, now + _MOMENT)
            )
        )
        person = connection.execute(
            sa.select(Person.__table__).where(Person.username == username[:64], Person.active.is_(True))
        ).one_or_none()
    if (guesses or 0) >= house.settings.address_failures:
        raise _counted(_too_many(house))
    right = _matches(person.password_hash if person else _NOBODY, password)
    if person is not None and person.locked_until is not None and person.locked_until > now:
        raise _counted(_locked(person.locked_until, now))
    if person is None or not right:
        raise _counted(house.store.write(lambda connection: _failed(house, connection, person, address, now)))
    session = secrets.token_urlsafe(32)

    def begin(connection: Connection) -> None:
        connection.execute(
            sa.update(Person).where(Person.id == person.id).values(failures=0, locked_until=None)
        )
        kept = house.settings.sessions_per_person - 1
        older = sa.select(SessionRow.digest).where(SessionRow.person_id == person.id)
        ended = connection.scalars(older.order_by(SessionRow.created_at.desc(), SessionRow.digest)).all()[
            kept:
        ]
        connection.execute(sa.delete(SessionRow).where(SessionRow.digest.in_(ended)))
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


def _failed(house: House, connection: Connection, person: Any, address: str, now: datetime) -> Refused:
    connection.execute(sa.insert(LoginAttempt).values(address=address, at=now))
    wrong = Refused(
        Reason.FORBIDDEN,
        "wrong_login",
        ("用户名或密码不正确。", "The user name or the password is not right."),
    )
    if person is None:
        return wrong
    failures = person.failures + 1
    until = now + timedelta(minutes=house.settings.login_lock_minutes)
    locks = failures >= house.settings.login_failures
    connection.execute(
        sa.update(Person)
        .where(Person.id == person.id)
        .values(failures=0 if locks else failures, locked_until=until if locks else None)
    )
    action = "login_locked" if locks else "login_failed"
    _note(connection, person.court_code, person.id, person.name, action, address, now, succeeded=False)
    return _locked(until, now) if locks else wrong


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


def _locked(until: datetime, now: datetime) -> Refused:
    minutes = max(1, -(-int((until - now).total_seconds()) // 60))
    return Refused(
        Reason.FORBIDDEN,
        "account_locked",
        (
            f"连续登录失败，账号已锁定，请{minutes}分钟后再试或联系安全管理员。",
            f"Too many failures: the account is locked for {minutes} minutes; the security administrator can help.",
        ),
    )


def _too_many(house: House) -> Refused:
    minutes = house.settings.login_lock_minutes
    return Refused(
        Reason.FORBIDDEN,
        "address_waits",
        (
            f"此地址登录失败过多，请{minutes}分钟后再试。",
            f"Too many failures from this address; try again in {minutes} minutes.",
        ),
    )
