"""调解指引: what the rule asks at each step, with its article."""

from collections.abc import Iterable
from typing import Any

from core import Label, MenuItem, Page, hookimpl

from .names import ORDER

TITLE = Label("调解指引", "Guide to mediation")
STEPS = (
    (Label("征得同意", "Consent"),
     Label("委派前征得双方当事人同意；一方不同意的，不得委派。", "Both sides agree before it is assigned; else it is not."),
     Label("特邀调解规定第11条", "特邀调解规定, art. 11")),
    (Label("确定调解员", "The mediator"),
     Label("双方协商选定；协商不成的，由人民法院指定。", "Both choose one together; where they cannot, the court names one."),
     Label("特邀调解规定第12条", "特邀调解规定, art. 12")),
    (Label("签收", "Receipt"),
     Label("调解期限自调解员签收之日起计算。", "The time of mediation counts from the day on which the mediator signs."),
     Label("特邀调解规定第27条", "特邀调解规定, art. 27")),
    (Label("调解", "Mediation"),
     Label("期限30日；双方同意延长的，不受此限。", "30 days; longer where both sides agree."),
     Label("特邀调解规定第27条", "特邀调解规定, art. 27")),
    (Label("达成协议", "Agreement"),
     Label("协议生效之日起30日内，双方可以共同申请司法确认。",
           "Within 30 days of taking effect both may ask together for judicial confirmation."),
     Label("民事诉讼法第205条", "民事诉讼法, art. 205")),
    (Label("未达成协议", "No agreement"),
     Label("期限届满或者调解终止的，结束调解，符合条件的依法登记立案。",
           "When the time is over or mediation ends, what meets the conditions is docketed."),
     Label("民事诉讼法第126条", "民事诉讼法, art. 126")),
)  # fmt: skip


def show(visit: Any) -> Any:
    """Show the table, in the words of whoever looks at it."""
    rows = [[word.in_(visit.language) for word in row] for row in STEPS]
    return visit.render("mediation/guide.html", rows=rows)


@hookimpl
def pages() -> Iterable[Page]:
    """Return the guide."""
    return [Page("guide", TITLE, show)]


@hookimpl
def menu(court: str) -> Iterable[MenuItem]:
    """Return the way to the guide, right after the queue."""
    return [MenuItem(TITLE, "/m/mediation/guide", ORDER + 1, "mediation", icon="files")]
