"""A case as modules, pages and papers read it."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.context import Case, CaseProxy, CaseSide, Service
from core.records import CaseAgent, CaseParty, CaseRow, Person, ServiceRecord
from core.work.hearing_facts import hearings_of


def case_of(connection: Connection, key: int) -> Case:
    """Return the case with this key, with its parties and agents in the order they were recorded, its hearings and services in that of time."""
    row = connection.execute(
        sa.select(CaseRow.__table__, Person.name.label("handler_name"))
        .outerjoin(Person, Person.id == CaseRow.handler_id)
        .where(CaseRow.id == key)
    ).one()
    parties = connection.execute(
        sa.select(CaseParty.standing, CaseParty.name, CaseParty.facts)
        .where(CaseParty.case_id == key)
        .order_by(CaseParty.id)
    )
    agents = connection.execute(
        sa.select(CaseAgent.party_name, CaseAgent.name, CaseAgent.facts)
        .where(CaseAgent.case_id == key)
        .order_by(CaseAgent.id)
    )
    services = connection.execute(
        sa.select(ServiceRecord.document, ServiceRecord.party, ServiceRecord.served_on, ServiceRecord.method)
        .where(ServiceRecord.case_id == key)
        .order_by(ServiceRecord.served_on, ServiceRecord.id)
    )
    return Case(
        id=row.id,
        case_number=row.case_number,
        case_type=row.case_type,
        cause=row.cause,
        title=row.title,
        procedure=row.procedure,
        handler=row.handler_id,
        handler_name=row.handler_name or "",
        docketed_on=row.docketed_on,
        parties=tuple(_side(one.standing, one.name, one.facts) for one in parties),
        agents=tuple(_proxy(one.party_name, one.name, one.facts) for one in agents),
        hearings=hearings_of(connection, key),
        services=tuple(Service(*one) for one in services),
    )


def _side(standing: str, name: str, facts: Mapping[str, Any]) -> CaseSide:
    return CaseSide(standing, name, str(facts.get("phone") or ""), facts.get("domicile_abroad"), facts)


def _proxy(party: str, name: str, facts: Mapping[str, Any]) -> CaseProxy:
    powers = facts.get("special_powers") or ()
    return CaseProxy(
        party, name, str(facts.get("phone") or ""), str(facts.get("licence_no") or ""),
        str(facts.get("authority") or ""), tuple(str(one) for one in powers), facts,
    )  # fmt: skip
