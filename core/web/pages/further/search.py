"""The search box: cases and requests over all modules that are on."""

from attrs import frozen

from core.fields.label import Label
from core.web.answer import Answer
from core.web.pages.further.cases import address, case_address, line_of
from core.web.rows import ShownRow, row_of
from core.web.visit import Visit
from core.work.search import Found, search


@frozen
class FoundList:
    """What was found in one kind of request, ready for the table."""

    module: Label
    title: Label
    rows: tuple[ShownRow, ...]
    more: str
    """Where the rest is; empty where this is all."""


@frozen(eq=False)
class SearchPage:
    """``/search?q=``."""

    def get(self, visit: Visit) -> Answer:
        """Show what was found."""
        words = line_of(visit.asked("q"))
        result = search(visit.house, visit.site.queues, visit.here, words)
        near = visit.here.near_days if result.requests else 0
        lists = [_list(visit, one, words, near) for one in result.requests]
        return visit.render(
            "further/search.html", words=words, cases=result.cases, lists=lists, case_address=case_address
        )


def _list(visit: Visit, found: Found, words: str, near: int) -> FoundList:
    flow = found.flow
    module = visit.house.modules.module(found.module)
    rows = tuple(row_of(row, flow, [], visit.actor, visit.now, near, visit.language) for row in found.rows)
    # A flow inside another has no queue of its own to go on in.
    goes_on = found.more and flow.parent is None
    more = address(f"/m/{found.module}/", {"kind": flow.kind, "q": words}) if goes_on else ""
    return FoundList(module.title if module else flow.title, flow.title, rows, more)
