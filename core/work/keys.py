"""The keys of a house: made once, known to its database, refused where they are another's."""

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.records import SealKey
from core.store.engine import Store
from core.store.keyring import KeysUnfit, fingerprint, make_keys
from core.store.sealed import Ring


def establish(store: Store) -> None:
    """Make the file of keys where neither it nor anything sealed is there yet, and have the database know its keys.

    Raises:
        KeysUnfit: the file is missing, damaged, or not the one the database was sealed with.
    """
    if store.ring is None:
        return
    ring = store.ring
    if not ring.path.exists():
        with store.read() as connection:
            if (known := _known(connection)) != {}:
                raise _missing(ring, known)
        make_keys(ring.path)
    store.write(lambda connection: _introduce(connection, ring))


def check_keys(store: Store) -> None:
    """Refuse to go on with keys that are not those of the database.

    Raises:
        KeysUnfit: naming the setting.
    """
    if store.ring is None:
        return
    with store.read() as connection:
        known = _known(connection)
    if not store.ring.path.exists():
        raise _missing(store.ring, known)
    _compare(store.ring, known)


def introduce(store: Store) -> None:
    """Have the database know a key that was added to the file."""
    assert store.ring is not None
    ring = store.ring
    store.write(lambda connection: _introduce(connection, ring))


def _introduce(connection: Connection, ring: Ring) -> None:
    known = _known(connection)
    _compare(ring, known)
    now = datetime.now(UTC)
    for key in (*ring.keys.sealing, *ring.keys.index):
        if key.id not in known:
            connection.execute(
                sa.insert(SealKey).values(id=key.id, fingerprint=fingerprint(key), used_at=now)
            )


def _known(connection: Connection) -> dict[str, str]:
    return {row.id: row.fingerprint for row in connection.execute(sa.select(SealKey.id, SealKey.fingerprint))}


def _compare(ring: Ring, known: dict[str, str]) -> None:
    held = {key.id: fingerprint(key) for key in (*ring.keys.sealing, *ring.keys.index)}
    wrong = sorted(name for name, told in known.items() if held.get(name) != told)
    if wrong:
        names = "、".join(wrong)
        raise KeysUnfit(f"数据库是用密钥 {names} 加密的，{ring.path} 里没有。", f"The database was sealed with key {', '.join(wrong)}, which {ring.path} does not hold.")  # fmt: skip


def _missing(ring: Ring, known: dict[str, str]) -> KeysUnfit:
    names = ", ".join(sorted(known)) or "—"
    return KeysUnfit(f"没有密钥文件 {ring.path}；数据库需要密钥 {names}。", f"There is no file of keys {ring.path}; the database needs key {names}.")  # fmt: skip
