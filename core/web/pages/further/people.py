"""Accounts of the court: adding, roles, on and off."""

from attrs import frozen

from core.fields.problem import Refused
from core.roles import Role, role
from core.web.answer import Answer, see_other
from core.web.errors import STATUSES
from core.web.inputs import by_name
from core.web.pages.further.cases import line_of, whole
from core.web.pages.further.common import done_note, said, shown_again, unknown_action
from core.web.visit import Visit
from core.work.people import add_person, list_people, set_active, set_roles
from core.work.refusals import not_found

SERVED = frozenset({Role.HANDLING_JUDGE, Role.PRESIDENT})
"""Whose requests assistants, clerks and panel members work on."""


@frozen(eq=False)
class PeoplePage:
    """``/admin/people``."""

    def get(self, visit: Visit) -> Answer:
        """Show the accounts and the form for a new one."""
        return self._page(visit)

    def post(self, visit: Visit) -> Answer:
        """Add an account, switch one on or off, or give one other roles."""
        action = visit.sent("action")
        try:
            self._act(visit, action)
        except Refused as refused:
            shown_again(refused)
            return self._page(visit, refused)
        return see_other(f"/admin/people?done={action}")

    def _act(self, visit: Visit, action: str) -> None:
        if action == "add":
            _add(visit)
        elif action in ("activate", "deactivate"):
            set_active(visit.house, visit.actor, _person(visit), active=action == "activate")
        elif action == "roles":
            set_roles(visit.house, visit.actor, _person(visit), _roles(visit))
        else:
            raise unknown_action()

    def _page(self, visit: Visit, refused: Refused | None = None) -> Answer:
        people = list_people(visit.house, visit.actor.court)
        adding = refused is not None and visit.sent("action") == "add"
        wrong = by_name(refused.problems) if refused and adding else {}
        return visit.render(
            "further/people.html",
            STATUSES[refused.reason] if refused else 200,
            people=people,
            judges=[one for one in people if one.active and SERVED & set(one.roles)],
            roles=list(Role),
            me=visit.actor.person,
            # What was typed, save the password: that is never sent back.
            typed={name: visit.form.get(name, []) for name in ("username", "name", "department", "roles", "serves")}
            if adding else {},
            wrong=wrong,
            notes_=said(refused) if refused and not adding else [refused.message] if refused else [],
            done=done_note(visit.asked("done")),
        )  # fmt: skip


def _add(visit: Visit) -> None:
    serves = [whole(one) for one in visit.form.get("serves", []) if one]
    add_person(
        visit.house, visit.actor, visit.sent("username").strip(), line_of(visit.sent("name")), visit.sent("password"),
        _roles(visit), department=line_of(visit.sent("department")), serves=[-1 if one is None else one for one in serves],
    )  # fmt: skip


def _roles(visit: Visit) -> list[Role]:
    try:
        return [role(code) for code in visit.form.get("roles", [])]
    except ValueError:
        raise unknown_action() from None


def _person(visit: Visit) -> int:
    number = visit.number("person")
    if number is None:
        raise not_found()
    return number
