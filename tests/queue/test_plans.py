"""No combination of conditions and orders makes a database read a table from end to end, or sort what it has read."""

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve

from bench.bulk import COMMON, DATED, Made
from core.law.periods import end_instant
from core.store.keys import first_key
from core.testing.plans import NARROW, PREFIX, faults, searched
from core.testing.statements import sent_to
from core.values import Actor
from core.work.arrive import digest_of
from core.work.conditions import Conditions, read_conditions
from core.work.login import log_in
from core.work.times import court_day
from tests.queue.combinations import LATE, MIDDLE, Combination, combinations
from tests.queue.conftest import MANY, Full
from tests.support.houses import COURT, PASSWORD, START


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


def plan(
    full: Full, connection: Any, actor: Actor, conditions: Conditions, *, timeless: bool = False
) -> list[str]:
    """Return the plan of a page, a line a step; ``timeless`` asks for the rows behind those with a time limit."""
    values, shape = full.queues._asked(connection, actor, full.flow, conditions, timeless=timeless)
    assert values is not None
    prepared = full.queues.prepared(full.flow, shape)
    explain = PREFIX[full.fixture.house.store.brand]
    made = prepared.made(connection.dialect)
    rows = connection.exec_driver_sql(explain + made.text, made.parameters(values | {"limit": 21}))
    return [row[-1] for row in rows]


@pytest.fixture
def as_installed(full_house):
    """Nobody has a SQLite database look at what it holds, so its planner must do without, too."""
    many = full_house("sqlite", MANY)
    many.fixture.house.store.write(lambda connection: connection.exec_driver_sql("DELETE FROM sqlite_stat1"))
    many.fixture.house.store.close()
    yield many
    many.bulk.analyze()


def all_faults(many: Full) -> dict[str, list[str]]:
    """Return every combination of conditions whose plan reads a table from end to end, or sorts."""
    brand = many.fixture.house.store.brand
    found = {}
    with many.fixture.house.store.read() as connection:
        for one in combinations():
            actor, conditions = asked(many, one)
            lines = plan(many, connection, actor, conditions)
            if conditions.order == "due" and not conditions.due:
                behind = evolve(conditions, after_due=None)
                wrong = faults(brand, plan(many, connection, actor, behind, timeless=True))
                if wrong:
                    found[f"{one.name}, behind the limits"] = wrong
            wrong = faults(brand, lines)
            if (
                ("an absent word, any day, newest" in one.name or "no such day, any day, newest" in one.name)
                and brand == "postgresql"
                and not searched(lines)
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


def test_no_combination_scans_or_sorts_where_nobody_has_analyzed(as_installed):
    found = all_faults(as_installed)
    assert not found, f"{len(found)} combinations, such as {dict(list(found.items())[:5])}"


# --- What a page shows


def slowly(full: Full, one: Combination, actor: Actor, conditions: Conditions) -> list[Made]:
    """Return all the rows that a slow reader would find, in order."""
    now = full.fixture.clock()
    words = (conditions.given.get("q") or [""])[0].split()
    types = conditions.given.get("filing_type", [])
    heard_from, heard_to = ((conditions.given.get(f"heard_on_{end}") or [""])[0] for end in ("from", "to"))
    mine = None if one.reader in ("court", "one of the court's handlers") else actor.handles
    mine = {conditions.handler} if conditions.handler else mine
    near = end_instant(court_day(now) + timedelta(days=2))
    rows = [
        row for row in full.rows
        if row.court == COURT
        and (not conditions.states or row.state in conditions.states)
        and (mine is None or row.handler in mine)
        and (not types or row.variant.filing_type in types)
        and (not (heard_from or heard_to) or row.heard_on is not None)
        and (not heard_from or row.heard_on >= date.fromisoformat(heard_from))
        and (not heard_to or row.heard_on <= date.fromisoformat(heard_to))
        and (conditions.lowest is None or row.id >= conditions.lowest)
        and (conditions.highest is None or row.id < conditions.highest)
        and all(has(row, word) for word in words)
        and (not conditions.due or row.due_at is not None)
        and (conditions.due != "overdue" or row.due_at <= now)
        and (conditions.due != "near" or now < row.due_at <= near)
    ]  # fmt: skip
    if conditions.order == "due":
        timeless = sorted((row for row in rows if row.due_at is None), key=lambda row: -row.id)
        return sorted((row for row in rows if row.due_at), key=lambda row: (row.due_at, row.id)) + timeless
    return sorted(rows, key=lambda row: row.id, reverse=conditions.order == "newest")


def has(row: Made, word: str) -> bool:
    """Tell whether a row is found by a word: any part of a Chinese text, a number or its parts whole."""
    if not word.isascii():
        return any(word in text for text in row.texts)
    number = row.serial_no.lower()
    return word.lower() in (number, number[-6:], number[-14:-6], number[-14:])


def after(rows: list[Made], conditions: Conditions) -> list[Made]:
    if conditions.after is None:
        return rows
    if conditions.order == "due":
        return [row for row in rows if row.due_at is None or (row.due_at, row.id) > (LATE, conditions.after)]
    newest = conditions.order == "newest"
    return [row for row in rows if (row.id < conditions.after if newest else row.id > conditions.after)]


def test_a_page_shows_what_a_slow_reader_would_find(few):
    every = [one for place, one in enumerate(combinations()) if place % 4 == 1]
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
