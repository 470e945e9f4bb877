"""The floor of a durable submission: a bare WSGI function under the same server, raw sqlite3, one writer, group commit.

Equal to ours: the server and its settings, the database's schema and pragmas, the token, known
from an earlier call, looked up again where it is written, the JSON body read, the rows of every table that a submission of ours writes (request, fields and groups,
files, search words, history, time limit, audit, notices, changes, counts, serial counter, paper), one durable commit
before the answer, and the answer's size. What the rows hold follows from the body, as it must in any submission: numbers of people are sealed
and have their search words, notice and receipt name the request and its files, amounts are whole fen, a cause has its name.
(Until 2026-11-26 all this was copied from an example, numbers in clear text.) Left out: every check, what is read only to check, the
reckoning of time limits, templates, typed values, and the framework: history, time limit, reminder, audit and change are copied from one submission
that was made before, its number, key and times exchanged. Its writer is one thread that commits for all who wait; whoever
asks seals and reads before it waits.

    python -m bench.works.peers.bare_submission DATABASE KEYS PORT THREADS
"""

import hashlib
import json
import os
import queue
import secrets
import signal
import sqlite3
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cheroot import wsgi

from bench.works.peers.bare_rows import Fields, Seals, Telling, named, submitter, words

_COPIED = ("history", "deadline", "reminder")
_ABOUT = {"audit": "target", "change": "serial_no"}
_CLIENT = "SELECT client.id FROM client JOIN client_court ON client_court.client_id = client.id WHERE client.token_digest = ? AND client.active = 1"
_CAUSE = "SELECT name FROM cause WHERE court_code = ? AND version = (SELECT max(version) FROM cause WHERE court_code = ?) AND code = ?"
_COUNT = "INSERT INTO serial_counter (stem, last) VALUES (?, 1) ON CONFLICT (stem) DO UPDATE SET last = last + 1 RETURNING last"


def connected(database: str) -> sqlite3.Connection:
    """Open it as the store does."""
    connection = sqlite3.connect(
        database, isolation_level=None, check_same_thread=False, cached_statements=512
    )
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "temp_store=MEMORY",
        "cache_size=-4000",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


class Copy:
    """One row of the example, to be written again with its number, key and times exchanged."""

    def __init__(self, table: str, row: dict[str, Any], marks: "Marks") -> None:
        row = {name: cell for name, cell in row.items() if name != "id" or cell == marks.key}
        columns = ", ".join(f'"{name}"' for name in row)
        self.text = f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(row))})"
        self.cells = list(row.values())
        self.keys = [place for place, cell in enumerate(self.cells) if cell == marks.key]
        self.times = [place for place, cell in enumerate(self.cells) if cell == marks.at]
        self.serials = [
            place for place, cell in enumerate(self.cells) if isinstance(cell, str) and marks.serial in cell
        ]
        self.serial = marks.serial
        self.named = {name: place for place, name in enumerate(row)}

    def filled(self, key: int, at: str, serial: str) -> list[Any]:
        cells = self.cells.copy()
        for place in self.keys:
            cells[place] = key
        for place in self.times:
            cells[place] = at
        for place in self.serials:
            cells[place] = cells[place].replace(self.serial, serial)
        return cells


class Marks:
    """What is exchanged in the example: the newest request of the database."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        found = "SELECT id, serial_no, received_at FROM application WHERE submission_id IS NOT NULL ORDER BY id DESC LIMIT 1"
        self.key, self.serial, self.at = connection.execute(found).fetchone()


def rows_of(connection: sqlite3.Connection, table: str, where: str, value: Any) -> Iterator[dict[str, Any]]:
    cursor = connection.execute(f'SELECT * FROM {table} WHERE "{where}" = ?', (value,))
    names = [one[0] for one in cursor.description]
    yield from (dict(zip(names, row, strict=True)) for row in cursor.fetchall())


class Ready:
    """One submission as far as it can be made before the writer has its turn."""

    def __init__(self, bare: "Bare", reading: sqlite3.Connection, client: int, token: str, body: dict[str, Any], raw: bytes) -> None:  # fmt: skip
        fields, court, numbers = body["fields"], bare.court, list[str]()
        self.client, self.token, self.body = client, token, body
        self.digest = hashlib.sha256(raw).hexdigest()
        code = fields["cause"]
        (self.cause,) = reading.execute(_CAUSE, (court, court, code)).fetchone()
        self.names = named(fields)
        self.at = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f}"
        self.key = time.time_ns() // 1_000_000 << 20 | secrets.randbits(20)
        own = {"id": self.key, "court_code": court, "cause": f"{code} {self.cause}", **self.names}
        self.side = bare.side.row(fields | own, numbers)
        self.groups = []
        for name, group in bare.groups.items():
            items = [
                {**item, "application_id": self.key, "court_code": court, "place": place}
                for place, item in enumerate(fields.get(name, ()))
            ]
            self.groups.append((group.text, [group.row(item, numbers) for item in items]))
        numbers.append(body["submitter"]["phone"])
        self.numbers = [bare.seals.word(court, one) for one in dict.fromkeys(numbers)]
        self.submitter = submitter(bare.seals, body["submitter"])
        self.files = [
            (self.key, court, 1, place, one["category"], one["name"], one["sha256"], one.get("pages"), one.get("copies") or 1, one.get("is_original", False))
            for place, one in enumerate(body["attachments"])
        ]  # fmt: skip


_FILE = "INSERT INTO application_file (application_id, court_code, revision, place, category, name, sha256, pages, copies, is_original) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


class Bare:
    """The statements of one submission."""

    def __init__(self, connection: sqlite3.Connection, keys: str) -> None:
        marks = Marks(connection)
        self.marks = marks
        self.seals = Seals(Path(keys))

        def copies(table: str, where: str = "application_id", value: Any = marks.key) -> list[Copy]:
            return [Copy(table, row, marks) for row in rows_of(connection, table, where, value)]

        (self.application,) = copies("application", "id")
        self.court = self.application.cells[self.application.named["court_code"]]
        self.side = Fields(connection, "filing__filing", self.seals)
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        self.groups = {
            name.removeprefix("filing__filing__"): Fields(connection, name, self.seals)
            for name in tables
            if name.startswith("filing__filing__")
        }
        self.copied = [copy for table in _COPIED for copy in copies(table)]
        (self.delivery,), (self.paper,) = copies("delivery"), copies("paper")
        self.told = [copy for table, where in _ABOUT.items() for copy in copies(table, where, marks.serial)]
        found = connection.execute("SELECT id FROM paper WHERE application_id = ?", (marks.key,))
        self.paper_told = f'"paper":{found.fetchone()[0]},'
        notice = json.loads(self.delivery.cells[self.delivery.named["payload"]])
        content = json.loads(self.paper.cells[self.paper.named["content"]])
        self.telling = Telling(self.seals, notice, content, marks.serial)
        self.stem = marks.serial[:-6]

    def write(self, connection: sqlite3.Connection, ready: Ready) -> str:
        """Write one submission within the transaction at hand and return its number."""
        run, body, key, at = connection.execute, ready.body, ready.key, ready.at
        assert run(_CLIENT, (ready.token,)).fetchone() == (ready.client,)
        run("SELECT serial_no FROM application WHERE client_id = ? AND submission_id = ?", (ready.client, body["submission_id"])).fetchone()  # fmt: skip
        serial = f"{self.stem}{run(_COUNT, (self.stem,)).fetchone()[0]:06d}"
        run(
            self.application.text,
            self._with(
                self.application, key, at, serial, submission_id=body["submission_id"], submission_digest=ready.digest,
                submitter=ready.submitter, applicant=ready.names["plaintiffs"],
            ),
        )  # fmt: skip
        run(self.side.text, ready.side)
        for text, rows in ready.groups:
            connection.executemany(text, rows)
        connection.executemany(_FILE, ready.files)
        for copy in self.copied:
            run(copy.text, copy.filled(key, at, serial))
        notice = self.telling.notice(serial, body["submitter"])
        run(self.delivery.text, self._with(self.delivery, key, at, serial, payload=notice))
        content = self.telling.paper(serial, body["submitter"], body["attachments"])
        paper = run(self.paper.text, self._with(self.paper, key, at, serial, content=content)).lastrowid
        for copy in self.told:
            cells = copy.filled(key, at, serial)
            place = copy.named["data"]
            cells[place] = cells[place].replace(self.paper_told, f'"paper":{paper},')
            run(copy.text, cells)
        found = words(serial, self.court, ready.names, ready.cause, body, ready.numbers)
        run("INSERT INTO application_terms (rowid, terms) VALUES (?, ?)", (key, found))
        run(
            "UPDATE queue_count SET count = count + 1 WHERE court_code = ? AND module = 'filing' AND handler_id = 0 AND kind = 'filing' AND state = 'SUBMITTED'",
            (self.court,),
        )
        return serial

    @staticmethod
    def _with(copy: Copy, key: int, at: str, serial: str, **own: Any) -> list[Any]:
        cells = copy.filled(key, at, serial)
        for name, cell in own.items():
            cells[copy.named[name]] = cell
        return cells


class Writer(threading.Thread):
    """Commits for all who wait."""

    def __init__(self, database: str, keys: str) -> None:
        super().__init__(daemon=True)
        self._connection = connected(database)
        self.bare = Bare(self._connection, keys)
        self._queue: queue.SimpleQueue[tuple[Ready, list[Any], threading.Lock]] = queue.SimpleQueue()

    def ask(self, ready: Ready) -> str:
        """Have one submission written; return its number once it is durable."""
        answer: list[Any] = []
        done = threading.Lock()
        done.acquire()
        self._queue.put((ready, answer, done))
        done.acquire()
        return str(answer[0])

    def run(self) -> None:
        """Write group after group; an error ends the process, or all would wait for ever."""
        try:
            self._write()
        except BaseException:  # noqa: BLE001 - said, and ended
            traceback.print_exc()
            os._exit(1)

    def _write(self) -> None:
        while True:
            group = [self._queue.get()]
            self._connection.execute("BEGIN IMMEDIATE")
            for ready, answer, _ in group:
                answer.append(self.bare.write(self._connection, ready))
                if not self._queue.empty():
                    group.append(self._queue.get())
            self._connection.execute("COMMIT")
            for _, _, done in group:
                done.release()


_COURT = {"code": "粤0199", "name": "示例法院粤0199", "telephone": "12368"}
_STATE = {
    "code": "SUBMITTED",
    "label_zh": "已收到，待审查",
    "label_en": "Received, to be reviewed",
    "face_zh": "待",
}
_LIMIT = {
    "rule": "F-1", "label_zh": "立案审查期限", "label_en": "Time limit of the review", "basis": "民事诉讼法第126条；登记立案规定第8条(一)、第18条",
    "binds": "court", "ends_on": "2026-12-02", "ends_at": "2026-12-02T16:00:00+00:00", "status": "running",
    "explanation_zh": "收到 2026-11-25，次日起算 7 日，届满 2026-12-02",
    "explanation_en": "Received 2026-11-25, 7 days counted from the next day; ends 2026-12-02",
}  # fmt: skip


def application(database: str, keys: str) -> Callable[..., Iterable[bytes]]:
    """Return the WSGI function."""
    writer = Writer(database, keys)
    writer.start()
    here, known = threading.local(), dict[str, int]()

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        reading = getattr(here, "connection", None)
        if reading is None:
            reading = here.connection = connected(database)
        token = environ["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
        digest = hashlib.sha256(token.encode()).hexdigest()
        client = known.get(digest)
        if client is None:
            client = known[digest] = reading.execute(_CLIENT, (digest,)).fetchone()[0]
        raw = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        body = json.loads(raw)
        serial = writer.ask(Ready(writer.bare, reading, client, digest, body, raw))
        files = [{**one, "revision": 1} for one in body["attachments"]]
        receipt = {
            "court": _COURT,
            "serial_no": serial,
            "submitter": body["submitter"]["name"],
            "materials": files,
        }
        told = {
            "serial_no": serial, "received_at": datetime.now(UTC).isoformat(), "receipt": receipt, "state": _STATE,
            "deadlines": [_LIMIT],
        }  # fmt: skip
        out = json.dumps(told, ensure_ascii=False).encode()
        start_response(
            "201 Created",
            [("Content-Type", "application/json; charset=utf-8"), ("Content-Length", str(len(out)))],
        )
        return [out]

    return answer


def main(database: str, keys: str, port: str, threads: str) -> None:
    """Serve until ended."""
    options = {"request_queue_size": 128, "timeout": 30, "shutdown_timeout": 10, "server_name": "bare"}
    server = wsgi.Server(
        ("127.0.0.1", int(port)), application(database, keys), numthreads=int(threads), **options
    )
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.stop).start())
    server.start()


if __name__ == "__main__":
    main(*sys.argv[1:])
