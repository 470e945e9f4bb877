"""Cases as the trial system knows them, brought in by file: everything fits, or nothing is written."""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from attrs import define

from core.fields.bind import to_json
from core.fields.problem import invalid
from core.law import case_number as case_numbers
from core.records import CaseAgent, CaseParty, CaseRow, Person, ServiceRecord
from core.values import Actor
from core.work.case_file import AgentGiven, CaseGiven, PartyGiven, ServiceGiven, read_cases
from core.work.case_hearings import bring_hearings
from core.work.house import House
from core.work.transaction import Transaction


@define
class Brought:
    """What an import came to: cases new, changed and as they were; hearings appointed, moved and cancelled."""

    new: int = 0
    changed: int = 0
    same: int = 0
    hearings: int = 0


def import_cases(house: House, actor: Actor, given: Any) -> Brought:
    """Bring cases into the actor's court; the same file again changes nothing.

    ``given`` is ``{"cases": [{…}, …]}``. Of a case that is there, only the keys that are given are changed; of parties,
    agents and services the list given takes the place of the one held. Hearings that moved or were cancelled are told
    to everybody in the case, and overtake what waits for them.

    Raises:
        Refused: something does not fit; every wrong field of every case is named, and nothing was written.
    """

    def work(connection: sa.Connection) -> Brought:
        tx = Transaction(house, connection, actor, house.clock())
        rows = connection.execute(sa.select(Person.username, Person.id).where(Person.court_code == tx.court))
        staff = {row.username: row.id for row in rows}
        cases, problems = read_cases(tx, staff, given)
        if problems:
            raise invalid(problems)
        brought = Brought()
        for one, raw in cases:
            _bring(tx, staff, one, raw, brought)
        tx.audit(
            "cases.import", tx.court, {"cases": len(cases), "new": brought.new, "changed": brought.changed}
        )
        return brought

    return house.store.write(work)


def _bring(
    tx: Transaction, staff: Mapping[str, int], one: CaseGiven, raw: Mapping[str, Any], brought: Brought
) -> None:  # fmt: skip
    held = tx.connection.execute(
        sa.select(CaseRow.__table__).where(
            CaseRow.court_code == tx.court, CaseRow.case_number == one.case_number
        )
    ).one_or_none()
    facts = {"docketed_on": one.docketed_on} | {
        name: value
        for name in ("cause", "title", "procedure", "sealed")
        if (value := getattr(one, name)) is not None
    }
    if one.handler is not None:
        facts["handler_id"] = staff[one.handler]
    if held is None:
        key, changed = _insert(tx, one, facts), True
    else:
        key = held.id
        new = {name: value for name, value in facts.items() if getattr(held, name) != value}
        if new:
            tx.connection.execute(sa.update(CaseRow).where(CaseRow.id == key).values(**new))
        changed = bool(new)
    for name, bring in (("parties", _parties), ("agents", _agents), ("services", _services)):
        if raw.get(name) is not None:
            changed |= bring(tx, key, getattr(one, name))
    acts = bring_hearings(tx, key, one.hearings, staff)
    brought.hearings += acts
    if held is None:
        brought.new += 1
    elif changed or acts:
        brought.changed += 1
    else:
        brought.same += 1


def _insert(tx: Transaction, one: CaseGiven, facts: Mapping[str, Any]) -> int:
    number = case_numbers.parse(one.case_number)
    return int(
        tx.connection.execute(
            sa.insert(CaseRow)
            .values(
                court_code=tx.court, case_number=str(number), year=number.year, court_prefix=number.court,
                case_type=number.type, sequence=number.seq, **facts,
            )
            .returning(CaseRow.id)
        ).scalar_one()
    )  # fmt: skip


def _parties(tx: Transaction, case: int, given: Iterable[PartyGiven]) -> bool:
    rows = [{"standing": one.standing, "name": one.name, "facts": to_json(one)} for one in given]
    return _replace(tx, CaseParty, case, rows, ("standing", "name"))


def _agents(tx: Transaction, case: int, given: Iterable[AgentGiven]) -> bool:
    rows = [{"party_name": one.party, "name": one.name, "facts": to_json(one)} for one in given]
    return _replace(tx, CaseAgent, case, rows, ("party_name", "name"))


def _services(tx: Transaction, case: int, given: Iterable[ServiceGiven]) -> bool:
    rows = [
        {"document": one.document, "party": one.party, "served_on": one.served_on, "method": one.method or ""}
        for one in given
    ]
    return _replace(tx, ServiceRecord, case, rows, ("document", "party", "served_on", "method"))


def _replace(
    tx: Transaction, table: Any, case: int, rows: list[dict[str, Any]], key: tuple[str, ...]
) -> bool:
    """Have ``rows`` stand for the case; what was known of one before beside what is given now is kept. Tell if it changed."""
    held = tx.connection.execute(
        sa.select(table.__table__).where(table.case_id == case).order_by(table.id)
    ).mappings().all()  # fmt: skip
    if "facts" in table.__table__.c:
        known = {tuple(one[name] for name in key): one["facts"] for one in held}
        for row in rows:
            row["facts"] = {**known.get(tuple(row[name] for name in key), {}), **row["facts"]}
    if [{name: one[name] for name in rows[0]} for one in held] == rows if rows else not held:
        return False
    tx.connection.execute(sa.delete(table).where(table.case_id == case))
    if rows:
        tx.connection.execute(
            sa.insert(table), [row | {"case_id": case, "court_code": tx.court} for row in rows]
        )
    return True
