"""No combination of conditions and orders makes a database read a table from end to end, or sort what it has read."""

import random
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa
from attrs import evolve

from bench.bulk import ABSENT, COMMON, DATED, RARE, Made
from core.records import ApplicationRow
from core.store.keys import first_key
from core.testing.plans import NARROW, PREFIX, faults, searched
from core.testing.statements import sent_to
from core.values import Actor
from core.work import queue_ways
from core.work.arrive import digest_of
from core.work.conditions import Conditions, read_conditions
from core.work.login import log_in
from core.work.queue_ways import FIRST_WALK, Asked, Learned, ask, rows_of
from tests.queue.combinations import LATE, MIDDLE, Combination, combinations
from tests.queue.conftest import FEW, MANY, Full
from tests.queue.slow_reader import slowly
from tests.support.houses import PASSWORD, START


def asked(full: Full, one: Combination) -> tuple[Actor, Conditions]:
    """Return who asks, and what."""
    given = dict(one.given)
    if one.reader == "one of the court's handlers":
        given["handler"] = [str(full.fixture.people["judge"])]
    by_due = given.get("order") == ["due"] or "due" in given
    if one.after:
        given["after"] = [
            f"{first_key(MIDDLE)}" + (f"-{int(LATE.timestamp()) * 1_000_000}" if by_due else "")
        ]
    conditions, problems = read_conditions([full.flow, DATED], given)
    assert problems == []
    return {"own": full.judge, "of several judges": full.panel}.get(one.reader, full.reader), conditions


def plans(
    full: Full, connection: Any, actor: Actor, conditions: Conditions, *, timeless: bool = False
) -> Iterator[list[str]]:
    """Give the plans of the statements that a page may take, a line a step; ``timeless`` asks for the rows behind those with a time limit."""
    question = ask(full.fixture.house, connection, actor, full.flow, conditions, timeless=timeless)
    assert question is not None
    values = {**question.values, "scan": FIRST_WALK, "among": "1,2,3", "limit": 21}
    ways = [full.queues.prepared(full.flow, shape) for shape in question.ways]
    if question.words and (question.shape.by_due or timeless):
        ways += [
            full.queues.finding(full.flow, question.finding),
            full.queues.prepared(full.flow, question.among),
        ]
    if timeless:
        ways += [full.queues._prepared("every_timed", full.flow, question.shape)]
    for way in ways:
        one = way.made(connection.dialect)
        bound = one.parameters(values)
        rows = connection.exec_driver_sql(
            PREFIX[full.fixture.house.store.brand] + one.text,
            bound if isinstance(bound, dict) else tuple(bound),
        )
        lines = [row[-1] for row in rows]
        # What nearly every row has is not looked up: the walk before has the page.
        if way is ways[0] or not scanned(lines) or looked_up(full, connection, question):
            yield lines


def sent_for(full: Full, connection: Any, question: Asked) -> list[tuple[str, str]]:
    """Return what is asked of the database for a page, and in which way."""
    sent = []

    def send(what: str, shape: Any, values: Any) -> Any:
        sent.append((what, shape.way))
        return full.queues._prepared(what, full.flow, shape).raw(connection, values)

    rows_of(question, 21, send, Learned())
    return sent


def looked_up(full: Full, connection: Any, question: Asked) -> bool:
    """Tell whether the page is not found by walking alone."""
    walks = {("page", "walk"), ("count", "walk"), ("seldom", "")}
    return not walks.issuperset(sent_for(full, connection, question))


def scanned(lines: list[str]) -> bool:
    return any("Seq Scan on application_terms" in line for line in lines)


@pytest.fixture
def as_installed(full_house):
    """Nobody has a SQLite database look at what it holds, so its planner must do without, too."""
    many = full_house("sqlite", MANY)
    many.fixture.house.store.write(lambda connection: connection.exec_driver_sql("DELETE FROM sqlite_stat1"))
    many.fixture.house.store.close()
    yield many
    many.bulk.analyze()


EVERY = tuple(combinations())
DRAWN = random.Random(3).sample(EVERY, len(EVERY) // 3)
"""The same in every run."""


def all_faults(many: Full, combined: Sequence[Combination] = DRAWN) -> dict[str, list[str]]:
    """Return every combination of conditions that has a plan which reads a table from end to end, or sorts."""
    brand = many.fixture.house.store.brand
    found = {}
    with many.fixture.house.store.read() as connection:
        for one in combined:
            actor, conditions = asked(many, one)
            wrong, searches = [], []
            by_due = conditions.order == "due" and not conditions.due
            for timeless in (False, True) if by_due else (False,):
                these = evolve(conditions, after_due=None) if timeless else conditions
                for lines in plans(many, connection, actor, these, timeless=timeless):
                    wrong += faults(brand, lines)
                    searches.append(searched(lines))
            if (
                ("an absent word, any day, newest" in one.name or "no such day, any day, newest" in one.name)
                and brand == "postgresql"
                and not searches[-1]
            ):
                wrong.append("an absent word is walked for, not looked up")
            if wrong:
                found[one.name] = wrong
    return found


def test_what_counts_as_few_fits_the_size_that_is_tried():
    assert NARROW == MANY // 20


def test_no_combination_scans_or_sorts(many):
    found = all_faults(many)
    assert not found, f"{len(found)} combinations, such as {dict(list(found.items())[:5])}"


@pytest.mark.soak
def test_none_of_all_combinations_scans_or_sorts(many):
    found = all_faults(many, EVERY)
    assert not found, f"{len(found)} combinations, such as {dict(list(found.items())[:5])}"


def test_no_combination_scans_or_sorts_where_nobody_has_analyzed(as_installed):
    found = all_faults(as_installed)
    assert not found, f"{len(found)} combinations, such as {dict(list(found.items())[:5])}"


@pytest.mark.parametrize("order", ["newest", "oldest", "due"])
def test_a_seldom_word_is_looked_up_without_a_walk_and_a_common_one_is_walked_for(full_house, order):
    full = full_house("sqlite", MANY)
    with full.fixture.house.store.read() as connection:
        ways = {}
        for words in (RARE, ABSENT, f"{COMMON} {RARE}", COMMON):
            one, _ = read_conditions([full.flow], {"q": [words], "order": [order]})
            question = ask(full.fixture.house, connection, full.reader, full.flow, one)
            assert question is not None
            ways[words] = [way for way in sent_for(full, connection, question) if way[0] != "seldom"]
    walk = ("page", "walk")
    assert ways.pop(COMMON) == [walk]
    assert all(sent and walk not in sent for sent in ways.values()), ways


@pytest.mark.parametrize(("state", "most", "asked_for"), [("SUBMITTED", 0, []), ("SUBMITTED", -1, ["page"]), ("DOCKETED", 0, [])])  # fmt: skip
def test_where_every_row_has_a_time_limit_none_is_walked_for_without(
    many, monkeypatch, state, most, asked_for
):
    """Of the submitted every one has; of the docketed few have, and the first walk finds the others."""
    conditions, _ = read_conditions([many.flow], {"state": [state], "order": ["due"]})
    house, row = many.fixture.house, ApplicationRow
    with house.store.read() as connection:
        here = sa.select(sa.func.count()).where(row.court_code == many.reader.court, row.state == state)
        monkeypatch.setattr(queue_ways, "ALL_TIMED", connection.scalar(here) + most)
        question = ask(house, connection, many.reader, many.flow, conditions, timeless=True)
        assert question is not None
        sent = sent_for(many, connection, question)
    walked = [("page", "walk")] + [("count", "walk"), ("every_timed", "")] * (state == "SUBMITTED")
    assert sent == [*walked, *((what, "") for what in asked_for)]


def test_words_are_looked_up_once_for_what_has_a_time_limit_and_what_has_none(full_house):
    few = full_house("sqlite", FEW)
    conditions, _ = read_conditions([few.flow], {"q": ["张某乙"], "order": ["due"]})
    with sent_to(few.fixture.house.store.engine) as sent:
        page = few.queues.page(few.reader, frozenset({"filing"}), few.flow, conditions)
    assert {row.due_at is None for row in page.rows} == {True, False}
    assert sum("MATCH" in one for one in sent) == 2, sent  # whether they are seldom, and who has them
    assert sum("json_each" in one for one in sent) == 2, sent


def test_a_list_from_a_day_on_passes_by_no_limit_of_the_week_before(full_house):
    full = full_house("sqlite", MANY)

    def steps(**given: str) -> int:
        conditions, _ = read_conditions([full.flow], {name: [held] for name, held in given.items()})
        counted = count()
        with full.fixture.house.store.read() as connection:
            asked_for = ask(full.fixture.house, connection, full.reader, full.flow, conditions)
            driver: Any = connection.connection.dbapi_connection
            driver.set_progress_handler(lambda: next(counted) < 0, 1)
            rows = full.queues.prepared(full.flow, asked_for.shape).raw(connection, {**asked_for.values, "limit": 21})  # fmt: skip
            driver.set_progress_handler(None, 1)
        assert len(rows) == 21
        return next(counted)

    assert steps(order="due", submitted_from=MIDDLE.date().isoformat()) < 1.2 * steps(order="due")


# --- What a page shows


def after(rows: list[Made], conditions: Conditions) -> list[Made]:
    if conditions.after is None:
        return rows
    if conditions.order == "due":
        return [row for row in rows if row.due_at is None or (row.due_at, row.id) > (LATE, conditions.after)]
    newest = conditions.order == "newest"
    return [row for row in rows if (row.id < conditions.after if newest else row.id > conditions.after)]


def test_a_page_shows_what_a_slow_reader_would_find(few):
    every = [one for place, one in enumerate(combinations()) if place % 7 == 1]
    on = frozenset({"filing"})
    found, full_pages = {}, 0
    for one in every:
        actor, conditions = asked(few, one)
        expected = after(slowly(few, one, actor, conditions), conditions)
        page = few.queues.page(actor, on, few.flow, conditions)
        shown = [row.serial_no for row in page.rows]
        full_pages += bool(page.next)
        if shown != [row.serial_no for row in expected[:20]] or bool(page.next) != (len(expected) > 20):
            found[one.name] = shown[:3], [row.serial_no for row in expected[:3]]
    assert not found, f"{len(found)} combinations, such as {dict(list(found.items())[:5])}"
    assert full_pages > len(every) // 20


def walk(full: Full, actor: Actor, conditions: Conditions, between: Any = lambda: None) -> list[str]:
    """Return the serial numbers of all pages, one after the other."""
    numbers: list[str] = []
    cursor = ""
    while True:
        here, _ = read_conditions([full.flow], {**conditions.given, "after": [cursor]})
        page = full.queues.page(
            actor,
            frozenset({"filing"}),
            full.flow,
            evolve(conditions, after=here.after, after_due=here.after_due),
        )
        numbers += [row.serial_no for row in page.rows]
        if not page.next:
            return numbers
        cursor = page.next
        between()


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"order": ["oldest"]},
        {"order": ["due"]},
        {"state": ["退"]},
        {"q": [COMMON]},
        {"q": [COMMON], "order": ["due"]},
    ],
    ids=str,
)
@pytest.mark.parametrize("reader", ["court", "of several judges"])
def test_all_pages_together_show_every_row_once_and_in_order(few, given, reader):
    one = Combination("", reader, given, after=False)
    actor, conditions = asked(few, one)
    expected = [row.serial_no for row in slowly(few, one, actor, conditions)]
    assert len(expected) > 20
    assert walk(few, actor, conditions) == expected


@pytest.mark.parametrize("due", ["near", "overdue"])
@pytest.mark.parametrize("reader", ["court", "own", "of several judges"])
@pytest.mark.parametrize("most", [5, 1000])
def test_what_is_counted_is_what_a_page_would_show(few, due, reader, most):
    one = Combination("", reader, {"due": [due]}, after=False)
    actor, conditions = asked(few, one)
    on = frozenset({"filing"})
    shown = len(few.queues.page(actor, on, few.flow, conditions, most).rows)
    assert few.queues.count(actor, on, few.flow, conditions, most) == shown
    assert shown > 0


def test_rows_that_arrive_meanwhile_neither_repeat_nor_hide_others(full_house, database_brand):
    full = full_house(database_brand, 500)
    one = Combination("", "court", {}, after=False)
    actor, conditions = asked(full, one)
    there = [row.serial_no for row in slowly(full, one, actor, conditions)]
    later = iter(range(500, 600))

    def arrive() -> None:
        full.bulk.insert([next(later)])

    numbers = walk(full, actor, conditions, arrive)
    assert numbers == there


# --- How much is asked of the database


@pytest.mark.parametrize(
    "given", [{}, {"state": ["退"]}, {"q": [COMMON]}, {"order": ["due"]}, {"due": ["near"]}], ids=str
)
def test_a_queue_page_takes_at_most_four_statements(few, given):
    house = few.fixture.house
    session = log_in(house, "reviewer", PASSWORD, "127.0.0.1")
    arrivals = few.fixture.arrivals()
    conditions, _ = read_conditions([few.flow], given)
    with sent_to(house.store.engine) as sent:
        arrival = arrivals.arrive(digest_of(session))
        page = few.queues.page(arrival.actor, arrival.enabled, few.flow, conditions)
    assert page.rows or given == {"due": ["near"]}
    assert 2 < len(sent) <= 4, sent


def test_time_stands_where_the_rows_are(few):
    """What is near and what is overdue are both there, or the other tests show nothing."""
    due = [row.due_at for row in few.rows if row.due_at]
    assert min(due) < START < max(due)
