"""What these tests do again and again: ask for a postponement, decide it, let the trial system answer."""

from datetime import timedelta
from typing import Any

from core.records import Delivery, HearingRow
from core.work.deliver import deliver_due
from core.work.review import decide
from tests.support.acting import conclude, file_one, rows
from tests.support.brought import NUMBER
from tests.support.houses import Fixture

FIRST, SECOND, THIRD = "2026-12-10T09:00", "2026-12-24T09:30", "2027-01-07T09:00"
LAWYER = {"role": "lawyer", "name": "丙某某", "phone": "19900000013", "licence_no": "14499201011000001"}
FIELDS = {
    "hearing_at": f"{FIRST}:00+08:00", "courtroom": "第一法庭", "ground": "lawyer_conflict", "reason": "同日另有他案开庭。",
    "other_side_consent": "not_asked",
}  # fmt: skip
PRESIDENT = {"president": "院长某", "president_on": "2026-11-23", "president_no": "〔2026〕5号"}


def ask(court: Fixture, number: object = 1, *, case_number: str = NUMBER, **fields: Any) -> str:
    """File a request as the plaintiff's lawyer; return its serial number."""
    return file_one(
        court, "postponement", number, case_number=case_number, submitter=LAWYER, fields=FIELDS | fields
    ).serial_no


def approve(court: Fixture, serial: str, at: str | None = SECOND, who: str = "judge", **form: str) -> None:
    """Grant it, to a new time or (None) without one; nothing is delivered yet."""
    given = {"article": "rearranged", "deducted": "false"} | form
    if at is None:
        given["next_hearing"] = "later"
    else:
        given |= {"next_hearing": "fixed", "new_hearing_at": at}
    conclude(court, who, "postponement", serial, "approve", **given)


def direct(court: Fixture, serial: str, decision: str, who: str = "judge", **form: str) -> None:
    """Take a direct decision."""
    given = {name: [value] for name, value in form.items()}
    decide(court.house, court.actor(who), "postponement", serial, decision, None, form=given)


def deliver(court: Fixture) -> None:
    """Let everything leave that is due."""
    while deliver_due(court.house):
        pass


def hearings(court: Fixture) -> list[tuple[str, str, str]]:
    """Return (time, courtroom, state) of every hearing, in order."""
    return sorted(
        ((one.starts_at + timedelta(hours=8)).strftime("%m-%d %H:%M"), one.courtroom, one.state)
        for one in rows(court, HearingRow)
    )


def told(court: Fixture, words: str) -> list[str]:
    """Return who was sent a notice that carries ``words``."""
    sent = [one.payload for one in rows(court, Delivery, Delivery.hook == "notify")]
    return sorted(one["to_name"] for one in sent if words in one["text"])
