"""The appeal period and what follows from it: plain functions on values (民事诉讼法第85、157、171、173、174、286条)."""

from collections.abc import Collection
from datetime import date
from typing import Any

from attrs import frozen

from core import Label, law

from .limits import DOCUMENTS, FROM_ABROAD, JUDGMENT, OF_JUDGMENT, OF_RULING

IN_TIME, LATE, TO_VERIFY = "in_time", "late", "to_verify"
STANDINGS = {IN_TIME: ("期内", "In time"), LATE: ("逾期", "Late"), TO_VERIFY: ("待核", "To be verified")}


def period_of(document: str, abroad: bool) -> Any:
    """Return the period for a ``document`` of DOCUMENTS; ``abroad``: the party has no domicile in the country."""
    if document not in DOCUMENTS:
        raise ValueError(f"{document} cannot be appealed")
    if abroad:
        return FROM_ABROAD
    return OF_JUDGMENT if document == JUDGMENT else OF_RULING


def expiry(
    document: str, abroad: bool, served_on: date, calendar: "law.calendar.CourtCalendar"
) -> "law.periods.Deadline":
    """Return the last day of the appeal period, with how it was reached; LawError where the calendar does not reach."""
    reckoned: law.periods.Deadline = period_of(document, abroad).reckon(served_on, calendar)
    return reckoned


def defence_days(abroad: bool) -> int:
    """Return how many days the other side has for its defence (第174条; without domicile in the country 第286条)."""
    return 30 if abroad else 15


@frozen(kw_only=True)
class Facts:
    """What decides whether an appeal is in time."""

    document: str
    abroad: frozenset[bool]
    """For each appellant: whether without domicile in the country."""
    told: date | None
    """Served, as the appellant says."""
    recorded: frozenset[date] = frozenset()
    """Served, as the court's own records of service say, for each appellant that has one."""
    checked: date | None = None
    """Served, as the judge found."""
    corrected: date | None = None
    """The last day, as the judge set it by hand."""
    lodged: date
    """The day that counts as lodging."""


@frozen
class Finding:
    """What was found: the service date that counts, the last day, and whether the appeal is in time."""

    served_on: date | None
    deadline: "law.periods.Deadline | None"
    """As reckoned; None where it cannot be."""
    expires_on: date | None
    standing: str
    doubts: tuple[Label, ...] = ()
    """Why it has to be verified."""


def find(facts: Facts, calendar: "law.calendar.CourtCalendar") -> Finding:
    """Return whether an appeal is in time; what is doubtful is never called late.

    The judge's own finding goes before the record of service, the record before what the appellant says.
    """
    served_on = facts.checked or min(facts.recorded, default=facts.told)
    deadline, doubts = _reckoned(facts, served_on, calendar)
    if facts.corrected is not None:
        return Finding(served_on, deadline, facts.corrected, _compared(facts.lodged, facts.corrected))
    if facts.checked is None and any(day != facts.told for day in facts.recorded):
        days = "、".join(str(day) for day in sorted(facts.recorded))
        doubts += (Label(
            f"自报送达日期{facts.told or '（未填）'}与送达记录{days}不一致，请核对送达回证。",
            f"The service date given ({facts.told or 'none'}) differs from the record ({days}); check the proof of service.",
        ),)  # fmt: skip
    if deadline is None:
        return Finding(served_on, None, None, TO_VERIFY, doubts)
    standing = _compared(facts.lodged, deadline.end)
    if standing == LATE and len(facts.abroad) > 1:
        doubts += (Label(
            "部分上诉人在境内没有住所，上诉期为30日，请分别核对。",
            "Some appellants have no domicile in the country and have 30 days; check each of them.",
        ),)  # fmt: skip
    return Finding(served_on, deadline, deadline.end, TO_VERIFY if doubts else standing, doubts)


def _reckoned(
    facts: Facts, served_on: date | None, calendar: "law.calendar.CourtCalendar"
) -> "tuple[law.periods.Deadline | None, tuple[Label, ...]]":
    if served_on is None:
        return None, (
            Label(
                "送达日期不明，请核对送达回证。", "The service date is not known; check the proof of service."
            ),
        )
    try:
        return expiry(facts.document, all(facts.abroad), served_on, calendar), ()
    except law.errors.LawError as error:
        return None, (Label(error.message_zh, error.message_en),)


def _compared(lodged: date, last: date) -> str:
    return IN_TIME if lodged <= last else LATE


def day_of_lodging(received: date, posted: date | None, handed_to_second: date | None) -> date:
    """Return the day that counts: posted before the end is in time (第85条), as is handing it to the second court (第173条)."""
    return posted or handed_to_second or received


def is_second_instance(case_number: str) -> bool:
    """Tell whether a well-formed case number is one of second instance (民终、民辖终、行终 …)."""
    return "终" in law.case_number.parse(case_number).type


def recorded_for(
    document: str, services: "Collection[tuple[str, str, date | None]]", names: Collection[str]
) -> frozenset[date]:
    """Return the service dates on record, of (paper, party, day), of the document appealed to the parties ``names``."""
    word = "判决" if document == JUDGMENT else "裁定"
    return frozenset(
        day for paper, party, day in services if word in paper and party in names and day is not None
    )
