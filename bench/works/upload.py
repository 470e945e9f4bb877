"""A 10 MB upload over HTTP against hashing, writing and fsyncing the same bytes in plain Python, on the same disk."""

import hashlib
import http.client
import io
import os
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pikepdf

from bench.measure import Row, interleaved, median, resident
from bench.place import COURTS, Place, fill
from core.settings import ROOT

MB = 1024 * 1024
SIZE, LARGE = 10 * MB, 100 * MB
ROUNDS = 15
_CHUNK = 256 * 1024
_MARK = 8
"""Hex digits at the end, in a comment: a file that is there already would cost less."""


def rows(place: Place) -> Iterator[Row]:
    """Measure on a small installation of its own."""
    with tempfile.TemporaryDirectory(dir=ROOT / "var") as folder:
        yield from measured(Path(folder), SIZE, LARGE, ROUNDS)


def measured(folder: Path, size: int, large: int, rounds: int) -> Iterator[Row]:
    """Send ``size`` bytes and write as many by hand, in turns; then see what ``large`` bytes leave in memory."""
    ours = Place(folder / "ours", 100)
    ours.folder.mkdir()
    fill(ours)
    ours.house.store.close()
    content = document(size)
    whole = hashlib.sha256(content[:-_MARK])  # so that hashing in the client is no part of the upload
    with ours.serve() as served:
        connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)

        def send() -> None:
            content[-_MARK:] = secrets.token_hex(_MARK // 2).encode()
            digest = whole.copy()
            digest.update(content[-_MARK:])
            put(connection, ours.token, content, digest.hexdigest())

        def write() -> None:
            by_hand(folder, content)

        took = interleaved({"ours": send, "plain": write}, rounds)
        before = resident(served.pid, "VmHWM")
        content = document(large - MB)  # with what is around it, within the limit of one file
        put(connection, ours.token, content, hashlib.sha256(content).hexdigest())
        grown = resident(served.pid, "VmHWM") - before
        connection.close()
    yield Row(
        work=f"upload of {size // MB} MB over HTTP", got=median(took["plain"]) / median(took["ours"]), unit="x", target=0.6,
        better="higher",
        note=f"{median(took['ours']) * 1000:.1f} ms against {median(took['plain']) * 1000:.1f} ms for hashing, writing and fsyncing in plain Python",
    )  # fmt: skip
    yield Row(
        work=f"memory that an upload of {large // MB} MB adds to the server's peak", got=grown, unit="MB", target=5, better="lower",
        note="after uploads a tenth as large",
    )  # fmt: skip


def document(size: int) -> bytearray:
    """Return a PDF of about ``size`` bytes like no other, as a scanner's are: a page and one large stream."""
    book, content = pikepdf.new(), io.BytesIO()
    book.add_blank_page()
    book.Root.Scan = book.make_stream(secrets.token_bytes(size))
    book.save(content, compress_streams=False)
    return bytearray(content.getvalue() + b"%" + bytes(_MARK))


def put(connection: http.client.HTTPConnection, token: str, content: bytearray, digest: str) -> None:
    """Upload ``content``.

    Raises:
        RuntimeError: it was not taken.
    """
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/pdf"}
    connection.request("PUT", f"/api/v1/courts/{quote(COURTS[0])}/files/{digest}", content, headers)
    answer = connection.getresponse()
    said = answer.read()
    if answer.status != 201:
        raise RuntimeError(f"{answer.status}: {said!r}")


def by_hand(folder: Path, content: bytearray) -> None:
    """Hash, write and fsync."""
    path, digest = folder / "plain", hashlib.sha256()
    with path.open("wb") as target:
        view = memoryview(content)
        for begin in range(0, len(content), _CHUNK):
            digest.update(view[begin : begin + _CHUNK])
            target.write(view[begin : begin + _CHUNK])
        target.flush()
        os.fsync(target.fileno())
    path.unlink()
