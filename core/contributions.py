"""What a module adds beside its request types, as values: cards of the desk, jobs, calls of the API; and what each is given."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import attrs
from attrs import Factory, frozen
from attrs import field as attribute

from core.appointment import Engagement
from core.fields.label import Label, label, optional_label
from core.law.calendar import CourtCalendar
from core.law.dates import SHANGHAI, court_date
from core.looks import known_icon
from core.roles import Permission
from core.values import Actor

if TYPE_CHECKING:
    from core.store.engine import Store

_PART = re.compile(r"[a-z0-9][a-z0-9-]*|\{[a-z_]+\}")
SHORTEST = timedelta(minutes=1)
CARDS, LINES, LETTERS = 3, 6, 80
"""A module's share of the desk: cards, lines a card, characters a line."""


@frozen(kw_only=True)
class Place:
    """One court at one moment, as a module's own code sees it from a job, the desk, a call or a command."""

    court: str
    """The court's code."""
    now: datetime
    store: "Store"
    """Reaches the module's own tables: ``store.read()`` gives a connection, ``store.write(work)`` a transaction."""

    _settings: Callable[[], Any] | None = None
    _calendar: Callable[[], CourtCalendar] | None = None

    @property
    def settings(self) -> Any:
        """The module's settings for the court, read when they are asked for; None where it declares none."""
        return None if self._settings is None else self._settings()

    @property
    def today(self) -> date:
        """The court's date."""
        return court_date(self.now)

    @property
    def calendar(self) -> CourtCalendar:
        """The court's calendar, read when it is asked for."""
        assert self._calendar is not None
        return self._calendar()


@frozen(kw_only=True)
class Desk(Place):
    """The desk of one person: who looks at it, and what the judges they serve have to do."""

    actor: Actor
    engagements: Callable[[datetime, datetime], tuple[Engagement, ...]]
    """Given two moments, returns the hearings and appointments between them."""


@frozen(kw_only=True)
class ApiRequest(Place):
    """A call from outside whose token, court and module have been checked."""

    client: str
    """The name of the platform that calls."""
    path: Mapping[str, str] = Factory(dict)
    """The variable parts of the address."""
    query: Mapping[str, str] = Factory(dict)
    """The arguments of the address, those that the call declares."""
    values: Any = None
    """The body, as an instance of the call's ``body`` class."""


@frozen(kw_only=True)
class Console:
    """What a command is given (``@click.pass_obj``): the store, and the courts in which its module is on."""

    store: "Store"
    place: Callable[[str], Place]
    """Given a court's code, returns the place; refuses a court that is not there, or in which the module is off."""


def _href(_: Any, given: "attrs.Attribute[str]", value: str) -> None:
    if value and not re.fullmatch(r"/(?!/)[!-~]*", value):
        raise ValueError(f"{given.name}: {value!r} is no address of ours; it begins with one slash")


def _several(given: "Iterable[CardLine]") -> "tuple[CardLine, ...]":
    return tuple(given)


@frozen
class CardLine:
    """One line of a card, with the page it leads to."""

    text: Label = attribute(converter=label)
    href: str = attribute(default="", validator=_href)


@frozen
class Card:
    """What a module shows on a person's desk. The host shows three cards a module, six lines a card, 80 characters a line."""

    title: Label = attribute(converter=label)
    lines: tuple[CardLine, ...] = attribute(converter=_several, default=())
    href: str = attribute(default="", validator=_href)
    """The page that shows all of it."""
    empty: Label | None = attribute(converter=optional_label, default=None, kw_only=True)
    """What it says without lines; without both the card is left out."""
    icon: str = attribute(default="", kw_only=True, validator=known_icon)
    """The name of its icon; empty takes the module's."""


@frozen
class Job:
    """Work that a module does by itself: at intervals (``every``) or at a time of the court's day (``daily``).

    It runs once for each due time in each court in which the module is on, whatever the number of workers; where a worker dies
    in it, it is begun again after an hour. So what it does must bear being done twice.
    """

    code: str = attribute(validator=attrs.validators.matches_re(r"[a-z][a-z0-9_]{0,39}"))
    title: Label = attribute(converter=label)
    run: Callable[[Place], Label | tuple[str, str] | str | None]
    """Does it, and returns what came of it in a sentence, or None."""
    every: timedelta | None = attribute(default=None, kw_only=True)
    """At intervals, of a minute at least."""
    daily: time | None = attribute(default=None, kw_only=True)
    """At a time of the court's day; one of the two is given."""

    def __attrs_post_init__(self) -> None:
        if (self.every is None) == (self.daily is None):
            raise ValueError(f"job {self.code}: say either every= or daily=")
        if self.every is not None and self.every < SHORTEST:
            raise ValueError(f"job {self.code}: it cannot run oftener than once a minute")

    def after(self, moment: datetime) -> datetime:
        """Return when it is due next after ``moment``, aware."""
        if self.every is not None:
            return moment + self.every
        assert self.daily is not None
        local = moment.astimezone(SHANGHAI)
        today = datetime.combine(local.date(), self.daily, SHANGHAI)
        return (today if today > local else today + timedelta(days=1)).astimezone(moment.tzinfo)


def _parts(_: Any, __: "attrs.Attribute[str]", value: str) -> None:
    if not all(_PART.fullmatch(part) for part in value.split("/")):
        raise ValueError(
            f"{value!r}: write an address of small letters, digits and hyphens, such as hours/{{day}}"
        )


@frozen
class ApiRoute:
    """One call of the outside platform's API, below ``/api/v1/courts/{court}/m/<module>/``.

    Token, court and module are checked before ``answer`` is asked; what it returns is sent as JSON. ``raise Refused`` refuses.
    """

    method: str = attribute(validator=attrs.validators.in_(("GET", "POST")))
    """``GET`` or ``POST``."""
    path: str = attribute(validator=_parts)
    """Below the module's address; ``{name}`` stands for one part of it."""
    title: Label = attribute(converter=label)
    answer: Callable[[ApiRequest], Any]
    body: type | None = attribute(default=None, kw_only=True)
    """A ``@request_fields`` class: what a POST sends, checked before the answer."""
    query: Mapping[str, str] = attribute(factory=dict, kw_only=True)
    """Arguments of the address, each with its pattern."""
    schema: Mapping[str, Any] = attribute(factory=lambda: {"type": "object"}, kw_only=True)
    """The JSON Schema of the answer."""
    permission: Permission | None = attribute(default=None, kw_only=True)
    """Only where the court lets the outside platform have it."""


def bounded(cards: Iterable[Card]) -> tuple[Card, ...]:
    """Return what of ``cards`` has room on the desk."""
    shown = [one for one in cards if one.lines or one.empty][:CARDS]
    return tuple(attrs.evolve(one, title=_cut(one.title), lines=_room(one.lines)) for one in shown)


def _room(lines: Iterable[CardLine]) -> tuple[CardLine, ...]:
    return tuple(attrs.evolve(one, text=_cut(one.text)) for one in tuple(lines)[:LINES])


def _cut(words: Label) -> Label:
    return Label(
        *(text if len(text) <= LETTERS else f"{text[: LETTERS - 1]}…" for text in (words.zh, words.en))
    )
