"""The papers of a request: downloaded, shown as pictures, or read in the viewer's frame."""

import logging
import re
from collections.abc import Callable, Iterable

from attrs import frozen

from core.values import Actor, AttachedFile
from core.web.answer import Answer, disposition
from core.web.errors import trouble
from core.web.headers import FILE_POLICY, VIEWER_POLICY
from core.web.pages.detail import PICTURES
from core.web.visit import Visit
from core.work.files import find_file, open_file
from core.work.house import House

log = logging.getLogger("benchside.web")
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def _asked(visit: Visit, find: Callable[[House, Actor, str, str, int], AttachedFile]) -> AttachedFile | None:
    number = visit.values["file"]
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    return find(visit.house, visit.actor, visit.values["module"], visit.values["serial_no"], int(number))


@frozen(eq=False)
class FilePage:
    """``…/files/<id>``: the file, to be kept by the reader; parts of it too."""

    def get(self, visit: Visit) -> Answer:
        """Send it as an attachment: a browser never runs what a party sent."""
        file = _asked(visit, open_file)
        if file is None:
            return trouble(visit, 404)
        return send(
            visit,
            file,
            {"Content-Disposition": disposition(file.name), "Content-Security-Policy": FILE_POLICY},
        )


@frozen(eq=False)
class PicturePage:
    """``…/files/<id>/show``: pictures only, by what they were found to be."""

    def get(self, visit: Visit) -> Answer:
        """Send the picture to be shown in the page."""
        file = _asked(visit, open_file)
        if file is None or file.mime not in PICTURES:
            return trouble(visit, 404)
        headers = {
            "Content-Disposition": disposition(file.name, "inline"),
            "Content-Security-Policy": FILE_POLICY,
        }
        return send(visit, file, headers | {"X-Frame-Options": "SAMEORIGIN"})


@frozen(eq=False)
class ViewerPage:
    """``…/files/<id>/view``: the frame in which a PDF is read."""

    def get(self, visit: Visit) -> Answer:
        """Show the viewer; it fetches the file by itself."""
        file = _asked(visit, find_file)
        if file is None:
            return trouble(visit, 404)
        source = f"/m/{visit.values['module']}/{visit.values['serial_no']}/files/{file.id}"
        page = visit.render("viewer.html", source=source, inline="")
        headers = {"Content-Security-Policy": VIEWER_POLICY, "X-Frame-Options": "SAMEORIGIN"}
        return Answer(page.body, headers=headers)


def send(visit: Visit, file: AttachedFile, headers: dict[str, str]) -> Answer:
    """Send a file, or the part of it that is asked for."""
    if visit.house.blobs.size(file.sha256) != file.size:
        # An answer that breaks off would keep the reader waiting for its rest.
        log.error("file %s is missing or damaged; run: benchside check", file.id)
        return trouble(visit, 404)
    tag = f'"{file.sha256}"'
    headers |= {"Accept-Ranges": "bytes", "ETag": tag, "Cache-Control": "private, no-cache"}
    if visit.headers.get("if-none-match") == tag:
        return Answer(status=304, content_type=file.mime, headers=headers)
    part = (
        _part(visit.headers.get("range", ""), file.size)
        if visit.headers.get("if-range", tag) == tag
        else None
    )
    if part is None:
        return Answer(_bytes(visit, file), 200, file.mime, headers | {"Content-Length": str(file.size)})
    start, length = part
    if length <= 0:
        return Answer(b"", 416, file.mime, headers | {"Content-Range": f"bytes */{file.size}"})
    span = {"Content-Range": f"bytes {start}-{start + length - 1}/{file.size}", "Content-Length": str(length)}
    return Answer(_bytes(visit, file, start, length), 206, file.mime, headers | span)


def _bytes(visit: Visit, file: AttachedFile, start: int = 0, length: int | None = None) -> Iterable[bytes]:
    return visit.house.blobs.read(file.sha256, start, length)


def _part(header: str, size: int) -> tuple[int, int] | None:
    """Return (start, length) of the one range asked for; None sends the whole, a length of 0 is out of reach."""
    match = _RANGE.fullmatch(header.strip())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        length = min(int(last), size)
        return size - length, length
    start = int(first)
    end = min(int(last), size - 1) if last else size - 1
    if last and int(last) < start:
        return None
    return start, max(end - start + 1, 0)
