"""Connections to SQLite go from reader to reader; to each it is as if it were new."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from core.store.engine import Store
from core.store.prepared import PreparedRead
from core.testing.statements import sent_to

KEPT = 2
WORDS = PreparedRead(sa.select(sa.column("word", sa.Text)).select_from(sa.table("said")))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path / 'read.sqlite3'}", pool_size=2 * KEPT)
    store.write(lambda connection: connection.exec_driver_sql("CREATE TABLE said (word TEXT)"))
    yield store
    store.close()


def say(store: Store, word: str) -> None:
    store.write(lambda connection: connection.exec_driver_sql("INSERT INTO said VALUES (?)", (word,)))


def words(store: Store) -> list[str]:
    with store.read() as connection:
        return [row.word for row in WORDS.all(connection, {})]


def test_the_next_reader_has_the_same_connection_and_a_state_of_its_own(store):
    with store.read() as first:
        assert WORDS.all(first, {}) == []
        say(store, "meanwhile")
        assert WORDS.all(first, {}) == []  # of one state
    with store.read() as second:
        assert second is first
        assert not second.in_transaction()
        assert [row.word for row in WORDS.all(second, {})] == ["meanwhile"]


def test_nothing_done_while_reading_is_kept(store):
    with store.read() as connection:
        connection.exec_driver_sql("INSERT INTO said VALUES ('by mistake')")
    assert words(store) == []
    say(store, "after")  # no lock is left
    assert words(store) == ["after"]


def test_a_reader_that_fails_leaves_nothing_behind(store):
    def fail() -> None:
        with store.read() as connection, connection.begin_nested():
            had.append(connection)
            connection.exec_driver_sql("INSERT INTO said VALUES ('half')")
            connection.exec_driver_sql("SELECT nothing FROM nowhere")

    had: list[sa.Connection] = []
    with pytest.raises(DBAPIError):
        fail()
    with store.read() as again:
        assert again is had[0]
        assert not again.in_transaction()
    assert words(store) == []


def test_one_that_was_set_up_otherwise_goes_to_nobody_else(store):
    with store.read() as connection:
        connection.execution_options(yield_per=500)
    with store.read() as other:
        assert other is not connection
        assert not other.get_execution_options()


def test_those_who_read_at_once_have_one_each_and_some_of_them_are_kept(store):
    with ExitStack() as stack:
        taken: list[Any] = [stack.enter_context(store.read()) for _ in range(KEPT + 2)]
        assert len({id(one) for one in taken}) == len(taken)
    assert [one.closed for one in taken].count(False) == KEPT
    store.close()
    assert all(one.closed for one in taken)


def test_who_listens_at_the_pool_hears_of_each(store):
    """So what a page asks can be counted, also after others have read."""
    words(store)
    with sent_to(store.engine) as sent:
        words(store)
    assert len(sent) == 1
    heard: list[str] = []
    for name in ("checkout", "checkin"):
        sa.event.listen(store.engine, name, lambda *_, name=name: heard.append(name))
    words(store)
    words(store)
    assert heard == ["checkout", "checkin"] * 2
