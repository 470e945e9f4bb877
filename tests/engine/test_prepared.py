"""Prepared statements write and read what the same statements do when SQLAlchemy sends them."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from core.records import Audit, Delivery, QueueCount, SerialCounter
from core.store.engine import Store
from core.store.prepared import PreparedRead, PreparedWrite, inserting
from core.store.upsert import upserting
from tests.support.houses import COURT, START

ENTRY = {
    "court_code": COURT, "at": START, "actor": "甲某某 100%", "action": "a", "target": "t", "data": {"number": 1, "名": ["一"]},
}  # fmt: skip
WRITE = inserting(Audit, *ENTRY)
READ = PreparedRead(
    sa.select(Audit.__table__).where(Audit.target == sa.bindparam("target")).order_by(Audit.id)
)
COUNT = upserting(
    QueueCount, ("court_code", "module", "handler_id", "kind", "state"), ("count",),
    {"count": QueueCount.count + sa.bindparam("step")},
)  # fmt: skip
NEXT = upserting(SerialCounter, ("stem",), ("last",), {"last": SerialCounter.last + 1}, SerialCounter.last)
KEY = {"court_code": COURT, "module": "m", "handler_id": 7, "kind": "k", "state": "s"}
DELIVERY = {
    "key": "k-1", "court_code": COURT, "module": "", "hook": "notify", "channel": "sms", "payload": {}, "status": "waiting",
    "next_at": START, "created_at": START,
}  # fmt: skip


@pytest.fixture
def store(new_house) -> Store:
    store: Store = new_house().house.store
    return store


def test_a_row_is_the_one_that_sqlalchemy_would_have_written(store):
    """Defaults of columns left out, JSON, moments and signs that a driver might take for its own come out alike."""

    def work(connection: sa.Connection) -> None:
        WRITE.run(connection, ENTRY)
        connection.execute(sa.insert(Audit).values(ENTRY))
        WRITE.later(connection, ENTRY, ENTRY)

    store.write(work)
    columns = sa.text("SELECT court_code, at, actor, actor_id, client, address, request_id, action, succeeded, data FROM audit WHERE target = 't'")  # fmt: skip
    with store.read() as connection:
        raw = [tuple(map(str, row)) for row in connection.execute(columns)]
        assert len(raw) == 4
        assert len(set(raw)) == 1
        held = READ.all(connection, {"target": "t"})
        plain = connection.execute(
            sa.select(Audit.__table__).where(Audit.target == "t").order_by(Audit.id)
        ).all()
        assert [tuple(one) for one in held] == [tuple(one) for one in plain]
        assert (held[0].at, held[0].data, held[0].client) == (START, ENTRY["data"], "")
        assert READ.first(connection, {"target": "nothing"}) is None
        assert READ.scalar(connection, {"target": "nothing"}) is None


def test_an_upsert_counts_on_and_a_counter_gives_each_number_once(store):
    def work(connection: sa.Connection) -> list[int]:
        for step in (1, 1, -1):
            assert COUNT.run(connection, {**KEY, "count": step, "step": step}) == 1
        return [NEXT.returning(connection, {"stem": "LA", "last": 1}).last for _ in range(3)]

    assert store.write(work) == [1, 2, 3]
    with store.read() as connection:
        assert connection.scalar(sa.select(QueueCount.count).where(QueueCount.module == "m")) == 1


def test_the_driver_s_refusals_are_those_of_sqlalchemy_and_tell_no_values(store):
    """Whoever catches IntegrityError catches it of a prepared statement too; what was written is not in its text."""
    write = inserting(Delivery, *DELIVERY)

    def work(connection: sa.Connection) -> None:
        write.later(connection, *[DELIVERY | {"payload": {"to_phone": "19900000001"}}] * 2)

    with pytest.raises(IntegrityError) as caught:
        store.write(work)
    assert "19900000001" not in str(caught.value)


def test_changes_are_bound_by_their_own_names(store):
    store.write(lambda connection: WRITE.run(connection, ENTRY))
    change = PreparedWrite(
        sa.update(Audit.__table__)
        .where(Audit.target == sa.bindparam("which"), Audit.actor.is_not(None))
        .values(
            data=sa.bindparam("new", type_=Audit.data.type), at=sa.bindparam("moment", type_=Audit.at.type)
        )
    )
    values = {"which": "t", "new": {"a": 1}, "moment": START}
    assert store.write(lambda connection: change.run(connection, values)) == 1
    assert store.write(lambda connection: change.run(connection, values | {"which": "nothing"})) == 0
    with store.read() as connection:
        assert READ.first(connection, {"target": "t"}).data == {"a": 1}


@pytest.mark.parametrize("count", [0, 1, 7, 16, 17, 45])
def test_however_many_rows_are_written_each_is_there_once_in_its_order(store, count):
    rows = [ENTRY | {"target": "many", "action": str(place)} for place in range(count)]
    store.write(lambda connection: WRITE.later(connection, *rows))
    with store.read() as connection:
        assert [row.action for row in READ.all(connection, {"target": "many"})] == [
            one["action"] for one in rows
        ]
