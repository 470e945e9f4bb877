"""Who writes for a machine lets those pass who wait for a page: for a moment, and nobody who waits for a writer."""

import threading

import pytest
import sqlalchemy as sa

from core.store import courtesy, group
from core.store.engine import Store
from core.store.prepared import inserting

AGES = 60.0
ONE = inserting(sa.Table("some", sa.MetaData(), sa.Column("one", sa.Integer)), "one")


class _Watched(threading.Event):
    """Tells when somebody begins to wait."""

    def __init__(self):
        super().__init__()
        self.set()
        self.awaited = threading.Event()

    def wait(self, timeout=None):
        self.awaited.set()
        return super().wait(timeout)


@pytest.fixture
def store(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'some.db'}")
    store.write(lambda connection: connection.execute(sa.text("CREATE TABLE some (one INTEGER)")))
    yield store
    store.close()


@pytest.fixture
def patient(monkeypatch):
    monkeypatch.setattr(group, "_COURTEOUS", AGES)


def _insert(connection):
    connection.execute(sa.text("INSERT INTO some VALUES (1)"))


def _count(store):
    with store.read() as connection:
        return connection.scalar(sa.text("SELECT count(*) FROM some"))


def test_a_writer_waits_while_a_page_is_made_and_goes_on_when_it_is(store, patient):
    seen = store.courtesy._pages.none = _Watched()
    with store.courtesy.first():
        writer = threading.Thread(target=store.write, args=(_insert,))
        writer.start()
        assert seen.awaited.wait(AGES)
        assert _count(store) == 0
    writer.join(AGES)
    assert _count(store) == 1


def test_a_page_that_comes_meanwhile_is_let_pass_before_the_next_statement(store, patient):
    seen = store.courtesy._pages.none = _Watched()
    begun, go = threading.Event(), threading.Event()

    def work(connection):
        ONE.run(connection, {"one": 1})
        begun.set()
        assert go.wait(AGES)
        ONE.run(connection, {"one": 2})

    writer = threading.Thread(target=store.write, args=(work,))
    writer.start()
    assert begun.wait(AGES)
    with store.courtesy.first():
        go.set()
        assert seen.awaited.wait(AGES)
        assert _count(store) == 0
    writer.join(AGES)
    assert _count(store) == 2


def test_after_a_page_the_next_is_expected_for_a_moment(store, monkeypatch):
    rests: list[float] = []
    monkeypatch.setattr(courtesy, "_rest", rests.append)
    store.write(_insert)
    assert not rests
    with store.courtesy.first():
        pass
    store.write(_insert)
    assert rests
    assert max(rests) <= courtesy._MORE
    rests.clear()
    store.write(_insert)
    assert not rests


def test_a_group_waits_for_a_request_that_arrives_and_goes_on_when_it_is_there(store, monkeypatch):
    monkeypatch.setattr(group, "_GATHERING", AGES)
    seen = store.courtesy._arriving.none = _Watched()
    store.courtesy.arriving()
    writer = threading.Thread(target=store.write, args=(_insert,))
    writer.start()
    assert seen.awaited.wait(AGES)
    assert _count(store) == 0
    store.write(_insert)
    writer.join(AGES)
    assert _count(store) == 2


def test_a_request_that_is_answered_without_writing_is_waited_for_no_longer(store, monkeypatch):
    monkeypatch.setattr(group, "_GATHERING", AGES)
    store.courtesy.arriving()
    store.courtesy.arrived()
    store.write(_insert)
    assert _count(store) == 1


def test_who_is_let_pass_from_the_head_of_the_request_on_counts_once(store):
    store.courtesy.coming()
    with store.courtesy.first():
        assert store.courtesy.let_pass(0)
    assert not store.courtesy.let_pass(0)
    store.courtesy.gone()
    assert not store.courtesy.let_pass(0)


def test_a_page_that_takes_long_stops_no_writer(store):
    writer = threading.Thread(target=store.write, args=(_insert,))
    with store.courtesy.first():
        writer.start()
        writer.join(AGES)
        assert _count(store) == 1


def test_a_page_that_writes_itself_is_not_waited_for(store, patient):
    seen = store.courtesy._pages.none = _Watched()
    with store.courtesy.first():
        store.write(_insert)
        assert not seen.awaited.is_set()
        assert store.courtesy.let_pass(0)
    assert not store.courtesy.let_pass(0)
