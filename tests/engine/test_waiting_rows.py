"""Rows that a group of writers adds together are where they belong, for whoever looks: nobody can tell that they waited."""

import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from core.store.engine import Store
from core.store.prepared import PreparedKeyed, PreparedRead, PreparedWrite, inserting
from tests.support.groups import together


class Base(DeclarativeBase):
    """Tables of these tests alone."""


class Said(Base):
    __tablename__ = "said"
    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(unique=True)


class Heard(Base):
    __tablename__ = "heard"
    id: Mapped[int] = mapped_column(primary_key=True)
    said: Mapped[int] = mapped_column(sa.ForeignKey("said.id"))


SAY = inserting(Said, "word")
KEYED = PreparedKeyed(Said, "word")
NOTE = PreparedWrite(sa.insert(Heard).returning(Heard.id), ["said"])
ALL = PreparedRead(sa.select(Said.word).order_by(Said.id))
COMMON = PreparedRead(sa.select(sa.func.count().label("count")).select_from(Said), common=True)
WORD = sa.bindparam("which")
CHANGE = PreparedWrite(sa.update(Said).where(Said.word == WORD).values(word=sa.bindparam("new")))
FORGET = PreparedWrite(sa.delete(Said).where(Said.word == WORD))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = _new(tmp_path)
    yield store
    store.close()


def _new(folder: Path) -> Store:
    store = Store(f"sqlite:///{folder / 'waiting.sqlite3'}")
    store.write(Base.metadata.create_all)
    return store


def say(*words: str):
    return lambda connection: SAY.later(connection, *({"word": word} for word in words))


def kept(store: Store) -> list[str]:
    with store.read() as connection:
        return [row.word for row in ALL.all(connection, {})]


def traced(store: Store) -> list[str]:
    """Return the statements that writers send from now on."""
    seen: list[str] = []
    driver = store._group._held.connection.driver_connection
    driver.set_trace_callback(lambda text: seen.append(" ".join(text.split())))
    return seen


def test_rows_of_a_whole_group_go_in_one_statement_in_the_order_of_the_works(store):
    seen = traced(store)
    for one in together(store, [say(f"{work}a", f"{work}b") for work in range(4)]):
        one.result()
    assert kept(store) == [f"{work}{letter}" for work in range(4) for letter in "ab"]
    assert sum(text.startswith("INSERT INTO said") for text in seen) == 1


LOOKS = {
    "prepared": lambda connection: [row.word for row in ALL.all(connection, {})],
    "raw": lambda connection: [word for (word,) in ALL.raw(connection, {})],
    "core": lambda connection: list(connection.scalars(sa.select(Said.word).order_by(Said.id))),
    "text": lambda connection: [row[0] for row in connection.exec_driver_sql("SELECT word FROM said")],
    "orm": lambda connection: [one.word for one in Session(connection).scalars(sa.select(Said).order_by(Said.id))],
}  # fmt: skip


@pytest.mark.parametrize("look", LOOKS)
def test_who_looks_finds_what_was_written_by_itself_and_by_those_before(store, look):
    def work(connection: sa.Connection) -> Any:
        say("two")(connection)
        return LOOKS[look](connection)

    first, second, third = together(store, [say("one"), work, LOOKS[look]])
    assert (first.result(), second.result(), third.result()) == (None, ["one", "two"], ["one", "two"])


def test_changes_meet_the_rows_that_waited_for_them(store):
    def work(connection: sa.Connection) -> tuple[int, int]:
        changed = CHANGE.run(connection, {"which": "one", "new": "ONE"})
        return changed, FORGET.run(connection, {"which": "two"})

    _, changed = together(store, [say("one", "two", "three"), work])
    assert changed.result() == (1, 1)
    assert kept(store) == ["ONE", "three"]


def test_a_row_that_refers_to_one_that_waits_comes_after_it(store):
    def work(connection: sa.Connection) -> int:
        key = KEYED.later(connection, {"word": "one"})
        return NOTE.returning(connection, {"said": key}).id

    assert store.write(work) == 1


def test_what_fails_before_it_has_written_leaves_nothing_and_has_nobody_run_again(store):
    runs: list[str] = []

    def counted(connection: sa.Connection) -> None:
        runs.append("run")
        say(f"kept {len(runs)}")(connection)

    def refused(connection: sa.Connection) -> None:
        assert kept_here(connection) == ["kept 1"]  # what others wrote is no change of its own
        say("never")(connection)
        raise LookupError("refused")

    one, wrong, two = together(store, [counted, refused, counted])
    with pytest.raises(LookupError, match="refused"):
        wrong.result()
    assert (one.result(), two.result(), len(runs)) == (None, None, 2)
    assert kept(store) == ["kept 1", "kept 2"]


def kept_here(connection: sa.Connection) -> list[str]:
    return [row.word for row in ALL.all(connection, {})]


def test_what_fails_after_its_rows_were_added_is_undone_alone(store):
    def failing(connection: sa.Connection) -> None:
        say("never")(connection)
        assert "never" in kept_here(connection)
        raise LookupError("gone")

    one, wrong, two = together(store, [say("one"), failing, say("two")])
    with pytest.raises(LookupError, match="gone"):
        wrong.result()
    assert (one.result(), two.result(), kept(store)) == (None, None, ["one", "two"])


@pytest.mark.parametrize("looked", [False, True])
def test_a_row_that_breaks_a_rule_is_told_to_who_gave_it(store, looked):
    """Whether it is found out at the end of the group, or by somebody else's question."""

    def other(connection: sa.Connection) -> list[str]:
        say("two")(connection)
        return kept_here(connection) if looked else []

    one, wrong, two = together(store, [say("one"), say("one"), other])
    with pytest.raises(IntegrityError):
        wrong.result()
    assert (one.result(), two.result()) == (None, ["one", "two"] if looked else [])
    assert kept(store) == ["one", "two"]


def test_what_a_savepoint_takes_back_is_gone(store):
    def work(connection: sa.Connection) -> None:
        say("before")(connection)
        within = connection.begin_nested()
        say("within")(connection)
        within.rollback()
        say("after")(connection)

    store.write(work)
    assert kept(store) == ["before", "after"]


def count(connection: sa.Connection) -> int:
    return int(COMMON.scalar(connection, {}))


def test_what_is_common_is_asked_once_for_a_group(store):
    seen = traced(store)
    assert [one.result() for one in together(store, [count] * 5)] == [0] * 5
    assert sum("count(*)" in text for text in seen) == 1


@pytest.mark.parametrize(
    "write",
    [
        say("new"),
        lambda connection: SAY.run(connection, {"word": "new"}),
        lambda connection: connection.execute(sa.insert(Said).values(word="new")),
        lambda connection: connection.exec_driver_sql("INSERT INTO said (word) VALUES ('new')"),
    ],
)
def test_what_is_common_is_asked_again_after_somebody_wrote_it(store, write):
    def work(connection: sa.Connection) -> int:
        write(connection)
        return count(connection)

    given = together(store, [count, work, count])
    assert [one.result() for one in given] == [0, 1, 1]


@pytest.mark.parametrize(
    "besides",
    [
        lambda connection: connection.execute(sa.insert(Said).values(word="c")),
        lambda connection: SAY.run(connection, {"word": "c"}),
    ],
)
def test_keys_given_ahead_are_those_that_the_database_would_have_given(store, besides):
    runs: list[str] = []

    def work(connection: sa.Connection) -> list[int]:
        runs.append("run")
        keys = [KEYED.later(connection, {"word": word}) for word in "ab"]
        besides(connection)
        return [*keys, KEYED.later(connection, {"word": "d"})]

    assert store.write(work) == [1, 2, 4]
    assert (kept(store), runs) == (list("abcd"), ["run"])
    assert store.write(lambda connection: KEYED.later(connection, {"word": "e"})) == 5


def test_outside_of_a_group_rows_are_added_at_once(store):
    with store.engine.begin() as connection:
        say("one", "two", "three")(connection)
        key = KEYED.later(connection, {"word": "four"})
        assert (kept_here(connection), key) == (["one", "two", "three", "four"], 4)


WORDS = st.sampled_from("abcd")
STEP = st.one_of(
    st.tuples(st.just("later"), WORDS),
    st.tuples(st.just("keyed"), WORDS),
    st.tuples(st.just("run"), WORDS),
    st.tuples(st.just("change"), WORDS, WORDS),
    st.tuples(st.just("forget"), WORDS),
    st.tuples(st.just("look")),
    st.tuples(st.just("count")),
    st.tuples(st.just("plain"), WORDS),
    st.tuples(st.just("fail")),
)


def _do(connection: sa.Connection, step: tuple[str, ...]) -> Any:
    match step:
        case "later", word:
            return say(word)(connection)
        case "keyed", word:
            KEYED.later(connection, {"word": word})
        case "run", word:
            return SAY.run(connection, {"word": word})
        case "change", old, new:
            return CHANGE.run(connection, {"which": old, "new": new})
        case "forget", word:
            return FORGET.run(connection, {"which": word})
        case ("look",):
            return kept_here(connection)
        case ("count",):
            return count(connection)
        case "plain", word:
            connection.execute(sa.insert(Said).values(word=word))
        case ("fail",):
            raise LookupError("fail")
    return None


def _work(steps: list[tuple[str, ...]]):
    return lambda connection: [_do(connection, step) for step in steps]


def _said(call: Any) -> Any:
    try:
        return call()
    except (LookupError, IntegrityError):
        return "refused"  # of two reasons either may be told


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(STEP, max_size=5), min_size=1, max_size=5))
def test_a_group_does_what_the_works_would_do_one_after_the_other(tmp_path_factory, works):
    """Whatever is written, looked at, and failed with: the same answers, errors and rows."""
    one, other = (_new(tmp_path_factory.mktemp("works")) for _ in range(2))
    try:
        done = [_work(steps) for steps in works]
        answers = [_said(given.result) for given in together(one, done)]
        assert answers == [_said(partial(_alone, other, work)) for work in done]
        assert kept(one) == kept(other)
    finally:
        one.close()
        other.close()


def _alone(store: Store, work: Any) -> Any:
    with store.engine.connect().execution_options(benchside_write=True) as connection, connection.begin():
        return work(connection)


def test_the_turn_is_the_leader_s_alone(store):
    """Another thread's statements on another connection have nothing to do with the rows that wait."""
    seen: list[list[str]] = []

    def work(connection: sa.Connection) -> None:
        say("one")(connection)
        other = threading.Thread(target=lambda: seen.append(kept(store)))
        other.start()
        other.join()

    store.write(work)
    assert (seen, kept(store)) == ([[]], ["one"])
