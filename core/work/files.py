"""Files come in by digest, and go out to those who may see the request they belong to."""

import io
import secrets
from collections.abc import Iterable
from typing import Any, BinaryIO

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.engine import Connection

from core.fields.label import Label
from core.fields.problem import Problem, Reason, Refused, invalid
from core.records import Blob, FileUpload, UploadPart, UploadSession
from core.store.blobs import StoredFile
from core.store.upsert import upsert
from core.values import Actor, Application, AttachedFile
from core.work.access import see
from core.work.content import examine
from core.work.house import House
from core.work.refusals import not_found
from core.work.sniff import sniff
from core.work.transaction import Transaction

PART_LIMIT = 16 * 1024 * 1024


@frozen
class KeptFile:
    """A file that was received: its digest, size and media type."""

    sha256: str
    size: int
    mime: str
    new: bool


def put_file(house: House, actor: Actor, client: int, sha256: str, source: BinaryIO) -> KeptFile:
    """Receive a file whole, streaming; the same content again changes nothing.

    Raises:
        Refused: it is too large, its digest differs, it is of no type that may be filed, or what is in it speaks against it.
    """
    stored = house.blobs.receive(source, house.settings.upload_limit_mb * 1024 * 1024)
    return _keep(house, actor, client, sha256, stored)


def _keep(house: House, actor: Actor, client: int, sha256: str, stored: StoredFile) -> KeptFile:
    try:
        if stored.sha256 != sha256:
            raise invalid([Problem("sha256", "digest_differs", Label(f"文件内容的摘要是{stored.sha256}，与地址中的不一致，请重新上传。", f"The content's digest is {stored.sha256}, not the one in the address; upload it again."))])  # fmt: skip
        if stored.size == 0:
            raise invalid([Problem("", "empty_file", Label("文件是空的。", "The file is empty."))])
        mime = sniff(stored.path)
        examine(stored.path, mime)
        house.blobs.keep(stored)
    except BaseException:
        house.blobs.discard(stored)
        raise

    def work(connection: Connection) -> bool:
        tx = Transaction(house, connection, actor, house.clock())
        upsert(
            connection, Blob, {"sha256": sha256}, {"size": stored.size, "mime": mime, "stored_at": tx.at}, {}
        )
        there = connection.scalar(
            sa.select(FileUpload.at).where(
                FileUpload.court_code == tx.court, FileUpload.client_id == client, FileUpload.sha256 == sha256
            )
        )
        upsert(
            connection,
            FileUpload,
            {"court_code": tx.court, "client_id": client, "sha256": sha256},
            {"at": tx.at},
            {},
        )
        if there is None:
            tx.audit("file.receive", sha256, {"size": stored.size, "mime": mime})
        return there is None

    return KeptFile(sha256, stored.size, mime, house.store.write(work))


def begin_upload(house: House, actor: Actor, client: int, sha256: str, size: int) -> str:
    """Begin a large upload in parts and return its id.

    Raises:
        Refused: it would be larger than the court takes.
    """
    limit = house.settings.upload_limit_mb * 1024 * 1024 * 10
    if size > limit:
        raise Refused(Reason.TOO_LARGE, "file_too_large", (f"文件不能超过{limit // 1024**2} MB。", f"A file may have at most {limit // 1024**2} MB."))  # fmt: skip
    upload = secrets.token_hex(16)
    house.store.write(
        lambda connection: connection.execute(
            sa.insert(UploadSession).values(
                id=upload,
                court_code=actor.court,
                client_id=client,
                sha256=sha256,
                size=size,
                at=house.clock(),
            )
        )
    )
    return upload


def put_part(house: House, actor: Actor, client: int, upload: str, number: int, source: BinaryIO) -> KeptFile:
    """Receive part ``number`` (from 1) of a large upload; sending a part again replaces it."""
    _upload(house, actor, client, upload)
    stored = house.blobs.receive(source, PART_LIMIT)
    house.blobs.keep(stored)
    content = {"sha256": stored.sha256, "size": stored.size}
    house.store.write(
        lambda connection: upsert(
            connection, UploadPart, {"upload_id": upload, "number": number}, content, content
        )
    )
    return KeptFile(stored.sha256, stored.size, "", new=True)


def complete_upload(house: House, actor: Actor, client: int, upload: str) -> KeptFile:
    """Join the parts of a large upload and keep the whole as a file.

    Raises:
        Refused: parts are missing, or the whole is not what was announced.
    """
    session = _upload(house, actor, client, upload)
    with house.store.read() as connection:
        parts = connection.execute(
            sa.select(UploadPart.number, UploadPart.sha256, UploadPart.size)
            .where(UploadPart.upload_id == upload)
            .order_by(UploadPart.number)
        ).all()
    wrong = [place for place, part in enumerate(parts, 1) if part.number != place]
    if not parts or wrong or sum(part.size for part in parts) != session.size:
        missing = wrong[0] if wrong else len(parts) + 1
        raise invalid([Problem("parts", "missing_part", Label(f"缺少第{missing}个分片，请补传后再完成。", f"Part {missing} is missing; send it, then complete."))])  # fmt: skip
    source: Any = _Joined(chunk for part in parts for chunk in house.blobs.read(part.sha256))
    stored = house.blobs.receive(source, session.size)
    kept = _keep(house, actor, client, session.sha256, stored)

    def work(connection: Connection) -> None:
        connection.execute(sa.delete(UploadPart).where(UploadPart.upload_id == upload))
        connection.execute(sa.delete(UploadSession).where(UploadSession.id == upload))

    house.store.write(work)
    return kept


def _upload(house: House, actor: Actor, client: int, upload: str) -> Any:
    with house.store.read() as connection:
        row = connection.execute(
            sa.select(UploadSession.sha256, UploadSession.size).where(
                UploadSession.id == upload,
                UploadSession.court_code == actor.court,
                UploadSession.client_id == client,
            )
        ).one_or_none()
    if row is None:
        raise not_found()
    return row


class _Joined(io.RawIOBase):
    """Reads chunks one after the other, as if they were one file."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)

    def readable(self) -> bool:
        """It reads."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return the next chunk, whatever its size; empty at the end."""
        return next(self._chunks, b"")


def find_file(house: House, actor: Actor, module: str, serial_no: str, file: int) -> AttachedFile:
    """Return what a request the actor may see says of one of its files; nothing is opened.

    Raises:
        Refused: not found, or not mine.
    """
    with house.store.read() as connection:
        return _found(see(house, connection, actor, module, serial_no)[0], file)


def _found(application: Application, file: int) -> AttachedFile:
    found = next((one for one in application.files if one.id == file), None)
    if found is None:
        raise not_found()
    return found


def open_file(house: House, actor: Actor, module: str, serial_no: str, file: int) -> AttachedFile:
    """Return a file of a request the actor may see; that it was opened is recorded.

    Raises:
        Refused: not found, or not mine.
    """

    def work(connection: Connection) -> AttachedFile:
        tx = Transaction(house, connection, actor, house.clock())
        application, _ = see(house, connection, actor, module, serial_no)
        found = _found(application, file)
        if not house.blobs.has(found.sha256):
            raise not_found()
        tx.audit(f"{application.kind}.open_file", serial_no, {"file": found.id, "name": found.name})
        return found

    return house.store.write(work)
