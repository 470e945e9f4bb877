"""Steps that no role of the court takes: the applicant's, the trial system's, and those of a case whose hearing changes."""

from typing import Any

from core import ApplicantStep, Application, CaseStep, Context, Label, Problem, ReceiptStep, field

from . import notices
from .states import OPEN

OTHER = Problem(
    "hearing_at", "another_hearing", Label("变更的是另一次开庭。", "It is another hearing that changed.")
)
AS_ASKED = Problem("hearing_at", "as_asked", Label("变更与结论一致。", "It changed as was decided."))
DATED = field("new_hearing_at").filled()


def _concerns(application: Application, change: Any) -> bool:
    fields = application.fields
    return (change.before.starts_at, change.before.courtroom) == (fields.hearing_at, fields.courtroom)


def _as_decided(application: Application, change: Any) -> bool:
    if application.state == "SUBMITTED" or application.fields.new_hearing_at is None:
        return application.state != "SUBMITTED" and change.after is None
    return change.after is not None and change.after.starts_at == application.fields.new_hearing_at


def overtakes(application: Application, change: Any, _context: Context) -> Problem | None:
    """Return why a change of a hearing leaves the request as it is: another hearing, or just what was decided."""
    if not _concerns(application, change):
        return OTHER
    return AS_ASKED if _as_decided(application, change) else None


def dates(application: Application, change: Any, _context: Context) -> Problem | None:
    """Return why a change does not bring the date that was to follow, or that the trial system was asked for."""
    waits = application.state == "APPROVED" or _as_decided(application, change)
    return None if _concerns(application, change) and change.after is not None and waits else OTHER


STEPS = (
    ApplicantStep("withdraw", "撤回", "Withdraw", "SUBMITTED", "WITHDRAWN", meets="P-9", notice=notices.WITHDRAWN),
    ReceiptStep("rescheduled", "审判系统已变更排期", "Rescheduled by the trial system", "RESCHEDULING", "RESCHEDULED", of="reschedule",
                when=DATED, issues="notice", notice=notices.MOVED, participants=notices.MOVED),
    ReceiptStep("adjourned", "审判系统已取消原定开庭", "Cancelled by the trial system", "RESCHEDULING", "APPROVED", of="reschedule",
                issues="notice", notice=notices.ADJOURNED, participants=notices.ADJOURNED),
    ReceiptStep("not_rescheduled", "审判系统未能变更排期", "Not rescheduled by the trial system", "RESCHEDULING", "RESCHEDULE_FAILED", of="reschedule",
                done=False, quiet=True),
    CaseStep("dated", "开庭已另行排定", "Date fixed otherwise", ["APPROVED", "RESCHEDULING", "RESCHEDULE_FAILED"], "RESCHEDULED", guard=dates, meets="P-4",
             notice=notices.DATED),
    CaseStep("overtaken", "原定开庭已变更", "Hearing changed otherwise", OPEN, "OVERTAKEN", guard=overtakes, meets="P-9", notice=notices.OVERTAKEN),
)  # fmt: skip
