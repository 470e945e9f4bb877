"""The audit log is sealed behind the writers' backs, and every change of it is found; on both databases."""

import json
from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa
from attrs import evolve

from core.records import Audit, AuditSeal
from core.work import upgrade
from core.work.check_audit import check_audit
from core.work.house import House
from core.work.seal import LATE, Sealer
from core.work.seal_heads import NAME, Head
from core.work.transaction import Transaction
from core.work.worker import Worker
from tests.support.houses import COURT, OPERATOR, OTHER


def note(house: House, number: int, court: str = COURT) -> None:
    def work(connection: sa.Connection) -> None:
        Transaction(house, connection, evolve(OPERATOR, court=court), house.clock()).audit(
            "test", str(number), {"名": number}
        )

    house.store.write(work)


def change(house: House, statement: sa.Executable) -> None:
    house.store.write(lambda connection: connection.execute(statement))


def codes(house: House, others: dict[str, Head] | None = None) -> list[str]:
    return [one.code for one in check_audit(house, others)]


@pytest.fixture
def house(new_house) -> House:
    """A house with a chain of three seals in one court and one in the other."""
    made = new_house().house
    for round_ in range(3):
        for number in range(4):
            note(made, 10 * round_ + number)
        note(made, round_, OTHER)
        Sealer(made).seal(all_of_it=True)
    assert codes(made) == []
    return made


@pytest.fixture
def ids(house: House) -> list[int]:
    with house.store.read() as connection:
        return list(
            connection.scalars(sa.select(Audit.id).where(Audit.court_code == COURT).order_by(Audit.id))
        )


def test_every_entry_is_sealed_once_and_a_later_one_waits(house, ids):
    with house.store.read() as connection:
        kept = connection.scalars(sa.select(AuditSeal.entries).where(AuditSeal.court_code == COURT))
        sealed = [int(one.split(":")[0]) for row in kept for one in row.split(" ")]
    assert sealed == ids
    note(house, 99)
    assert codes(house) == ["audit_waiting"]
    assert Sealer(house).seal() == 1
    assert Sealer(house).seal() == 0
    assert codes(house) == []


@pytest.mark.parametrize(
    "values",
    [
        {"actor": "another"},
        {"succeeded": False},
        {"data": {"名": 7}},
        {"target": "x"},
        {"address": "10.0.0.1"},
    ],
    ids=lambda values: next(iter(values)),
)
def test_an_entry_that_was_changed_is_named(house, ids, values):
    change(house, sa.update(Audit).where(Audit.id == ids[2]).values(**values))
    found = list(check_audit(house))
    assert [one.code for one in found] == ["audit_changed"]
    assert str(ids[2]) in found[0].message.en


def test_an_entry_that_was_removed_is_named(house, ids):
    change(house, sa.delete(Audit).where(Audit.id == ids[1]))
    found = list(check_audit(house))
    assert [one.code for one in found] == ["audit_removed"]
    assert str(ids[1]) in found[0].message.en


def test_an_entry_that_was_inserted_among_sealed_ones_is_named(house, ids):
    """Its number was free: that of an entry which another was removed for, or of another court."""
    change(house, sa.delete(Audit).where(Audit.id == ids[1]))
    change(house, sa.update(Audit).where(Audit.court_code == OTHER).values(court_code=COURT))
    at = house.clock() + LATE + timedelta(minutes=1)
    house.clock.now = at
    assert {"audit_removed", "audit_inserted"} <= set(codes(house))


def test_the_end_cut_off_with_its_seals_is_found_by_the_head_outside(house):
    with house.store.read() as connection:
        last = connection.execute(
            sa.select(AuditSeal.__table__)
            .where(AuditSeal.court_code == COURT)
            .order_by(AuditSeal.number.desc())
        ).first()
    change(house, sa.delete(Audit).where(Audit.court_code == COURT, Audit.id >= last.first_id))
    change(house, sa.delete(AuditSeal).where(AuditSeal.court_code == COURT, AuditSeal.number == last.number))
    assert codes(house) == ["audit_cut"]
    (house.settings.data_dir / NAME).unlink()
    assert codes(house) == []
    assert codes(house, {COURT: Head(COURT, last.number, last.digest)}) == ["audit_cut"]


@pytest.mark.parametrize("column", ["digest", "previous", "entries", "last_at", "first_id"])
def test_a_seal_that_was_changed_is_found(house, column):
    with house.store.read() as connection:
        mine = (AuditSeal.court_code == COURT, AuditSeal.number == 2)
        row = connection.execute(sa.select(AuditSeal.__table__).where(*mine)).one()
    other = {
        "digest": row.digest[:-1] + ("0" if row.digest[-1] != "0" else "1"),
        "previous": "sha256:" + "0" * 64,
        "entries": row.entries + "x",
        "last_at": row.last_at + timedelta(seconds=1),
        "first_id": row.first_id + 1,
    }
    change(house, sa.update(AuditSeal).where(*mine).values({column: other[column]}))
    assert set(codes(house)) & {"seal_changed", "audit_changed"}


def test_a_missing_seal_is_found(house):
    change(house, sa.delete(AuditSeal).where(AuditSeal.court_code == COURT, AuditSeal.number == 2))
    assert "seal_missing" in codes(house)


def test_a_chain_that_was_sealed_anew_after_a_change_differs_from_the_head_outside(house, ids):
    change(house, sa.update(Audit).where(Audit.id == ids[2]).values(actor="another"))
    change(house, sa.delete(AuditSeal))
    heads = (house.settings.data_dir / NAME).read_bytes()
    Sealer(house).seal(all_of_it=True)
    (house.settings.data_dir / NAME).write_bytes(heads)
    assert set(codes(house)) & {"seal_replaced", "audit_cut"}


@pytest.mark.parametrize("founded_url", ["postgresql"], indirect=True)  # SQLite has one writer at a time
def test_an_entry_committed_after_later_ones_were_sealed_is_sealed_next(new_house):
    """Its transaction was open while others went on: nothing is lost, and the chain holds."""
    house = new_house().house
    with house.store.engine.connect() as open_, open_.begin():
        Transaction(house, open_, OPERATOR, house.clock()).audit("late", "1")
        late = open_.scalar(sa.select(sa.func.max(Audit.id)))
        note(house, 2)
        Sealer(house).seal(all_of_it=True)
        assert codes(house) == []
    assert codes(house) == ["audit_late"]
    with house.store.read() as connection:
        assert connection.scalar(sa.select(sa.func.max(AuditSeal.last_id))) > late
    assert Sealer(house).seal() == 1
    assert codes(house) == []
    change(house, sa.update(Audit).where(Audit.id == late).values(actor="another"))
    assert codes(house) == ["audit_changed"]


def test_of_two_sealers_one_writes_each_seal(new_house):
    house = new_house().house
    Sealer(house).seal(all_of_it=True)
    note(house, 1)
    first, second = Sealer(house), Sealer(house)
    write = house.store.write

    def meanwhile(work):
        house.store.__dict__["write"] = write
        second.seal()
        return write(work)

    house.store.__dict__["write"] = meanwhile
    try:
        assert first.seal() == 0
    finally:
        house.store.__dict__.pop("write", None)
    assert codes(house) == []


def test_the_head_of_a_sealer_who_died_before_writing_it_is_written_later(house):
    path = house.settings.data_dir / NAME
    path.unlink()
    Sealer(house).seal()
    heads = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert {one["court"] for one in heads} == {COURT, OTHER}


def test_a_court_may_have_its_chain_in_sm3(new_house):
    house = new_house(audit_digest="sm3").house
    note(house, 1)
    Sealer(house).seal(all_of_it=True)
    with house.store.read() as connection:
        assert connection.scalar(sa.select(AuditSeal.digest).limit(1)).startswith("sm3:")
    assert codes(house) == []


def test_the_worker_seals_now_and_then(new_house):
    house = new_house().house
    worker = Worker(house)
    worker.seal(house)
    assert codes(house) == []
    note(house, 1)
    worker.seal(house)
    assert codes(house) == ["audit_waiting"]


def test_a_try_of_an_upgrade_knows_of_no_seal_that_came_after_its_copy(house, monkeypatch):
    """Others go on meanwhile: that is no chain that was cut. One that was cut before is."""
    copied = upgrade.snapshot

    @contextmanager
    def sealed_meanwhile(store, folder):
        with copied(store, folder) as saved:
            yield saved
        note(house, 99)
        Sealer(house).seal(all_of_it=True)

    monkeypatch.setattr(upgrade, "snapshot", sealed_meanwhile)
    trial = upgrade.try_upgrade(house)
    assert (trial.good, trial.changed, [one.code for one in trial.findings if one.wrong]) == (True, (), [])
    last = sa.select(sa.func.max(AuditSeal.number)).where(AuditSeal.court_code == COURT).scalar_subquery()
    change(house, sa.delete(AuditSeal).where(AuditSeal.court_code == COURT, AuditSeal.number == last))
    assert "audit_cut" in [one.code for one in upgrade.try_upgrade(house).findings]
