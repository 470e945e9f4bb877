"""诉前调解: a dispute goes to a mediator before it is docketed, and comes back in time.

特邀调解规定 is 《最高人民法院关于人民法院特邀调解的规定》(法释〔2016〕14号); 民事诉讼法 is the law as of 2023.
"""

from core import Access, Module, RequestType, Role, Sight, View, attachment, field

from .decisions import DECISIONS
from .documents import PAPERS
from .fields import Dispute
from .guide import menu, pages
from .hints import before_deciding
from .limits import LIMITS
from .names import ORDER, TITLE
from .notices import SUBMITTED
from .settings import Settings
from .states import STATES
from .steps import STEPS

__all__ = ["menu", "module", "pages"]

mediation = RequestType(
    kind="mediation",
    title=TITLE,
    prefix="SQ",
    case="none",
    fields=Dispute,
    attachments=[
        attachment("request", "起诉状或者调解申请书", "Complaint or request for mediation", required=True),
        attachment("evidence", "证据材料", "Evidence"),
    ],
    access={
        Role.CENTRE_REVIEWER: Access(Sight.COURT, review=True, comment=True),
        Role.CLERK: Access(Sight.COURT, draft=True),
        Role.PRESIDENT: Access(Sight.COURT),
        Role.SUPERVISOR: Access(Sight.COURT, comment=True),
    },
    states=STATES,
    decisions=DECISIONS,
    steps=STEPS,
    limits=LIMITS,
    papers=PAPERS,
    hints=[before_deciding],
    submit_notice=SUBMITTED,
    phrases=field("settings.phrases"),
    views=[
        View("all", ("全部", "All")),
        View("todo", ("待处理", "To do"), ["SUBMITTED"], order="due"),
        View("with_mediator", ("调解员办理中", "With a mediator"), ["ASSIGNED", "MEDIATING"], order="due"),
        View("to_pass_on", ("待移送立案", "To be passed on"), ["ENDED"], order="due"),
    ],
)

module = Module(
    "mediation", TITLE, version="1.0", order=ORDER,
    requests=[mediation], requires=["filing"], settings=Settings,
)  # fmt: skip
