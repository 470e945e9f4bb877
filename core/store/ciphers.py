"""The algorithms that seal: AES (NIST) by default, SM4 (GB/T 32907) where a court must use it. One class each, alike in use."""

from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12
_TAG = 16
DEFAULT = "AES-256-GCM"


class Sealer(Protocol):
    """Authenticated encryption under one key."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """Return ``data`` encrypted, its tag behind it."""

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """Return what was encrypted.

        Raises:
            InvalidTag: another key, another place, or changed bytes.
        """


class Sm4Gcm:
    """SM4 in GCM with the interface of ``AESGCM``; the library has it only in its low-level form."""

    def __init__(self, key: bytes) -> None:
        self._algorithm = algorithms.SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """Return ``data`` encrypted, its tag behind it."""
        worker = Cipher(self._algorithm, modes.GCM(nonce)).encryptor()
        worker.authenticate_additional_data(associated_data or b"")
        return worker.update(data) + worker.finalize() + worker.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """Return what was encrypted."""
        if len(data) < _TAG:
            raise InvalidTag
        worker = Cipher(self._algorithm, modes.GCM(nonce, data[-_TAG:])).decryptor()
        worker.authenticate_additional_data(associated_data or b"")
        return worker.update(data[:-_TAG]) + worker.finalize()


SEALERS: dict[str, tuple[type[Sealer], int]] = {DEFAULT: (AESGCM, 32), "SM4-GCM": (Sm4Gcm, 16)}
"""Algorithm → (what seals with it, bytes of its key)."""
