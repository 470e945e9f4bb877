"""One call of the API: who calls, for which court, with what."""

import json
import re
from collections.abc import Mapping
from typing import Any, BinaryIO, NoReturn
from urllib.parse import parse_qs

import msgspec
from attrs import frozen

from core.api.answers import Trouble
from core.fields.label import Label
from core.store.blobs import too_large
from core.values import Actor
from core.work.clients import Client
from core.work.house import House

BODY_LIMIT = 2 * 1024 * 1024
MANY_ARGUMENTS = 100


@frozen
class Call:
    """A call whose token and court have been checked."""

    house: House
    client: Client
    actor: Actor
    court: str
    path: Mapping[str, str]
    environ: Mapping[str, Any]

    @property
    def query(self) -> dict[str, list[str]]:
        """The arguments of the address.

        Raises:
            Trouble: there are too many, or they are no UTF-8.
        """
        given = str(self.environ.get("QUERY_STRING", ""))
        try:
            asked = parse_qs(given, keep_blank_values=True, max_num_fields=MANY_ARGUMENTS, errors="strict")
            if any("\0" in one for name, values in asked.items() for one in (name, *values)):
                raise ValueError("NUL")
            return asked
        except ValueError:
            told = Label("地址中的参数过多或不是有效的 UTF-8。", "The arguments of the address are too many, or no UTF-8.")  # fmt: skip
            raise Trouble(400, "bad_query", told) from None

    def number(self, name: str) -> int:
        """Return the query argument ``name`` as a number; absent is 0.

        Raises:
            Trouble: it is no number.
        """
        given = self.query.get(name, ["0"])[-1]
        if not re.fullmatch(r"[0-9]{1,18}", given):
            raise Trouble(400, "bad_argument", Label(f"参数{name}应为数字。", f"{name} must be a number."))
        return int(given)

    def stream(self, limit: int) -> BinaryIO:
        """Return the raw body, which ends where its length says.

        Raises:
            Trouble: no length is given.
            Refused: it is over ``limit``; nothing of it is read.
        """
        length = self.length()
        if length > limit:
            raise too_large(limit)
        return _Bounded(self.environ["wsgi.input"], length)  # type: ignore[return-value]  # it reads

    def length(self) -> int:
        """Return the body's length in bytes.

        Raises:
            Trouble: it is missing, or no number.
        """
        given = str(self.environ.get("CONTENT_LENGTH", ""))
        if not given:
            raise Trouble(
                411, "length_required", Label("请求须带 Content-Length。", "Content-Length is required.")
            )
        if not re.fullmatch(r"[0-9]{1,15}", given):
            raise Trouble(400, "bad_length", Label("Content-Length 有误。", "Content-Length is wrong."))
        return int(given)

    def raw_body(self) -> bytes:
        """Return the body of a JSON call.

        Raises:
            Trouble: it is not declared as JSON, or too large.
        """
        kind = str(self.environ.get("CONTENT_TYPE", "")).partition(";")[0].strip().lower()
        if kind != "application/json":
            raise Trouble(
                415, "not_json", Label("请以 application/json 发送。", "Send it as application/json.")
            )
        length = self.length()
        if length > BODY_LIMIT:
            raise Trouble(413, "too_large", Label("请求体超过2 MB。", "The body is over 2 MB."))
        return bytes(self.environ["wsgi.input"].read(length))

    def json(self, raw: bytes) -> dict[str, Any]:
        """Return a body as an object.

        Raises:
            Trouble: it is no JSON object.
        """
        try:
            value = _read(raw)
        except (ValueError, RecursionError):
            raise Trouble(
                400, "bad_json", Label("请求体不是有效的 JSON。", "The body is not valid JSON.")
            ) from None
        if not isinstance(value, dict):
            raise Trouble(
                422, "not_an_object", Label("请求体应为 JSON 对象。", "The body must be a JSON object.")
            )
        return value


def _read(raw: bytes) -> Any:
    try:
        return msgspec.json.decode(raw)
    except (msgspec.MsgspecError, ValueError):
        # Halves of characters are JSON; what is wrong with them is told field by field.
        return json.loads(raw.decode("utf-8"), parse_constant=_no_constant)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


class _Bounded:
    """Reads at most what the length announces, so that a kept connection is never waited on."""

    def __init__(self, source: BinaryIO, length: int) -> None:
        self._source = source
        self._left = length

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes; empty at the end.

        Raises:
            Trouble: the body ends before its length.
        """
        wanted = self._left if size < 0 else min(size, self._left)
        if wanted == 0:
            return b""
        chunk = self._source.read(wanted)
        if not chunk:
            raise Trouble(
                400, "body_cut", Label("请求体在传输中断开，请重传。", "The body ended early; send it again.")
            )
        self._left -= len(chunk)
        return chunk
