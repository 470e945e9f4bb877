"""The jobs of the modules: when each ran last and runs next, what came of it, and running one now."""

from attrs import frozen

from core.web.answer import Answer, see_other
from core.web.pages.further.common import done_note
from core.web.visit import Visit
from core.work.jobs import Jobs, when


@frozen(eq=False)
class JobsPage:
    """``/admin/jobs``."""

    def get(self, visit: Visit) -> Answer:
        """Show them all."""
        lines = Jobs(visit.house).lines(visit.actor.court)
        return visit.render("further/jobs.html", lines=lines, often=when, done=done_note(visit.asked("done")))

    def post(self, visit: Visit) -> Answer:
        """Have one run now; a background worker takes it within seconds."""
        Jobs(visit.house).hurry(visit.actor, visit.sent("module"), visit.sent("job"))
        return see_other("/admin/jobs?done=hurry")
