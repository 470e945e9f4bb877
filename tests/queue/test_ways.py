"""Whichever way a search takes, it finds the same: what a slow reader would, page after page, whatever the rows are."""

import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.bulk import ABSENT, BEGINS, COMMON, DATED, RARE, SPAN, STATES, TYPES, Bulk, Made
from core.records import ApplicationRow
from core.store.keys import first_key
from core.store.terms import CREATE, check, found, has_words, index, key_column, question, stored, write_terms
from core.work import queue_ways
from core.work.conditions import read_conditions
from core.work.queue import Queues
from core.work.times import start_of_day
from tests.queue.combinations import READERS, Combination
from tests.queue.conftest import Full
from tests.queue.slow_reader import slowly
from tests.support.houses import COURT, OTHER, make_house

COUNT = 300
HIDDEN = 11
"""Every so many rows one is hidden from the reviewer."""
DAYS = [(BEGINS + SPAN * part / 8).date().isoformat() for part in range(9)]
ABOUT = [date.fromisoformat(DAYS[4]) + timedelta(days=one) for one in range(-7, 12)]
MIDDLE = start_of_day(ABOUT[7]).astimezone(UTC)
WEEK, JUST = timedelta(days=7), timedelta(microseconds=1)
LENGTHS = [WEEK, WEEK + JUST, timedelta(days=15), timedelta(hours=5), timedelta(days=3), WEEK - JUST, timedelta(days=-2), -JUST]  # fmt: skip
"""How long limits run: just no longer short, and long; short, to the microsecond; counted back. The later days have the first alone."""


class Scattered(Bulk):
    """Rows with no order in them: limits that end before the request came, at the same moment, never; any state, any words.

    Every third is of the other court, and that came in the days about the middle one, on the hour or a little later.
    """

    def _row(self, place: int) -> Made:
        made = super()._row(place)
        chance = random.Random(place)
        due = BEGINS + SPAN / 12 * chance.randrange(14) if chance.random() < 0.6 else None
        if place % 3 == 0 or made.court == OTHER:
            at = MIDDLE + timedelta(
                hours=4 * place - 2 * COUNT, microseconds=chance.choice([0, 0, 1, 999_999])
            )
            sorts = 8 if at < MIDDLE - timedelta(days=3) else 6 if at < MIDDLE else 3
            due, variant = at + LENGTHS[chance.randrange(sorts)], self._variants[OTHER][0]
            return evolve(
                made, id=first_key(at) + place, court=OTHER, submitted_at=at, due_at=due, variant=variant
            )
        variants = self._variants[made.court]
        return evolve(
            made,
            due_at=due,
            state=chance.choice(STATES),
            variant=variants[chance.randrange(len(variants)) // 9],
        )


@pytest.fixture(scope="module")
def scattered(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Full]]:  # fmt: skip
    """Give a house of scattered rows of each brand, some of them hidden."""
    made: dict[str, Full] = {}
    urls = {
        "sqlite": lambda folder: f"sqlite:///{folder / 'ways.sqlite3'}",
        "postgresql": lambda _: request.getfixturevalue("postgres_server").url(request.getfixturevalue("postgres_server").create()),
    }  # fmt: skip

    def get(brand: str) -> Full:
        if brand not in made:
            folder = tmp_path_factory.mktemp(f"ways-{brand}")
            made[brand] = _full(urls[brand](folder), folder)
        return made[brand]

    yield get
    for one in made.values():
        one.fixture.house.store.close()


def _full(url, folder) -> Full:
    fixture = make_house(url, folder, ["filing"])
    bulk = Scattered(
        fixture.house, [COURT, OTHER], [fixture.people["judge"], fixture.people["judge2"]], COUNT
    )
    bulk.insert()
    rows = list(bulk.rows())
    person = fixture.people["reviewer"]
    fixture.house.store.write(
        lambda connection: _hide(connection, person, [row.id for row in rows[::HIDDEN]])
    )
    return Full(fixture, bulk, Queues(fixture.house), bulk.flow, tuple(rows))


def _hide(connection: sa.Connection, person: int, keys: list[int]) -> None:
    connection.execute(
        sa.update(ApplicationRow).where(ApplicationRow.id.in_(keys)).values(hidden_from=person)
    )
    brand = connection.dialect.name
    table, word = index(brand), stored(brand, [f"hidden_from:{person}"])
    more = f" {word}" if brand == "sqlite" else sa.cast(word, table.c.terms.type)
    connection.execute(
        sa.update(table).where(key_column(brand).in_(keys)).values(terms=table.c.terms.concat(more))
    )


def some(values, most):
    return st.lists(st.sampled_from(values), max_size=most, unique=True)


asked = st.fixed_dictionaries(
    {
        "q": some([COMMON, "张某", "张", "某", RARE, ABSENT, "示例三贸易有限公司", "某某", "公司"], 2).map(lambda words: [" ".join(words)]),
        "filing_type": some([*TYPES, "enforcement_first"], 2),
        "state": some(["DOCKETED", "SUBMITTED", "退", "NOT_ACCEPTED"], 2),
        "order": st.sampled_from([["newest"], ["oldest"], ["due"], ["due"]]),
        "due": st.sampled_from([[], [], [], ["near"], ["overdue"]]),
        "submitted_from": st.sampled_from([[], [], *([day] for day in DAYS[:5])]),
        "submitted_to": st.sampled_from([[], [], *([day] for day in DAYS[4:])]),
        "heard_on_from": st.sampled_from([[], [], [], *([day] for day in DAYS[:5])]),
    }
)  # fmt: skip
sizes = st.sampled_from(
    [(1, 0, 0), (1, 1000, 0), (25, 3, 2), (60, 30, 40), (25, 1000, 1000), (1000, 1000, 0)]
)


@pytest.mark.parametrize("brand", ["sqlite", "postgresql"])
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(conditions=asked, reader=st.sampled_from(READERS), size=sizes)
def test_every_way_finds_what_a_slow_reader_would(scattered, brand, conditions, reader, size):
    full = scattered(brand)
    sought = {name: values for name, values in conditions.items() if any(values)}
    if "one of" in reader:
        sought["handler"] = [str(full.fixture.people["judge"])]
    actor = {"own": full.judge, "of several judges": full.panel}.get(reader, full.reader)
    seen = full if actor is not full.reader and actor.person != full.reader.person else without_hidden(full)
    with pytest.MonkeyPatch.context() as patch:
        first, few, seldom = size
        patch.setattr(queue_ways, "FIRST_WALK", first)
        patch.setattr(queue_ways, "FEW", few)
        patch.setattr(queue_ways, "SELDOM", seldom)
        patch.setattr(queue_ways, "LONGER_WALKS", (first * 2, first * 5, 10**12))
        shown, cursor = [], ""
        while True:
            here, problems = read_conditions([full.flow, DATED], {**sought, "after": [cursor]})
            assert problems == []
            page = full.queues.page(actor, frozenset({"filing"}), full.flow, here)
            shown += [row.serial_no for row in page.rows]
            cursor = page.next
            if not cursor:
                break
    expected = slowly(seen, Combination("", reader, sought, after=False), actor, here)
    assert shown == [row.serial_no for row in expected]


@pytest.mark.parametrize("brand", ["sqlite", "postgresql"])
def test_a_list_from_a_day_on_leaves_out_no_limit_however_short(scattered, brand):
    full, found = scattered(brand), {}
    seen = [row for row in without_hidden(full).rows if row.court == OTHER]
    for day in ABOUT:
        given = {"order": ["due"], "submitted_from": [day.isoformat()]}
        conditions, _ = read_conditions([full.flow], given)
        page = full.queues.page(
            evolve(full.reader, court=OTHER), frozenset({"filing"}), full.flow, conditions, COUNT
        )
        there = [row for row in seen if row.submitted_at >= start_of_day(day)]
        there.sort(key=lambda row: (row.due_at, row.id))
        if [row.serial_no for row in page.rows] != [row.serial_no for row in there]:
            found[day] = page.rows[0].due_at, there[0].due_at
    assert not found


def without_hidden(full: Full) -> Full:
    hidden = set(full.rows[::HIDDEN])
    return evolve(full, rows=tuple(row for row in full.rows if row not in hidden))


def test_the_rows_are_of_every_sort(scattered):
    """Limits before the request and after it, several at one moment: or the test above shows nothing."""
    timed = [row for row in scattered("sqlite").rows if row.due_at]
    assert 20 < sum(row.due_at < row.submitted_at for row in timed) < len(timed) - 20
    ordered = sorted(row.due_at for row in timed)
    assert any(one == two for one, two in pairwise(ordered))
    assert timedelta(0) not in {row.due_at - row.submitted_at for row in timed}


# --- Checking one row is asking the index of it

words = st.sampled_from(["张某", "某甲", "甲", "张", "state:docketed", "la44", "é某", "A1", "a1", "--", "（2026）", "x y", 'q"', "it's", "℡"])  # fmt: skip
phrase = st.lists(words, min_size=1, max_size=3).map(tuple)
beginning = st.sampled_from(["张*", "某*", "é*", "la*"])
phrases = st.one_of(phrase, beginning.map(lambda word: (word,)), st.tuples(words, beginning))


@settings(max_examples=300, deadline=None)
@given(held=st.lists(words, min_size=1, max_size=8), asked_for=st.lists(st.lists(phrases, min_size=1, max_size=3), min_size=1, max_size=3))  # fmt: skip
def test_the_check_of_one_row_says_what_the_index_says(held, asked_for):
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        connection.exec_driver_sql(CREATE["sqlite"][0])
        write_terms(connection, 1, held)
        asks = sa.select(key_column("sqlite")).where(found("sqlite", sa.bindparam("words")))
        by_index = connection.scalar(asks, {"words": question("sqlite", asked_for)}) is not None
        kept = connection.exec_driver_sql("SELECT CAST(terms AS BLOB) FROM application_terms").scalar_one()
    engine.dispose()
    assert has_words(kept, check("sqlite", asked_for)) == by_index
