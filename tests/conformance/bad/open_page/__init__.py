"""A page beside the gate: it is put among the host's own, and answers whoever asks while the module is off."""

import core.web.app as pages
from core import (
    Access,
    Decision,
    Module,
    RequestType,
    Role,
    Sight,
    State,
    request_fields,
    text,
)
from core.web.routes import Route


@request_fields
class Fields:
    """What is asked."""

    wish: str = text("事项", "Matter", column=True, search=True)


request = RequestType(
    kind="open_page",
    title=("坏例", "Bad one"),
    fields=Fields,
    prefix="XC",
    access={Role.CENTRE_REVIEWER: Access(Sight.COURT, review=True, comment=True)},
    states=[State("NEW", "待处理", "To do"), State("DONE", "办结", "Done")],
    decisions=[Decision("finish", "办结", "Finish", "NEW", "DONE")],
)
module = Module("open_page", ("坏例", "Bad one"), version="1.0", requests=[request])


class Open:
    """The page."""

    def get(self, visit):
        return visit.render("module_page.html", title=module.title, body="")


def routes_of_the_host(given=pages.host_routes):
    return [*given(), Route("/open-page", Open())]


pages.host_routes = routes_of_the_host
