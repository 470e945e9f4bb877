"""What all the bad ones are made from: nothing is wrong with it."""

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
    kind="good_one",
    title=("好例", "Good one"),
    fields=Fields,
    prefix="XA",
    access={Role.CENTRE_REVIEWER: Access(Sight.COURT, review=True, comment=True)},
    states=[State("NEW", "待处理", "To do"), State("DONE", "办结", "Done")],
    decisions=[Decision("finish", "办结", "Finish", "NEW", "DONE")],
)
module = Module("good_one", ("好例", "Good one"), version="1.0", requests=[request])
