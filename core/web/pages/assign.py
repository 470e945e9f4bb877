"""Giving a request to a judge, who then handles it."""

from attrs import frozen

from core.fields.label import Label
from core.fields.problem import Problem, invalid
from core.web.answer import Answer, see_other
from core.web.visit import Visit
from core.work.assign import assign


@frozen(eq=False)
class AssignPage:
    """``/m/<module>/<serial_no>/assign``."""

    def post(self, visit: Visit) -> Answer:
        """Assign it and go back to it."""
        module, serial_no = visit.values["module"], visit.values["serial_no"]
        person, version = visit.number("handler"), visit.number("version")
        if person is None or version is None:
            raise invalid([Problem("handler", "missing", Label("请选择承办法官。", "Choose a judge."))])
        assign(visit.house, visit.actor, module, serial_no, person, version)
        return see_other(f"/m/{module}/{serial_no}")
