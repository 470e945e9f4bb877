"""A decision carried out in process, durable, against the same through the ORM's unit of work."""

import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from bench.filed import file_many
from bench.measure import Row, interleaved, median
from bench.place import COURTS, Place, place_of
from bench.works.peers.orm_review import OrmReview
from core.records import Delivery, History
from core.values import Actor
from core.work.house import House
from core.work.review import decide, save_review
from core.work.snapshots import by_serial
from core.work.switches import enable
from core.work.tokens import words_of

ROUNDS = 150
SMALL = 1_000
FORM = {"procedure": ["ordinary"], "fee_category": ["prop"], "prepaid_fee": ["0"]}


def rows(_: Place, rounds: int = ROUNDS) -> Iterator[Row]:
    """Measure both on one database, decision by decision in turns."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "copy")
        shutil.copytree(place_of(SMALL).folder, copy)
        place = Place(copy, SMALL)
        yield measured(place, rounds)
        place.house.store.close()


def measured(place: Place, rounds: int) -> Row:
    """Return the line, having seen to it that both wrote the same."""
    house, actor = place.house, place.actor("reviewer")
    enable(house, Actor(court=COURTS[0], name="operator"), "sms")
    filed = [one.serial_no for one in file_many(place, 2 * (rounds + 3))]
    for serial_no in filed:
        save_review(
            house,
            actor,
            "filing",
            serial_no,
            decision="approve",
            opinion="符合起诉条件。",
            form=FORM,
            version=1,
        )
    theirs, ours = iter(filed[::2]), iter(filed[1::2])
    orm, words, told = (
        OrmReview(house.store, house.modules, "filing"),
        _words(house, filed[0]),
        "已通过审查。" * 8,
    )
    took = interleaved(
        {
            "orm": lambda: orm.decide(actor, next(theirs), "APPROVED", words, told, datetime.now(UTC)),
            "ours": lambda: decide(house, actor, "filing", next(ours), "approve", 1),
        },
        rounds,
    )
    assert _written(house, filed[0::2]) == _written(house, filed[1::2])
    slow, quick = median(took["orm"]), median(took["ours"])
    return Row(
        work="review: state, history, audit, outbox in one transaction", got=slow / quick, unit="x", target=3, better="higher",
        note=f"{quick * 1e3:.2f} ms against {slow * 1e3:.2f} ms through the ORM, which checks nothing",
    )  # fmt: skip


def _words(house: House, serial_no: str) -> list[str]:
    with house.store.read() as connection:
        application = by_serial(connection, house.modules, COURTS[0], serial_no)
    return list(words_of(house.modules.sides["filing"].flow, application))


def _written(house: House, serials: list[str]) -> list[int]:
    """Return how many rows of history and outbox the requests have."""
    with house.store.read() as connection:
        keys = [by_serial(connection, house.modules, COURTS[0], one).id for one in serials]
        return [
            connection.scalar(sa.select(sa.func.count()).where(table.application_id.in_(keys))) or 0
            for table in (History, Delivery)
        ]
