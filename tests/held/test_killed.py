"""The power goes in the middle of many submissions: what was answered 201 is there, once and whole; the rest may be sent again."""

import http.client
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import pytest
import sqlalchemy as sa

from core.records import ApplicationFile, ApplicationRow, Audit, Change, Delivery, History
from tests.held.running import Serving

CLIENTS = 12


class Round:
    """One round: submissions by many clients, and the kill after so many answers."""

    def __init__(self, serving: Serving, name: str, count: int) -> None:
        self.serving = serving
        self.names = [f"{name}-{number}" for number in range(count)]
        self.answered: dict[str, str] = {}
        self.enough = threading.Event()
        self.after = 1

    def submit_all(self) -> None:
        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(self._submit, self.names))
        self.enough.set()

    def _submit(self, name: str) -> None:
        # The server may be gone at any byte: then there was no answer.
        with suppress(OSError, http.client.HTTPException):
            reply = self.serving.file(name)
            assert reply.status == 201, reply.body
            self.answered[name] = reply.body["serial_no"]
            if len(self.answered) >= self.after:
                self.enough.set()


def run_round(serving: Serving, name: str, count: int, after: int, workers: int) -> int:
    """Kill the group after ``after`` answers, start again, check, send the rest again; return how many were answered."""
    one = Round(serving, name, count)
    one.after = after
    thread = threading.Thread(target=one.submit_all)
    thread.start()
    assert one.enough.wait(120)
    serving.kill()
    thread.join(120)
    told = dict(one.answered)
    serving.start(workers)
    check(serving, one.names, told)
    again = Round(serving, name, count)
    again.after = count
    again.submit_all()
    assert len(again.answered) == count
    # Who was answered before is answered the same.
    assert {known: again.answered[known] for known in told} == told
    check(serving, one.names, again.answered)
    return len(told)


def check(serving: Serving, names: list[str], told: dict[str, str]) -> None:
    """Everything in ``told`` is there once; everything that is there is whole."""
    with reading(serving) as connection:
        rows = connection.execute(
            sa.select(ApplicationRow.id, ApplicationRow.submission_id, ApplicationRow.serial_no).where(
                ApplicationRow.submission_id.in_(names)
            )
        ).all()
        held = {row.submission_id: row.serial_no for row in rows}
        assert len(held) == len(rows)
        assert told.items() <= held.items()
        assert len(set(held.values())) == len(held)
        serials, keys = list(held.values()), [row.id for row in rows]
        once = dict.fromkeys(serials, 1)
        per_key = dict.fromkeys(keys, 1)
        assert counted(connection, Audit.target, Audit.action == "filing.submit", serials) == once
        assert counted(connection, History.application_id, sa.true(), keys) == per_key
        assert counted(connection, Delivery.application_id, Delivery.hook == "notify", keys) == per_key
        assert counted(connection, Change.serial_no, sa.true(), serials).keys() == once.keys()
        files = connection.execute(
            sa.select(ApplicationFile.application_id, ApplicationFile.sha256).where(
                ApplicationFile.application_id.in_(keys)
            )
        ).all()
    needed = len(serving.example["attachments"])
    names_of = {row.id: row.submission_id for row in rows}
    assert len(files) == needed * len(rows)
    for file in files:
        kept = b"".join(serving.fixture.house.blobs.read(file.sha256))
        assert kept == serving.content(names_of[file.application_id])


@contextmanager
def reading(serving: Serving) -> Iterator[sa.Connection]:
    with serving.fixture.house.store.read() as connection:
        yield connection


def counted(
    connection: sa.Connection, column: sa.ColumnElement, chosen: sa.ColumnElement, among: list
) -> dict:
    query = (
        sa.select(column, sa.func.count()).where(chosen, column.in_(among)).group_by(column).order_by(column)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


@pytest.mark.parametrize(("brand", "workers"), [("sqlite", 2), ("postgresql", 1)])
def test_what_was_answered_before_the_power_went_is_there_once_and_whole(
    opened: Callable[[str], Serving], brand: str, workers: int
) -> None:
    serving = opened(brand)
    serving.start(workers)
    serving.learn()
    answered = run_round(serving, "short", 40, 15, workers)
    assert 15 <= answered < 40
    same = [serving.submission("same", serving.upload(serving.content("same")))] * 50
    with ThreadPoolExecutor(50) as pool:
        replies = list(pool.map(lambda body: serving.ask("POST", "applications", body), same))
    assert {reply.status for reply in replies} <= {200, 201}
    assert len({reply.body["serial_no"] for reply in replies}) == 1
    check(serving, ["same"], {"same": replies[0].body["serial_no"]})


@pytest.mark.soak
@pytest.mark.parametrize("brand", ["sqlite", "postgresql"])
@pytest.mark.parametrize("workers", [1, 2])
def test_the_power_goes_a_hundred_times(opened: Callable[[str], Serving], brand: str, workers: int) -> None:
    """Fifty kills with one worker and fifty with two, on each database, each among 200 submissions."""
    serving = opened(brand)
    serving.start(workers)
    serving.learn()
    for number in range(50):
        run_round(serving, f"soak-{number}", 200, 3 + number * 37 % 190, workers)
