"""调查令: a lawyer asks for an order to obtain evidence; the court issues it, and gets evidence and receipt back."""

from core import Module, Paper, RequestType, Verification, attachment

from .checks import CHECKS, hints
from .decisions import APPROVE, DECISIONS, review
from .example import SUBMITTER, example
from .fields import Investigation, Settings
from .limits import LIMITS
from .notices import SUBMITTED
from .states import STATES
from .steps import STEPS

__all__ = ["investigation", "module", "review"]

investigation = RequestType(
    kind="investigation",
    title=("调查令", "Investigation order"),
    prefix="DC",
    case="required",
    opened_by="outside",
    applicant="lawyer_names",
    fields=Investigation,
    attachments=[
        attachment("petition", "调查令申请书", "Application", required=True),
        attachment("licence", "律师执业证", "Lawyer's licence"),
        attachment("power_of_attorney", "授权委托书", "Power of attorney"),
        attachment("firm_letter", "律师事务所函", "Letter of the firm"),
        attachment("clue", "证据线索材料", "Papers that show the clue", required=True),
        attachment("other", "其他材料", "Other papers"),
    ],
    states=STATES,
    decisions=DECISIONS,
    steps=STEPS,
    limits=LIMITS,
    checks=CHECKS,
    hints=[hints],
    papers=[
        Paper("order", ("律师调查令", "Investigation order"), "order.md", number="调令",
              verify=Verification(valid_in="ISSUED", until="valid_until")),
        Paper("refusal", ("不予签发调查令告知书", "Notice of refusal"), "refusal.md"),
    ],
    submit_notice=SUBMITTED,
    keeps={"valid_until": ("有效期至", "Valid until")},
    example=example,
    example_submitter=SUBMITTER,
)  # fmt: skip

module = Module(
    "investigation", ("调查令", "Investigation orders"), version="1.0", order=70, icon="search", settings=Settings, requests=[investigation], permissions=[APPROVE],
    host=">=0.1,<0.2",
)  # fmt: skip
