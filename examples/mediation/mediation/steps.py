"""What the applicant does, and what the clock does."""

from core import ApplicantStep, ClockStep

from . import notices

STEPS = [
    ApplicantStep(
        "resubmit", "修改重交", "Correct and resubmit", "RETURNED", "SUBMITTED", resubmits=True,
        notice=notices.RESUBMITTED,
    ),
    ApplicantStep(
        "withdraw", "撤回申请", "Withdraw", ["SUBMITTED", "RETURNED", "ASSIGNED", "MEDIATING"], "WITHDRAWN",
        notice=notices.WITHDRAWN,
    ),
    ClockStep(
        "time_over", "调解期限届满", "Time of mediation over", "MEDIATING", "ENDED", limit="SQ-2", meets="SQ-2",
        issues=["ended"], notice=notices.TIME_OVER,
    ),
    ClockStep(
        "extension_over", "延长的调解期限届满", "Extended time over", "MEDIATING", "ENDED", limit="SQ-3", meets="SQ-3",
        issues=["ended"], notice=notices.TIME_OVER,
    ),
]  # fmt: skip
