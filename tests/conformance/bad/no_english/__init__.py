"""A state says in Chinese what it is, and nothing in English."""

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
    kind="no_english",
    title=("坏例", "Bad one"),
    fields=Fields,
    prefix="XB",
    access={Role.CENTRE_REVIEWER: Access(Sight.COURT, review=True, comment=True)},
    states=[State("NEW", "待处理", "To do"), State("DONE", "办结", "")],
    decisions=[Decision("finish", "办结", "Finish", "NEW", "DONE")],
)
module = Module("no_english", ("坏例", "Bad one"), version="1.0", requests=[request])
