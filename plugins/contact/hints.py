"""What to know before replying."""

from collections.abc import Iterator

from core import Application, Context, Label

from . import rules
from .fields import APPOINTMENT
from .states import OPEN

ONE_SIDED = Label(
    "不得违反规定会见当事人、诉讼代理人（民事诉讼法第47条）：在办公场所会见，有人在场并留存记录，默认告知对方当事人。",
    "A judge may not meet a party or agent against the rules (Civil Procedure Law, art. 47): on the premises, not alone, on record, the other side told.",
)
UNKNOWN = Label("提交人不在本案登记的当事人、代理人之中，请先核实身份。", "Whoever sent this is neither a party nor an agent on record in the case; check first.")  # fmt: skip


def hints(application: Application, context: Context) -> Iterator[Label]:
    """While it waits: say what was asked since, who asks, what the law minds, and how the wanted times fit."""
    if application.state != OPEN:
        return
    asked = application.fields
    if context.data.get("message"):
        yield Label(f"追问：{context.data['message']}", f"Follow-up: {context.data['message']}")
    if rules.standing(context.case, application.submitter.name) is None:
        yield UNKNOWN
    if asked.type != APPOINTMENT:
        return
    yield ONE_SIDED
    for slot in asked.wanted or ():
        yield from rules.odd_hours(slot.starts_at, slot.ends_at, context.calendar)
        if application.handler is not None:
            yield from rules.overlaps(context.engagements(application.handler, slot.starts_at, slot.ends_at))
