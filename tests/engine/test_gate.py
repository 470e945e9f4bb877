"""The gate: on in one court, off in the other, from the next call, in every worker; nothing that waits is lost."""

import json
from io import BytesIO

import pytest

from core.api.app import api_application
from core.fields.problem import Reason, Refused
from core.gate import enabled
from core.loader import find_modules, load_modules
from core.records import Audit, Change, Delivery, Reminder
from core.values import Actor, QueueQuery
from core.work.changes import read_changes
from core.work.deliver import deliver_due
from core.work.places import place_of
from core.work.reminders import list_reminders
from core.work.switches import disable, enable, module_states
from host import build_house
from tests.support.acting import (
    body_of,
    conclude,
    count,
    file_one,
    module_code,
    page,
    read,
    rows,
    write_module,
)
from tests.support.houses import COURT, OPERATOR, OTHER, ROOT, TEST_MODULES, Fixture

AT_OTHER = Actor(court=OTHER, name="operator")
CHANNEL = """
from core import Module, Receipt, hookimpl
module = Module("channel", "channel", version="1.0")
SENT = []

@hookimpl
def notify(notice):
    SENT.append(notice.key)
    return Receipt(done=True, reference=str(len(SENT)))
"""


def call(fixture: Fixture, method: str, path: str, body: object = None) -> tuple[int, dict]:
    """Call the API's WSGI application directly."""
    raw = b"" if body is None else json.dumps(body).encode()
    told: list[str] = []
    environ = {
        "REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": path.encode().decode("latin-1"), "QUERY_STRING": "",
        "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(raw)), "wsgi.input": BytesIO(raw),
        "HTTP_AUTHORIZATION": f"Bearer {fixture.token}", "REMOTE_ADDR": "127.0.0.1",
    }  # fmt: skip
    answer = api_application(fixture.house)(environ, lambda status, headers: told.append(status))
    return int(told[0][:3]), json.loads(b"".join(answer))


def kinds(fixture: Fixture, court: str) -> set[str]:
    status, body = call(fixture, "GET", f"/api/v1/courts/{court}/kinds")
    assert status == 200
    return {one["kind"] for one in body["kinds"]}


@pytest.fixture
def house(new_house, tmp_path) -> Fixture:
    write_module(tmp_path / "drop", "channel", CHANNEL)
    return new_house("mediation", "exchange", "channel", folders=(TEST_MODULES, tmp_path / "drop"))


def test_a_queue_is_there_in_the_court_where_it_is_on_and_nowhere_else(house):
    serial = file_one(house, "exchange").serial_no
    assert [row.serial_no for row in page(house, house.actor("reviewer"), "exchange").rows] == [serial]
    with pytest.raises(Refused) as refused:
        page(house, house.actor("reviewer", OTHER), "exchange")
    assert refused.value.reason is Reason.NOT_FOUND


def test_off_and_on_again_hides_and_shows_with_nothing_lost(house):
    serial = file_one(house, "exchange").serial_no
    disable(house.house, OPERATOR, "exchange")
    with pytest.raises(Refused):
        page(house, house.actor("reviewer"), "exchange")
    with pytest.raises(Refused):
        conclude(house, "reviewer", "exchange", serial, "close")
    enable(house.house, OPERATOR, "exchange")
    assert [row.serial_no for row in page(house, house.actor("reviewer"), "exchange").rows] == [serial]
    assert read(house, serial).state == "OPEN"
    assert [row.action for row in rows(house, Audit, Audit.target == "exchange")][-2:] == ["module.disable", "module.enable"]  # fmt: skip


def test_the_api_offers_and_takes_a_kind_only_where_it_is_on(house):
    assert kinds(house, COURT) == {"mediation", "exchange", "exchange_item", "exchange_opinion"}
    assert kinds(house, OTHER) == set()
    body = body_of(house, "exchange")
    assert call(house, "POST", f"/api/v1/courts/{OTHER}/applications", body)[0] == 404
    assert call(house, "POST", f"/api/v1/courts/{COURT}/applications", body)[0] == 201
    enable(house.house, AT_OTHER, "exchange")
    assert kinds(house, OTHER) == {"exchange", "exchange_item", "exchange_opinion"}


def test_what_was_filed_is_not_shown_by_the_api_while_its_module_is_off(house):
    _, body = call(house, "POST", f"/api/v1/courts/{COURT}/applications", body_of(house, "exchange"))
    address = f"/api/v1/courts/{COURT}/applications/{body['serial_no']}"
    assert call(house, "GET", address)[0] == 200
    disable(house.house, OPERATOR, "exchange")
    assert call(house, "GET", address)[0] == 404
    assert call(house, "POST", f"{address}/messages", {"text": "在吗"})[0] == 404
    enable(house.house, OPERATOR, "exchange")
    assert call(house, "GET", address)[0] == 200


@pytest.mark.parametrize("off", ["exchange", "channel"])
def test_notices_are_held_while_off_and_delivered_once_it_is_on_again(house, off):
    file_one(house, "exchange")
    disable(house.house, OPERATOR, off)
    assert deliver_due(house.house) == 0
    house.clock.move(hours=1)
    assert [(row.status, row.attempts) for row in rows(house, Delivery)] == [("waiting", 0)]
    enable(house.house, OPERATOR, off)
    assert deliver_due(house.house) == 1
    assert deliver_due(house.house) == 0
    assert [row.status for row in rows(house, Delivery)] == ["done"]


def test_reminders_are_held_while_off_and_there_again_afterwards(house):
    file_one(house, "exchange")
    reviewer = house.actor("reviewer")
    assert len(list_reminders(house.house, reviewer)[0]) == 1
    disable(house.house, OPERATOR, "exchange")
    assert list_reminders(house.house, reviewer)[0] == []
    assert count(house, Reminder) == 2
    enable(house.house, OPERATOR, "exchange")
    assert len(list_reminders(house.house, reviewer)[0]) == 1


def test_the_change_feed_waits_at_a_module_that_is_off_and_skips_nothing(house):
    file_one(house, "exchange")
    file_one(house, "mediation")
    disable(house.house, OPERATOR, "exchange")
    assert read_changes(house.house, COURT, house.client, 0) == []
    enable(house.house, OPERATOR, "exchange")
    feed = read_changes(house.house, COURT, house.client, 0)
    assert [(one.cursor, one.module) for one in feed] == [(1, "exchange"), (2, "mediation")]
    assert count(house, Change) == 2


def test_a_second_worker_honours_the_switch_on_its_next_call(house, tmp_path):
    """Another process: its own loading, its own store on the same database."""
    file_one(house, "exchange")
    loaded = load_modules(find_modules([TEST_MODULES, tmp_path / "drop", ROOT / "plugins"]))
    second = build_house(house.house.settings, loaded)
    worker = Fixture(second, house.clock, house.people, house.client, house.token)
    try:
        assert len(page(worker, worker.actor("reviewer"), "exchange").rows) == 1
        disable(house.house, OPERATOR, "exchange")
        with pytest.raises(Refused):
            page(worker, worker.actor("reviewer"), "exchange")
        assert "exchange" not in kinds(worker, COURT)
        with second.store.read() as connection:
            on = enabled(connection, COURT)
        query = QueueQuery(
            worker.actor("reviewer"), "exchange", "exchange", place_of(second, "exchange", COURT)
        )
        assert second.hooks.list_queue(on, query).good == {}
        enable(house.house, OPERATOR, "exchange")
        assert len(page(worker, worker.actor("reviewer"), "exchange").rows) == 1
    finally:
        second.store.close()


def test_enabling_with_a_pending_migration_refuses_and_names_the_command(new_house, tmp_path):
    fixture = new_house()
    late = tmp_path / "late"
    write_module(late, "late", module_code("late"))
    house = build_house(fixture.house.settings, load_modules(find_modules([late])))
    try:
        with pytest.raises(Refused, match="benchside migrate") as refused:
            enable(house, OPERATOR, "late")
        assert (refused.value.reason, refused.value.code) == (Reason.CONFLICT, "pending_migration")
        assert [one.pending for one in module_states(house, COURT)] == [True]
    finally:
        house.store.close()


@pytest.fixture
def tied(new_house, tmp_path) -> Fixture:
    drop = tmp_path / "drop"
    write_module(drop, "ground", module_code("ground"))
    write_module(drop, "tower", module_code("tower", requires='"ground"'))
    write_module(drop, "bridge", module_code("bridge", requires='"ground"'))
    write_module(drop, "always", module_code("always", required="True"))
    write_module(drop, "broken", "1 / 0\n")
    return new_house("ground", "tower", "bridge", "always", folders=(drop,))


def test_disabling_what_others_need_is_refused_with_their_names(tied):
    with pytest.raises(Refused, match="bridge, tower") as refused:
        disable(tied.house, OPERATOR, "ground")
    assert refused.value.code == "needed"
    assert "bridge、tower" in refused.value.message.zh
    for name in ("tower", "bridge", "ground"):
        disable(tied.house, OPERATOR, name)
    assert {one.name for one in module_states(tied.house, COURT) if one.enabled} == {"always"}


def test_enabling_before_what_it_needs_is_refused_with_the_name(tied):
    with pytest.raises(Refused, match="ground"):
        enable(tied.house, AT_OTHER, "tower")
    enable(tied.house, AT_OTHER, "ground")
    enable(tied.house, AT_OTHER, "tower")


def test_a_required_module_cannot_be_switched_off(tied):
    with pytest.raises(Refused, match="required and stays on"):
        disable(tied.house, OPERATOR, "always")


def test_a_failed_module_cannot_be_switched_on_and_says_why(tied):
    with pytest.raises(Refused, match=r"broken failed to load \(import\): ZeroDivisionError"):
        enable(tied.house, OPERATOR, "broken")


def test_an_unknown_module_is_refused_with_those_there_are(tied):
    for switch in (enable, disable):
        with pytest.raises(Refused, match="no module nothing") as refused:
            switch(tied.house, OPERATOR, "nothing")
        assert refused.value.reason is Reason.NOT_FOUND
        assert "bridge" in refused.value.message.zh


def test_a_module_that_broke_while_on_can_still_be_switched_off(tied, tmp_path):
    write_module(tmp_path / "drop", "tower", "1 / 0\n# broken by an update\n")
    house = build_house(tied.house.settings, load_modules(find_modules([tmp_path / "drop"])))
    try:
        assert {one.name: one.enabled for one in module_states(house, COURT)}["tower"]
        disable(house, OPERATOR, "tower")
        assert not {one.name: one.enabled for one in module_states(house, COURT)}["tower"]
    finally:
        house.store.close()
