"""The 12368 reminders of the person: the list, and marking as read."""

from attrs import frozen

from core.web.answer import Answer, see_other
from core.web.pages.further.cases import address, whole
from core.web.visit import Visit
from core.work.reminders import list_reminders, mark_read


@frozen(eq=False)
class RemindersPage:
    """``/reminders/``."""

    def get(self, visit: Visit) -> Answer:
        """Show a page of them, newest first."""
        after = visit.asked("after")
        lines, cursor = list_reminders(visit.house, visit.actor, whole(after))
        return visit.render(
            "further/reminders.html",
            lines=lines,
            after=after if whole(after) is not None else "",
            next=address("/reminders/", {"after": cursor}) if cursor else "",
        )


@frozen(eq=False)
class ReadPage:
    """``/reminders/read``."""

    def post(self, visit: Visit) -> Answer:
        """Mark one as read (``reminder``), or all, and go back to the same place of the list."""
        chosen = visit.sent("reminder")
        number = whole(chosen)
        if not chosen or number is not None:
            mark_read(visit.house, visit.actor, number)
        after = visit.sent("after")
        return see_other(address("/reminders/", {"after": after if whole(after) is not None else ""}))
