"""The change feed, and the day's reconciliation."""

import hashlib
import re
from datetime import UTC, date, timedelta

import sqlalchemy as sa

from core.api.answers import JsonAnswer, Trouble
from core.api.call import Call
from core.fields.bind import UNKNOWN
from core.fields.label import Label
from core.fields.problem import Problem, invalid
from core.gate import enabled
from core.records import ApplicationRow, Change
from core.store.keys import first_key
from core.work.changes import as_told, read_changes
from core.work.times import start_of_day
from core.work.webhooks import put_webhook as put


def changes(call: Call) -> JsonAnswer:
    """Answer what changed after a cursor, in order; ``next`` is the cursor to ask after."""
    after = call.number("after")
    entries = read_changes(call.house, call.court, call.client.id, after)
    body = [as_told(one) for one in entries]
    return JsonAnswer({"changes": body, "next": entries[-1].cursor if entries else after})


def reconciliation(call: Call) -> JsonAnswer:
    """Answer what was received and sent on a day, by serial number, with a digest over the lists."""
    given = call.path["date"]
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", given):
            raise ValueError(given)
        day = date.fromisoformat(given)
        begins, ends = (start_of_day(one).astimezone(UTC) for one in (day, day + timedelta(days=1)))
    except (ValueError, OverflowError):
        raise Trouble(
            404, "bad_date", Label("日期应写成 2026-03-05 的形式。", "Write the date as 2026-03-05.")
        ) from None
    with call.house.store.read() as connection:
        on = enabled(connection, call.court)
        received = connection.execute(
            sa.select(ApplicationRow.serial_no, ApplicationRow.module, ApplicationRow.submission_digest)
            .where(
                ApplicationRow.court_code == call.court,
                ApplicationRow.client_id == call.client.id,
                ApplicationRow.id >= first_key(begins),
                ApplicationRow.id < first_key(ends),
            )
            .order_by(ApplicationRow.id)
        ).all()
        sent = connection.execute(
            sa.select(Change.serial_no, Change.module, Change.what, Change.id)
            .where(
                Change.court_code == call.court,
                Change.client_id == call.client.id,
                Change.at >= begins,
                Change.at < ends,
            )
            .order_by(Change.id)
        ).all()
    came = [
        {"serial_no": row.serial_no, "digest": row.submission_digest} for row in received if row.module in on
    ]
    went = [{"serial_no": row.serial_no, "what": row.what} for row in sent if row.module in on]
    digest = hashlib.sha256(
        "\n".join(str(sorted(one.items())) for one in [*came, *went]).encode()
    ).hexdigest()
    return JsonAnswer({"date": day, "received": came, "sent": went, "digest": digest})


def put_webhook(call: Call) -> JsonAnswer:
    """Have changes pushed: ``{"url", "after"?}``; answers with the secret that signs each push."""
    body = call.json(call.raw_body())
    after = body.get("after", 0)
    wrong = [Problem(name, "unknown_field", UNKNOWN) for name in body if name not in ("url", "after")]
    if isinstance(after, bool) or not isinstance(after, int) or not 0 <= after < 2**62:
        wrong.append(
            Problem("after", "not_whole", Label("应为不小于0的整数。", "A whole number from 0 is expected."))
        )
    if wrong:
        raise invalid(wrong)
    made = put(call.house, call.actor, call.client.id, call.path["name"], body.get("url"), after)
    return JsonAnswer({"name": made.name, "url": made.url, "secret": made.secret, "algorithm": "HMAC-SHA256"})
