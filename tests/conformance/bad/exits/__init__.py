"""A hook that ends the process."""

import sys

from core import (
    Access,
    Decision,
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
    kind="exits",
    title=("坏例", "Bad one"),
    fields=Fields,
    prefix="YC",
    access={Role.CENTRE_REVIEWER: Access(Sight.COURT, review=True, comment=True)},
    states=[State("NEW", "待处理", "To do"), State("DONE", "办结", "Done")],
    decisions=[Decision("finish", "办结", "Finish", "NEW", "DONE")],
)
module = Module("exits", ("坏例", "Bad one"), version="1.0", requests=[request])


@hookimpl
def menu(court):
    sys.exit("no licence")
