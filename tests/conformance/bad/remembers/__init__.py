"""A menu that grows with every look: what the module keeps in its process outlives its being off."""

from core import Label, MenuItem, hookimpl
from tests.conformance.parts import module_of, request_of

request = request_of("remembers", "YB")
module = module_of(request)


ENTRIES = []


@hookimpl
def menu(court):
    ENTRIES.append(MenuItem(Label("事项", "Matters"), "/m/remembers/", 500, "remembers"))
    return ENTRIES
