"""Steps that no role of the court takes: the applicant's, the clock's, the trial system's."""

from core import ApplicantStep, ClockStep, ReceiptStep

from . import notices
from .limits import CORRECTION, DECIDING

RETURNED = "RETURNED_FOR_CORRECTION"

STEPS = (
    ApplicantStep("resubmit", "补正重交", "Correct and resubmit", RETURNED, "SUBMITTED", resubmits=True, meets=CORRECTION, notice=notices.RESUBMITTED, issues="receipt"),
    ApplicantStep("withdraw", "撤回", "Withdraw", ["SUBMITTED", RETURNED], "WITHDRAWN", notice=notices.WITHDRAWN),
    ClockStep("lapse", "逾期未补正", "Not corrected in time", RETURNED, "LAPSED", limit=CORRECTION, notice=notices.LAPSED),
    ReceiptStep("docketed", "审判系统已立案", "Docketed by the trial system", "DOCKETING", "DOCKETED", of="docket", meets=DECIDING, notice=notices.DOCKETED, issues=["acceptance", "fee_notice"]),
    ReceiptStep("docket_failed", "审判系统未能立案", "Not docketed by the trial system", "DOCKETING", "DOCKET_FAILED", of="docket", done=False, quiet=True),
)  # fmt: skip
