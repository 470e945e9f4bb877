"""Appointments: which fields of a request say when and where its handler meets somebody; and what fills a judge's day."""

from datetime import datetime

from attrs import field as attribute
from attrs import frozen

from core.fields.label import Label, label


@frozen
class Appointment:
    """That a request may come to an appointment of its handler, called ``title``. The others name computed fields of it.

    While ``starts`` (a moment) is filled there is one, of ``minutes`` (a whole number) and at ``place`` (text). It then
    stands in the handler's agenda and is offered as a calendar file, to the applicant too.
    """

    title: Label = attribute(converter=label)
    starts: str
    minutes: str
    place: str

    @property
    def names(self) -> tuple[str, str, str]:
        """The three fields."""
        return (self.starts, self.minutes, self.place)


@frozen(kw_only=True)
class Engagement:
    """One thing in a judge's day: a hearing, or an appointment that a request came to."""

    uid: str
    """Stays while it is moved."""
    title: Label
    starts_at: datetime
    ends_at: datetime
    place: str
    case_number: str | None
    judge: int | None
    judge_name: str
    applicant: str = ""
    """Of an appointment: whom it is for."""
    serial_no: str = ""
    """Of an appointment: the request it came from."""
    module: str = ""
    request: int | None = None
    """Of an appointment: the key of that request."""
    version: int = 0
