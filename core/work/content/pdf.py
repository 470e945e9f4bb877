"""PDF: it opens without a password, and nothing in it runs, leads elsewhere or hides."""

import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from core.fields.problem import Reason, Refused

_LIMIT = 64 * 1024 * 1024
"""Bytes that one packed list of objects may unpack to."""
_SUSPECT = re.compile(rb"/(?:JavaScript|JS|Launch|ImportData|SubmitForm|GoTo[RE]|RichMedia|EF)\b")
_SCRIPT = frozenset({"/JavaScript"})
_LEADING = frozenset({"/Launch", "/ImportData", "/SubmitForm", "/GoToR", "/GoToE"})
"""Actions that start a program, send what was entered, or open another file (ISO 32000-1, 12.6.4)."""
_DATA = (".xml", ".xbrl")
"""Electronic invoices and bank receipts carry their figures so; nothing runs them."""


def check_pdf(path: Path) -> None:
    """Look inside a PDF.

    Raises:
        Refused: ``pdf_encrypted``, ``pdf_broken``, ``pdf_script``, ``pdf_action`` or ``pdf_attachment``.
    """
    import pikepdf

    _limited()
    try:
        with pikepdf.open(path) as book:
            if not len(book.pages):
                raise _broken()
            _check_objects(book)
    except pikepdf.PasswordError:
        raise _encrypted() from None
    except (pikepdf.PdfError, pikepdf.ForeignObjectError, ValueError, TypeError, AttributeError, KeyError, OverflowError) as error:  # fmt: skip
        # A lock that is no password, such as one that opens by certificate.
        raise (_encrypted() if "encrypt" in str(error) else _broken()) from None


@functools.cache
def _limited() -> None:
    """Bound what unpacking takes, once a process: a few bytes can stand for gigabytes."""
    from pikepdf import settings

    settings.set_qpdf_limits(
        flate_max_memory=_LIMIT, run_length_max_memory=_LIMIT, png_max_memory=_LIMIT, tiff_max_memory=_LIMIT
    )


def _check_objects(book: Any) -> None:
    form = book.Root.get("/AcroForm")
    if form is not None and "/XFA" in form:
        raise _script()
    for one in book.objects:
        # The text of an object is made in C and read in one go: few have anything to look at.
        if not _SUSPECT.search(one.unparse(resolved=True)):
            continue
        for held in _dictionaries(one):
            _check_one(held)


def _check_one(held: Any) -> None:
    action = str(held.get("/S", ""))
    if action in _SCRIPT or (action == "/Rendition" and "/JS" in held):
        raise _script()
    if action in _LEADING or str(held.get("/Subtype", "")) == "/RichMedia":
        raise Refused(
            Reason.INVALID,
            "pdf_action",
            (
                "PDF 含有会启动程序、打开其他文件或向外发送数据的动作；请打印成新的 PDF 后重传。",
                "The PDF carries actions that start a program, open another file or send data; print it to a new PDF.",
            ),
        )
    if "/EF" in held and not str(held.get("/UF", held.get("/F", ""))).lower().endswith(_DATA):
        raise Refused(
            Reason.INVALID,
            "pdf_attachment",
            (
                "PDF 内嵌了其他文件；请把内嵌的文件单独上传，并打印成不带附件的 PDF 后重传。",
                "Other files are attached within the PDF; upload them by themselves, and the PDF without them.",
            ),
        )


def _dictionaries(one: Any) -> Iterator[Any]:
    """Yield every dictionary that is part of an object; what it only refers to is an object of its own."""
    import pikepdf

    left = [one]
    while left:
        held = left.pop()
        if isinstance(held, pikepdf.Dictionary | pikepdf.Stream):
            yield held
            inner = [held.get(key) for key in held.keys()]  # noqa: SIM118 - a stream gives its keys only when asked
        else:
            inner = list(held) if isinstance(held, pikepdf.Array) else []
        left += [part for part in inner if isinstance(part, pikepdf.Object) and not part.is_indirect]


def _encrypted() -> Refused:
    return Refused(
        Reason.INVALID,
        "pdf_encrypted",
        (
            "PDF 已加密，没有密码不能打开；请去掉密码后重传。",
            "The PDF is encrypted and does not open without a password; remove the password and upload it again.",
        ),
    )


def _broken() -> Refused:
    return Refused(
        Reason.INVALID,
        "pdf_broken",
        (
            "PDF 已损坏，不能打开；请重新生成后重传。",
            "The PDF is broken and does not open; make it anew and upload it again.",
        ),
    )


def _script() -> Refused:
    return Refused(
        Reason.INVALID,
        "pdf_script",
        (
            "PDF 含有 JavaScript 脚本；请打印成新的 PDF 后重传。",
            "The PDF carries JavaScript; print it to a new PDF and upload that.",
        ),
    )
