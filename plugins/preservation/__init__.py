"""诉讼保全: requests to preserve property, acts or evidence, before an action, in it, or before enforcement."""

from core import Access, Module, Paper, RequestType, Role, Sight, View

from .attachments import ATTACHMENTS
from .checks import CHECKS
from .decisions import DECISIONS
from .example import EXAMPLE
from .fields import Preservation
from .hints import hints
from .limits import LIMITS
from .notices import SUBMITTED
from .outcome import review
from .states import DISCLOSED, EVERY_STATE, IN_FORCE, STATES
from .steps import STEPS

__all__ = ["module", "preservation", "review"]

ACCESS = {
    Role.HANDLING_JUDGE: Access(Sight.OWN, review=True, comment=True),
    Role.CENTRE_REVIEWER: Access(Sight.COURT, review=True, comment=True),
    Role.JUDGE_ASSISTANT: Access(Sight.OWN, draft=True),
    Role.CLERK: Access(Sight.OWN),
    Role.PANEL_MEMBER: Access(Sight.OWN),
    Role.PRESIDENT: Access(Sight.COURT),
    Role.SUPERVISOR: Access(Sight.COURT),
}
"""What comes before an action has no handling judge: the centre reviewer of the filing division decides or assigns it."""

PAPERS = (
    Paper("receipt", ("保全申请材料接收凭证", "Receipt"), "receipt.md"),
    Paper(
        "security_order",
        ("责令提供担保通知书", "Order to provide security"),
        "security_order.md",
        number="保全担保",
    ),
    Paper("statement", ("保全情况告知书", "What was preserved"), "statement.md", number="保全告知"),
)

preservation = RequestType(
    kind="preservation",
    title=("诉讼保全", "Preservation"),
    prefix="BQ",
    case="optional",
    applicant="applicants",
    fields=Preservation,
    attachments=ATTACHMENTS,
    states=STATES,
    decisions=DECISIONS,
    steps=STEPS,
    limits=LIMITS,
    checks=CHECKS,
    papers=PAPERS,
    submit_notice=SUBMITTED,
    keeps={
        "fee": ("保全申请费", "Preservation fee"), "expiry_words": ("保全期限说明", "Expiry, in words"),
        "first_expiry": ("最早届满日", "First expiry"), "last_expiry": ("最晚届满日", "Last expiry"),
    },
    hints=[hints],
    access=ACCESS,
    disclosed_in=DISCLOSED,
    example=EXAMPLE,
    views=(
        View("todo", ("诉讼保全", "Preservation"), EVERY_STATE, order="due"),
        View("in_force", ("保全中", "In force"), IN_FORCE, ["respondents", "preservation_kind", "amount", "expires_on"], order="due"),
    ),
)  # fmt: skip

module = Module(
    "preservation",
    ("诉讼保全", "Preservation"),
    version="1.0",
    order=60,
    icon="lock",
    requests=[preservation],
)
