"""A menu that grows with every look: what the module keeps in its process outlives its being off."""

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
    kind="remembers",
    title=("坏例", "Bad one"),
    fields=Fields,
    prefix="YB",
    access={Role.CENTRE_REVIEWER: Access(Sight.COURT, review=True, comment=True)},
    states=[State("NEW", "待处理", "To do"), State("DONE", "办结", "Done")],
    decisions=[Decision("finish", "办结", "Finish", "NEW", "DONE")],
)
module = Module("remembers", ("坏例", "Bad one"), version="1.0", requests=[request])

ENTRIES = []


@hookimpl
def menu(court):
    ENTRIES.append(MenuItem(Label("事项", "Matters"), "/m/remembers/", 500, "remembers"))
    return ENTRIES
