"""Calendar files (RFC 5545): what a calendar program takes in, and updates where it is moved."""

from collections.abc import Iterable
from datetime import UTC, datetime

from core.appointment import Engagement

TYPE = "text/calendar; charset=utf-8"


def calendar_file(
    engagements: Iterable[Engagement], *, court: str, now: datetime, language: str = "zh"
) -> bytes:
    """Return ``engagements`` as one calendar file; ``court`` is the name of the court they are at."""
    # Imported here: no other page needs the library.
    from icalendar import Calendar, Event

    made = Calendar()
    made.add("prodid", "-//Benchside//Agenda//ZH")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for one in engagements:
        event = Event()
        event.add("uid", one.uid)
        event.add("sequence", one.version)
        event.add("dtstamp", now.astimezone(UTC))
        event.add("dtstart", one.starts_at.astimezone(UTC))
        event.add("dtend", one.ends_at.astimezone(UTC))
        event.add("summary", " ".join(filter(None, [one.title.in_(language), one.case_number])))
        event.add("location", "，".join(filter(None, [court, one.place])))
        event.add("description", " ".join(filter(None, [one.judge_name, one.serial_no])))
        made.add_component(event)
    return bytes(made.to_ical())
