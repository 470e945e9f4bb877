"""A menu entry that leads to a page of another module: it stays where that one is off."""

from core import Label, MenuItem, hookimpl
from tests.conformance.parts import module_of, request_of

request = request_of("menu_elsewhere", "XD")
module = module_of(request)


@hookimpl
def menu(court):
    return [MenuItem(Label("旁证", "Witness"), "/m/conformance/", 500, "menu_elsewhere")]
