"""A page beside the gate: it is put among the host's own, and answers whoever asks while the module is off."""

import core.web.app as pages
from core.web.routes import Route
from tests.conformance.parts import module_of, request_of

request = request_of("open_page", "XC")
module = module_of(request)


class Open:
    """The page."""

    def get(self, visit):
        return visit.render("module_page.html", title=module.title, body="")


def routes_of_the_host(given=pages.host_routes):
    return [*given(), Route("/open-page", Open())]


pages.host_routes = routes_of_the_host
