"""A page that takes its title away."""

from core import Label, Page, hookimpl
from tests.conformance.parts import module_of, request_of

request = request_of("untitled", "XQ")
module = module_of(request)


@hookimpl
def pages():
    return [Page("about", Label("说明", "About"), lambda visit: visit.render("untitled/about.html"))]
