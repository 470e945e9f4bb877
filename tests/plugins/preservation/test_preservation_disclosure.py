"""诉讼保全: the other side's platform learns nothing of it before it is carried out, by no door; afterwards a short form."""

import io
import json
from typing import Any

import pytest
import sqlalchemy as sa

from core.api.app import api_application
from core.records import ApplicationRow, Change, Delivery, PaperRow
from core.work import files, outside
from core.work.changes import read_changes
from core.work.clients import add_client, client_of
from core.work.submit import submit
from tests.plugins.preservation.conftest import Court
from tests.support.acting import DIGEST, PDF, rows
from tests.support.brought import NUMBER
from tests.support.houses import COURT

LATER = ["CARRIED_OUT", "RENEWAL_ASKED", "RENEWED", "LIFTING_ASKED", "LIFTED"]


class Door:
    """The API as the other side's client knocks at it."""

    def __init__(self, court: Court) -> None:
        self.court = court
        self.token = add_client(court.house, "other-side", [COURT])
        self.application = api_application(court.house)
        self.client = client_of(court.house, self.token).id

    def get(self, path: str) -> tuple[int, Any]:
        said: list[str] = []
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": f"/api/v1/courts/{COURT}/{path.partition('?')[0]}".encode().decode("latin-1"),
            "QUERY_STRING": path.partition("?")[2], "HTTP_AUTHORIZATION": f"Bearer {self.token}", "wsgi.input": io.BytesIO(),
        }  # fmt: skip
        raw = b"".join(self.application(environ, lambda status, headers: said.append(status)))
        return int(said[0].split()[0]), json.loads(raw)


@pytest.fixture
def door(court) -> Door:
    """The other side's client: it has a request of its own in the same case."""
    made = Door(court)
    files.put_file(court.house, court.theirs.actor, made.client, DIGEST, io.BytesIO(PDF))
    body = court.body(stage="in_action") | {"case_number": NUMBER}
    submit(court.house, court.theirs.actor, made.client, body)
    return made


def learnt(door: Door, serial: str) -> list[str]:
    """Return everything the other side may have heard of ``serial``: answers, changes, notices, papers."""
    court = door.court
    key = court.read(serial).id
    heard = []
    for path in (
        f"applications/{serial}",
        *[f"applications/{serial}/papers/{paper.id}" for paper in rows(court.fixture, PaperRow)],
    ):
        status, _ = door.get(path)
        heard += [path] if status != 404 else []
    heard += [str(one) for one in read_changes(court.house, COURT, door.client, 0) if one.serial_no == serial]
    heard += [
        str(one)
        for one in rows(court.fixture, Change, Change.serial_no == serial, Change.client_id != court.ours.id)
    ]
    told = rows(court.fixture, Delivery, Delivery.application_id == key)
    heard += [str(one.payload) for one in told if one.payload.get("to_phone") != "19900000001"]
    return heard


def test_nothing_is_learnt_before_it_is_carried_out_and_a_short_form_after(court, door):
    serial = court.file()
    assert learnt(door, serial) == []
    for work in (
        lambda: court.take(serial, "return"), lambda: again(court, serial), lambda: court.take(serial, "receive"),
        lambda: court.take(serial, "order_security"), lambda: court.step(serial, "provide_security"), lambda: court.take(serial, "grant"),
        lambda: court.take(serial, "note_reconsideration"),
    ):  # fmt: skip
        work()
        assert (court.read(serial).state, learnt(door, serial)) == (court.read(serial).state, [])

    seen = []
    for work in (
        lambda: court.take(serial, "carry_out"), lambda: court.step(serial, "ask_renewal"), lambda: court.take(serial, "renew"),
        lambda: court.step(serial, "ask_lifting"), lambda: court.take(serial, "lift"),
    ):  # fmt: skip
        work()
        status, told = door.get(f"applications/{serial}")
        assert status == 200
        assert set(told) == {"serial_no", "kind", "case_number", "state", "papers"}
        assert told["papers"] == []
        seen.append(told["state"]["code"])
        # The request itself is read in short form; papers, feed and notices remain the applicant's.
        assert learnt(door, serial) == [f"applications/{serial}"]
    assert seen == LATER


def again(court: Court, serial: str) -> None:
    body = court.body(stage="in_action")
    outside.resubmit(
        court.house,
        court.ours.actor,
        court.ours.id,
        serial,
        {name: body[name] for name in body if name not in ("kind", "case_number")},
    )


@pytest.mark.parametrize("codes", [("receive", "refuse"), ("receive", "partly_grant")])
def test_a_refusal_is_never_learnt_and_a_ruling_only_once_carried_out(court, door, codes):
    serial = court.through(court.file(), *codes)
    assert learnt(door, serial) == []


def test_what_was_withdrawn_is_never_learnt(court, door):
    serial = court.file()
    outside.withdraw(court.house, court.ours.actor, court.ours.id, serial)
    assert court.read(serial).fields.outcome == "withdraw"
    assert learnt(door, serial) == []


def test_who_has_nothing_in_the_case_learns_nothing_even_afterwards(court):
    serial = court.in_force()
    stranger = Door(court)
    assert stranger.get(f"applications/{serial}")[0] == 404
    before_action = court.in_force("pre_action")
    assert stranger.get(f"applications/{before_action}")[0] == 404


def test_the_applicant_itself_sees_all_along(court):
    serial = court.file()
    owner = sa.select(ApplicationRow.client_id).where(ApplicationRow.serial_no == serial)
    with court.house.store.read() as connection:
        assert connection.scalar(owner) == court.ours.id
    told = [one.what for one in read_changes(court.house, COURT, court.ours.id, 0) if one.serial_no == serial]
    assert told == ["received"]
