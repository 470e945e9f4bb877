"""The wording of notices: the list, the editor with an example, and back to the built-in words."""

from attrs import frozen

from core.fields.problem import Refused
from core.web.answer import Answer, see_other
from core.web.errors import STATUSES
from core.web.pages.further.common import done_note, said, shown_again, unknown_action
from core.web.visit import Visit
from core.work.wordings import LONGEST, checked, example_of_wording, list_wordings, read_wording, save_wording


@frozen(eq=False)
class NoticesPage:
    """``/admin/notices``."""

    def get(self, visit: Visit) -> Answer:
        """Show the notices of the modules that are on."""
        lines = list_wordings(visit.house, visit.actor)
        return visit.render("further/notices.html", lines=lines, done=done_note(visit.asked("done")))


@frozen(eq=False)
class WordingPage:
    """``/admin/notices/<kind>/<code>``."""

    def get(self, visit: Visit) -> Answer:
        """Show the words as they are taken now."""
        return self._page(visit)

    def post(self, visit: Visit) -> Answer:
        """Save the words, show an example of them, or go back to the built-in ones; a refused text stays."""
        place = visit.values["kind"], visit.values["code"]
        action, text, seen = visit.sent("action"), visit.sent("text"), visit.sent("seen")
        try:
            if action == "example":
                checked(read_wording(visit.house, visit.actor, *place), text)
                return self._page(visit)
            if action not in ("wording", "usual"):
                raise unknown_action()
            save_wording(visit.house, visit.actor, *place, text if action == "wording" else None, seen)
        except Refused as refused:
            shown_again(refused)
            return self._page(visit, refused)
        return see_other(f"/admin/notices?done={action}")

    def _page(self, visit: Visit, refused: Refused | None = None) -> Answer:
        line = read_wording(visit.house, visit.actor, visit.values["kind"], visit.values["code"])
        text = visit.sent("text") if visit.method == "POST" else line.text
        return visit.render(
            "further/wording.html", STATUSES[refused.reason] if refused else 200, line=line, text=text, wrong=said(refused),
            example=example_of_wording(visit.house, visit.actor, line, text), longest=LONGEST,
            address=f"/admin/notices/{line.wording.kind}/{line.wording.code}",
        )  # fmt: skip
