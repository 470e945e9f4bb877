"""A check that fails on a text it did not expect."""

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


def fair(fields, context):
    if fields.wish.startswith("<script"):
        raise ValueError(fields.wish)
    return []


request = RequestType(
    kind="easily_upset",
    title=("坏例", "Bad one"),
    fields=Fields,
    prefix="YD",
    access={Role.CENTRE_REVIEWER: Access(Sight.COURT, review=True, comment=True)},
    states=[State("NEW", "待处理", "To do"), State("DONE", "办结", "Done")],
    decisions=[Decision("finish", "办结", "Finish", "NEW", "DONE")],
    checks=[fair],
)
module = Module("easily_upset", ("坏例", "Bad one"), version="1.0", requests=[request])
