"""Documents of Word, Excel and OFD: whole, not locked, without programs, and nothing fetched from elsewhere."""

import mmap
import re
import zipfile
import zlib
from pathlib import Path
from xml.etree import ElementTree as ET

from core.fields.label import Words
from core.fields.problem import Reason, Refused

_MEMBERS, _PART = 10_000, 1024 * 1024
_UNPACKED, _RATIO = 64 * 1024 * 1024, 100
"""Beyond both, an archive is a bomb: text packs to a tenth, pictures hardly."""
_PROGRAMS = re.compile(r"vbaproject\.bin$|(^|/)(activex|macrosheets)/", re.IGNORECASE)
_ELSEWHERE = re.compile(r"(?!file:///[a-z]:)([a-z][a-z0-9+.-]+:|\\\\|//)", re.IGNORECASE)
"""Of another machine; a path on the writer's own disk (``file:///C:/…``) leads nowhere."""
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TEXTS = ("word/", "xl/externalLinks/")
_FIELD = re.compile(rb"<(?:\w+:)?instrText\b[^>]*>([^<]*)|\b(?:\w+:)?instr=\"([^\"]*)\"")
"""What a field of Word's does: an element, or an attribute of a simple one."""
_STARTS = re.compile(rb"(?<![\w/.-])DDE(AUTO)?\s", re.IGNORECASE)
_LINK = re.compile(rb"<(?:\w+:)?ddeLink\b")
"""A field, or a link of Excel's, that starts another program when the document is opened."""


def check_archive(path: Path) -> None:
    """Look inside a DOCX, XLSX or OFD.

    Raises:
        Refused: ``file_broken``, ``file_encrypted``, ``archive_path``, ``archive_bomb``, ``file_macro`` or ``file_external``.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _check_members(members, path.stat().st_size)
            for one in members:
                if one.filename.endswith(".rels"):
                    _check_relations(archive.read(one))
                elif one.filename.endswith(".xml") and one.filename.startswith(_TEXTS):
                    _check_fields(archive.read(one))
                elif one.filename == "[Content_Types].xml" and b"macroEnabled" in archive.read(one):
                    raise _programs()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ET.ParseError, OSError):
        raise _broken() from None


def _check_members(members: list[zipfile.ZipInfo], packed: int) -> None:
    names = [one.orig_filename for one in members]
    if any(_outside(name) for name in names):
        raise _refused("archive_path", ("文件内部有指向文件之外的路径，不能接收；请重新导出后重传。", "The file has paths within that lead out of it; export it again."))  # fmt: skip
    unpacked = sum(one.file_size for one in members)
    parts = [one.file_size for one in members if one.filename.endswith((".rels", "Types].xml"))]
    if len(members) > _MEMBERS or unpacked > max(_UNPACKED, _RATIO * packed) or max(parts, default=0) > _PART:
        raise _refused("archive_bomb", ("文件展开后过大，不能接收；请缩小后重传。", "Unpacked, the file is too large; make it smaller."))  # fmt: skip
    if any(one.flag_bits & 1 for one in members):
        raise _locked()
    if any(_PROGRAMS.search(name) for name in names):
        raise _programs()


def _outside(name: str) -> bool:
    return name.startswith("/") or "\\" in name or "\x00" in name or ":" in name or ".." in name.split("/")


def _check_relations(raw: bytes) -> None:
    for one in ET.fromstring(raw).iter(_RELATION):  # noqa: S314 - the parser itself bounds what entities grow to, and opens nothing
        external = one.get("TargetMode") == "External" and not one.get("Type", "").endswith("/hyperlink")
        if external and _ELSEWHERE.match(one.get("Target", "").strip()):
            raise _refused("file_external", ("文件引用了外部的模板或内容，打开时会自动读取；请断开链接后重传。", "The file fetches a template or content from elsewhere when it is opened; break the links."))  # fmt: skip


def _check_fields(raw: bytes) -> None:
    """A field may be written in pieces; what matters is what they say together."""
    said = b"".join(b"".join(found) for found in _FIELD.findall(raw))
    if _STARTS.search(said) or _LINK.search(raw):
        raise _programs()


def check_word(path: Path) -> None:
    """Look inside a DOC: the names of its streams, which are UTF-16 in its directory.

    Raises:
        Refused: ``file_encrypted``, ``file_macro`` or ``file_broken``.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as raw:
        held = {name for name in ("EncryptedPackage", "_VBA_PROJECT", "WordDocument") if raw.find(name.encode("utf-16-le")) >= 0}  # fmt: skip
    if "EncryptedPackage" in held:
        raise _locked()
    if "_VBA_PROJECT" in held:
        raise _programs()
    if "WordDocument" not in held:
        raise _broken()


def _refused(code: str, words: Words) -> Refused:
    return Refused(Reason.INVALID, code, words)


def _broken() -> Refused:
    return _refused("file_broken", ("文件已损坏，不能打开；请重新保存后重传。", "The file is broken and does not open; save it anew."))  # fmt: skip


def _locked() -> Refused:
    return _refused("file_encrypted", ("文件已加密，没有密码不能打开；请去掉密码后重传。", "The file is encrypted and does not open without a password; remove the password."))  # fmt: skip


def _programs() -> Refused:
    return _refused("file_macro", ("文件含有宏或控件；请另存为不含宏的文件后重传。", "The file carries macros or controls; save it without them."))  # fmt: skip
