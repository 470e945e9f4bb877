"""What the tests of contacts do again and again."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from core.records import CaseRow, Delivery
from core.values import Application
from core.work.hearing_facts import Slot
from core.work.hearings import schedule
from core.work.transaction import Transaction
from tests.support.acting import conclude, file_one, read, rows
from tests.support.houses import OPERATOR, Fixture

CASE = "（2026）粤0199民初1号"
ASKED = "2026-11-24T09:30:00+08:00"
WANTED = [{"starts_at": ASKED, "ends_at": "2026-11-24T10:30:00+08:00"}]
MEETING = {
    "meeting_at": "2026-11-24T09:30", "meeting_minutes": "30", "meeting_place": "第三会见室", "participants": "甲某某、judge",
    "tell_others": "true",
}  # fmt: skip


def ask(court: Fixture, number: object = 1, *, submitter: dict[str, str] | None = None, **fields: Any) -> str:
    """File a contact in the case; an appointment where nothing else is said."""
    given = {"type": "appointment", "topic": "schedule", "content": "希望面谈证据交换的安排。", "wanted": WANTED, "phone": "19900000001"}  # fmt: skip
    more = {"submitter": submitter} if submitter else {}
    return file_one(court, "contact", number, case_number=CASE, fields=given | fields, **more).serial_no


def reply(court: Fixture, serial: str, result: str, text: str = "答复内容", who: str = "judge", **form: str) -> Application:  # fmt: skip
    """Save and send a reply; the meeting of an agreed one is filled in."""
    filled = MEETING | form if result in ("agree", "change") else form
    return conclude(court, who, "contact", serial, result, text, **filled)


def told(court: Fixture, phone: str) -> list[str]:
    """Return the messages to this number, oldest first."""
    return [one.payload["text"] for one in rows(court, Delivery) if one.payload["to_phone"] == phone]


def appoint_hearing(court: Fixture, starts: str, judge: str = "judge", minutes: int = 120) -> None:
    """Have the judge sit in the case."""
    begins = datetime.fromisoformat(starts)

    def work(connection: sa.Connection) -> None:
        tx = Transaction(court.house, connection, OPERATOR, court.clock())
        case = connection.execute(sa.select(CaseRow.id).where(CaseRow.case_number == CASE)).scalar_one()
        slot = Slot(starts_at=begins, ends_at=begins + timedelta(minutes=minutes), courtroom="第一法庭", judge=court.people[judge])  # fmt: skip
        schedule(tx, case, slot, source="test")

    court.house.store.write(work)


def fields(court: Fixture, serial: str) -> Any:
    return read(court, serial).fields
