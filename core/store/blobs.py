"""Files by the digest of their content: written to the side, made durable, then renamed into place."""

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from attrs import frozen

from core.fields.problem import Reason, Refused
from core.metrics.counted import UPLOAD_BYTES

CHUNK = 256 * 1024
_DIGEST = re.compile(r"[0-9a-f]{64}")


@frozen
class StoredFile:
    """What was written: its SHA-256 (hex), its size in bytes, and where it lies for now."""

    sha256: str
    size: int
    path: Path


class Blobs:
    """A folder of immutable files; a name is a digest, so a name never means two things."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._side = folder / "incoming"
        self._side.mkdir(parents=True, exist_ok=True)

    def receive(self, source: BinaryIO, limit: int) -> StoredFile:
        """Stream ``source`` to the side and return what it was; nothing is in place yet.

        Raises:
            Refused: more than ``limit`` bytes arrive.
        """
        path = self._side / secrets.token_hex(16)
        digest, size = hashlib.sha256(), 0
        try:
            with path.open("xb") as target:
                while chunk := source.read(CHUNK):
                    size += len(chunk)
                    if size > limit:
                        raise too_large(limit)
                    digest.update(chunk)
                    target.write(chunk)
                target.flush()
                os.fsync(target.fileno())
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        UPLOAD_BYTES.add(by=size)
        return StoredFile(digest.hexdigest(), size, path)

    def keep(self, stored: StoredFile) -> None:
        """Move a received file into place, durably; a copy that is already there stays."""
        place = self.path(stored.sha256)
        place.parent.mkdir(parents=True, exist_ok=True)
        stored.path.replace(place)
        handle = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def discard(self, stored: StoredFile) -> None:
        """Throw a received file away."""
        stored.path.unlink(missing_ok=True)

    def path(self, sha256: str) -> Path:
        """Return where the file with this digest lies, or would lie."""
        if not _DIGEST.fullmatch(sha256):
            raise ValueError(f"no SHA-256 digest: {sha256!r}")
        return self.folder / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        """Tell whether a file with this digest is in place."""
        return bool(_DIGEST.fullmatch(sha256)) and self.path(sha256).is_file()

    def size(self, sha256: str) -> int | None:
        """Return how many bytes lie there with this digest; None where nothing does."""
        return self.path(sha256).stat().st_size if self.has(sha256) else None

    def read(self, sha256: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """Yield ``length`` bytes (to the end where None) from ``start``."""
        with self.path(sha256).open("rb") as file:
            file.seek(start)
            left = length
            while left is None or left > 0:
                chunk = file.read(CHUNK if left is None else min(CHUNK, left))
                if not chunk:
                    return
                if left is not None:
                    left -= len(chunk)
                yield chunk


def too_large(limit: int) -> Refused:
    """Return the refusal of a file of more than ``limit`` bytes."""
    size = limit // (1024 * 1024)
    return Refused(
        Reason.TOO_LARGE,
        "file_too_large",
        (
            f"文件超过{size} MB，请压缩或拆分后再传。",
            f"The file is over {size} MB; please compress or split it.",
        ),
    )
