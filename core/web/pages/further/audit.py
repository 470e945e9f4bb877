"""The audit log, by page, action and target."""

import json
from typing import Any

from attrs import frozen

from core.web.answer import Answer
from core.web.pages.further.cases import address, line_of, whole
from core.web.visit import Visit
from core.work.oversight import list_audit

SHORT = 80


@frozen(eq=False)
class AuditPage:
    """``/admin/audit``."""

    def get(self, visit: Visit) -> Answer:
        """Show a page of the log, newest first."""
        action, target = line_of(visit.asked("action")), line_of(visit.asked("target"))
        lines, cursor = list_audit(
            visit.house, visit.actor, after=whole(visit.asked("after")), action=action, target=target
        )
        given = {"action": action, "target": target}
        return visit.render(
            "further/audit.html",
            lines=lines,
            data={one.id: compact(one.data) for one in lines},
            short_length=SHORT,
            action=action,
            target=target,
            first=address("/admin/audit", given) if visit.asked("after") else "",
            next=address("/admin/audit", given | {"after": cursor}) if cursor else "",
        )


def compact(data: Any) -> str:
    """Return what an entry holds besides its columns, on one line."""
    return json.dumps(data, ensure_ascii=False, separators=(", ", ": "), default=str) if data else ""
