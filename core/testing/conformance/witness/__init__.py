"""旁证: the other module of a court under test. It has a request of its own, and carries the notices of all."""

from typing import Any

from core import (
    Access,
    Decision,
    Module,
    Notice,
    Receipt,
    RequestType,
    Role,
    Sight,
    State,
    hookimpl,
    request_fields,
    text,
)

__all__ = ["SENT", "module", "notify"]

SENT: list[Notice] = []
"""What was carried; whoever looks empties it first."""


@request_fields
class Witness:
    """What is asked."""

    wish: str = text("事项", "Matter", column=True, search=True)


STATES: Any = [State("NEW", "待处理", "To do"), State("DONE", "办结", "Done")]
DECISIONS: Any = [
    Decision("finish", "办结", "Finish", "NEW", "DONE", direct=True, notice="【{court}】{serial_no}已办结。")
]
witness = RequestType(
    kind="conformance_witness",
    title=("旁证", "Witness"),
    fields=Witness,
    prefix="QQ",
    access={role: Access(Sight.COURT, review=True) for role in (Role.CENTRE_REVIEWER, Role.PRESIDENT)},
    states=STATES,
    decisions=DECISIONS,
)
REQUESTS: Any = [witness]
module = Module("conformance", ("旁证", "Witness"), version="1.0", order=999, requests=REQUESTS)


@hookimpl
def notify(notice: Notice) -> Receipt:
    """Keep the notice."""
    SENT.append(notice)
    return Receipt(done=True, reference=str(len(SENT)))
