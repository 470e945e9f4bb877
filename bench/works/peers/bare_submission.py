"""The floor of a durable submission: a bare WSGI function under the same server, raw sqlite3, one writer, group commit.

Equal to ours: the server and its settings, the database's schema and pragmas, the token looked up by its digest for
each call, the JSON body read, the rows of every table that a submission of ours writes (request, fields and groups,
files, search words, history, time limit, audit, notices, changes, counts, serial counter, paper), one durable commit
before the answer, and the answer's size. Left out: the sealing of personal data, every check, what is read to check it, the reckoning of time limits,
texts and papers, typed values, and the framework: what is not taken from the body is copied from one submission that was
made before, its number, key and times exchanged. Its writer is one thread that commits for all who wait.

    python -m bench.works.peers.bare_submission DATABASE PORT THREADS
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
from typing import Any

from cheroot import wsgi

_COPIED = ("history", "deadline", "reminder", "delivery", "paper")
_ABOUT = {"audit": "target", "change": "serial_no"}
_CLIENT = "SELECT client.id FROM client JOIN client_court ON client_court.client_id = client.id WHERE client.token_digest = ? AND client.active = 1"
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


class Bare:
    """The statements of one submission."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        marks = Marks(connection)
        self.marks = marks

        def copies(table: str, where: str = "application_id", value: Any = marks.key) -> list[Copy]:
            return [Copy(table, row, marks) for row in rows_of(connection, table, where, value)]

        (self.application,) = copies("application", "id")
        (self.side,) = copies("filing__filing", "id")
        self.copied = [copy for table in _COPIED for copy in copies(table)]
        self.copied += [
            copy for table, where in _ABOUT.items() for copy in copies(table, where, marks.serial)
        ]
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        groups = [name for name in tables if name.startswith("filing__filing__")]
        self.groups = {
            name.removeprefix("filing__filing__"): made[0] for name in groups if (made := copies(name))
        }
        self.file = copies("application_file")[0]
        found = connection.execute("SELECT terms FROM application_terms WHERE rowid = ?", (marks.key,))
        self.words = found.fetchone()[0]
        self.count = copies("queue_count", "module", "filing")[0]
        self.stem = marks.serial[:-6]

    def write(self, connection: sqlite3.Connection, client: int, body: dict[str, Any], raw: bytes) -> str:
        """Write one submission within the transaction at hand and return its number."""
        run = connection.execute
        run("SELECT serial_no FROM application WHERE client_id = ? AND submission_id = ?", (client, body["submission_id"])).fetchone()  # fmt: skip
        at = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f}"
        key = time.time_ns() // 1_000_000 << 20 | secrets.randbits(20)
        serial = f"{self.stem}{run(_COUNT, (self.stem,)).fetchone()[0]:06d}"
        cells = self.application.filled(key, at, serial)
        named = self.application.named
        cells[named["submission_id"]] = body["submission_id"]
        cells[named["submission_digest"]] = hashlib.sha256(raw).hexdigest()
        cells[named["submitter"]] = json.dumps(body["submitter"])
        run(self.application.text, cells)
        fields = body["fields"]
        run(self.side.text, self._picked(self.side, fields, key, at, serial))
        for name, copy in self.groups.items():
            for place, item in enumerate(fields.get(name, ())):
                run(copy.text, self._picked(copy, item, key, at, serial, place))
        files = [
            self._picked(self.file, one, key, at, serial, place)
            for place, one in enumerate(body["attachments"])
        ]
        connection.executemany(self.file.text, files)
        for copy in self.copied:
            run(copy.text, copy.filled(key, at, serial))
        words = self.words.replace(self.marks.serial.lower(), serial.lower())
        run("INSERT INTO application_terms (rowid, terms) VALUES (?, ?)", (key, words))
        run(
            "UPDATE queue_count SET count = count + 1 WHERE court_code = ? AND module = 'filing' AND handler_id = 0 AND kind = 'filing' AND state = 'SUBMITTED'",
            (self.count.cells[self.count.named["court_code"]],),
        )
        return serial

    @staticmethod
    def _picked(
        copy: Copy, given: dict[str, Any], key: int, at: str, serial: str, place: int = 0
    ) -> list[Any]:
        cells = copy.filled(key, at, serial)
        for name, column in copy.named.items():
            held = given.get(name)
            if held is not None and not isinstance(held, list | dict) and name not in ("id", "cause"):
                cells[column] = held
        if "place" in copy.named:
            cells[copy.named["place"]] = place
        return cells


class Writer(threading.Thread):
    """Commits for all who wait."""

    def __init__(self, database: str) -> None:
        super().__init__(daemon=True)
        self._connection = connected(database)
        self._bare = Bare(self._connection)
        self._queue: queue.SimpleQueue[tuple[tuple[Any, ...], list[Any], threading.Lock]] = (
            queue.SimpleQueue()
        )

    @property
    def marks(self) -> Marks:
        return self._bare.marks

    def ask(self, *given: Any) -> str:
        """Have one submission written; return its number once it is durable."""
        answer: list[Any] = []
        done = threading.Lock()
        done.acquire()
        self._queue.put((given, answer, done))
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
            for given, answer, _ in group:
                answer.append(self._bare.write(self._connection, *given))
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


def application(database: str) -> Callable[..., Iterable[bytes]]:
    """Return the WSGI function."""
    writer = Writer(database)
    writer.start()
    here = threading.local()

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        reading = getattr(here, "connection", None)
        if reading is None:
            reading = here.connection = connected(database)
        token = environ["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
        client = reading.execute(_CLIENT, (hashlib.sha256(token.encode()).hexdigest(),)).fetchone()
        raw = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        body = json.loads(raw)
        serial = writer.ask(client[0], body, raw)
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


def main(database: str, port: str, threads: str) -> None:
    """Serve until ended."""
    options = {"request_queue_size": 128, "timeout": 30, "shutdown_timeout": 10, "server_name": "bare"}
    server = wsgi.Server(("127.0.0.1", int(port)), application(database), numthreads=int(threads), **options)
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.stop).start())
    server.start()


if __name__ == "__main__":
    main(*sys.argv[1:])
