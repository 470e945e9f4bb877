"""What only shows under load: a change that commits late, a file that is larger than memory should be."""

import hashlib
import io
import threading
import tracemalloc

import sqlalchemy as sa
from attrs import evolve

from core.api.app import api_application
from core.records import Change
from core.work.changes import read_changes
from core.work.clients import client_of
from tests.support.acting import PDF
from tests.support.houses import COURT

MEGABYTE = 1024 * 1024


class Endless(io.RawIOBase):
    """Gives the same bytes again and again, up to a size, without holding them."""

    def __init__(self, head: bytes, size: int) -> None:
        self._head, self._left = head, size

    def read(self, size: int = -1) -> bytes:
        chunk = (self._head + bytes(min(size, self._left)))[: min(size, self._left)]
        self._head = b""
        self._left -= len(chunk)
        return chunk


def test_a_change_that_commits_late_is_never_skipped(api):
    """The one inserted first is seen last, with a later number, and by a cursor that had gone on."""
    house, client = api.fixture.house, client_of(api.fixture.house, api.token).id
    if house.store.brand == "sqlite":
        return  # one writer at a time: nobody can commit late
    begun, go = threading.Event(), threading.Event()

    def insert(connection: sa.Connection, name: str) -> None:
        row = {
            "court_code": COURT,
            "client_id": client,
            "module": "filing",
            "serial_no": name,
            "what": "state",
            "at": house.clock(),
            "data": {},
        }
        connection.execute(sa.insert(Change), row)

    def late(connection: sa.Connection) -> None:
        insert(connection, "late")
        begun.set()
        assert go.wait(20)

    thread = threading.Thread(target=lambda: house.store.write(late))
    thread.start()
    assert begun.wait(20)
    house.store.write(lambda connection: insert(connection, "early"))
    first = read_changes(house, COURT, client, 0)
    go.set()
    thread.join(20)
    then = read_changes(house, COURT, client, first[-1].cursor)
    assert [[one.serial_no for one in page] for page in (first, then)] == [["early"], ["late"]]
    assert read_changes(house, COURT, client, then[-1].cursor) == []


def test_a_large_upload_is_never_whole_in_memory(api):
    size, head = 20 * MEGABYTE, PDF
    digest = hashlib.sha256(head + bytes(size - len(head))).hexdigest()
    house = evolve(api.fixture.house, settings=evolve(api.fixture.house.settings, upload_limit_mb=50))
    application, said = api_application(house), []
    environ = {
        "REQUEST_METHOD": "PUT", "PATH_INFO": f"/api/v1/courts/{COURT}/files/{digest}".encode().decode("latin-1"),
        "CONTENT_LENGTH": str(size), "HTTP_AUTHORIZATION": f"Bearer {api.token}", "wsgi.input": Endless(head, size),
    }  # fmt: skip
    tracemalloc.start()
    try:
        list(application(environ, lambda status, headers: said.append(status)))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert said[0].startswith(("201", "200"))
    assert house.blobs.path(digest).stat().st_size == size
    assert peak < 8 * MEGABYTE
