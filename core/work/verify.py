"""What a stranger may learn of a paper by its code: whose it is, its number, whether it holds, whom to ring."""

import re
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.engine import Connection

from core.gate import enabled
from core.paper import Verification
from core.records import ApplicationRow, Court, PaperRow, Person
from core.values import Application
from core.work.house import House
from core.work.snapshots import by_id
from core.work.times import court_day

_CODE = re.compile(r"[A-Z2-7]{32}")


@frozen
class Verified:
    """What the public page says; nothing of the case and nobody's name."""

    court: str
    court_en: str
    number: str
    since: date
    until: date | None
    standing: str
    """``valid``, ``expired`` or ``revoked``."""
    telephone: str


def verify(house: House, code: str) -> Verified | None:
    """Return what is known of the paper with this code; None where there is none, or its module is off."""
    code = code.strip().upper()
    if not _CODE.fullmatch(code):
        return None
    with house.store.read() as connection:
        row = connection.execute(
            sa.select(PaperRow.__table__, ApplicationRow.kind, ApplicationRow.module)
            .join(ApplicationRow, ApplicationRow.id == PaperRow.application_id)
            .where(PaperRow.verification == code)
        ).one_or_none()
        flow = house.modules.flow(row.kind) if row is not None else None
        if row is None or flow is None or row.module not in enabled(connection, row.court_code):
            return None
        paper = next((one for one in flow.papers if one.code == row.code), None)
        if paper is None or paper.verify is None:
            return None
        application = by_id(connection, house.modules, row.application_id)
        court = connection.execute(
            sa.select(Court.name, Court.name_en, Court.telephone).where(Court.code == row.court_code)
        ).one()
        until = _until(application, paper.verify)
        return Verified(
            court=court.name,
            court_en=court.name_en,
            number=row.number,
            since=court_day(row.issued_at),
            until=until,
            standing=_standing(application, paper.verify, until, court_day(house.clock())),
            telephone=_telephone(connection, application.handler or row.issued_by_id) or court.telephone,
        )


def _until(application: Application, rule: Verification) -> date | None:
    if not rule.until:
        return None
    held: Any = application.data.get(rule.until, getattr(application.fields, rule.until, None))
    if isinstance(held, datetime):
        return court_day(held)
    return date.fromisoformat(held[:10]) if isinstance(held, str) else held


def _standing(application: Application, rule: Verification, until: date | None, today: date) -> str:
    if until is not None and until < today:
        return "expired"
    return "valid" if application.state in rule.valid_in else "revoked"


def _telephone(connection: Connection, person: int | None) -> str:
    if person is None:
        return ""
    return connection.scalar(sa.select(Person.telephone).where(Person.id == person)) or ""
