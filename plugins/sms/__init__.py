"""12368短信: notices leave through the court's SMS gateway, an HTTP service that takes one message a call."""

from collections.abc import Mapping
from typing import Any

from core import Module, Notice, Receipt, Unreachable, hookimpl, law, post_json, request_fields, text, whole

from .content import compose

__all__ = ["SmsSettings", "module", "notify"]

PASSING = frozenset({401, 403, 404, 408, 425, 429})
"""Of the 4xx those that time or an administrator's correction cures; the others are refusals for good."""
REASON_LENGTH = 200


@request_fields
class SmsSettings:
    """How a court reaches its gateway."""

    url: str | None = text("网关地址", "Gateway address", max_length=500, help=("以http或https开头的完整地址。", "The whole address, http or https."))  # fmt: skip
    token: str | None = text("网关令牌", "Gateway token", max_length=500, secret=True)
    signature: str | None = text(
        "短信签名", "Signature", max_length=40, help=("不填则用法院名称。", "Empty: the court's name.")
    )
    timeout_seconds: int = whole("超时（秒）", "Time-out (seconds)", minimum=1, maximum=30, default=10)
    link_hosts: str | None = text("短信中允许的链接域名", "Hosts that links may name", max_length=500, help=("以空格分隔；不填则短信不带链接。", "Separated by spaces; empty: no links."))  # fmt: skip


module = Module("sms", ("12368短信", "12368 SMS"), version="1.0", order=990, settings=SmsSettings)


@hookimpl
def notify(notice: Notice, settings: SmsSettings) -> Receipt:
    """Hand the notice to the gateway; what may pass is raised and tried again, what is final is a reason."""
    try:
        phone = law.identity.check_mobile(notice.to_phone).value
    except law.errors.LawError:
        return Receipt(reason="收件人没有可接收短信的手机号，请改用其他方式通知。")
    if not settings.url:
        raise Unreachable("no gateway address is set for this court")
    sign = settings.signature or notice.court_name
    content = {
        "biz_type": "notice",
        "biz_id": notice.serial_no,
        "to_phone": phone,
        "to_name": notice.to_name,
        "sign": sign,
        "content": compose(notice.text, sign, (settings.link_hosts or "").split()),
    }
    answer = post_json(
        settings.url,
        content,
        key=notice.key,
        token=settings.token or "",
        seconds=settings.timeout_seconds,
    )
    if 200 <= answer.status < 300:
        return _accepted(answer.body)
    if 400 <= answer.status < 500 and answer.status not in PASSING:
        return Receipt(reason=f"短信网关拒绝（{answer.status}）：{_reason(answer.body)}")
    raise Unreachable(f"the gateway answered {answer.status}")


def _accepted(body: Mapping[str, Any]) -> Receipt:
    message = body.get("message_id")
    if body.get("accepted") is True and isinstance(message, str) and message:
        return Receipt(done=True, reference=message[:128])
    if body.get("accepted") is False:
        return Receipt(reason=f"短信网关未接受：{_reason(body)}")
    raise Unreachable("the gateway's answer cannot be read")


def _reason(body: Mapping[str, Any]) -> str:
    return str(body.get("reason") or "没有说明原因")[:REASON_LENGTH]
