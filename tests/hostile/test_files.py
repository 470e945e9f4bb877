"""Files that are two things at once, that act by themselves, that nobody can open, or that are called what they are not."""

import hashlib
import json

import pytest
from pikepdf import Dictionary, Encryption, Name, String

from tests.hostile import made
from tests.hostile.conftest import Court
from tests.hostile.made import (
    SCRIPT,
    archive,
    attached,
    opens_with,
    pdf,
    picture,
    png,
    relation,
    script,
    word,
)
from tests.support.acting import PDF, read
from tests.web.further.asking import Reply

LAUNCH = Dictionary(S=Name.Launch, F=String("cmd.exe"))
ELSEWHERE = Dictionary(S=Name.GoToR, F=String("\\\\example.org\\share"))
SENDS = Dictionary(S=Name.SubmitForm, F=String("http://example.org/"))

REFUSED = {
    "nothing": (b"", "empty_file"),
    "a page called a PDF": (SCRIPT, "file_type"),
    "a page before a PDF": (SCRIPT + PDF, "file_type"),
    "a drawing that can hold script": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "file_type"),
    "the same after a mark and blanks": (b"\xef\xbb\xbf \r\n<?xml version='1.0'?><svg/>", "file_type"),
    "a plain archive": (archive()(("a.pdf", PDF)), "file_type"),
    "half an archive": (word()[:-30], "file_type"),
    "PDF, locked": (pdf(encryption=Encryption(owner="a", user="b")), "pdf_encrypted"),
    "PDF, locked by certificate": (made.locked_by_certificate(), "pdf_encrypted"),
    "PDF, only its head": (b"%PDF-1.7\n" + bytes(500), "pdf_broken"),
    "PDF, no page": (b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n", "pdf_broken"),
    "PDF, endlessly nested": (b"%PDF-1.4\n1 0 obj" + b"[" * 50_000 + b"endobj\ntrailer<</Root 1 0 R>>", "pdf_broken"),
    "PDF, its pages in a ring": (PDF.replace(b"3 0 obj<</Type/Page/Parent", b"3 0 obj<</Type/Pages/Kids[2 0 R]/Parent"), "pdf_broken"),
    "PDF, its objects a bomb": (made.packed_objects_bomb(), "pdf_broken"),
    "PDF, runs script": (pdf(opens_with(script())), "pdf_script"),
    "PDF, the same packed": (pdf(opens_with(script()), object_stream_mode=2), "pdf_script"),
    "PDF, the same locked for changes only": (pdf(opens_with(script()), encryption=Encryption(owner="a", user="")), "pdf_script"),
    "PDF, the same spelt otherwise": (made.spelt_otherwise(), "pdf_script"),
    "PDF, script of a page": (pdf(made.page_script), "pdf_script"),
    "PDF, script with a name": (pdf(made.named_script), "pdf_script"),
    "PDF, a form with script of its own": (pdf(made.form_script), "pdf_script"),
    "PDF, starts a program": (pdf(opens_with(LAUNCH)), "pdf_action"),
    "PDF, opens a file elsewhere": (pdf(opens_with(ELSEWHERE)), "pdf_action"),
    "PDF, sends what is entered": (pdf(opens_with(SENDS)), "pdf_action"),
    "PDF, plays what is in it": (pdf(made.rich_media), "pdf_action"),
    "PDF, a program attached": (pdf(attached("a.exe", b"MZ")), "pdf_attachment"),
    "PDF, a page attached": (pdf(attached("a.html", SCRIPT)), "pdf_attachment"),
    "picture, cut off": (picture("JPEG", (400, 300))[:3000], "picture_broken"),
    "picture, cut off, PNG": (picture("PNG")[:-40], "picture_broken"),
    "picture, cut off, GIF": (picture("GIF", (400, 300))[:900], "picture_broken"),
    "picture, only its head": (b"\x89PNG\r\n\x1a\n" + bytes(40), "picture_broken"),
    "picture, a bomb": (png(60_000, 60_000), "picture_too_large"),
    "document, a path out of it": (word(("../../etc/cron.d/a", b"x")), "archive_path"),
    "document, an absolute path": (word(("/etc/passwd", b"x")), "archive_path"),
    "document, a path of Windows": (word(("C:\\autoexec.bat", b"x")), "archive_path"),
    "document, a bomb": (word(("word/media/a.bmp", bytes(70 * 1024 * 1024))), "archive_bomb"),
    "document, endless members": (word(*((f"word/{n}", b"") for n in range(10_001))), "archive_bomb"),
    "document with macros": (word(("word/vbaProject.bin", b"x")), "file_macro"),
    "document with controls": (word(("word/activeX/activeX1.xml", b"x")), "file_macro"),
    "document with a field that starts a program": (word(("word/header1.xml", b'<w:instrText xml:space="preserve"> DDE</w:instrText></w:r><w:r><w:instrText>AUTO c:\\\\cmd.exe "/k calc" </w:instrText>')), "file_macro"),
    "document with a simple field that does": (word(("word/footer1.xml", b'<w:fldSimple w:instr="dde excel a b"/>')), "file_macro"),
    "sheet linked to a program": (word(("xl/externalLinks/externalLink1.xml", b'<externalLink><ddeLink ddeService="cmd"/></externalLink>')), "file_macro"),
    "document with a template elsewhere": (word(relation("attachedTemplate", "https://example.org/a.dotm")), "file_external"),
    "document with a template on a share": (word(relation("attachedTemplate", "file://example.org/a.dotm")), "file_external"),
    "document with a picture elsewhere": (word(relation("image", "\\\\example.org\\a.png")), "file_external"),
    "document, its relations broken": (word(("word/_rels/a.rels", b"<")), "file_broken"),
    "old document with macros": (made.old_word("WordDocument", "_VBA_PROJECT"), "file_macro"),
    "old document, locked": (made.old_word("EncryptedPackage"), "file_encrypted"),
    "an installer called a document": (made.old_word("MsiThing"), "file_broken"),
}  # fmt: skip

TAKEN = {
    "PDF and archive.pdf": (PDF + archive()(("a.exe", b"MZ")), "application/pdf"),
    "PDF and page.pdf": (PDF + SCRIPT, "application/pdf"),
    "PDF, locked for changes only.pdf": (pdf(encryption=Encryption(owner="a", user="")), "application/pdf"),
    "PDF, an invoice's figures attached.pdf": (pdf(attached("invoice.xml", b"<i/>")), "application/pdf"),
    "picture and script.gif": (made.gif_and_script(), "image/gif"),
    "picture with a page in its comment.jpg": (picture("JPEG", comment=SCRIPT), "image/jpeg"),
    "picture with a page behind it.png": (picture("PNG") + SCRIPT, "image/png"),
    "document with a page in it.docx": (word(("word/a.html", SCRIPT)), made.WORD),
    "document with a link.docx": (word(relation("hyperlink", "https://example.org/")), made.WORD),
    "document of a local template.docx": (word(relation("attachedTemplate", "file:///C:/a.dotx")), made.WORD),
    "text with a page in it.txt": (b"hello\n" + SCRIPT, "text/plain"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_refused_is_refused_by_name_in_both_languages_and_not_kept(court: Court, what: str):
    content, code = REFUSED[what]
    reply = court.put(content)
    told = json.loads(reply.body)
    assert (reply.status, code in {told["code"], *(one["code"] for one in told["errors"])}) == (
        415 if code == "file_type" else 422, True,
    ), (what, reply.status, told)  # fmt: skip
    assert told["title"].isascii()
    assert not told["detail"].isascii()
    blobs = court.fixture.house.blobs
    assert not blobs.has(hashlib.sha256(content).hexdigest())
    assert list((blobs.folder / "incoming").iterdir()) == []


def test_every_refusal_of_a_file_has_words_of_its_own(court: Court):
    said: dict[str, set[str]] = {}
    for content, code in REFUSED.values():
        said.setdefault(code, set()).add(json.loads(court.put(content).body)["detail"])
    assert all(len(words) == 1 for words in said.values())
    assert len(set.union(*said.values())) == len(said)


def filed(court: Court, files: dict[str, bytes]) -> str:
    """File a request with these files and return its serial number."""
    body = court.examples()["filing"]
    body["attachments"] = [
        one | {"name": name, "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
        for one in body["attachments"][:1]
    ] + [one | {"sha256": hashlib.sha256(PDF).hexdigest()} for one in body["attachments"][1:]]
    reply = court.file(body)
    assert reply.status == 201, reply.body.decode()
    return str(json.loads(reply.body)["serial_no"])


def test_what_is_taken_goes_out_as_what_its_bytes_are_and_is_never_a_page_of_ours(court: Court):
    court.put(PDF)
    for name, (content, mime) in TAKEN.items():
        reply = court.put(content, CONTENT_TYPE="text/html", HTTP_CONTENT_DISPOSITION="inline")
        assert (reply.status, json.loads(reply.body).get("type")) == (201, mime), (name, reply.body.decode())
    serial = filed(court, {name: content for name, (content, _) in TAKEN.items()})
    page = court.get("reviewer", f"/m/filing/{serial}").body.decode()
    for file in read(court.fixture, serial).files[: len(TAKEN)]:
        content, mime = TAKEN[file.name]
        door = f"/m/filing/{serial}/files/{file.id}"
        kept = court.get("reviewer", door)
        assert (kept.status, kept.body) == (200, content)
        held(kept, mime, "attachment")
        shown = court.get("reviewer", f"{door}/show")
        if mime.startswith("image/"):
            assert (shown.status, shown.body) == (200, content)
            held(shown, mime, "inline")
        else:
            assert (shown.status, shown.headers["content-type"]) == (404, "text/html; charset=utf-8")
        # Only a PDF has the viewer, a page of ours that takes no script but our own.
        assert (f"{door}/view" in page) == (mime == "application/pdf")
    viewer = court.get("reviewer", f"{door}/view")
    assert "script-src 'self' 'wasm-unsafe-eval';" in viewer.headers["content-security-policy"]


def held(reply: Reply, mime: str, how: str) -> None:
    """Check that no browser can take what came for a page or a script of ours."""
    assert reply.headers["content-type"] == mime
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["content-disposition"].startswith(f"{how}; filename=")
    assert "sandbox" in reply.headers["content-security-policy"].split("; ")
    assert "default-src 'none'" in reply.headers["content-security-policy"]
    assert reply.headers["cross-origin-resource-policy"] == "same-origin"


NAMES = {
    "NUL": "a\x00.pdf", "a way up": "../a.pdf", "a way up, Windows": "..\\a.pdf", "absolute": "/etc/a.pdf", "a drive": "C:a.pdf",
    "right to left": "合同\u202efdp.exe.pdf", "isolated": "a\u2067b.pdf", "left-to-right mark": "a\u200e.pdf", "nothing to see": "a\u200b.pdf",
    "a line": "a\u2028.pdf", "a header": "a\r\nSet-Cookie: b=c.pdf", "surrogate": "\ud800.pdf", "endless": "长" * 10_000 + ".pdf", "hidden": ".pdf",
    "a stream": "a.pdf::$DATA", "quoted": 'a".pdf', "a page": "a.html", "two endings": "a.pdf.html", "blank": " ", "a number": 7,
}  # fmt: skip


@pytest.mark.parametrize("what", NAMES)
def test_a_name_that_deceives_is_refused_under_its_field(court: Court, what: str):
    court.put(PDF)
    body = court.examples()["filing"]
    for one in body["attachments"]:
        one["sha256"] = hashlib.sha256(PDF).hexdigest()
    body["attachments"][0]["name"] = NAMES[what]
    raw = json.dumps(body | {"submission_id": "names"}).encode()
    reply = court.call("POST", "applications", raw, CONTENT_TYPE="application/json")
    assert reply.status == 422
    assert "attachments[0].name" in {one["field"] for one in json.loads(reply.body)["errors"]}
