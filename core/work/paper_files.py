"""The files of issued papers: made after commit, or by the first who asks; read by those who may see the request."""

import io
import logging
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.engine import Connection

from core.fields.label import Label
from core.gate import enabled
from core.papers.aside import Aside
from core.papers.blocks import Block, Document, from_json
from core.papers.docx import DocxWriter
from core.papers.fonts import PaperFonts
from core.papers.markdown import read_blocks
from core.papers.pdf import PdfWriter
from core.records import ApplicationRow, Blob, PaperRow
from core.settings import Settings
from core.store.upsert import upsert
from core.values import Actor, AttachedFile
from core.work.access import see
from core.work.house import House
from core.work.outside import disclosed
from core.work.refusals import not_found
from core.work.transaction import Transaction

log = logging.getLogger("benchside.papers")
PDF, DOCX = "pdf", "docx"
TYPES: Mapping[str, str] = {
    PDF: "application/pdf",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_AT_ONCE = 3
"""Few, so that notices do not wait behind papers."""
_LIMIT = 64 * 1024 * 1024


@frozen
class IssuedPaper:
    """One issued paper, as pages and the API list it."""

    id: int
    code: str
    title: Label
    number: str
    issued_at: datetime
    issued_by: str
    """The person's name; empty where a submission, the clock or a receipt issued it."""
    offered: str
    verification: str
    files: Mapping[str, str]
    """``pdf`` and ``docx`` → the digest of the file, once it is made."""


@cache
def _writers(family: str, folder: Path | None) -> Mapping[str, PdfWriter | DocxWriter]:
    fonts = PaperFonts(family, folder)
    return {PDF: PdfWriter(fonts), DOCX: DocxWriter(fonts)}


def write_file(settings: Settings, document: Document, form: str) -> bytes:
    """Return ``document`` as a file of the form ``pdf`` or ``docx``."""
    return _writers(settings.paper_font, settings.paper_font_dir)[form].write(document)


def papers_of(connection: Connection, application: int, *, outside: bool = False) -> tuple[IssuedPaper, ...]:
    """Return the papers of a request in the order of their issue; ``outside`` leaves out what stays in the court."""
    rows = connection.execute(
        sa.select(PaperRow.__table__).where(PaperRow.application_id == application).order_by(PaperRow.id)
    )
    return tuple(
        IssuedPaper(
            row.id, row.code, Label(row.title, row.title_en), row.number, row.issued_at, row.issued_by if row.issued_by_id else "", row.offered,
            row.verification or "",
            {form: digest for form, digest in ((PDF, row.pdf_sha256), (DOCX, row.docx_sha256)) if digest},
        )
        for row in rows
        if not (outside and row.offered == "court")
    )  # fmt: skip


def open_paper(
    house: House, actor: Actor, module: str, serial_no: str, paper: int, form: str
) -> AttachedFile:
    """Return the file of a paper of a request the actor may see; that it was opened is recorded.

    Raises:
        Refused: not found, or not mine.
    """
    with house.store.read() as connection:
        application, _ = see(house, connection, actor, module, serial_no)
        row = _row(connection, paper, application.id)
    file = _file(house, row, form)

    def note(connection: Connection) -> None:
        tx = Transaction(house, connection, actor, house.clock())
        tx.audit(f"{application.kind}.open_paper", serial_no, {"paper": paper, "form": form})

    house.store.write(note)
    return file


def open_paper_outside(
    house: House, actor: Actor, client: int, serial_no: str, paper: int, form: str
) -> AttachedFile:
    """Return the file of a paper that is offered to the client; recorded likewise.

    That is the client whose request it is; and, of a paper for all participants, one with a request in the same case,
    once the kind discloses it.

    Raises:
        Refused: not found: also another client's, or one that stays in the court.
    """
    other = disclosed(house, actor.court, client, serial_no)
    with house.store.read() as connection:
        found = connection.execute(
            sa.select(
                ApplicationRow.id, ApplicationRow.client_id, ApplicationRow.module, ApplicationRow.kind
            ).where(ApplicationRow.court_code == actor.court, ApplicationRow.serial_no == serial_no)
        ).one()
        offered = ("participants",) if other is not None else ("applicant", "participants")
        mine = other is not None or found.client_id == client
        if not mine or found.module not in enabled(connection, actor.court):
            raise not_found()
        row = _row(connection, paper, found.id)
        if row.offered not in offered:
            raise not_found()
    file = _file(house, row, form)

    def note(connection: Connection) -> None:
        tx = Transaction(house, connection, actor, house.clock())
        tx.audit(f"{found.kind}.open_paper", serial_no, {"paper": paper, "form": form})

    house.store.write(note)
    return file


def make_due(house: House, aside: Aside | None = None) -> int:
    """Make the files of papers that wait for them, ``aside`` where that is given; return how many were done."""
    with house.store.read() as connection:
        rows = connection.execute(
            sa.select(PaperRow.__table__)
            .where(PaperRow.state == "waiting")
            .order_by(PaperRow.id)
            .limit(_AT_ONCE)
        ).all()
    for row in rows:
        try:
            make(house, row, aside)
        except Exception as error:  # one paper that cannot be made must not hold up the others
            log.exception("paper %s cannot be made", row.id)
            _settle(house, row.id, {"state": "failed", "error": str(error)[:500]})
    return len(rows)


def make(house: House, row: Any, aside: Aside | None = None) -> Mapping[str, str]:
    """Make and keep both files of a paper; return their digests. The same paper gives the same bytes."""
    content = row.content
    document = Document(row.title, content["court"], row.issued_at, _blocks(content))
    if aside is None:
        files = {form: write_file(house.settings, document, form) for form in TYPES}
    else:
        settings = house.settings
        files = aside.write(settings.paper_font, settings.paper_font_dir, document, tuple(TYPES))
    digests = {form: _keep(house, content, form) for form, content in files.items()}
    _settle(
        house, row.id,
        {"state": "made", "error": "", "pdf_sha256": digests[PDF], "docx_sha256": digests[DOCX]},
    )  # fmt: skip
    return digests


def _blocks(content: Mapping[str, Any]) -> tuple[Block, ...]:
    """Return what an issued paper says; papers of earlier versions were kept as blocks."""
    return from_json(content["blocks"]) if "blocks" in content else read_blocks(content["text"])


def _row(connection: Connection, paper: int, application: int) -> Any:
    row = connection.execute(
        sa.select(PaperRow.__table__).where(PaperRow.id == paper, PaperRow.application_id == application)
    ).one_or_none()
    if row is None:
        raise not_found()
    return row


def _file(house: House, row: Any, form: str) -> AttachedFile:
    """Return the file, which is made now where it is not there."""
    digest = row.pdf_sha256 if form == PDF else row.docx_sha256
    if digest is None or not house.blobs.has(digest):
        digest = make(house, row)[form]
    name = f"{row.title}{row.number}.{form}"
    size = house.blobs.path(digest).stat().st_size
    return AttachedFile(row.id, "paper", name, digest, TYPES[form], size, None, 1, True, row.revision)


def _keep(house: House, content: bytes, form: str) -> str:
    stored = house.blobs.receive(io.BytesIO(content), _LIMIT)
    house.blobs.keep(stored)
    facts = {"size": stored.size, "mime": TYPES[form], "stored_at": house.clock()}
    house.store.write(lambda connection: upsert(connection, Blob, {"sha256": stored.sha256}, facts, {}))
    return stored.sha256


def _settle(house: House, paper: int, changes: Mapping[str, Any]) -> None:
    house.store.write(
        lambda connection: connection.execute(
            sa.update(PaperRow).where(PaperRow.id == paper).values(**changes)
        )
    )
