"""Files: whole by digest, or in parts when they are large."""

import re

from core.api.answers import JsonAnswer, Trouble
from core.api.call import Call
from core.fields.bind import UNKNOWN
from core.fields.label import Label
from core.fields.problem import Problem, invalid
from core.work import files
from core.work.files import KeptFile

_DIGEST = re.compile(r"[0-9a-f]{64}")


def put_file(call: Call) -> JsonAnswer:
    """Receive a file; the first time 201, again 200."""
    limit = call.house.settings.upload_limit_mb * 1024 * 1024
    return _kept(
        files.put_file(
            call.house, call.actor, call.client.id, _digest(call.path["sha256"]), call.stream(limit)
        )
    )


def begin_upload(call: Call) -> JsonAnswer:
    """Begin an upload in parts: ``{"sha256", "size"}``."""
    body = call.json(call.raw_body())
    wrong = [Problem(name, "unknown_field", UNKNOWN) for name in body if name not in ("sha256", "size")]
    size = _size(body.get("size"))
    if size is None:
        wrong.append(Problem("size", "not_whole", Label("应为不小于1的整数（字节）。", "A whole number of bytes from 1 is expected.")))  # fmt: skip
    if wrong or size is None:
        raise invalid(wrong)
    upload = files.begin_upload(call.house, call.actor, call.client.id, _digest(body.get("sha256")), size)
    return JsonAnswer({"id": upload, "part_limit": files.PART_LIMIT}, 201)


def put_part(call: Call) -> JsonAnswer:
    """Receive one part; sending it again replaces it."""
    number = call.path["number"]
    if not re.fullmatch(r"[1-9][0-9]{0,4}", number):
        raise Trouble(404, "not_found", Label("分片编号从1开始。", "Parts are numbered from 1."))
    kept = files.put_part(
        call.house,
        call.actor,
        call.client.id,
        call.path["upload"],
        int(number),
        call.stream(files.PART_LIMIT),
    )
    return JsonAnswer({"number": int(number), "sha256": kept.sha256, "size": kept.size})


def complete_upload(call: Call) -> JsonAnswer:
    """Join the parts."""
    return _kept(files.complete_upload(call.house, call.actor, call.client.id, call.path["upload"]))


def _kept(kept: KeptFile) -> JsonAnswer:
    return JsonAnswer({"sha256": kept.sha256, "size": kept.size, "type": kept.mime}, 201 if kept.new else 200)


def _size(given: object) -> int | None:
    return given if isinstance(given, int) and not isinstance(given, bool) and given > 0 else None


def _digest(given: object) -> str:
    if not isinstance(given, str) or not _DIGEST.fullmatch(given):
        raise invalid(
            [
                Problem(
                    "sha256",
                    "not_a_digest",
                    Label(
                        "应为64位小写十六进制的SHA-256摘要。",
                        "Give the SHA-256 digest as 64 lower-case hex digits.",
                    ),
                )
            ]
        )
    return given
