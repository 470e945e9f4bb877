"""``python -m bench [rows]``: what a queue page costs, as ratios of one run on this machine."""

import os
import platform
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import typed_settings as ts

from bench.bulk import ABSENT, COMMON, RARE, Bulk
from core.roles import Role
from core.settings import Settings
from core.store.keys import first_key
from core.values import Actor
from core.version import VERSION
from core.work.conditions import read_conditions
from core.work.courts import add_court
from core.work.house import House
from core.work.migrate import migrate
from core.work.people import add_person
from core.work.queue import PAGE, Queues
from core.work.switches import enable
from host import build_house

COURTS = ("粤0199", "粤0198")
ROUNDS = 300
BARE = (
    "SELECT id, serial_no, applicant, state, submitted_at FROM application"
    " WHERE court_code = ? AND kind = 'filing' AND id < ? ORDER BY id DESC LIMIT ?"
)


def house_with(folder: Path, rows: int) -> tuple[House, Bulk, Actor]:
    """Return a house on SQLite that holds ``rows`` filings, and who reads them."""
    settings = Settings(data_dir=folder, secret_key=ts.SecretStr("a-secret-of-the-benchmark-32-characters"))
    house = build_house(settings)
    migrate(house.store, house.modules)
    for code in COURTS:
        add_court(house, code, f"示例法院{code}", f"Fictional Court {code}", "12368")
    operator = Actor(court=COURTS[0], name="operator")
    enable(house, operator, "filing")
    judge = add_person(house, operator, "judge", "judge", "Fictional-Court-1", [Role.HANDLING_JUDGE])
    bulk = Bulk(house, COURTS, [judge], rows)
    bulk.insert()
    bulk.analyze()
    return house, bulk, Actor(court=COURTS[0], person=judge, roles=frozenset({Role.CENTRE_REVIEWER}))


def middle(work: Callable[[], object]) -> float:
    """Return the p50 of ``work`` in microseconds."""
    took = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        took.append(time.perf_counter() - begun)
    return statistics.median(took) * 1e6


def bare(file: Path, after: int) -> Callable[[], bytes]:
    """Return a page as somebody would write it by hand: one query, formatted bytes."""
    connection = sqlite3.connect(file)

    def page() -> bytes:
        found = connection.execute(BARE, (COURTS[0], after, PAGE))
        return "".join(f"<tr><td>{'</td><td>'.join(map(str, row))}</td></tr>" for row in found).encode()

    return page


def asked(house: House, bulk: Bulk, actor: Actor, **given: str) -> Callable[[], object]:
    """Return a queue page of the system, from conditions to rows."""
    queues, on = Queues(house), frozenset({"filing"})
    lists = {name: [value] for name, value in given.items()}
    return lambda: queues.page(actor, on, bulk.flow, read_conditions([bulk.flow], lists)[0])


def main() -> None:
    """Measure, and print the table."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    print(
        f"Benchside {VERSION}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores, {rows} filings; p50 of {ROUNDS}"
    )
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder, "few"), Path(folder, "many")
        small, small_bulk, small_actor = house_with(few, 1_000)
        house, bulk, actor = house_with(many, rows)
        last = first_key(next(bulk.rows([rows // 20])).submitted_at)
        hand = middle(bare(many / "benchside.db", 1 << 62))
        table = [
            ("first page by hand (bare sqlite3, formatted)", hand),
            ("first page", middle(asked(house, bulk, actor))),
            ("last pages", middle(asked(house, bulk, actor, after=str(last)))),
            ("first page of 1,000 filings", middle(asked(small, small_bulk, small_actor))),
            ("one face (several states)", middle(asked(house, bulk, actor, state="退"))),
            ("by time limit", middle(asked(house, bulk, actor, order="due"))),
            ("a common word", middle(asked(house, bulk, actor, q=COMMON))),
            ("a rare word", middle(asked(house, bulk, actor, q=RARE))),
            ("an absent word", middle(asked(house, bulk, actor, q=ABSENT))),
        ]
        for name, took in table:
            print(f"{name:46} {took:8.0f} µs  {took / hand:6.1f} × by hand")
        house.store.close()
        small.store.close()


if __name__ == "__main__":
    main()
