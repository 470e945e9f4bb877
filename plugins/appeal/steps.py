"""Steps that no role of the court takes: the appellant's and the clock's."""

from core import ApplicantStep, ClockStep

from . import notices
from .states import AFTER_RECEIPT, BEFORE_TRANSFER

STEPS = (
    ApplicantStep("resubmit", "修改重交", "Correct and resubmit", "RETURNED", "SUBMITTED", resubmits=True, notice=notices.RESUBMITTED),
    ApplicantStep("withdraw", "撤回上诉", "Withdraw the appeal", ["SUBMITTED", "RETURNED", *BEFORE_TRANSFER], "WITHDRAWN", notice=notices.WITHDRAWN),
    ClockStep("defence_over", "答辩期满", "Time for defence over", "COPY_SERVED", "DEFENCE_OVER", limit="A-6", meets="A-6", notice=notices.TO_TRANSFER),
    ClockStep("fee_unpaid", "逾期未交上诉费", "Appeal fee not paid in time", AFTER_RECEIPT, None, limit="A-11", notice=notices.FEE_UNPAID),
)  # fmt: skip
