"""The floor of the queue page: cheroot, one raw sqlite3 statement, rows formatted by hand.

``bare_page.py DATABASE PORT COURT CHROME``. Equal to our page: the server's settings, the database and its pragmas, the
statement (keyset, the same joined columns of the same 21 rows), every visible cell with its markup, what people wrote
escaped, the bytes around the table (``CHROME``: head, a line of form feed, tail; taken from our own answer), and the bytes of the
whole within a tenth. Left out: session, gate, menu and its counts, filters, search, languages, roles, time limits, headers.
"""

import sqlite3
import sys
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

from cheroot import wsgi

STATEMENT = """
SELECT a.serial_no, a.state, a.applicant, a.case_number, a.submitted_at, a.due_at, a.reviewed_at,
  json_extract(a.submitter, '$.name'), r.name, h.name, f.filing_type, f.cause, f.claim_amount, f.defendants
FROM (SELECT id FROM application WHERE court_code = ? AND kind = 'filing' AND hidden_from IS NOT ? AND id < ?
      ORDER BY id DESC LIMIT 21) k
JOIN application a ON a.id = k.id
JOIN filing__filing f ON f.id = k.id
LEFT JOIN person r ON r.id = a.reviewed_by
LEFT JOIN person h ON h.id = a.handler_id
"""
THREADS, BACKLOG, LAST = 12, 128, 2**63 - 1
COURT_TIME = timedelta(hours=8)
ROW = """  <tr data-serial="{no}" tabindex="-1">
<td class="pick"></td>    <td data-state="{state}"><span class="state tone-done" title="{state}">{state}</span></td>
    <td><span class="none">{due}</span></td>
    <td><a class="serial" href="/m/filing/{no}" data-open>{no}</a></td>
    <td class="clip" title="{applicant}">{applicant}</td>
<td class="clip" title="{kind}">{kind}</td><td class="clip" title="{cause}">{cause}</td><td class="clip amount" title="{amount}">{amount}</td><td class="clip" title="{other}">{other}</td>    <td class="clip short" title="{filer}">{filer}</td>
    <td><time datetime="{at}" title="{when}">{short}</time></td>
    <td class="clip short">{reviewer}</td>
<td>{reviewed}</td>
    <td>{number}</td>    <td class="acts"><div>
<a class="act" href="/m/filing/{no}/comment" data-comment hx-get="/m/filing/{no}/comment" hx-target="#dialog-content">留言</a>    </div></td>
  </tr>
"""


def application(database: str, court: str, chrome: bytes) -> Callable[..., Iterable[bytes]]:
    """Return the page as a WSGI function."""
    head, tail = chrome.split(b"\n\f\n")
    held = threading.local()

    def connection() -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(held, "connection", None)
        if found is None:
            found = held.connection = sqlite3.connect(database, isolation_level=None)
            found.execute("PRAGMA cache_size=-4000")
        return found

    def page(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        after = int(environ["QUERY_STRING"].partition("after=")[2] or LAST)
        rows = connection().execute(STATEMENT, (court, 0, after)).fetchall()
        body = head + "".join(map(_row, rows[:20])).encode() + tail
        start_response(
            "200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))]
        )
        return [body]

    return page


def _row(row: tuple[Any, ...]) -> str:
    no, state, applicant, number, at, due, reviewed, filer, reviewer, _, kind, cause, fen, other = row
    submitted = datetime.fromisoformat(at).replace(tzinfo=UTC)
    local = submitted + COURT_TIME
    return ROW.format(
        no=no, state=state, due=due or "—", applicant=escape(applicant), kind=kind, cause=escape(cause.partition(" ")[2] or cause),
        amount=f"{(fen or 0) / 100:,.2f}", other=escape(other), filer=escape(filer), at=submitted.isoformat(), when=f"{local:%Y-%m-%d %H:%M}",
        short=f"{local:%m-%d %H:%M}", reviewer=escape(reviewer or "—"), reviewed=reviewed or "—", number=number or "—",
    )  # fmt: skip


if __name__ == "__main__":
    place, port, code, around = sys.argv[1:]
    server = wsgi.Server(
        ("127.0.0.1", int(port)), application(place, code, Path(around).read_bytes()), numthreads=THREADS,
        server_name="benchside", request_queue_size=BACKLOG, timeout=30, shutdown_timeout=10,
    )  # fmt: skip
    server.max_request_header_size = 64 * 1024
    server.safe_start()
