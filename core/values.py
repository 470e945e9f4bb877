"""Frozen values that move between the rooms and through the hooks."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from attrs import Factory, field, frozen

from core.fields.declare import choice, request_fields, text
from core.fields.label import Label
from core.looks import known_icon
from core.roles import Permission, Role
from core.several import several

if TYPE_CHECKING:
    from core.contributions import Place

OUTSIDE = "OUTSIDE"
"""The outside platform among the holders of a permission, where people have roles."""


@request_fields
class Submitter:
    """Who filed a request from outside: the applicant, or somebody for the applicant."""

    role: str = choice("提交人身份", "Submitter's standing", {
        "party": ("当事人", "Party"), "lawyer": ("律师", "Lawyer"), "legal_worker": ("基层法律服务工作者", "Legal worker"),
        "relative": ("近亲属", "Close relative"), "staff": ("单位工作人员", "Staff member"),
        "recommended": ("推荐的公民", "Recommended citizen"), "legal_aid": ("法律援助律师", "Legal aid lawyer"),
    })  # fmt: skip
    name: str = text("姓名或名称", "Name", max_length=100)
    phone: str = text("手机", "Mobile phone", max_length=32, personal=True)
    id_type: str | None = text("证件类型", "Identity document", max_length=40)
    id_no: str | None = text("证件号码", "Document number", max_length=40, personal=True)
    licence_no: str | None = text("执业证号", "Licence number", max_length=32)


@frozen
class Actor:
    """Who acts, as the server knows it; ``handles`` are the judges whose requests count as own; ``name`` is how people read it."""

    court: str
    person: int | None = None
    name: str = ""
    roles: frozenset[Role] = frozenset()
    handles: frozenset[int] = frozenset()
    client: str = ""
    address: str = ""
    request_id: str = ""
    grants: tuple[tuple[str, frozenset[str]], ...] = ()
    """(permission, its holders) where the court departs from what the module declares."""

    def holds(self, permission: Permission) -> bool:
        """Tell whether the actor may do what ``permission`` names."""
        holders = dict(self.grants).get(permission.code)
        if not self.roles and self.client:
            return permission.outside if holders is None else OUTSIDE in holders
        return bool(self.roles & (permission.roles if holders is None else holders))


@frozen
class AttachedFile:
    """One file of a request: what it is called, and which bytes it holds."""

    id: int
    category: str
    name: str
    sha256: str
    mime: str
    size: int
    pages: int | None
    copies: int
    is_original: bool
    revision: int


@frozen(kw_only=True)
class Application:
    """A snapshot of one request: the facts every room needs, with its typed ``fields``.

    ``data`` is what the steps so far filled in, JSON-like, the latest winning.
    """

    id: int
    serial_no: str
    court: str
    module: str
    kind: str
    state: str
    version: int
    revision: int
    case_id: int | None
    case_number: str | None
    parent_id: int | None
    applicant: str
    handler: int | None
    submitted_at: datetime
    received_at: datetime
    due_at: datetime | None
    due_hours: bool = False
    """Whether that limit counts hours."""
    reviewed_by: int | None
    reviewed_at: datetime | None
    submitter: Submitter
    fields: Any
    data: Mapping[str, Any] = Factory(dict)
    files: tuple[AttachedFile, ...] = ()
    hidden_from: int | None = None
    """The person it is about, who never finds it."""
    anonymous: bool = False
    """Whoever handles it does not learn who filed it."""


@frozen
class DecisionMade:
    """A decision about to be carried out; ``opinion`` is what was written; ``values`` are its typed fields, or None."""

    code: str
    opinion: str
    values: Any
    actor: Actor
    at: datetime


@frozen
class Operation:
    """What the trial system is asked to do; ``key`` lets it drop a repeat; ``name`` is what the step's ``operation`` says."""

    name: str
    key: str
    court: str
    serial_no: str
    payload: Mapping[str, Any]
    at: datetime
    """When it was asked for; a case docketed on it belongs to that day's year."""


@frozen
class Receipt:
    """What came of a delivery or an operation.

    Exactly one of three: ``done`` says that it is done; ``pending`` that it was accepted, ask again later; ``reason`` why it was refused for good.
    A passing failure is no receipt: raise, and it is tried again. ``reference`` is the other side's number. ``data`` is kept with the step.
    """

    done: bool = False
    pending: bool = False
    reason: str = ""
    reference: str = ""
    data: Mapping[str, Any] = Factory(dict)


@frozen
class Outcome:
    """What a module adds to a decision.

    ``payload`` is what the trial system is sent. ``data`` is kept with the step, as the flow's ``keeps`` says. ``handler`` hands the
    request over to that person.
    """

    payload: Mapping[str, Any] = Factory(dict)
    data: Mapping[str, Any] = Factory(dict)
    handler: int | None = None


@frozen
class Message:
    """A message about a request. ``from_court`` tells who wrote: the court, or the applicant. ``complaint`` tells whether it is one."""

    text: str
    from_court: bool
    author: str
    complaint: bool = False


@frozen
class Notice:
    """Something a channel carries to a person outside; ``key`` lets the receiver drop a repeat; ``court_name`` is the court's name;
    ``to_name`` is whom it is for; ``to_phone`` is that person's telephone, empty where there is none.
    """

    key: str
    court: str
    court_name: str
    serial_no: str
    to_name: str
    to_phone: str
    text: str


@frozen
class QueueQuery:
    """Whose queue is asked for, and of which kind of request."""

    actor: Actor
    module: str
    kind: str
    place: "Place"
    """The court at this moment; ``place.store`` reaches the module's own tables."""


@frozen
class QueuePlan:
    """The host's own table answers; ``kinds`` are the codes of the request types to show."""

    kinds: tuple[str, ...]


@frozen
class QueueRow:
    """One row of a queue, from whatever source.

    ``cells`` are the values of the field columns, as the declared fields hold them; ``more`` what the host's own columns show:
    ``handler_id`` and ``handler`` (whose it is), ``reviewer``, ``reviewed_at``, ``submitter`` (``{"name": ...}``).
    """

    serial_no: str
    module: str
    kind: str
    state: str
    applicant: str
    case_number: str | None
    submitted_at: datetime
    due_at: datetime | None
    cells: Mapping[str, Any] = Factory(dict)
    more: Mapping[str, Any] = Factory(dict)
    due_hours: bool = False
    """Whether that limit counts hours."""
    href: str = ""
    """The page of the module's own on which a row from elsewhere is read; it begins with one slash."""
    key: int = 0
    """Where it stands, newest highest; the host makes it of ``submitted_at`` for a row from elsewhere."""


@frozen
class QueueRows:
    """All rows that a source elsewhere has for the queue, in any order, at most 1,000.

    The host leaves out what the conditions do not ask for and, where a role sees only its own, what ``handler_id`` gives to others;
    it merges the rest with the requests filed here, and pages them. ``rows`` may be any iterable.
    """

    rows: tuple[QueueRow, ...] = field(converter=several)


@frozen
class MenuItem:
    """One entry of the menu; ``waiting`` is how much waits behind it."""

    label: Label
    href: str
    order: int
    module: str
    waiting: int = 0
    icon: str = field(default="", validator=known_icon)
    """The name of its icon; empty takes the module's."""
    permission: Permission | None = None
    """Only those who hold it see the entry."""


@frozen
class Page:
    """A page of a module's own. ``path`` is its address below ``/m/<module>/``. ``answer`` is given the visit and returns text or an answer.

    ``visit`` has ``actor``, ``now``, ``language``, ``method``; ``asked(name)`` and ``sent(name)`` give values of the address and of the
    form; ``render("<module>/page.html", **values)``, ``go(path)`` and ``download(name, content_type, body)`` make answers; ``engagements(begin, end)``
    returns hearings and appointments; ``place`` is the court at this moment, as in a job.
    """

    path: str
    title: Label
    answer: Callable[[Any], Any]
    permission: Permission | None = None
    """Only those who hold it come in."""
