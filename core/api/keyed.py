"""Idempotency: the first answer to a key is given again; a key is never used for two things."""

import hashlib
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from core.api.answers import Trouble
from core.api.call import Call
from core.fields.label import Label
from core.records import IdempotentAnswer

_UNDER_WAY = 0
_TAKEN_FOR_LOST = timedelta(minutes=2)
LONGEST = 128


def key_of(call: Call) -> str:
    """Return the call's Idempotency-Key, or empty.

    Raises:
        Trouble: it is over 128 characters.
    """
    key = str(call.environ.get("HTTP_IDEMPOTENCY_KEY", "")).strip()
    if len(key) > LONGEST or not key.isascii():
        raise Trouble(400, "bad_key", Label("Idempotency-Key 最多128个ASCII字符。", "Idempotency-Key has at most 128 ASCII characters."))  # fmt: skip
    return key


def claim(call: Call, key: str, body: bytes) -> tuple[int, str] | None:
    """Claim ``key`` for this call; return the first answer (status, body) where there is one.

    Raises:
        Trouble: the key belongs to another call, or its first use is still under way.
    """
    digest = hashlib.sha256(b"\n".join([str(call.environ["PATH_INFO"]).encode(), body])).hexdigest()

    def work(connection: Connection) -> tuple[int, str] | None:
        mine = (IdempotentAnswer.client_id == call.client.id, IdempotentAnswer.key == key)
        row = connection.execute(sa.select(IdempotentAnswer.__table__).where(*mine)).one_or_none()
        now = call.house.clock()
        if row is not None and row.digest != digest:
            raise Trouble(409, "key_reused", Label("此 Idempotency-Key 已用于另一请求。", "This Idempotency-Key was used for another request."))  # fmt: skip
        if row is not None and row.status != _UNDER_WAY:
            return row.status, row.body
        if row is not None and abs(now - row.at) < _TAKEN_FOR_LOST:
            raise Trouble(409, "under_way", Label("相同的请求正在处理，请稍后再查。", "The same request is under way; ask again shortly."), {"Retry-After": "2"})  # fmt: skip
        connection.execute(sa.delete(IdempotentAnswer).where(*mine))
        connection.execute(
            sa.insert(IdempotentAnswer).values(
                client_id=call.client.id, key=key, digest=digest, status=_UNDER_WAY, body="", at=now
            )
        )
        return None

    try:
        return call.house.store.write(work)
    except IntegrityError:
        raise Trouble(409, "under_way", Label("相同的请求正在处理，请稍后再查。", "The same request is under way; ask again shortly."), {"Retry-After": "2"}) from None  # fmt: skip


def settle(call: Call, key: str, status: int | None, body: str) -> None:
    """Keep the answer under the key; None (it was refused) frees the key for a corrected call."""

    def work(connection: Connection) -> None:
        mine = (IdempotentAnswer.client_id == call.client.id, IdempotentAnswer.key == key)
        if status is None:
            connection.execute(sa.delete(IdempotentAnswer).where(*mine))
        else:
            connection.execute(sa.update(IdempotentAnswer).where(*mine).values(status=status, body=body))

    call.house.store.write(work)
