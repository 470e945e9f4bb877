"""The outside platforms of the court: their tokens, on and off."""

from attrs import frozen

from core.fields.problem import Refused
from core.web.answer import Answer, see_other
from core.web.errors import STATUSES
from core.web.inputs import by_name
from core.web.pages.further.cases import line_of
from core.web.pages.further.common import done_note, said, shown_again, unknown_action
from core.web.visit import Visit
from core.work.clients import add_client, list_clients, set_client_active
from core.work.refusals import not_found


@frozen(eq=False)
class ClientsPage:
    """``/admin/clients``."""

    def get(self, visit: Visit) -> Answer:
        """Show those that may serve the court."""
        return self._page(visit)

    def post(self, visit: Visit) -> Answer:
        """Add one and show its token this once, or switch one on or off."""
        action = visit.sent("action")
        try:
            if action == "add":
                name = line_of(visit.sent("name"))
                token = add_client(visit.house, name, [visit.actor.court], visit.actor)
                return self._page(visit, token=token, name=name)
            self._switch(visit, action)
        except Refused as refused:
            shown_again(refused)
            return self._page(visit, refused)
        return see_other(f"/admin/clients?done={action}")

    def _switch(self, visit: Visit, action: str) -> None:
        if action not in ("activate", "deactivate"):
            raise unknown_action()
        client = visit.number("client")
        if client is None:
            raise not_found()
        set_client_active(visit.house, client, active=action == "activate", actor=visit.actor)

    def _page(
        self, visit: Visit, refused: Refused | None = None, *, token: str = "", name: str = ""
    ) -> Answer:
        adding = refused is not None and visit.sent("action") == "add"
        return visit.render(
            "further/clients.html",
            STATUSES[refused.reason] if refused else 200,
            clients=list_clients(visit.house, visit.actor.court),
            token_made=token,
            name_made=name,
            typed=visit.sent("name")[:64] if adding else "",
            wrong=by_name(refused.problems) if refused and adding else {},
            notes_=said(refused) if not adding else [],
            done=done_note(visit.asked("done")),
        )  # fmt: skip
