"""调解指引: what the rules ask of the court at each step, on one page to have open beside the queue."""

from collections.abc import Iterable
from typing import Any

from core import Label, MenuItem, Page, hookimpl

TITLE = Label("调解指引", "Guide to mediation")
SOURCE = Label("特邀调解规定（法释〔2016〕14号）", "Rules on mediation by invitation, 2016")
HEADINGS = (Label("环节", "Step"), Label("应当做到", "What is asked"), Label("依据", "Rule"))
RULES = (
    (Label("委派前", "Before it is assigned"), Label("征得双方当事人同意；一方不同意的，不委派。", "Both sides agree; where one does not, it is not assigned."), Label("第11条", "Art. 11")),
    (Label("确定调解员", "Choosing the mediator"), Label("双方在名册中协商；协商不成的，由调解组织或者本院指定；不同意指定的，视为不同意调解。", "Both sides choose from the list; else the organisation or the court names one; who objects does not agree to mediate."), Label("第12条", "Art. 12")),
    (Label("签收", "Receipt"), Label("登记签收材料之日：30日自该日起算。", "Register the day on which the papers were received: 30 days run from it."), Label("第27条", "Art. 27")),
    (Label("延长", "Extension"), Label("须双方同意，登记延长至哪一日。", "Both sides agree; register until when."), Label("第27条", "Art. 27")),
    (Label("达成协议", "Agreement"), Label("协议送达双方并报本院备案；告知可以申请司法确认。", "The agreement goes to both sides and to the court's file; tell them of judicial confirmation."), Label("第19条", "Art. 19")),
    (Label("未达成协议", "No agreement"), Label("材料移送本院；当事人坚持诉讼的，依法登记立案，不得拖延。", "The papers come back; whoever wishes to sue is docketed without delay."), Label("第21条", "Art. 21")),
    (Label("保密", "Confidence"), Label("调解过程不公开；让步不得在诉讼中用作不利的根据。", "Mediation is not public; concessions are not held against anybody later."), Label("第2条、第22条", "Art. 2, 22")),
)  # fmt: skip


def show(visit: Any) -> Any:
    """Show the page."""
    return visit.render("mediation/guide.html", title=TITLE, source=SOURCE, headings=HEADINGS, rules=RULES)


@hookimpl
def pages() -> Iterable[Page]:
    """Return the page."""
    return (Page("guide", TITLE, show),)


@hookimpl
def menu(court: str) -> Iterable[MenuItem]:
    """Return the way to it."""
    return (MenuItem(TITLE, "/m/mediation/guide", 26, "mediation", icon="notes"),)
