"""A menu entry that leads to a page of another module: it stays where that one is off."""

from core import (
    Access,
    Decision,
    Label,
    MenuItem,
    Module,
    RequestType,
    Role,
    Sight,
    State,
    hookimpl,
    request_fields,
    text,
)


@request_fields
class Fields:
    """What is asked."""

    wish: str = text("事项", "Matter", column=True, search=True)


request = RequestType(
    kind="menu_elsewhere",
    title=("坏例", "Bad one"),
    fields=Fields,
    prefix="XD",
    access={Role.CENTRE_REVIEWER: Access(Sight.COURT, review=True, comment=True)},
    states=[State("NEW", "待处理", "To do"), State("DONE", "办结", "Done")],
    decisions=[Decision("finish", "办结", "Finish", "NEW", "DONE")],
)
module = Module("menu_elsewhere", ("坏例", "Bad one"), version="1.0", requests=[request])


@hookimpl
def menu(court):
    return [MenuItem(Label("旁证", "Witness"), "/m/conformance/", 500, "menu_elsewhere")]
