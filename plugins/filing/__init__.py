"""网上立案: requests to docket a case. They come from outside, are reviewed, and go to the trial system."""

from core import Access, Module, RequestType, Role, Sight, View

from .attachments import ATTACHMENTS
from .checks import CHECKS
from .decisions import DECISIONS
from .example import EXAMPLE
from .fees import estimate
from .fields import Filing
from .hints import hints
from .issued import PAPERS, Settings
from .limits import LIMITS
from .notices import RECEIVED
from .payload import review
from .states import EVERY_STATE, STATES
from .steps import STEPS

__all__ = ["estimate", "filing", "hints", "module", "review"]

ACCESS = {
    Role.CENTRE_REVIEWER: Access(Sight.COURT, review=True, comment=True),
    Role.HANDLING_JUDGE: Access(Sight.OWN, review=True, comment=True),
    Role.JUDGE_ASSISTANT: Access(Sight.OWN, draft=True),
    Role.CLERK: Access(Sight.OWN),
    Role.PANEL_MEMBER: Access(Sight.OWN),
    Role.PRESIDENT: Access(Sight.COURT),
    Role.SUPERVISOR: Access(Sight.COURT),
}

filing = RequestType(
    kind="filing",
    title=("网上立案", "Online filing"),
    prefix="LA",
    case="none",
    opened_by="outside",
    applicant="plaintiffs",
    fields=Filing,
    attachments=ATTACHMENTS,
    states=STATES,
    decisions=DECISIONS,
    steps=STEPS,
    limits=LIMITS,
    checks=CHECKS,
    submit_notice=RECEIVED,
    keeps={"fee_due": ("应交费", "A fee is due"), "fee_words": ("交费说明", "The fee, in words")},
    papers=PAPERS,
    submit_issues="receipt",
    hints=[hints],
    access=ACCESS,
    example=EXAMPLE,
    views=(
        View("review", ("网上立案审查", "Online filing review"), EVERY_STATE),
        View("docketing", ("网上收案", "Docketing"), ["APPROVED", "DOCKETING", "DOCKET_FAILED", "DOCKETED"]),
    ),
)

module = Module(
    "filing",
    ("网上立案", "Online filing"),
    version="1.0",
    order=30,
    icon="inbox",
    requests=[filing],
    settings=Settings,
)
