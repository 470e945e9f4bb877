"""The books at the end: what was answered is in the database, once; counts are right; everything that was to leave has left."""

from collections import Counter
from collections.abc import Iterable

import sqlalchemy as sa

from core.records import ApplicationFile, ApplicationRow, Comment, Delivery, History, QueueCount
from core.work.house import House
from tests.load.journeys import Filed, Memory
from tests.support.ports import wait_until


def faults(memory: Memory, seconds: float) -> list[str]:
    """Return all that does not agree, after the outbox had so many seconds to drain."""
    house = memory.court.place.house
    wait_until(lambda: not waiting(house), "the outbox to drain", seconds)
    return [*filed(house, memory), *counted(house), *delivered(house, memory), *followed(memory)]


def waiting(house: House) -> int:
    """Return how much is still to be delivered."""
    with house.store.read() as connection:
        return connection.scalar(sa.select(sa.func.count()).where(Delivery.status == "waiting")) or 0


def filed(house: House, memory: Memory) -> Iterable[str]:
    """Every 201 is there, once, with its files, its one decision and its messages; and nothing else is."""
    clients = [one.id for one in memory.court.clients]
    mine = ApplicationRow.client_id.in_(clients)
    with house.store.read() as connection:
        rows = {
            row.serial_no: row for row in connection.execute(sa.select(ApplicationRow.__table__).where(mine))
        }
        files, steps, said = (
            _grouped(connection, sa.select(key, value).join(ApplicationRow, ApplicationRow.id == key).where(mine))
            for key, value in (
                (ApplicationFile.application_id, ApplicationFile.sha256), (History.application_id, History.step),
                (Comment.application_id, Comment.text),
            )
        )  # fmt: skip
    answered = Counter(one.serial_no for one in memory.filed)
    yield from (f"{serial} was answered {times} times" for serial, times in answered.items() if times > 1)
    yield from (f"{serial} was answered 201 and is not there" for serial in answered.keys() - rows.keys())
    # A journey whose answer was wrong files all the same; it is in the table of what was wrong.
    for one in memory.filed:
        row = rows.get(one.serial_no)
        if row is not None:
            yield from _told(one, row, files[row.id], steps[row.id], said[row.id])


def _told(one: Filed, row: sa.Row, files: Counter, steps: Counter, said: Counter) -> Iterable[str]:  # type: ignore[type-arg]  # of text
    if Counter(one.digests) != files:
        yield f"{one.serial_no}: other files"
    if one.decided is not None and steps[one.decided.code] != 1:
        yield f"{one.serial_no}: {one.decided.code} was taken {steps[one.decided.code]} times"
    # What is written after an answer may open the request again: then it waits as it did at first.
    if (one.decided is None) != (row.state == one.kind.state) and not (one.decided and one.said):
        yield f"{one.serial_no}: in state {row.state}"
    if Counter(one.said) - said:
        yield f"{one.serial_no}: messages are missing"


def _grouped(connection: sa.Connection, asked: sa.Select) -> dict[int, Counter[str]]:  # type: ignore[type-arg]  # of (int, str)
    found: dict[int, Counter[str]] = {}
    for key, value in connection.execute(asked):
        found.setdefault(key, Counter())[value] += 1
    return _Missing(found)


class _Missing(dict[int, Counter[str]]):
    def __missing__(self, key: int) -> Counter[str]:
        return Counter()


def counted(house: House) -> Iterable[str]:
    """Every count of a queue is what counting gives."""
    row = ApplicationRow
    place = (row.court_code, row.kind, row.state)
    with house.store.read() as connection:
        rows = connection.execute(
            sa.select(*place, row.handler_id, row.hidden_from, sa.func.count())
            .group_by(*place, row.handler_id, row.hidden_from)
        ).all()  # fmt: skip
        held = connection.execute(sa.select(QueueCount.court_code, QueueCount.kind, QueueCount.state, QueueCount.handler_id, QueueCount.count).where(QueueCount.count != 0)).all()  # fmt: skip
    right: Counter[tuple[str, str, str, int]] = Counter()
    for *where, handler, hidden, count in rows:
        right[*where, -(hidden or 0)] += count
        if handler:
            right[*where, handler] += count
    kept = Counter({tuple(key): count for *key, count in held})
    differ = {key for key in right.keys() | kept.keys() if right[key] != kept[key]}
    yield from (f"{key} counts {kept[key]}, and there are {right[key]}" for key in sorted(differ))


def delivered(house: House, memory: Memory) -> Iterable[str]:
    """Everything in the outbox is done, and the gateway received each notice."""
    with house.store.read() as connection:
        rows = connection.execute(
            sa.select(Delivery.key, Delivery.hook, Delivery.status, Delivery.error)
        ).all()
    yield from (f"delivery {row.key} is {row.status}: {row.error}" for row in rows if row.status != "done")
    sent = {row.key for row in rows if row.hook == "notify"}
    came = memory.court.gateway.keys()
    yield from (f"notice {key} never came" for key in sent - came.keys())
    yield from (f"notice {key} was never written" for key in came.keys() - sent)


def followed(memory: Memory) -> Iterable[str]:
    """The feed told each client of every decision on its requests, and nothing twice."""
    for client, cursors in memory.cursors.items():
        if len(set(cursors)) != len(cursors):
            yield f"client {client} was told something twice"
        told = {serial for serial, _ in memory.told[client]}
        decided = {one.serial_no for one in memory.filed if one.client == client and one.decided is not None}
        yield from (f"client {client} never heard of {serial}" for serial in decided - told)
