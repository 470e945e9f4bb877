"""What a file really is, whatever it calls itself."""

import zipfile
from pathlib import Path
from types import MappingProxyType

import puremagic

from core.fields.problem import Reason, Refused

SUFFIXES = MappingProxyType(
    {
        "application/pdf": (".pdf",),
        "image/jpeg": (".jpg", ".jpeg"),
        "image/png": (".png",),
        "image/gif": (".gif",),
        "image/webp": (".webp",),
        "image/tiff": (".tif", ".tiff"),
        "image/bmp": (".bmp",),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
        "application/ofd": (".ofd",),
        "application/msword": (".doc",),
        "audio/mpeg": (".mp3",),
        "video/mp4": (".mp4",),
        "text/plain": (".txt",),
    }
)
"""What may be filed, and the endings it may carry."""

SHOWN_INLINE = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
"""What a browser may show from our own origin; everything else is saved, or shown by our viewer."""

_ZIP_MEMBERS = (
    ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("OFD.xml", "application/ofd"),
)
_HEAD = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
)


def sniff(path: Path) -> str:
    """Return the media type of the file at ``path``.

    Raises:
        Refused: it is of no type that may be filed.
    """
    mime = _sniffed(path)
    if mime not in SUFFIXES:
        raise Refused(
            Reason.WRONG_TYPE,
            "file_type",
            (
                "不支持此类文件；请改用 PDF、图片、Word、Excel、OFD、文本、音频或视频文件。",
                "Files of this type are not taken; use PDF, images, Word, Excel, OFD, text, audio or video.",
            ),
        )
    return mime


def _sniffed(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(4096)
    for magic, mime in _HEAD:
        if head.startswith(magic):
            return mime
    if head.startswith(b"PK\x03\x04"):
        return _zip_type(path)
    if _is_text(head):
        return "text/plain"
    try:
        return str(puremagic.from_file(str(path), mime=True))
    except (puremagic.PureError, ValueError):
        return ""


def _zip_type(path: Path) -> str:
    # The sniffing library takes spreadsheets and OFD for documents; what lies inside decides.
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return ""
    return next((mime for member, mime in _ZIP_MEMBERS if member in names), "")


def _is_text(head: bytes) -> bool:
    if not head or b"\x00" in head:
        return False
    try:
        text = head.decode()
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:
            return False
        text = head[: error.start].decode()
    # What a browser might take for a page is not filed as text.
    return not text.lstrip("\ufeff \t\r\n").startswith("<")


def name_fits(name: str, mime: str) -> bool:
    """Tell whether a file name's ending agrees with what the file is."""
    return name.lower().endswith(SUFFIXES.get(mime, ()))
