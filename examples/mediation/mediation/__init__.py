"""诉前调解: a dispute goes to a mediator before it is docketed, and comes back in time.

The rules are those of 最高人民法院关于人民法院特邀调解的规定 (法释〔2016〕14号), called 特邀调解规定 here.
"""

from core import Access, Module, Paper, RequestType, Role, Sight, View, attachment, field, limit

from .fields import Mediation, Settings
from .guide import menu, pages
from .hints import hints
from .steps import DECISIONS, RECEIVED, STATES, STEPS

__all__ = ["mediation", "menu", "module", "pages"]

ACCESS = {
    Role.CENTRE_REVIEWER: Access(Sight.COURT, review=True, comment=True),
    Role.CLERK: Access(Sight.COURT, draft=True),
    Role.PRESIDENT: Access(Sight.COURT),
    Role.SUPERVISOR: Access(Sight.COURT, comment=True),
}
"""There is no case yet and so no handling judge: the litigation service centre sees to it (特邀调解规定第4条)."""

LIMITS = (
    limit("SQ-1", workdays=field("settings.answer_workdays"), since=("received", "resubmit"), during="SUBMITTED", remind=1, escalate=Role.SUPERVISOR,
          title=("决定是否委派调解", "Decide whether to mediate"), basis="本院设定；不超过立案审查的7日（民事诉讼法第126条）"),
    limit("SQ-2", days=30, since="sign", start=field("received_on"), during="MEDIATING", remind=(7, 3),
          title=("委派调解期限", "Time for mediation"), basis="特邀调解规定第27条"),
    limit("SQ-3", until=field("extended_to"), since="extend", during="MEDIATING", remind=(7, 3),
          title=("延长的调解期限", "Time for mediation, extended"), basis="特邀调解规定第27条：双方同意延长"),
    limit("SQ-4", workdays=field("settings.handover_workdays"), since=("fail", "expire", "expire_extended"), during="ENDED", remind=1, escalate=Role.SUPERVISOR,
          title=("移送登记立案", "Pass on to be docketed"), basis="特邀调解规定第21条；天数由本院设定"),
    limit("SQ-5", days=30, since="agree", start=field("agreed_on"), during="AGREED", applicant=True, remind=(10, 3),
          title=("申请司法确认", "Apply for judicial confirmation"), basis="民事诉讼法第205条"),
)  # fmt: skip

PAPERS = (
    Paper(
        "letter",
        ("委派调解函", "Letter to the mediator"),
        "letter.md",
        number=("委调", "Mediation"),
        to="court",
    ),
    Paper("guide", ("诉前调解告知书", "What mediation means"), "guide.md"),
    Paper("ended", ("诉前调解结束告知书", "Notice that mediation has ended"), "ended.md"),
)

mediation = RequestType(
    kind="mediation",
    title=("诉前调解", "Pre-action mediation"),
    prefix="SQ",
    case="none",
    fields=Mediation,
    attachments=[
        attachment("petition", "起诉状或者调解申请书", "Statement of claim or request", required=True),
        attachment("evidence", "证据材料", "Evidence"),
    ],
    access=ACCESS,
    states=STATES,
    decisions=DECISIONS,
    steps=STEPS,
    limits=LIMITS,
    papers=PAPERS,
    hints=[hints],
    submit_notice=RECEIVED,
    phrases=field("settings.phrases"),
    views=[
        View("all", ("全部", "All")),
        View("todo", ("待处理", "To do"), "SUBMITTED", order="due"),
        View("mediating", ("调解中", "With a mediator"), ("ASSIGNED", "MEDIATING"), order="due"),
        View("ended", ("待移送立案", "To be passed on"), "ENDED", order="due"),
    ],
)

module = Module(
    "mediation",
    ("诉前调解", "Mediation"),
    version="1.0",
    order=25,
    icon="users",
    requests=[mediation],
    settings=Settings,
    requires=["filing"],  # where no agreement is reached, the applicant files there
)
