"""Who works in a court, and what each may do with a request by default."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Self

import attrs
from attrs import field as attribute
from attrs import frozen

from core.fields.label import Label, label
from core.several import members
from core.stability import deprecated


class Role(StrEnum):
    """The roles a court gives its people; ``label`` is the word on the screen."""

    label: Label

    def __new__(cls, zh: str, en: str) -> Self:
        code = en.upper().replace("'S", "").replace(" ", "_")
        made = str.__new__(cls, code)
        made._value_ = code
        made.label = Label(zh, en)
        return made

    HANDLING_JUDGE = "承办法官", "Handling judge"
    JUDGE_ASSISTANT = "法官助理", "Judge's assistant"
    CLERK = "书记员", "Clerk"
    PANEL_MEMBER = "合议庭成员", "Panel member"
    CENTRE_REVIEWER = "中心审核员", "Centre reviewer"
    CONTENT_OFFICER = "内容专员", "Content officer"
    PRESIDENT = "庭长院长", "President"
    SUPERVISOR = "督办", "Supervisor"
    SYS_ADMIN = "系统管理员", "Sys admin"
    SEC_ADMIN = "安全管理员", "Sec admin"
    AUDIT_ADMIN = "审计管理员", "Audit admin"


def role(code: str) -> Role:
    """Return the role of this code; ValueError for an unknown one."""
    found = Role.__members__.get(code)
    if found is None:
        raise ValueError(f"no role {code!r}")
    return found


class Sight(StrEnum):
    """Which requests a role sees."""

    NONE = "none"
    """No request."""
    OWN = "own"
    """Those handled by the person, or by the judges the person serves."""
    COURT = "court"
    """Every request of the court."""


@frozen
class Access:
    """What one role may do with one kind of request."""

    see: Sight = Sight.NONE
    """Which requests."""
    review: bool = False
    """May carry out decisions."""
    draft: bool = False
    """May save an opinion for somebody with ``review`` to carry out; implied by ``review``."""
    comment: bool = False
    """May write to the applicant."""


CASE_BOUND: Mapping[Role, Access] = MappingProxyType(
    {
        Role.HANDLING_JUDGE: Access(Sight.OWN, review=True, comment=True),
        Role.JUDGE_ASSISTANT: Access(Sight.OWN, draft=True),
        Role.CLERK: Access(Sight.OWN),
        Role.PANEL_MEMBER: Access(Sight.OWN),
        Role.PRESIDENT: Access(Sight.COURT),
        Role.SUPERVISOR: Access(Sight.COURT),
    }
)
"""The default: the handling judge decides, those around the judge see."""


@frozen
class Permission:
    """Something that not everybody may do who sees a module: a page, a decision, a call."""

    code: str = attribute(validator=attrs.validators.matches_re(r"[a-z][a-z0-9_.]{0,39}"))
    """Unlike that of any other module, so best begun with the module's name: ``contact.agenda``."""
    title: Label = attribute(converter=label)
    roles: frozenset[Role] = attribute(converter=members, default=())
    """Who holds it until a court says otherwise (``/admin/permissions``)."""
    outside: bool = attribute(default=False, kw_only=True)
    """The outside platform holds it too: for calls of the API."""


def permissions_of(given: Permission | str | Iterable[Permission | str]) -> tuple[Permission, ...]:
    """Return permissions as a tuple; a bare code is one that nobody holds until a court gives it."""
    several = (given,) if isinstance(given, Permission | str) else tuple(given)
    for code in (one for one in several if isinstance(one, str)):
        deprecated(
            f"permissions={code!r}",
            since="0.1",
            removed="1.0",
            cure=f"write Permission({code!r}, title, roles)",
        )
    return tuple(one if isinstance(one, Permission) else Permission(one, one) for one in several)
