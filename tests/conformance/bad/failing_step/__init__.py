"""A decision that fails whenever it is carried out."""

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
    kind="failing_step",
    title=("坏例", "Bad one"),
    fields=Fields,
    prefix="XK",
    access={Role.CENTRE_REVIEWER: Access(Sight.COURT, review=True, comment=True)},
    states=[State("NEW", "待处理", "To do"), State("DONE", "办结", "Done")],
    decisions=[Decision("finish", "办结", "Finish", "NEW", "DONE")],
)
module = Module("failing_step", ("坏例", "Bad one"), version="1.0", requests=[request])


@hookimpl
def review(application, decision, context):
    raise RuntimeError("nobody tried this")
