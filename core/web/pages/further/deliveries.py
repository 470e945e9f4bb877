"""The outbox: what waits, what failed and why; and sending once more what was given up."""

from collections.abc import Mapping

from attrs import frozen

from core.fields.label import Label
from core.fields.problem import Reason, Refused
from core.web.answer import Answer, see_other
from core.web.errors import STATUSES
from core.web.pages.further.cases import address, whole
from core.web.pages.further.common import done_note, said, shown_again
from core.web.visit import Visit
from core.work.access import any_see
from core.work.oversight import list_deliveries, send_again

STATES: Mapping[str, Label] = {
    "given_up": Label("需人工处理", "Given up"), "waiting": Label("等待发送", "Waiting"), "refused": Label("对方拒绝", "Refused"),
    "done": Label("已送达", "Done"),
}  # fmt: skip
HOOKS: Mapping[str, Label] = {
    "notify": Label("通知", "Notice"), "trial_system": Label("审判系统", "Trial system"),
}  # fmt: skip


@frozen(eq=False)
class DeliveriesPage:
    """``/admin/deliveries``."""

    def get(self, visit: Visit) -> Answer:
        """Show the deliveries in one state, newest first."""
        return self._page(visit, visit.asked("status"))

    def post(self, visit: Visit) -> Answer:
        """Give one that was given up another round of attempts."""
        number = visit.number("delivery")
        try:
            if number is None or not send_again(visit.house, visit.actor, number):
                raise Refused(Reason.CONFLICT, "not_given_up", ("这一条不在“需人工处理”之列，可能已经重新发送。", "This one is not given up; somebody may have sent it again."))  # fmt: skip
        except Refused as refused:
            shown_again(refused)
            return self._page(visit, "given_up", refused)
        return see_other("/admin/deliveries?done=resend")

    def _page(self, visit: Visit, status: str, refused: Refused | None = None) -> Answer:
        status = status if status in STATES else "given_up"
        after = visit.asked("after")
        lines, cursor = list_deliveries(visit.house, visit.actor, status=status, after=whole(after))
        given = {"status": status}
        names = {*(one.module for one in lines), *(one.channel for one in lines)}
        return visit.render(
            "further/deliveries.html",
            STATUSES[refused.reason] if refused else 200,
            lines=lines,
            states=STATES,
            chosen=status,
            hooks=HOOKS,
            titles={name: module.title for name in names if (module := visit.house.modules.module(name))},
            opens={one.module for one in lines if _opens(visit, one.module)},
            wrong=said(refused),
            done=done_note(visit.asked("done")),
            first=address("/admin/deliveries", given) if after else "",
            next=address("/admin/deliveries", given | {"after": cursor}) if cursor else "",
        )


def _opens(visit: Visit, name: str) -> bool:
    module = visit.house.modules.module(name)
    return module is not None and name in visit.here.enabled and any_see(module.requests, visit.actor)
