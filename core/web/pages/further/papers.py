"""The texts of papers: the list, the editor, the example, and back to the built-in text."""

from attrs import frozen

from core.fields.problem import Refused
from core.web.answer import Answer, see_other
from core.web.errors import STATUSES
from core.web.pages.further.common import done_note, said, shown_again, unknown_action
from core.web.pages.papers import in_viewer, refused_preview
from core.web.visit import Visit
from core.work.paper_files import PDF, write_file
from core.work.paper_templates import (
    example_of_template,
    list_templates,
    read_template,
    reset_template,
    save_template,
)


@frozen(eq=False)
class PapersPage:
    """``/admin/papers``."""

    def get(self, visit: Visit) -> Answer:
        """Show the papers of the modules that are on."""
        return visit.render(
            "further/papers.html",
            lines=list_templates(visit.house, visit.actor),
            done=done_note(visit.asked("done")),
        )


@frozen(eq=False)
class TemplatePage:
    """``/admin/papers/<kind>/<code>``."""

    def get(self, visit: Visit) -> Answer:
        """Show the text as it is taken now."""
        return self._page(visit)

    def post(self, visit: Visit) -> Answer:
        """Save the text, or go back to the built-in one; what is wrong is told with its line, the text stays."""
        place = visit.values["kind"], visit.values["code"]
        action = visit.sent("action")
        try:
            if action == "template":
                save_template(visit.house, visit.actor, *place, visit.sent("text"), visit.sent("seen"))
            elif action == "built_in":
                reset_template(visit.house, visit.actor, *place, visit.sent("seen"))
            else:
                raise unknown_action()
        except Refused as refused:
            shown_again(refused)
            return self._page(visit, refused)
        return see_other(f"/admin/papers?done={action}")

    def _page(self, visit: Visit, refused: Refused | None = None) -> Answer:
        shown = read_template(visit.house, visit.actor, visit.values["kind"], visit.values["code"])
        return visit.render(
            "further/paper_template.html",
            STATUSES[refused.reason] if refused else 200,
            shown=shown,
            text=visit.sent("text") if refused else shown.text,
            wrong=said(refused),
            address=f"/admin/papers/{shown.line.kind}/{shown.line.code}",
        )


@frozen(eq=False)
class TemplateExamplePage:
    """``/admin/papers/<kind>/<code>/preview``."""

    def post(self, visit: Visit) -> Answer:
        """Show what the text as it was typed makes of an example; nothing is kept."""
        place = visit.values["kind"], visit.values["code"]
        try:
            document = example_of_template(visit.house, visit.actor, *place, visit.sent("text"))
        except Refused as refused:
            return refused_preview(visit, refused)
        return in_viewer(visit, write_file(visit.house.settings, document, PDF), document.title)
