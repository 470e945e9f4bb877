"""Files as somebody with bad intent makes them; small, and made anew each time."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from tests.support.acting import PDF

SCRIPT = b"<html><script>alert(1)</script></html>"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def pdf(change: Callable[[pikepdf.Pdf], Any] = lambda book: None, **more: Any) -> bytes:
    """Return a PDF of one page, after ``change``."""
    content = io.BytesIO()
    with pikepdf.new() as book:
        book.add_blank_page()
        change(book)
        book.save(content, **more)
    return content.getvalue()


def script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def opens_with(action: Dictionary) -> Callable[[pikepdf.Pdf], None]:
    def change(book: pikepdf.Pdf) -> None:
        book.Root.OpenAction = action

    return change


def attached(name: str, content: bytes) -> Callable[[pikepdf.Pdf], None]:
    def change(book: pikepdf.Pdf) -> None:
        book.attachments[name] = content

    return change


def page_script(book: pikepdf.Pdf) -> None:
    book.pages[0].obj.AA = Dictionary(O=script())


def named_script(book: pikepdf.Pdf) -> None:
    book.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array([String("a"), book.make_indirect(script())]))
    )


def form_script(book: pikepdf.Pdf) -> None:
    book.Root.AcroForm = Dictionary(Fields=Array([]), XFA=book.make_stream(b"<xdp/>"))


def rich_media(book: pikepdf.Pdf) -> None:
    book.pages[0].obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.RichMedia)])


def spelt_otherwise() -> bytes:
    """Return a PDF whose script has escapes in its name."""
    return PDF.replace(b"/Pages 2 0 R", b"/Pages 2 0 R/OpenAction<</S/J#61vaScript/JS(app.alert\\(1\\))>>", 1)


def locked_by_certificate() -> bytes:
    return PDF.replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt<</Filter/Adobe.PubSec/V 4>>/ID[<00><00>]")


def packed_objects_bomb(size: int = 256 * 1024 * 1024) -> bytes:
    """Return a PDF whose list of objects would unpack to ``size`` bytes."""
    packer, packed = zlib.compressobj(9), bytearray()
    for _ in range(size // 2**20):
        packed += packer.compress(bytes(2**20))
    packed += packer.flush()
    body = b"%%PDF-1.5\n1 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(
        packed
    )
    start = len(b"%PDF-1.5\n")
    body += bytes(packed) + b"\nendstream endobj\n"
    entries = struct.pack(">BIB", 0, 0, 255) + struct.pack(">BIB", 1, start, 0) + struct.pack(">BIB", 2, 1, 0)
    place = len(body)
    body += b"3 0 obj<</Type/XRef/Size 3/W[1 4 1]/Root 2 0 R/Length %d>>stream\n" % len(entries)
    return body + entries + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % place


def picture(form: str, size: tuple[int, int] = (40, 30), **more: Any) -> bytes:
    content = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(content, form, **more)
    return content.getvalue()


def png(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes that claims to be of any size."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )


def gif_and_script() -> bytes:
    """Return a picture that is a script too, as it begins with a comment."""
    whole = picture("GIF", (0x2F2A, 1))  # its width is "*/" backwards: GIF89a*/ begins or ends a comment
    return whole + b"*/=1;alert(1)//"


def archive(**more: Any) -> Callable[..., bytes]:
    """Return what makes an archive of a list of (name, content)."""

    def make(*members: tuple[str, bytes]) -> bytes:
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, **more) as made:
            for name, held in members:
                made.writestr(name, held)
        return content.getvalue()

    return make


def word(*members: tuple[str, bytes]) -> bytes:
    """Return a document of Word's with further members."""
    return archive()(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>"), *members)


def relation(kind: str, target: str, mode: str = "External") -> tuple[str, bytes]:
    one = f'<Relationship Id="r1" Type="{_OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    return (
        "word/_rels/settings.xml.rels",
        f'<Relationships xmlns="{_RELATIONS}">{one}</Relationships>'.encode(),
    )


def old_word(*streams: str) -> bytes:
    """Return as much of a DOC as tells what it is: its mark and the names of its streams."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(504)
        + b"".join(one.encode("utf-16-le") + bytes(64) for one in streams)
    )
