"""The papers of a request: read, taken along, and shown before they are issued."""

import base64

from attrs import frozen

from core.fields.label import Label
from core.fields.problem import Refused
from core.values import AttachedFile
from core.web.answer import Answer, disposition
from core.web.errors import STATUSES, trouble
from core.web.headers import FILE_POLICY, VIEWER_POLICY
from core.web.pages.files import send
from core.web.visit import Visit
from core.work.paper_files import PDF, TYPES, open_paper, write_file
from core.work.paper_preview import preview_papers

_FRAMED = {"Content-Security-Policy": VIEWER_POLICY, "X-Frame-Options": "SAMEORIGIN"}
_NOT_ISSUED = Label("按现在填写的内容，此结论不出具这份文书。", "With what is filled in now, this conclusion does not issue the paper.")  # fmt: skip


def _opened(visit: Visit, form: str) -> AttachedFile | None:
    number = visit.values["paper"]
    if not (number.isascii() and number.isdigit() and len(number) < 19) or form not in TYPES:
        return None
    place = visit.values["module"], visit.values["serial_no"], int(number)
    return open_paper(visit.house, visit.actor, *place, form)


@frozen(eq=False)
class PaperPage:
    """``…/papers/<id>``: the file, PDF unless ``format=docx`` asks for the other."""

    def get(self, visit: Visit) -> Answer:
        """Send it; parts of it too, for the viewer."""
        file = _opened(visit, visit.asked("format") or PDF)
        if file is None:
            return trouble(visit, 404)
        headers = {"Content-Disposition": disposition(file.name), "Content-Security-Policy": FILE_POLICY}
        return send(visit, file, headers)


@frozen(eq=False)
class PaperViewPage:
    """``…/papers/<id>/view``: the frame in which it is read."""

    def get(self, visit: Visit) -> Answer:
        """Show the viewer; it fetches the paper by itself."""
        number = visit.values["paper"]
        if not (number.isascii() and number.isdigit() and len(number) < 19):
            return trouble(visit, 404)
        source = f"/m/{visit.values['module']}/{visit.values['serial_no']}/papers/{number}"
        page = visit.render("viewer.html", source=source, inline="")
        return Answer(page.body, headers=_FRAMED)


@frozen(eq=False)
class PreviewPage:
    """``…/papers/preview``: what the chosen conclusion would issue, from the form as it is filled in."""

    def post(self, visit: Visit) -> Answer:
        """Show the paper in the viewer; a browser that shows no frames gets the PDF itself. Nothing is kept."""
        try:
            papers = preview_papers(
                visit.house, visit.actor, visit.values["module"], visit.values["serial_no"], visit.sent("decision"),
                opinion=visit.sent("opinion"), form=visit.form,
            )  # fmt: skip
        except Refused as refused:
            return refused_preview(visit, refused)
        document = papers.get(visit.sent("paper"))
        if document is None:
            return _told(visit, 409, [_NOT_ISSUED])
        return in_viewer(visit, write_file(visit.house.settings, document, PDF), document.title)


def in_viewer(visit: Visit, raw: bytes, title: str) -> Answer:
    """Return the viewer with a PDF within the page itself, for what is stored nowhere.

    A browser that opens it in a window of its own, as without scripts, gets the PDF.
    """
    if visit.headers.get("sec-fetch-dest", "iframe") != "iframe":
        return Answer(
            raw,
            content_type=TYPES[PDF],
            headers={"Content-Disposition": disposition(f"{title}.pdf", "inline")},
        )
    page = visit.render("viewer.html", source="", inline=base64.b64encode(raw).decode())
    return Answer(page.body, headers=_FRAMED)


def refused_preview(visit: Visit, refused: Refused) -> Answer:
    """Return what stands in the viewer's place while something is wrong."""
    lines = [problem.message for problem in refused.problems] or [refused.message]
    return _told(visit, STATUSES[refused.reason], lines)


def _told(visit: Visit, status: int, lines: list[Label]) -> Answer:
    page = visit.render("preview_refused.html", status, lines=lines)
    return Answer(page.body, status, headers=_FRAMED)
