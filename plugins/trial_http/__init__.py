"""审判系统接口: what Benchside asks of a court's own trial system goes out over HTTP.

``POST {url}/operations`` with ``{name, key, court, serial_no, payload}``. The answers: 200 ``{"status": "done", …}``
(for docket with ``case_number``, ``docketed_on``, ``handler``; reschedule needs no more), 202 ``{"status": "pending"}`` (asked again later with the
same key), 422 ``{"status": "refused", "reason"}``. Everything else is a passing failure.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from core import (
    Module,
    Operation,
    Receipt,
    Unreachable,
    hookimpl,
    law,
    post_json,
    request_fields,
    text,
    whole,
)

__all__ = ["TrialHttpSettings", "module", "trial_system"]

REASON_LENGTH = 500


@request_fields
class TrialHttpSettings:
    """How a court reaches its trial system."""

    url: str | None = text("审判系统接口地址", "Address of the trial system", max_length=500, help=("以http或https开头，不含末尾的/operations。", "http or https, without /operations at the end."))  # fmt: skip
    token: str | None = text("接口令牌", "Token", max_length=500, secret=True)
    timeout_seconds: int = whole("超时（秒）", "Time-out (seconds)", minimum=1, maximum=30, default=10)


module = Module(
    "trial_http",
    ("审判系统接口", "Trial-system interface"),
    version="1.0",
    order=992,
    settings=TrialHttpSettings,
)


@hookimpl
def trial_system(operation: Operation, settings: TrialHttpSettings) -> Receipt:
    """Ask the trial system, and return what it says; what may pass is raised and tried again."""
    if not settings.url:
        raise Unreachable("no address of the trial system is set for this court")
    content = {
        "name": operation.name,
        "key": operation.key,
        "court": operation.court,
        "serial_no": operation.serial_no,
        "payload": dict(operation.payload),
    }
    url = settings.url.rstrip("/") + "/operations"
    answer = post_json(
        url, content, key=operation.key, token=settings.token or "", seconds=settings.timeout_seconds
    )
    match answer.status, answer.body:
        case 200, {"status": "done", **data}:
            return _done(operation, data)
        case 202, {"status": "pending"}:
            return Receipt(pending=True)
        case 422, {"status": "refused", "reason": str(reason)} if reason.strip():
            return Receipt(reason=reason.strip()[:REASON_LENGTH])
    raise Unreachable(f"the trial system's answer ({answer.status}) cannot be read")


def _done(operation: Operation, data: Mapping[str, Any]) -> Receipt:
    number = data.get("case_number")
    if number is None and operation.name != "docket":
        return Receipt(done=True, data=data)
    try:
        parts = law.case_number.parse(str(number))
    except law.errors.LawError as error:
        return Receipt(reason=f"审判系统返回的案号“{str(number)[:64]}”有误：{error.message_zh}")
    if parts.court != operation.court:
        return Receipt(
            reason=f"审判系统返回的案号“{parts}”不是本院（{operation.court}）的案号，请与审判系统管理员核对。"
        )
    docketed_on = data.get("docketed_on")
    if docketed_on is not None and not _is_date(docketed_on):
        raise Unreachable("the trial system's answer has no readable date of docketing")
    return Receipt(
        done=True,
        reference=str(parts),
        data={**data, "case_number": str(parts), "handler": str(data.get("handler") or "")},
    )


def _is_date(text: Any) -> bool:
    try:
        date.fromisoformat(text)
    except (TypeError, ValueError):
        return False
    return True
