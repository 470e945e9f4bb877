"""Keys: what they refuse, how they are changed while the house is in use, and what the command line says of them."""

import json
import os
import shutil

import pytest
import sqlalchemy as sa
from cryptography.exceptions import InvalidTag

from core.records import SealProgress
from core.store.ciphers import Sm4Gcm
from core.store.keyring import KeysUnfit, make_keys, new_keys, read_keys, write_keys
from core.store.sealed import MARK, NotOpened, Ring
from core.work import reseal as going_over
from core.work.keys import check_keys, establish
from core.work.reseal import reseal, sealed_columns, uses
from tests.cli.conftest import operator, run
from tests.personal.numbers import FIELDS, FOLDERS, RESIDENT, file_person
from tests.support.acting import page, read
from tests.support.houses import KEYS

__all__ = ["operator", "run"]


@pytest.fixture
def drop():
    return FOLDERS[0]


@pytest.fixture
def fixture(new_house, tmp_path):
    made = new_house("person", folders=FOLDERS)
    shutil.copy(KEYS, tmp_path / "keys.json")
    made.house.store.ring = Ring(tmp_path / "keys.json")
    return made


@pytest.fixture
def file(tmp_path):
    make_keys(tmp_path / "k" / "keys.json")
    return tmp_path / "k" / "keys.json"


def test_what_is_sealed_opens_only_whole_in_its_place_and_with_its_key(file, tmp_path):
    ring = Ring(file)
    sealed = ring.seal("a.b", RESIDENT)
    assert sealed.startswith(MARK)
    assert sealed != ring.seal("a.b", RESIDENT)
    assert ring.open("a.b", sealed) == RESIDENT
    make_keys(tmp_path / "other.json")
    changed = sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:]
    for place, stored, one in (
        ("a.c", sealed, ring),
        ("a.b", changed, ring),
        ("a.b", sealed, Ring(tmp_path / "other.json")),
    ):
        with pytest.raises(NotOpened) as refused:
            one.open(place, stored)
        assert RESIDENT not in str(refused.value)


def test_sm4_seals_likewise(file):
    write_keys(file, new_keys("SM4-GCM"))
    ring = Ring(file)
    assert ring.open("a.b", ring.seal("a.b", RESIDENT)) == RESIDENT
    sealer = Sm4Gcm(b"k" * 16)
    made = sealer.encrypt(b"n" * 12, b"text", b"place")
    for data, place in (
        (made, b"another"),
        (made[:-1] + bytes([made[-1] ^ 1]), b"place"),
        (b"short", b"place"),
    ):
        with pytest.raises(InvalidTag):
            sealer.decrypt(b"n" * 12, data, place)


def test_the_file_is_its_owners_alone_and_says_what_is_wrong_with_it(file):
    assert file.stat().st_mode & 0o777 == 0o600
    before = file.read_text()
    make_keys(file)
    assert file.read_text() == before
    secrets = [one["key"] for one in json.loads(before)["sealing"]]
    assert not any(secret in repr(read_keys(file)) for secret in secrets)
    file.chmod(0o644)
    with pytest.raises(KeysUnfit, match="keys_file"):
        read_keys(file)
    file.chmod(0o600)
    for text in (
        "",
        "{}",
        before.replace("AES-256-GCM", "ROT13"),
        before.replace(secrets[0], secrets[0][:8]),
    ):
        file.write_text(text)
        with pytest.raises(KeysUnfit, match="keys_file"):
            read_keys(file)


def test_a_house_with_no_keys_or_another_ones_is_refused(fixture, tmp_path):
    store = fixture.house.store
    make_keys(tmp_path / "other.json")
    for path in (tmp_path / "missing.json", tmp_path / "other.json"):
        store.ring = Ring(path)
        for check in (check_keys, establish):
            with pytest.raises(KeysUnfit, match="BENCHSIDE_KEYS_FILE"):
                check(store)
    assert not (tmp_path / "missing.json").exists()


def test_a_new_key_is_taken_up_and_everything_sealed_anew_in_batches(fixture, monkeypatch):
    monkeypatch.setattr(going_over, "BATCH", 2)
    serials = [file_person(fixture, number) for number in range(5)]
    store = fixture.house.store
    ring = store.ring
    old = ring.keys.current.id
    assert uses(store)[old] > 20
    write_keys(ring.path, ring.keys.rotated("SM4-GCM", ring.keys.current.made_at))
    ring.refresh()
    new = ring.keys.current.id
    serials.append(file_person(fixture, 9))
    assert uses(store)[old] > 20
    assert uses(store)[new] > 4
    assert reseal(fixture.house) >= 5
    assert {name: count for name, count in uses(store).items() if name in (old, "")} == {old: 0, "": 0}
    assert reseal(fixture.house) == 0
    for serial in serials:
        application = read(fixture, serial)
        assert application.fields.resident_id == RESIDENT
        assert application.fields.relatives[0].phone == FIELDS["relatives"][0]["phone"]
        assert application.submitter.phone == "19900000009"
    assert len(page(fixture, fixture.actor("reviewer"), "person", q=RESIDENT).rows) == 6


def test_what_was_stored_before_there_were_keys_is_read_then_sealed_and_found(fixture):
    serial = file_person(fixture)
    one = next(one for one in sealed_columns() if str(one.column) == "person__person.resident_id")
    clear = sa.table(one.table.name, sa.column("resident_id", sa.Text))
    store = fixture.house.store
    store.write(lambda connection: connection.execute(sa.update(clear).values(resident_id=RESIDENT)))
    store.write(lambda connection: connection.execute(sa.text("DELETE FROM application_terms")))
    assert read(fixture, serial).fields.resident_id == RESIDENT
    assert uses(store)[""] == 1
    reseal(fixture.house)
    assert uses(store)[""] == 0
    assert [row.serial_no for row in page(fixture, fixture.actor("reviewer"), "person", q=RESIDENT).rows] == [
        serial
    ]


def test_going_over_goes_on_where_it_stopped(fixture, monkeypatch):
    monkeypatch.setattr(going_over, "BATCH", 1)
    for number in range(3):
        file_person(fixture, number)
    store = fixture.house.store
    write_keys(store.ring.path, store.ring.keys.rotated("AES-256-GCM", store.ring.keys.current.made_at))
    store.ring.refresh()
    seen = []
    whole = going_over._batch

    def stops(connection, table, columns, after, current):
        seen.append((table.name, list(after)))
        if len([one for one in seen if one[0] == "application"]) == 3:
            raise InterruptedError
        return whole(connection, table, columns, after, current)

    monkeypatch.setattr(going_over, "_batch", stops)
    with pytest.raises(InterruptedError):
        reseal(fixture.house)
    with store.read() as connection:
        kept = connection.scalar(sa.select(SealProgress.after).where(SealProgress.place == "application"))
    assert kept
    assert seen[-1] == ("application", kept)
    seen.clear()
    reseal(fixture.house)
    assert ("application", kept) in seen
    assert ("application", []) not in seen


def test_the_command_line_rotates_reseals_and_retires(fixture, run, monkeypatch, tmp_path):
    monkeypatch.setitem(os.environ, "BENCHSIDE_KEYS_FILE", str(tmp_path / "keys.json"))
    file_person(fixture)
    old = fixture.house.store.ring.keys.current.id
    secret = json.loads((tmp_path / "keys.json").read_text())["sealing"][-1]["key"]
    told = run("keys", "list")
    assert (told.exit_code, f"{old} " in told.output, "in use" in told.output) == (0, True, True), told.output
    assert "person__person__relatives.phone" in run("keys", "fields").output.split()
    assert run("keys", "retire", old).exit_code == 1
    assert run("keys", "rotate").exit_code == 0
    early = run("keys", "retire", old)
    assert (early.exit_code, "minute" in early.output) == (1, True)
    _age(tmp_path / "keys.json")
    assert "reseal" in run("keys", "retire", old).output
    assert run("keys", "reseal").exit_code == 0
    done = run("keys", "retire", old)
    assert done.exit_code == 0, done.output
    held = (tmp_path / "keys.json").read_text()
    assert old not in held
    assert secret not in held
    (tmp_path / "keys.json").unlink()
    refused = run("keys", "list")
    assert (refused.exit_code, "BENCHSIDE_KEYS_FILE" in refused.output) == (1, True)


def _age(path):
    told = json.loads(path.read_text())
    for one in told["sealing"]:
        one["made_at"] = "2020-01-01T00:00:00+00:00"
    path.write_text(json.dumps(told))
