"""Writers to SQLite share commits: each is served in its turn, fails alone, and is answered when it is durable."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, OperationalError

from core.store.engine import Store
from tests.support.groups import Work, together
from tests.support.houses import ROOT

WHO: ContextVar[str] = ContextVar("WHO", default="nobody")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path / 'group.sqlite3'}")

    def tables(connection: sa.Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE place (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql(
            "CREATE TABLE said (id INTEGER PRIMARY KEY, word TEXT, place INTEGER REFERENCES place)"
        )

    store.write(tables)
    yield store
    store.close()


def say(word: str, place: int | None = None) -> Work:
    def work(connection: sa.Connection) -> str:
        connection.exec_driver_sql("INSERT INTO said (word, place) VALUES (?, ?)", (word, place))
        return f"{word} by {WHO.get()}"

    return work


def words(store: Store) -> list[str]:
    with store.read() as connection:
        return list(connection.scalars(sa.text("SELECT word FROM said ORDER BY id")))


def commits(store: Store) -> list[None]:
    seen: list[None] = []
    sa.event.listen(store.engine, "commit", lambda _: seen.append(None))
    return seen


def test_those_who_wait_are_kept_by_one_commit_in_the_order_they_came(store):
    seen = commits(store)
    asked = [str(number) for number in range(20)]
    given = together(store, [say(word) for word in asked])
    assert [one.result() for one in given] == [f"{word} by nobody" for word in asked]
    assert words(store) == asked
    assert len(seen) <= 2  # the one that was under way may have been too slow to take them along


def test_one_that_fails_is_undone_alone(store):
    def failing(connection: sa.Connection) -> None:
        say("never")(connection)
        raise LookupError("gone")

    before, wrong, after = together(store, [say("before"), failing, say("after")])
    assert (before.result(), after.result()) == ("before by nobody", "after by nobody")
    with pytest.raises(LookupError, match="gone"):
        wrong.result()
    assert words(store) == ["before", "after"]


def test_where_the_commit_fails_each_is_kept_or_refused_by_itself(store):
    """What the database finds out at the commit only is told to the one whose fault it is."""

    def dangling(connection: sa.Connection) -> None:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        say("dangling", place=1)(connection)

    one, wrong, two = together(store, [say("one"), dangling, say("two")])
    assert (one.result(), two.result()) == ("one by nobody", "two by nobody")
    with pytest.raises(IntegrityError):
        wrong.result()
    assert words(store) == ["one", "two"]


def test_where_the_database_takes_all_back_the_others_are_run_again(store):
    """A full disk ends the transaction at once, whatever savepoints there are."""

    def full(connection: sa.Connection) -> None:
        say("full")(connection)
        connection.connection.driver_connection.execute("ROLLBACK")
        raise OSError("no space")

    one, wrong, two = together(store, [say("one"), full, say("two")])
    assert (one.result(), two.result()) == ("one by nobody", "two by nobody")
    with pytest.raises(OSError, match="no space"):
        wrong.result()
    assert words(store) == ["one", "two"]


def test_a_work_runs_in_the_context_of_who_gave_it(store):
    def give(name: str) -> str:
        WHO.set(name)
        return store.write(say("x"))

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(give, [f"number {number}" for number in range(12)]))
    assert answers == [f"x by number {number}" for number in range(12)]


def test_a_work_that_would_wait_for_itself_is_refused(store):
    with pytest.raises(RuntimeError, match="wait for itself"):
        store.write(lambda _: store.write(say("inner")))
    assert store.write(say("later")) == "later by nobody"


def test_nobody_waits_for_ever_where_the_database_cannot_be_opened(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'missing' / 'x.sqlite3'}")
    with ThreadPoolExecutor(4) as pool:
        given = [pool.submit(store.write, say("x")) for _ in range(8)]
        for one in given:
            with pytest.raises(OperationalError):
                one.result(20)
    store.close()


WRITER = """
import sys, time
from core.store.engine import Store
store = Store(sys.argv[1])
def work(connection):
    connection.exec_driver_sql("INSERT INTO said (word) VALUES (?)", (sys.argv[2],))
store.write(lambda connection: None)
print("ready", flush=True)
sys.stdin.readline()
until = time.monotonic() + 0.6
while time.monotonic() < until:
    store.write(work)
"""


def test_two_processes_that_write_without_a_pause_get_their_fair_share(store):
    command = [sys.executable, "-c", WRITER, str(store.url)]
    writers = [
        subprocess.Popen([*command, name], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for name in ("a", "b")
    ]
    for one in writers:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in writers:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    for one in writers:
        one.communicate(timeout=30)
    said = words(store)
    counts = sorted(said.count(name) for name in ("a", "b"))
    assert counts[0] >= 0.5 * counts[1] > 0, counts


def test_one_that_is_refused_before_it_wrote_has_nobody_run_again(store):
    runs: list[str] = []

    def counted(connection: sa.Connection) -> None:
        runs.append("run")
        say("kept")(connection)

    def refused(connection: sa.Connection) -> None:
        connection.exec_driver_sql("SELECT word FROM said").fetchall()
        raise LookupError("refused")

    one, wrong, two = together(store, [counted, refused, counted])
    with pytest.raises(LookupError, match="refused"):
        wrong.result()
    assert (one.result(), two.result(), runs) == (None, None, ["run", "run"])


def test_a_table_made_by_one_that_fails_is_not_kept(store):
    """SQLite counts rows that change; a table is none."""

    def failing(connection: sa.Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE never (id INTEGER)")
        raise LookupError("gone")

    before, wrong, after = together(store, [say("before"), failing, say("after")])
    with pytest.raises(LookupError, match="gone"):
        wrong.result()
    assert (before.result(), after.result()) == ("before by nobody", "after by nobody")
    with store.read() as connection:
        assert not sa.inspect(connection).has_table("never")
