"""A page whose markup is in order, but whose words are too pale to be read: only a browser sees that."""

from core import Label, Page, hookimpl
from tests.conformance.parts import module_of, request_of

request = request_of("too_pale", "YK")
module = module_of(request)


@hookimpl
def pages():
    return [Page("words", Label("文字", "Words"), lambda visit: visit.render("too_pale/words.html"))]
