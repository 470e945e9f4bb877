"""The appointment a request came to, as a calendar file."""

from attrs import frozen

from core.papers.ics import TYPE, calendar_file
from core.web.answer import Answer
from core.web.errors import trouble
from core.web.visit import Visit
from core.work.detail import read_detail


@frozen(eq=False)
class AppointmentPage:
    """``/m/<module>/<serial_no>/appointment.ics``."""

    def get(self, visit: Visit) -> Answer:
        """Send it; where there is no appointment (any more), there is no file."""
        serial_no = visit.values["serial_no"]
        detail = read_detail(visit.house, visit.actor, visit.values["module"], serial_no)
        if detail.appointment is None:
            return trouble(visit, 404)
        court = visit.here.court.name
        body = calendar_file([detail.appointment], court=court, now=visit.now, language=visit.language)
        return visit.download(f"{serial_no}.ics", TYPE, body)
