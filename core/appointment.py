"""Appointments: which fields of a request say when and where its handler meets somebody; and what fills a judge's day."""

from datetime import datetime

from attrs import field as attribute
from attrs import frozen

from core.fields.label import Label, label


@frozen
class Appointment:
    """That a request may come to an appointment of its handler.

    There is one while its ``starts`` is filled. It then stands in the handler's agenda and is offered as a calendar file, to the
    applicant too.
    """

    title: Label = attribute(converter=label)
    starts: str
    """The computed field (a ``moment``) that says when it begins; empty, there is none."""
    minutes: str
    """The computed field (``whole``) that says how many minutes it takes."""
    place: str
    """The computed field (``text``) that says where."""

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
    """The courtroom, or where the appointment is."""
    case_number: str | None
    judge: int | None
    """The number of the person."""
    judge_name: str
    applicant: str = ""
    """Of an appointment: whom it is for."""
    serial_no: str = ""
    """Of an appointment: the request it came from."""
    module: str = ""
    """Of an appointment: whose request it is; empty of a hearing."""
    request: int | None = None
    """Of an appointment: the key of that request."""
    version: int = 0
    """Grows with each change, as calendar programs ask for."""
