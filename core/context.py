"""What a module may know around one request: the court, the moment, its settings, the case. Read, never written."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Protocol

from attrs import frozen

from core.appointment import Engagement
from core.law.calendar import CourtCalendar
from core.law.period_words import Unit
from core.law.periods import Deadline
from core.values import Application, Submitter


@frozen
class CaseSide:
    """A party to a case."""

    standing: str
    """As the trial system gives it: ``plaintiff``, ``defendant``, …; ``law.standings.standing_words`` has its words."""
    name: str
    phone: str
    domicile_abroad: bool | None
    """Without domicile in the mainland (民事诉讼法第286条); None where nobody has said."""
    facts: Mapping[str, Any]


@frozen
class CaseProxy:
    """An agent ad litem of one party; who acts for two is there twice."""

    party: str
    """The name of the party."""
    name: str
    phone: str
    licence_no: str
    """The practising licence; empty of who has none."""
    authority: str
    """``general`` or ``special`` (民事诉讼法第62条); empty where nobody has said."""
    special_powers: tuple[str, ...]
    """What ``special`` covers, such as ``settle`` and ``appeal``."""
    facts: Mapping[str, Any]


@frozen
class Hearing:
    """A hearing of a case."""

    id: int
    case_number: str
    starts_at: datetime
    ends_at: datetime
    courtroom: str
    judge: int | None
    judge_name: str
    state: str
    """``scheduled``, ``held``, ``moved`` or ``cancelled``."""


@frozen
class HearingChange:
    """What happened to a hearing."""

    before: Hearing
    """As it was."""
    after: Hearing | None
    """As it is now; None: cancelled until further notice."""


@frozen
class Service:
    """A document was served on a party (民事诉讼法第87条)."""

    document: str
    """What was served."""
    party: str
    served_on: date
    """The day on which it counts as served."""
    method: str
    """How, in the words of whoever told."""


@frozen(kw_only=True)
class Case:
    """A case as the court's tables hold it."""

    id: int
    case_number: str
    case_type: str
    cause: str
    title: str
    procedure: str
    """``ordinary``, ``summary``, ``small_claims``, or empty where nobody has said."""
    handler: int | None
    handler_name: str
    docketed_on: date
    parties: tuple[CaseSide, ...] = ()
    """Its parties."""
    agents: tuple[CaseProxy, ...] = ()
    """Their agents."""
    hearings: tuple[Hearing, ...] = ()
    """In the order of their beginning."""
    services: tuple[Service, ...] = ()
    """What was served on whom."""

    def agents_named(self, name: str) -> tuple[CaseProxy, ...]:
        """Return the agents of this name; one may act for several parties."""
        return tuple(one for one in self.agents if one.name == name)


@frozen
class Routing:
    """Whose a request becomes on arrival, and from whom it is hidden; numbers of people of the court."""

    handler: int | None = None
    hidden_from: int | None = None
    """The person it is about, who never finds it."""


class Context(Protocol):
    """What a module may ask; everything is read when it is first asked for."""

    @property
    def court(self) -> str:
        """The court's code."""

    @property
    def court_name(self) -> str:
        """The court's name."""

    @property
    def now(self) -> datetime:
        """The moment, aware."""

    @property
    def today(self) -> date:
        """The court's date."""

    @property
    def calendar(self) -> CourtCalendar:
        """The court's calendar: ``calendar.is_rest(day)`` tells whether the courts rest on ``day``, ``rests(day)`` its best guess."""

    @property
    def settings(self) -> Any:
        """The module's settings for the court; None where it declares none."""

    @property
    def state(self) -> str:
        """Where the request stands; of a step, where it leads. Empty before it has arrived."""

    @property
    def submitter(self) -> Submitter:
        """Who filed the request."""

    @property
    def submitted_at(self) -> datetime:
        """When it was first submitted; on arrival, now."""

    @property
    def data(self) -> Mapping[str, Any]:
        """What the steps so far filled in, JSON-like, the latest winning; empty on arrival."""

    @property
    def case(self) -> Case | None:
        """The case the request belongs to."""

    def deadline(
        self, start: date, length: int, unit: Unit, *, before: bool = False, roll: bool = True
    ) -> Deadline:
        """Return when a period ends by the court's calendar (``law.periods.deadline``): ``.end`` is its last day. ``unit`` is ``hours``,
        ``days``, ``workdays``, ``months`` or ``years``; it raises ``law.errors.YearUnknown`` where it ends in a year whose rest days
        nobody has entered, each December for what ends in January. A guard may let it pass; a computed field that does is empty until
        the year is entered.

        Raises:
            LawError: no such length, or a year the calendar does not hold.
        """

    def earlier(self, kind: str) -> tuple[Application, ...]:
        """Return the other requests of ``kind`` in the same case, oldest first."""

    def clashes(
        self,
        starts_at: datetime,
        courtroom: str | None = None,
        judge: int | None = None,
        *,
        besides: Hearing | None = None,
    ) -> tuple[Hearing, ...]:
        """Return the scheduled hearings of the court that a hearing at ``starts_at`` would overlap in this courtroom
        or before this judge; ``besides`` is the one that is to be moved there, and says how long it takes.
        """

    def engagements(self, judge: int, starts_at: datetime, ends_at: datetime) -> tuple[Engagement, ...]:
        """Return what ``judge`` has between two moments, this request's own appointment left out: hearings, and the
        appointments of every module that is on.
        """
