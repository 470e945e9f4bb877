"""The integrity report names what is damaged, and says so only of that; on both databases."""

import pytest
import sqlalchemy as sa

from core.records import ApplicationRow, Audit, Blob, QueueCount
from core.work.check import check
from core.work.house import House
from core.work.seal import Sealer
from tests.support.acting import DIGEST, file_one, upload


@pytest.fixture
def house(new_house) -> House:
    made = new_house("mediation")
    upload(made)
    for number in range(3):
        file_one(made, "mediation", number)
    Sealer(made.house).seal(all_of_it=True)
    assert codes(made.house) == []
    return made.house


def codes(house: House, *, fast: bool = False) -> list[str]:
    return [one.code for one in check(house, fast=fast)]


def change(house: House, statement: sa.Executable) -> None:
    house.store.write(lambda connection: connection.execute(statement))


def test_one_flipped_bit_in_a_file_is_found_unless_contents_are_not_read(house):
    path = house.blobs.path(DIGEST)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    found = list(check(house))
    assert [one.code for one in found] == ["file_changed"]
    assert DIGEST in found[0].message.zh
    assert codes(house, fast=True) == []
    path.write_bytes(content[:-1])
    assert codes(house, fast=True) == ["file_changed"]


def test_a_missing_file_is_found(house):
    house.blobs.path(DIGEST).unlink()
    assert codes(house) == codes(house, fast=True) == ["file_missing"]


def test_a_file_nobody_refers_to_is_told_and_no_fault(house):
    folder = house.blobs.folder / "ab"
    folder.mkdir(exist_ok=True)
    (folder / ("ab" * 32)).write_bytes(b"left over")
    found = list(check(house))
    assert [(one.code, one.wrong) for one in found] == [("file_unknown", False)]


def test_a_request_without_its_row_in_the_table_of_its_kind_is_named(house):
    with house.store.read() as connection:
        key, serial = connection.execute(sa.select(ApplicationRow.id, ApplicationRow.serial_no)).first()
    side = house.modules.sides["mediation"].table
    change(house, sa.delete(side).where(side.c.id == key))
    found = list(check(house))
    assert [one.code for one in found] == ["side_missing"]
    assert serial in found[0].message.en


def test_a_state_that_no_queue_knows_and_the_count_it_upsets_are_found(house):
    change(house, sa.update(ApplicationRow).values(state="NOWHERE"))
    assert set(codes(house)) == {"state_unknown", "count_differs"}


def test_a_count_that_disagrees_is_found(house):
    change(house, sa.update(QueueCount).values(count=QueueCount.count + 1))
    assert set(codes(house)) == {"count_differs"}


def test_a_request_that_no_search_finds_is_named(house):
    change(house, sa.text("DELETE FROM application_terms"))
    assert codes(house) == ["words_missing"]


def test_a_changed_audit_entry_is_found(house):
    change(house, sa.update(Audit).where(Audit.action == "mediation.submit").values(actor="another"))
    assert set(codes(house)) == {"audit_changed"}


def test_a_row_of_a_file_that_says_another_size_is_found(house):
    change(house, sa.update(Blob).values(size=Blob.size + 1))
    assert codes(house, fast=True) == ["file_changed"]


def test_progress_is_told_to_the_end(house):
    steps = []
    list(check(house, progress=lambda *one: steps.append(one)))
    assert steps[0] == ("files", 0, 256)
    assert steps[-1] == ("audit", 1, 1)
