"""Personal data as the database holds it: sealed with a key it does not hold, and found by a word only that key's owner can make.

A sealed value is one text, ``sealed:<key>:<nonce and ciphertext>``. It is bound to the place it was sealed for, so that what was
copied to another column does not open. A value that is not sealed is taken as it stands: what was stored before there were keys
stays readable until ``benchside keys reseal`` has been over it.
"""

import os
import re
import time
import unicodedata
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from attrs import field, frozen
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from core.store.ciphers import NONCE, Sealer
from core.store.keyring import Keys, KeysUnfit, read_keys

MARK = "sealed:"
_LOOK_AGAIN = 1.0
"""Seconds after which a key that was put into use elsewhere is used here too."""
_WORD_BYTES = 10
_TO_WEB, _FROM_WEB = bytes.maketrans(b"+/", b"-_"), bytes.maketrans(b"-_", b"+/")
"""Base 64 is kept in its form for addresses (RFC 4648, 5): nothing in it needs to be escaped anywhere."""


class NotOpened(Exception):
    """A sealed value that does not open: another key, another place, or changed. It says which key, and no value."""


@frozen
class _Held:
    """The keys of a file as they are used, and the file they were read from."""

    keys: Keys
    sealers: dict[str, Sealer]
    stamp: tuple[int, int, int]
    head: str = field(init=False)
    """What a value sealed now begins with."""
    sealer: Sealer = field(init=False)
    indexers: tuple[HMAC, ...] = field(init=False)
    """What makes the words of each key of the index, that in use first: keyed once, and copied for each word."""

    @head.default
    def _head(self) -> str:
        return f"{MARK}{self.keys.current.id}:"

    @sealer.default
    def _sealer(self) -> Sealer:
        return self.sealers[self.keys.current.id]

    @indexers.default
    def _indexers(self) -> tuple[HMAC, ...]:
        return tuple(HMAC(key.secret, SHA256()) for key in reversed(self.keys.index))


class Ring:
    """The keys of one installation. The file is read when first asked for, and again when it has changed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._held: _Held | None = None
        self._look_at = 0.0

    @property
    def keys(self) -> Keys:
        """What the file holds now.

        Raises:
            KeysUnfit: it is not there, or no file of keys.
        """
        return self._now().keys

    def _now(self) -> _Held:
        moment = time.monotonic()
        held = self._held
        if held is None or moment >= self._look_at:
            self._look_at = moment + _LOOK_AGAIN
            held = self._read(held)
        return held

    def _read(self, held: _Held | None) -> _Held:
        try:
            found = self.path.stat()
        except OSError:
            if held is not None:  # a running house does not stop for a file that is being put in place
                return held
            read_keys(self.path)  # says what is wrong
            raise
        stamp = (found.st_mtime_ns, found.st_ino, found.st_size)
        if held is None or stamp != held.stamp:
            keys = read_keys(self.path)
            held = self._held = _Held(keys, {one.id: one.sealer() for one in keys.sealing}, stamp)
        return held

    def refresh(self) -> None:
        """Read the file again at the next use."""
        self._held = None

    def seal(self, place: str, text: str) -> str:
        """Return ``text`` as ``place`` keeps it."""
        held = self._now()
        nonce = os.urandom(NONCE)
        made = nonce + held.sealer.encrypt(nonce, text.encode(), place.encode())
        return held.head + b2a_base64(made, newline=False).translate(_TO_WEB).decode()

    def open(self, place: str, stored: str) -> str:
        """Return what ``place`` keeps as ``stored``.

        Raises:
            NotOpened: it was sealed with a key that is not here, for another place, or was changed.
        """
        if not stored.startswith(MARK):
            return stored
        name, _, rest = stored[len(MARK) :].partition(":")
        held = self._held or self._now()
        sealer = held.sealers.get(name) or self._read(held).sealers.get(name)
        if sealer is None:
            raise NotOpened(f"{place}: sealed with key {name}, which is not in {self.path}")
        try:
            made = a2b_base64(rest.encode().translate(_FROM_WEB))
            return sealer.decrypt(made[:NONCE], made[NONCE:], place.encode()).decode()
        except (InvalidTag, ValueError):
            raise NotOpened(f"{place}: what key {name} sealed does not open; it was changed, or is another place's") from None  # fmt: skip

    def words(self, court: str, text: str) -> tuple[str, ...]:
        """Return the words under which ``text`` is found in ``court``, the one that is stored first; none for no number."""
        plain = normalised(text)
        if not _is_number(plain):
            return ()
        message = f"{court}\n{plain}".encode()
        return tuple([_word(one.copy(), message) for one in self._now().indexers])


def _word(made: HMAC, message: bytes) -> str:
    made.update(message)
    return made.finalize()[:_WORD_BYTES].hex()


_BLANKS = re.compile(r"[\s\-–—()（）+]+")
_DIGIT = re.compile(r"[0-9]")
_DIGITS, _LONGEST = 5, 120
_COUNTRY = re.compile(r"(?:00)?86(1[0-9]{10})")


def normalised(text: str) -> str:
    """Return a number, or an address, as all ways to write it are: without blanks, hyphens, case and country code."""
    if text.isascii() and text.isalnum():  # as most are: nothing of it is to be made alike or left out
        plain = text.upper()
    else:
        plain = _BLANKS.sub("", unicodedata.normalize("NFKC", text)).upper()
    mobile = _COUNTRY.fullmatch(plain)
    return mobile[1] if mobile else plain


def is_number(text: str) -> bool:
    """Tell whether ``text`` can be found whole: the number of a document, a telephone, an account, an electronic address."""
    return _is_number(normalised(text))


def _is_number(plain: str) -> bool:
    return (
        len(plain) <= _LONGEST and plain.isascii() and ("@" in plain or len(_DIGIT.findall(plain)) >= _DIGITS)
    )


_AT_WORK: ContextVar["Ring | None"] = ContextVar("ring", default=None)
_opened: list[Ring] = []


def opened(ring: Ring) -> Ring:
    """Take ``ring`` for what is read and written outside of any store's own work."""
    _opened[:] = [ring]
    return ring


@contextmanager
def at_work(ring: Ring | None) -> Iterator[None]:
    """Have values sealed and opened with ``ring`` within."""
    if ring is None or _AT_WORK.get() is ring:
        yield
        return
    token = _AT_WORK.set(ring)
    try:
        yield
    finally:
        _AT_WORK.reset(token)


def ring() -> Ring:
    """Return the keys of whose store is at work.

    Raises:
        KeysUnfit: there are none.
    """
    found = _AT_WORK.get() or (_opened[0] if _opened else None)
    if found is None:
        raise KeysUnfit("没有打开密钥文件。", "No file of keys is open.")
    return found
