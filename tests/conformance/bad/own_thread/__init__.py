"""Work in a thread of its own, which goes on in every court while the module is off."""

import threading

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
    kind="own_thread",
    title=("坏例", "Bad one"),
    fields=Fields,
    prefix="YA",
    access={Role.CENTRE_REVIEWER: Access(Sight.COURT, review=True, comment=True)},
    states=[State("NEW", "待处理", "To do"), State("DONE", "办结", "Done")],
    decisions=[Decision("finish", "办结", "Finish", "NEW", "DONE")],
)
module = Module("own_thread", ("坏例", "Bad one"), version="1.0", requests=[request])

ENOUGH = threading.Event()


def work():
    ENOUGH.wait()


threading.Thread(target=work, name="own work", daemon=True).start()
