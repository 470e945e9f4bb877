"""Papers read back: the text of a PDF and of a DOCX, and which fonts they carry."""

import io
import re
import uuid
import zipfile
from typing import Any

import docx
import pikepdf
import pypdfium2

from core.papers.embed import obfuscated


def pdf_text(raw: bytes) -> str:
    """Return the text of every page."""
    with pypdfium2.PdfDocument(raw) as book:
        pages = [page.get_textpage().get_text_range() for page in book]
    return "\n".join(pages).replace("\r\n", "\n")


def joined(text: str) -> str:
    """Return ``text`` without what the width of the page decides: line ends and spaces."""
    return re.sub(r"[\s\u200b]+", "", text)


def docx_text(raw: bytes) -> str:
    """Return the text of paragraphs and tables, in their order."""
    document = docx.Document(io.BytesIO(raw))
    lines: list[str] = []
    for one in document.iter_inner_content():
        if isinstance(one, docx.table.Table):
            lines += ["\t".join(cell.text for cell in row.cells) for row in one.rows]
        else:
            lines.append(one.text)
    return "\n".join(lines)


def pdf_fonts(raw: bytes) -> dict[str, bool]:
    """Return each font of a PDF with whether its outlines are within."""
    found: dict[str, bool] = {}
    with pikepdf.open(io.BytesIO(raw)) as book:
        for page in book.pages:
            for font in page.get("/Resources", {}).get("/Font", {}).values():
                inner: Any = font.get("/DescendantFonts", [font])[0]
                held = inner.get("/FontDescriptor", {})
                files = ("/FontFile", "/FontFile2", "/FontFile3")
                found[str(inner["/BaseFont"])] = any(name in held for name in files)
    return found


def docx_font(raw: bytes) -> bytes:
    """Return the font that a DOCX carries, readable again."""
    with zipfile.ZipFile(io.BytesIO(raw)) as kept:
        table = kept.read("word/fontTable.xml").decode()
        key = re.search(r'w:fontKey="\{([0-9A-F-]+)\}"', table)
        assert key is not None
        return obfuscated(kept.read("word/fonts/font1.odttf"), uuid.UUID(key[1]))
