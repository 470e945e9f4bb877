"""Who may what a module keeps for some: its permissions, given to roles and to the outside platform."""

from attrs import frozen

from core.fields.label import Label
from core.fields.problem import Refused
from core.roles import Role
from core.values import OUTSIDE
from core.web.answer import Answer, see_other
from core.web.errors import STATUSES
from core.web.pages.further.common import done_note, said, shown_again, unknown_action
from core.web.visit import Visit
from core.work.grants import change_permission, list_permissions

HOLDERS = (*((one.value, one.label) for one in Role), (OUTSIDE, Label("接入平台", "Outside platform")))


@frozen(eq=False)
class PermissionsPage:
    """``/admin/permissions``."""

    def get(self, visit: Visit) -> Answer:
        """Show who holds what."""
        return self._page(visit)

    def post(self, visit: Visit) -> Answer:
        """Give one to other holders, or go back to what its module declares."""
        action = visit.sent("action")
        try:
            if action not in ("permission", "declared"):
                raise unknown_action()
            holders = visit.form.get("holders", []) if action == "permission" else None
            change_permission(visit.house, visit.actor, visit.sent("permission"), holders)
        except Refused as refused:
            shown_again(refused)
            return self._page(visit, refused)
        return see_other(f"/admin/permissions?done={action}")

    def _page(self, visit: Visit, refused: Refused | None = None) -> Answer:
        return visit.render(
            "further/permissions.html", STATUSES[refused.reason] if refused else 200, holders=HOLDERS,
            lines=list_permissions(visit.house, visit.actor), wrong=said(refused), done=done_note(visit.asked("done")),
        )  # fmt: skip
