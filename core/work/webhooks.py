"""Webhooks: the change feed, pushed to where a client asked for it, signed, in order, at least once."""

import re
import secrets
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.engine import Connection

from core.fields.label import Label
from core.fields.problem import Problem, invalid
from core.outgoing import Unreachable, post_json
from core.records import Webhook
from core.store.upsert import upsert
from core.values import Actor
from core.work.changes import as_told, read_changes
from core.work.deliver import pause
from core.work.house import House
from core.work.transaction import Transaction

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_SECONDS = 10
_LEASE = timedelta(seconds=60)


@frozen
class Registered:
    """A webhook as its client is told of it; the secret is told this once."""

    name: str
    url: str
    secret: str


def put_webhook(house: House, actor: Actor, client: int, name: str, url: Any, after: int) -> Registered:
    """Have changes after the cursor ``after`` pushed to ``url``; the same name again replaces what it was.

    Raises:
        Refused: the name or address does not fit, or the operator has not allowed its host.
    """
    problems = []
    if not _NAME.fullmatch(name):
        problems.append(Problem("name", "bad_name", Label("名称只用英文字母、数字、下划线和连字符，最多64个。", "Use up to 64 letters, digits, underscores and hyphens.")))  # fmt: skip
    if not isinstance(url, str) or len(url) > 500 or not _allowed(house, url):
        allowed = "、".join(house.settings.webhook_hosts.split()) or "（无）"
        problems.append(Problem("url", "host_not_allowed", Label(f"推送地址须为http(s)，且主机须由运维人员在 webhook_hosts 中许可；现许可：{allowed}。", "The address must be http(s), on a host the operator allows in webhook_hosts.")))  # fmt: skip
    if problems:
        raise invalid(problems)
    secret = secrets.token_urlsafe(32)

    def work(connection: Connection) -> None:
        tx = Transaction(house, connection, actor, house.clock())
        content = {
            "url": url,
            "secret": secret,
            "cursor": after,
            "attempts": 0,
            "next_at": tx.at,
            "error": "",
        }
        upsert(
            connection, Webhook, {"client_id": client, "court_code": tx.court, "name": name}, content, content
        )
        tx.audit("webhook.put", name, {"url": url})

    house.store.write(work)
    return Registered(name, url, secret)


def _allowed(house: House, url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and parts.hostname in house.settings.webhook_hosts.split()


def push_due(house: House) -> int:
    """Push what changed to every webhook that is due; return how many pushes were made."""
    return sum(_push(house, row) for row in _claim(house))


def _claim(house: House) -> list[Any]:
    def work(connection: Connection) -> list[Any]:
        now = house.clock()
        due = sa.select(Webhook.__table__).where(Webhook.next_at <= now).order_by(Webhook.next_at).limit(10)
        if connection.dialect.name == "postgresql":
            due = due.with_for_update(skip_locked=True)
        rows = list(connection.execute(due))
        for row in rows:
            connection.execute(sa.update(Webhook).where(*_this(row)).values(next_at=now + _LEASE))
        return rows

    with house.store.read() as connection:
        if connection.scalar(sa.select(Webhook.name).limit(1)) is None:
            return []
    return house.store.write(work)


def _this(row: Any) -> list[sa.ColumnElement[bool]]:
    return [
        Webhook.client_id == row.client_id,
        Webhook.court_code == row.court_code,
        Webhook.name == row.name,
    ]


def _push(house: House, row: Any) -> int:
    entries = read_changes(house, row.court_code, row.client_id, row.cursor)
    if not entries:
        _settle(house, row, {"next_at": house.clock() + timedelta(seconds=house.settings.delivery_seconds)})
        return 0
    body = {"court": row.court_code, "changes": [as_told(one) for one in entries], "next": entries[-1].cursor}
    key = f"{row.name}-{row.court_code}-{entries[-1].cursor}"
    try:
        reply = post_json(row.url, body, key=key, token="", seconds=_SECONDS, secret=row.secret)
        error = "" if 200 <= reply.status < 300 else f"answered {reply.status}"
    except Unreachable as unreachable:
        error = str(unreachable)
    if error:
        attempts = row.attempts + 1
        _settle(
            house,
            row,
            {"attempts": attempts, "error": error[:500], "next_at": house.clock() + pause(attempts)},
        )
    else:
        _settle(
            house, row, {"attempts": 0, "error": "", "cursor": entries[-1].cursor, "next_at": house.clock()}
        )
    return 1


def _settle(house: House, row: Any, changes: dict[str, Any]) -> None:
    # Where the webhook was put anew meanwhile, its new cursor stands.
    mine = [*_this(row), Webhook.secret == row.secret]
    house.store.write(
        lambda connection: connection.execute(sa.update(Webhook).where(*mine).values(**changes))
    )
