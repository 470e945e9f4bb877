"""Papers the court issued, for the client whose request they belong to."""

from typing import Any

from core.api.answers import FileAnswer, Trouble
from core.api.call import Call
from core.fields.label import Label
from core.work.paper_files import DOCX, PDF, TYPES, IssuedPaper, open_paper_outside
from core.work.refusals import not_found


def get_paper(call: Call) -> FileAnswer:
    """Answer an issued document: PDF, or DOCX where ``format`` or the Accept header asks for it."""
    given = call.path["paper"]
    if not (given.isascii() and given.isdigit() and len(given) < 19):
        raise not_found()
    form = _form(call)
    file = open_paper_outside(
        call.house, call.actor, call.client.id, call.path["serial_no"], int(given), form
    )
    content = b"".join(call.house.blobs.read(file.sha256))
    headers = {
        "ETag": f'"{file.sha256}"',
        "Content-Disposition": f'attachment; filename="paper-{file.id}.{form}"',
    }
    return FileAnswer(content, TYPES[form], headers=headers)


def listed(paper: IssuedPaper) -> dict[str, Any]:
    """Return a paper as the answer about its request lists it."""
    return {
        "id": paper.id, "code": paper.code, "title_zh": paper.title.zh, "title_en": paper.title.en,
        "number": paper.number, "issued_at": paper.issued_at, "formats": list(TYPES),
    }  # fmt: skip


def _form(call: Call) -> str:
    asked = call.query.get("format")
    if asked is None:
        accepted = str(call.environ.get("HTTP_ACCEPT", ""))
        return DOCX if TYPES[DOCX] in accepted and TYPES[PDF] not in accepted else PDF
    if asked[-1] not in TYPES:
        raise Trouble(400, "bad_argument", Label("format 只能是 pdf 或 docx。", "The format is pdf or docx."))
    return asked[-1]
