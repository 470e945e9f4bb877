"""The file of keys: made, read, and changed only here; never in the database, never in a backup, never in a log."""

import base64
import hashlib
import hmac
import json
import os
import secrets
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

from core.fields.label import Label
from core.store.ciphers import DEFAULT, SEALERS, Sealer

_FORMAT = 1
_INDEX_BYTES = 32


class KeysUnfit(Exception):
    """The file of keys cannot be used; the sentence names the setting, and no key."""

    def __init__(self, zh: str, en: str) -> None:
        self.message = Label(f"{zh}（设置 keys_file，BENCHSIDE_KEYS_FILE）", f"{en} (setting keys_file, BENCHSIDE_KEYS_FILE)")  # fmt: skip
        super().__init__(self.message.en)


@frozen
class Key:
    """One key: what it is called in what it seals, its algorithm, its bytes, when it was made."""

    id: str
    algorithm: str
    secret: bytes = field(repr=False)
    made_at: datetime

    def sealer(self) -> Sealer:
        """Return what seals with it."""
        made: Any = SEALERS[self.algorithm][0]
        sealer: Sealer = made(self.secret)
        return sealer


@frozen
class Keys:
    """What the file holds: keys that seal, the newest last and in use; and those of the index, likewise."""

    sealing: tuple[Key, ...]
    index: tuple[Key, ...]

    @property
    def current(self) -> Key:
        """The key that new values are sealed with."""
        return self.sealing[-1]

    def rotated(self, algorithm: str, now: datetime) -> "Keys":
        """Return the keys with a new one in use; the old ones still open what they sealed."""
        return evolve(self, sealing=(*self.sealing, _new("k", algorithm, SEALERS[algorithm][1], now)))

    def without(self, name: str) -> "Keys":
        """Return the keys without the one called ``name``."""
        return evolve(self, sealing=tuple(one for one in self.sealing if one.id != name))


def _new(letter: str, algorithm: str, length: int, now: datetime) -> Key:
    return Key(f"{letter}{secrets.token_hex(4)}", algorithm, secrets.token_bytes(length), now)


def new_keys(algorithm: str = DEFAULT) -> Keys:
    """Return the keys of a new installation."""
    now = datetime.now(UTC)
    return Keys(
        (_new("k", algorithm, SEALERS[algorithm][1], now),), (_new("i", "HMAC-SHA-256", _INDEX_BYTES, now),)
    )


def make_keys(path: Path) -> None:
    """Make the file of keys where there is none; of two who do, the first one's stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _write(path, new_keys(), replace=False)


def read_keys(path: Path) -> Keys:
    """Return what the file holds.

    Raises:
        KeysUnfit: it is not there, readable by others, or no file of keys.
    """
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise KeysUnfit(f"密钥文件 {path} 可被他人读取，请改为 0600。", f"The keys in {path} can be read by others; set its mode to 0600.")  # fmt: skip
        told = json.loads(path.read_text(encoding="ascii"))
    except OSError as error:
        raise KeysUnfit(f"读不到密钥文件 {path}：{error.strerror}。", f"The file of keys {path} cannot be read: {error.strerror}.") from error  # fmt: skip
    except ValueError as error:
        raise _broken(path) from error
    try:
        if told["format"] != _FORMAT:
            raise _broken(path)
        keys = Keys(_read(told["sealing"]), _read(told["index"]))
        for key in keys.sealing:
            key.sealer()
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _broken(path) from None  # the cause may quote what was read
    if not keys.sealing or not keys.index:
        raise _broken(path)
    return keys


def _broken(path: Path) -> KeysUnfit:
    return KeysUnfit(f"{path} 不是密钥文件，或已损坏。", f"{path} is no file of keys, or it is damaged.")


def write_keys(path: Path, keys: Keys) -> None:
    """Put ``keys`` into the place of the file, whole or not at all."""
    _write(path, keys, replace=True)


def _write(path: Path, keys: Keys, *, replace: bool) -> None:
    told = {"format": _FORMAT, "sealing": _told(keys.sealing), "index": _told(keys.index)}
    handle, name = tempfile.mkstemp(
        dir=path.parent, prefix=f".{path.name}."
    )  # mkstemp gives it to its owner alone
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            json.dump(told, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            Path(name).replace(path)
        else:
            try:
                os.link(name, path)
            except FileExistsError:
                return
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    finally:
        Path(name).unlink(missing_ok=True)


def _told(keys: tuple[Key, ...]) -> list[dict[str, str]]:
    return [
        {"id": one.id, "algorithm": one.algorithm, "key": base64.b64encode(one.secret).decode(), "made_at": one.made_at.isoformat()}
        for one in keys
    ]  # fmt: skip


def _read(told: list[Mapping[str, str]]) -> tuple[Key, ...]:
    return tuple(
        Key(str(one["id"]), str(one["algorithm"]), base64.b64decode(one["key"], validate=True), datetime.fromisoformat(one["made_at"]))
        for one in told
    )  # fmt: skip


def fingerprint(key: Key) -> str:
    """Return what tells one key from another without telling anything of it."""
    return hmac.new(key.secret, b"benchside key fingerprint", hashlib.sha256).hexdigest()[:16]
