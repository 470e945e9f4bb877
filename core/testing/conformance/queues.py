"""That a module's queue is read by key, in few statements, whatever is asked and however much there is."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.fields.spec import specs_of
from core.module import Flow
from core.records import ApplicationRow
from core.testing.conformance.checks import check
from core.testing.conformance.filing import file_all, staff_of
from core.testing.conformance.subject import Subject
from core.testing.houses import COURT, PASSWORD, Fixture
from core.testing.outside import Outside
from core.testing.plans import PREFIX, faults
from core.testing.plenty import COPIES, multiply, settle
from core.testing.statements import Statement, sent_on_sqlite, sent_to
from core.work.arrive import Arrivals, digest_of
from core.work.conditions import read_conditions
from core.work.login import log_in
from core.work.queue import Queues

BUDGET = 5
"""Statements of a queue page, with those that tell who asks; in order of time limits one may ask whether any row has none."""
ELSEWHERE = 2
"""So many more where the module has rows from elsewhere: one to ask for them, one to narrow them."""
MORE = 7
"""Requests filed between two looks: what is asked once for each row shows."""
SKIPPED = re.compile(r"\bOFFSET\b(?!\s+0\b)", re.IGNORECASE)
"""None is skipped by OFFSET 0, which SQLAlchemy writes on SQLite."""
Given = dict[str, list[str]]
Listen = Callable[[], AbstractContextManager[list[Statement]]]


@check("queue", f"A queue page is read by key, without OFFSET, scan or sort, in at most {BUDGET} statements.")
def queue(subject: Subject) -> Iterator[str]:
    """Ask for every order, condition and view, by somebody who sees the court and somebody who sees their own."""
    flows = [flow for flow in subject.flows if flow.parent is None]
    if not flows:
        return
    yield from (f"sqlite: {fault}" for fault in _on_sqlite(subject, flows))
    if "postgresql" in subject.workshop.brands:
        yield from (f"postgresql: {fault}" for fault in _on_postgresql(subject, flows))


def _on_sqlite(subject: Subject, flows: list[Flow]) -> Iterator[str]:
    """Ask twice, with more requests the second time; SQLite plans alike, however many there are."""
    fixture = subject.site().fixture
    outside, allowed = Outside(fixture.house, fixture.token), _allowed(subject, fixture)
    file_all(subject, outside)
    few = {key: sent for flow in flows for key, sent in _asked(fixture, flow, sent_on_sqlite)}
    for key, sent in few.items():
        yield from (f"{key}: {fault}" for fault in _wrong(sent, allowed, _planned_by_sqlite))
    for _ in range(MORE):
        file_all(subject, outside)
    for flow in flows:
        for key, sent in _asked(fixture, flow, sent_on_sqlite):
            if len(sent) > len(few[key]):
                more = f"{len(few[key])} statements, and {len(sent)} with {MORE} requests more"
                yield f"{key}: {more}; ask for all rows at once: {sent[-1][:200]}"


def _on_postgresql(subject: Subject, flows: list[Flow]) -> Iterator[str]:
    """Ask where there are many requests: of few rows PostgreSQL reads all, whatever index there is."""
    with subject.apart() as fixture:
        store, sides = fixture.house.store, fixture.house.modules.sides
        filed = file_all(subject, Outside(fixture.house, fixture.token))
        allowed = _allowed(subject, fixture)
        judges = [fixture.people["judge"], fixture.people["judge2"]]
        there = [flow for flow in flows if flow.kind in filed]
        large = store.write(
            lambda connection: [
                one for flow in there for one in multiply(connection, sides[flow.kind], judges)
            ]
        )
        store.write(settle)
        for flow in there:
            for key, sent in _asked(fixture, flow, lambda: sent_to(store.engine)):
                with store.read() as connection:
                    planned = partial(_planned_by_postgresql, connection, "|".join(large))
                    yield from (f"{key}: {fault}" for fault in _wrong(sent, allowed, planned))


def shapes(fixture: Fixture, flow: Flow) -> Iterator[Given]:
    """Give what can be asked of a queue: each order, state, limit, search condition, word and view by itself, and the next page."""
    yield {}
    yield from ({"order": [order]} for order in ("newest", "oldest", "due"))
    yield from ({"due": [due]} for due in ("near", "overdue"))
    yield from ({"state": [face.zh]} for face in flow.faces())
    yield from ({"q": [word]} for word in ("某", "2026", "zz"))
    yield {"handler": [str(fixture.people["judge"])]}
    yield {"submitted_from": ["2026-01-01"], "submitted_to": ["2026-12-31"]}
    yield from ({"view": [view.code]} for view in flow.views)
    for spec in specs_of(flow.fields).values():
        if spec.search and spec.choices:
            yield {spec.name: [spec.choices[0].value]}
        elif spec.search and spec.kind.storage == "text":
            yield {"q": [f"{spec.label.zh[:2]}"]}
    with fixture.house.store.read() as connection:
        last = connection.scalar(sa.select(sa.func.max(ApplicationRow.id)))
    yield {"after": [str(last or 1)]}


def _asked(fixture: Fixture, flow: Flow, listen: Listen) -> Iterator[tuple[str, list[Statement]]]:
    """Give what each shape sends to the database."""
    house = fixture.house
    arrivals, queues = Arrivals(house), Queues(house)
    for name in staff_of(flow):
        session = digest_of(log_in(house, name, PASSWORD, "10.1.2.3"))
        for given in shapes(fixture, flow):
            conditions, problems = read_conditions([flow], dict(given), house.numbers(COURT))
            if problems:
                continue
            with listen() as sent:
                arrival = arrivals.arrive(session)
                assert arrival is not None
                queues.page(arrival.actor, arrival.enabled, flow, conditions)
            said = ", ".join(
                "the next page" if key == "after" else f"{key}={value[0]}" for key, value in given.items()
            )
            yield f"{flow.kind} for {name} ({said or 'as it begins'})", list(sent)


def _allowed(subject: Subject, fixture: Fixture) -> int:
    """Return how many statements a page of the module's may send."""
    return BUDGET + ELSEWHERE * (subject.name in fixture.house.hooks.implements("list_queue"))


def _wrong(sent: list[Statement], allowed: int, planned: Callable[[Statement], list[str]]) -> Iterator[str]:
    if len(sent) > allowed:
        yield f"{len(sent)} statements, {allowed} are allowed; the last: {sent[-1][:200]}"
    for statement in sent:
        if SKIPPED.search(statement):
            yield f"it skips rows with OFFSET; go on by key: {statement[:200]}"
        elif statement.lstrip().upper().startswith(("SELECT", "WITH")):
            yield from (f"{fault}: {statement[:200]}" for fault in planned(statement))


def _planned_by_sqlite(statement: Statement) -> list[str]:
    rows: Any = statement.driver.execute(PREFIX["sqlite"] + statement)
    return faults("sqlite", [row[-1] for row in rows])


def _planned_by_postgresql(connection: Connection, tables: str, statement: Statement) -> list[str]:
    rows = connection.exec_driver_sql(PREFIX["postgresql"] + statement, statement.parameters)
    return faults("postgresql", [row[-1] for row in rows], tables, COPIES // 20)
