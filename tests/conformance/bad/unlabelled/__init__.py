"""A page without language, title, heading and main part, with an input that has no label."""

from core import Label, Page, hookimpl
from tests.conformance.parts import module_of, request_of

request = request_of("unlabelled", "XM")
module = module_of(request)


def show(visit):
    return visit.render("unlabelled/form.html", wish="")


@hookimpl
def pages():
    return [Page("form", Label("表单", "Form"), show)]
