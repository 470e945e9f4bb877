"""The change feed, and the day's reconciliation."""

import hashlib
import re
from datetime import UTC, date, timedelta

import sqlalchemy as sa

from core.api.answers import JsonAnswer, Trouble
from core.api.call import Call
from core.fields.label import Label
from core.gate import enabled
from core.records import ApplicationRow, Change
from core.store.keys import first_key
from core.work.changes import read_changes
from core.work.times import start_of_day


def changes(call: Call) -> JsonAnswer:
    """Answer what changed after a cursor, in order; ``next`` is the cursor to ask after."""
    after = call.number("after")
    entries = read_changes(call.house, call.court, call.client.id, after)
    body = [
        {
            "cursor": one.cursor, "serial_no": one.serial_no, "what": one.what, "at": one.at, **one.data,
        }
        for one in entries
    ]  # fmt: skip
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
