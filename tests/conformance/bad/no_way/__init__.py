"""A state that no step leads to."""

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


@request_fields
class Fields:
    """What is asked."""

    wish: str = text("事项", "Matter", column=True, search=True)


request = RequestType(
    kind="no_way",
    title=("坏例", "Bad one"),
    fields=Fields,
    prefix="XJ",
    access={Role.CENTRE_REVIEWER: Access(Sight.COURT, review=True, comment=True)},
    states=[State("NEW", "待处理", "To do"), State("DONE", "办结", "Done"), State("LOST", "遗失", "Lost")],
    decisions=[Decision("finish", "办结", "Finish", "NEW", "DONE")],
)
module = Module("no_way", ("坏例", "Bad one"), version="1.0", requests=[request])
