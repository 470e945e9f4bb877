"""One request as a page sees it, and the site it came to."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import Factory, frozen
from jinja2 import Environment

from core.appointment import Engagement
from core.contributions import Place
from core.fields.label import Label
from core.values import Actor, QueueRow
from core.web.answer import Answer, disposition, see_other
from core.web.form import Fields
from core.web.holes import Frame
from core.web.menu import Shell, current_of, shell_of
from core.web.session import Signer
from core.web.static import Static
from core.work.agenda import engagements
from core.work.arrive import Arrival, Arrivals
from core.work.house import House
from core.work.kept import Kept
from core.work.places import place_of
from core.work.queue import Queues

FRAMES, FRAGMENTS, SHAPES = 64, 1000, 250


@frozen(eq=False)
class Site:
    """What all pages share, made once at start."""

    house: House
    arrivals: Arrivals
    queues: Queues
    signer: Signer
    static: Static
    templates: Mapping[str, Environment]
    frames: Kept[Frame] = Factory(lambda: Kept(FRAMES))
    """Pages without what differs from request to request, by all that they show."""
    fragments: Kept[tuple[QueueRow, bytes]] = Factory(lambda: Kept(FRAGMENTS))
    """Rows of lists as they are sent, each with the value it was made of."""
    shapes: Kept[Frame] = Factory(lambda: Kept(SHAPES))
    """Rows of lists without their words, by all else that they show."""
    views: Kept[object] = Factory(lambda: Kept(FRAMES))
    """A mark for each way of showing a row."""


@frozen(eq=False, kw_only=True)
class Visit:
    """One request: who, where, in which language, with what."""

    site: Site
    method: str
    path: str
    values: Mapping[str, str]
    """The variable parts of the address."""
    query: Fields
    query_string: str
    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    language: str
    session: str
    """What the form token is bound to: the session, or the visitor where nobody has logged in."""
    token: str
    arrival: Arrival | None
    address: str
    request_id: str
    form: Fields = Factory(dict)
    title: Label | None = None
    """What the page of a module is called, for a template that does not say."""

    @property
    def house(self) -> House:
        """The house."""
        return self.site.house

    @property
    def here(self) -> Arrival:
        """Who is here; pages behind the log-in always have somebody."""
        assert self.arrival is not None
        return self.arrival

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return self.here.actor

    @property
    def now(self) -> datetime:
        """The present moment."""
        return self.house.clock()

    @property
    def partial(self) -> bool:
        """Whether a part of a page is asked for, to be put into the page that is there."""
        return self.headers.get("hx-request") == "true"

    def asked(self, name: str) -> str:
        """Return one value of the address."""
        values = self.query.get(name, [])
        return values[-1].strip() if values else ""

    def sent(self, name: str) -> str:
        """Return one value of the form."""
        values = self.form.get(name, [])
        return values[-1] if values else ""

    def number(self, name: str) -> int | None:
        """Return one whole number of the form, or None."""
        text = self.sent(name).strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None

    @property
    def place(self) -> Place:
        """The court at this moment, for the module whose page it is; ``place.store`` reaches the module's own tables."""
        return place_of(self.house, self.path.split("/")[2], self.actor.court)

    def engagements(self, starts_at: datetime, ends_at: datetime) -> tuple[Engagement, ...]:
        """Return what the judges have between two moments whose requests count as one's own."""
        house, actor = self.house, self.actor
        with house.store.read() as connection:
            on = self.here.enabled
            return engagements(connection, house.modules, actor, actor.handles, starts_at, ends_at, on)

    def go(self, path: str) -> Answer:
        """Return the answer that sends the browser on to ``path``, as after a form that was taken."""
        return see_other(path)

    def download(self, name: str, content_type: str, body: bytes) -> Answer:
        """Return a file for the browser to keep as ``name``."""
        return Answer(body, content_type=content_type, headers={"Content-Disposition": disposition(name)})

    @property
    def back(self) -> str:
        """The address of this page, for what leads back to it."""
        return f"{self.path}?{self.query_string}" if self.query_string else self.path

    def shell(self) -> Shell | None:
        """Return the frame around the page; nobody and a part of a page have none."""
        return shell_of(self.house, self.arrival) if self.arrival and not self.partial else None

    def render(self, template: str, status: int = 200, **values: Any) -> Answer:
        """Return a page made of ``template``."""
        return Answer(self.text(template, shell=self.shell(), **values), status=status)

    def text(self, template: str, *, shell: Shell | None, **values: Any) -> str:
        """Return what ``template`` makes of ``values``, which outrank what every page has."""
        common = {
            "visit": self, "shell": shell, "current": current_of(shell, self.path) if shell else "", "token": self.token,
            "now": self.now, "back": self.back,
        }  # fmt: skip
        return self.site.templates[self.language].get_template(template).render(common | values)
