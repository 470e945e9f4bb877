"""For developers: which module answered which hook in each request, how fast, and what went wrong."""

from attrs import frozen

from core.fields.label import Label
from core.traces import BACKGROUND, Call, Traced
from core.web.answer import Answer
from core.web.errors import trouble
from core.web.pages.further.cases import line_of
from core.web.visit import Visit

ROUTES = {BACKGROUND: Label("后台", "Background")}


@frozen(eq=False)
class TracePage:
    """``/admin/trace``; there only while the setting ``trace`` is on."""

    def get(self, visit: Visit) -> Answer:
        """Show the newest requests of all workers, as far as they have to do with what is asked."""
        traces = visit.house.hooks.traces
        if not traces.whole:
            return trouble(visit, 404)
        asked = {name: line_of(visit.asked(name)) for name in ("request", "module", "hook")}
        failed = visit.asked("failed") == "yes"
        found = [
            (one, calls)
            for one in traces.requests()
            if asked["request"] in ("", one.request) and ((calls := _calls(one, asked, failed=failed)) or not _narrow(asked, failed=failed))
        ]  # fmt: skip
        return visit.render("further/trace.html", found=found, asked=asked, failed=failed, routes=ROUTES)


def _narrow(asked: dict[str, str], *, failed: bool) -> bool:
    return bool(asked["module"] or asked["hook"] or failed)


def _calls(one: Traced, asked: dict[str, str], *, failed: bool) -> list[Call]:
    return [
        call for call in one.calls
        if asked["module"] in ("", call.module) and asked["hook"] in ("", call.hook) and (call.error or not failed)
    ]  # fmt: skip
