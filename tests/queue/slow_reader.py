"""What a queue page should show, found by looking at every row."""

from datetime import date, timedelta

from bench.bulk import Made
from core.law.periods import end_instant
from core.values import Actor
from core.work.conditions import Conditions
from core.work.times import court_day
from tests.queue.combinations import Combination
from tests.queue.conftest import Full
from tests.support.houses import COURT


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
