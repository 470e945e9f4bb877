"""A backup taken while others write equals the database of one moment, with every file it names; restored, it serves."""

import hashlib
import io
import shutil
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from attrs import evolve

from core.fields.problem import Refused
from core.records import ApplicationRow, Audit, Blob, History
from core.store.blobs import Blobs
from core.store.engine import Store
from core.values import Actor
from core.work import files
from core.work.backup import backup, newest, read_manifest, restore
from core.work.check_audit import check_audit
from core.work.seal import Sealer
from tests.support.acting import PDF, file_one, page, upload
from tests.support.houses import COURT, Fixture


@pytest.fixture
def fixture(new_house) -> Fixture:
    made = new_house("mediation")
    upload(made)
    for number in range(5):
        file_one(made, "mediation", number)
    Sealer(made.house).seal(all_of_it=True)
    return made


@pytest.fixture
def empty(fixture, tmp_path, request):
    """A new place: an empty database of the same brand, and a folder that is not there."""
    url = f"sqlite:///{tmp_path / 'new' / 'benchside.db'}"
    if fixture.house.store.brand != "sqlite":
        url = request.getfixturevalue("new_postgres")()
    with closing(Store(url, ring=fixture.house.store.ring)) as store:
        yield store, tmp_path / "new"


def contents(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table, as the driver gives it."""
    with store.read() as connection:
        names = sa.inspect(connection).get_table_names()
        return {
            name: sorted(map(repr, connection.exec_driver_sql(f'SELECT * FROM "{name}"'))) for name in names
        }


def told(index: Any) -> str:
    """Return an index in words; what it is limited to is an object that says only where it lies."""
    options = {name: str(value) for name, value in index.get("dialect_options", {}).items()}
    return repr({**index, "dialect_options": options})


def schema(store: Store) -> dict[str, object]:
    with store.read() as connection:
        inspector = sa.inspect(connection)
        return {
            name: (
                [
                    (one["name"], str(one["type"]), one["nullable"], one["default"])
                    for one in inspector.get_columns(name)
                ],
                sorted(map(told, inspector.get_indexes(name))),
                sorted(map(repr, inspector.get_foreign_keys(name))),
                inspector.get_pk_constraint(name),
                sorted(map(repr, inspector.get_unique_constraints(name))),
            )
            for name in inspector.get_table_names()
            if not name.startswith("application_terms_")
        }


def stored(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("files/??/*")}


def test_a_restored_place_equals_its_source_row_by_row_and_file_by_file_and_serves(fixture, empty, tmp_path):
    house, (store, folder) = fixture.house, empty
    done = backup(house, tmp_path / "kept")
    assert (done.files, done.copied, done.faults) == (1, 1, ())
    restore(tmp_path / "kept", store, folder)
    assert contents(store) == contents(house.store)
    assert schema(store) == schema(house.store)
    assert stored(folder) == stored(house.settings.data_dir)
    assert {name: digest for name, digest in stored(folder).items() if name != digest} == {}
    again = evolve(
        house, store=store, blobs=Blobs(folder / "files"), settings=evolve(house.settings, data_dir=folder)
    )
    assert list(check_audit(again)) == []
    there = Fixture(again, fixture.clock, fixture.people, fixture.client, fixture.token)
    assert len(page(there, there.actor("president"), "mediation").rows) == 5
    file_one(there, "mediation", 99)
    assert len(page(there, there.actor("president"), "mediation").rows) == 6


def test_what_is_written_meanwhile_is_in_it_whole_or_not_at_all(fixture, empty, tmp_path):
    house, (store, folder) = fixture.house, empty
    ending, begun = threading.Event(), threading.Event()
    actor = Actor(court=COURT, client="outside", name="outside")

    def write() -> None:
        number = 100
        while not ending.is_set():
            content = PDF + str(number).encode()
            files.put_file(
                house, actor, fixture.client, hashlib.sha256(content).hexdigest(), io.BytesIO(content)
            )
            file_one(fixture, "mediation", number)
            number += 1
            begun.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert begun.wait(20)
        for _ in range(3):
            fixture.clock.move(seconds=1)
            last = backup(house, tmp_path / "kept").place
    finally:
        ending.set()
        writer.join()
    restore(last, store, folder)
    with store.read() as connection:
        filed = set(connection.scalars(sa.select(ApplicationRow.id)))
        assert len(filed) > 5
        assert set(connection.scalars(sa.select(History.application_id))) == filed
        assert set(connection.scalars(sa.text("SELECT id FROM mediation__mediation"))) == filed
        serials = set(connection.scalars(sa.select(ApplicationRow.serial_no)))
        assert serials <= set(connection.scalars(sa.select(Audit.target)))
        assert set(connection.scalars(sa.select(Blob.sha256))) == set(stored(folder))


def test_files_that_an_earlier_backup_brought_are_not_copied_again(fixture, tmp_path):
    assert backup(fixture.house, tmp_path / "kept").copied == 1
    fixture.clock.move(seconds=1)
    assert backup(fixture.house, tmp_path / "kept").copied == 0


def test_a_damaged_file_is_told_and_not_kept_as_good(fixture, tmp_path):
    path = next((fixture.house.settings.data_dir / "files").glob("??/*"))
    path.write_bytes(path.read_bytes() + b"x")
    done = backup(fixture.house, tmp_path / "kept")
    assert done.faults == (path.name,)
    assert read_manifest(done.place)["files"]["faults"] == [path.name]


def test_the_keys_are_in_no_backup(fixture, tmp_path):
    backup(fixture.house, tmp_path / "kept")
    secret = fixture.house.settings.keys.read_bytes()
    assert all(secret not in path.read_bytes() for path in (tmp_path / "kept").rglob("*") if path.is_file())


def test_a_place_in_use_and_a_damaged_or_unfinished_backup_are_refused(fixture, empty, tmp_path):
    store, folder = empty
    with pytest.raises(Refused, match="no backup"):
        newest(tmp_path / "nothing")
    place = backup(fixture.house, tmp_path / "kept").place
    with pytest.raises(Refused, match="not empty"):
        restore(place, fixture.house.store, folder)
    damaged = next(path for path in place.iterdir() if path.suffix in {".sqlite3", ".gz"})
    damaged.write_bytes(damaged.read_bytes()[:-1])
    with pytest.raises(Refused, match="damaged"):
        restore(place, store, folder)
    shutil.rmtree(place)
    (place.parent / ".x.partial").mkdir()
    with pytest.raises(Refused, match="no backup"):
        newest(tmp_path / "kept")
