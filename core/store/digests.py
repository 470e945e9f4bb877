"""Digests that are told with their algorithm: SHA-256 by default, SM3 (GB/T 32905) where a court must use it."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SM3, Hash

_CHUNK = 1024 * 1024


def _sm3(data: bytes) -> str:
    made = Hash(SM3())
    made.update(data)
    return made.finalize().hex()


DIGESTS: dict[str, Callable[[bytes], str]] = {
    "sha256": lambda data: hashlib.sha256(data).hexdigest(),
    "sm3": _sm3,
}


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hex; a chunk at a time."""
    made = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            made.update(chunk)
    return made.hexdigest()
