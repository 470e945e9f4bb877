"""The body of a form: urlencoded or multipart, small, wholly read before it is parsed."""

from collections.abc import Mapping
from email.message import Message
from typing import BinaryIO
from urllib.parse import parse_qs

LIMIT = 1024 * 1024
PUBLIC_LIMIT = 16 * 1024
"""For forms that anybody may send: a name, a password, an address to go on to."""
MANY_FIELDS = 5000

Fields = Mapping[str, list[str]]


class Unreadable(Exception):
    """A body that cannot be taken as a form; ``status`` says why."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(str(status))


def read_form(
    source: BinaryIO, content_type: str, length: str | None, *, chunked: bool, limit: int = LIMIT
) -> Fields:
    """Read and parse a form.

    Raises:
        Unreadable: 400 malformed, 411 no length, 413 too large, 415 no form.
    """
    kind, boundary = _kind(content_type)
    body = _read(source, length, chunked, limit)
    if not body and not content_type:
        return {}
    if kind == "application/x-www-form-urlencoded":
        return parse_fields(body)
    if kind == "multipart/form-data":
        return _parts(body, boundary)
    raise Unreadable(415)


def parse_fields(encoded: bytes) -> Fields:
    """Return the fields of a query or an urlencoded body.

    Raises:
        Unreadable: 400, it is no UTF-8, has a NUL in it, or too many fields.
    """
    try:
        fields = parse_qs(
            encoded.decode("ascii"), keep_blank_values=True, max_num_fields=MANY_FIELDS, errors="strict"
        )
    except ValueError as error:
        raise Unreadable(400) from error
    return _without_nul(fields) if b"%00" in encoded or b"\0" in encoded else fields


def _without_nul(fields: Fields) -> Fields:
    """Refuse what no text holds, and PostgreSQL does not take."""
    if any("\0" in one for name, values in fields.items() for one in (name, *values)):
        raise Unreadable(400)
    return fields


def _kind(content_type: str) -> tuple[str, str]:
    header = Message()
    header["Content-Type"] = content_type or "application/x-www-form-urlencoded"
    boundary = header.get_param("boundary", "")
    return header.get_content_type(), boundary if isinstance(boundary, str) else ""


def _read(source: BinaryIO, length: str | None, chunked: bool, limit: int) -> bytes:
    if chunked:
        try:
            body = source.read(limit + 1)
        except ValueError as error:
            raise Unreadable(400) from error
    elif length is None:
        raise Unreadable(411)
    elif not (length.isascii() and length.isdigit()):
        raise Unreadable(400)
    elif int(length) > limit:
        raise Unreadable(413)
    else:
        body = source.read(int(length))
        if len(body) < int(length):
            raise Unreadable(400)
    if len(body) > limit:
        raise Unreadable(413)
    return body


def _parts(body: bytes, boundary: str) -> Fields:
    mark = b"--" + boundary.encode("latin-1", "replace")
    if not boundary or len(boundary) > 70:
        raise Unreadable(400)
    pieces = (b"\r\n" + body).split(b"\r\n" + mark)
    if len(pieces) < 2 or not pieces[-1].startswith(b"--") or len(pieces) > MANY_FIELDS:
        raise Unreadable(400)
    fields: dict[str, list[str]] = {}
    for piece in pieces[1:-1]:
        name, value = _part(piece)
        fields.setdefault(name, []).append(value)
    return _without_nul(fields)


def _part(piece: bytes) -> tuple[str, str]:
    head, gap, value = piece.partition(b"\r\n\r\n")
    if not gap or not head.startswith(b"\r\n"):
        raise Unreadable(400)
    try:
        lines = head.decode("utf-8").strip().split("\r\n")
        disposition = next(line for line in lines if line.lower().startswith("content-disposition:"))
        header = Message()
        header["Content-Disposition"] = disposition.partition(":")[2].strip()
        name = header.get_param("name", None, "content-disposition")
        if not isinstance(name, str):
            raise Unreadable(400)
        return name, value.decode("utf-8")
    except (UnicodeDecodeError, StopIteration, ValueError) as error:
        raise Unreadable(400) from error
