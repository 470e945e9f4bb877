"""Where a request to postpone stands. Lists show what the court's manual names: 待审查, 审查通过, 审查不通过."""

from core import Label, State

PASSED = Label("审查通过", "Granted")
PASSING = Label("审查通过，正在变更排期", "Granted, being rescheduled")

STATES = (
    State("SUBMITTED", "待审查", "To be reviewed", applicant=("提交成功，待审查", "Received, under review"), tone="todo", waiting=True),
    State("RESCHEDULING", "审查通过，正在变更排期", "Granted, being rescheduled", face=PASSED, tone="busy"),
    State("RESCHEDULE_FAILED", "审查通过，排期变更未成", "Granted, not rescheduled", applicant=PASSING, face=PASSED, tone="alarm", waiting=True),
    State("APPROVED", "审查通过，开庭时间另行通知", "Granted, date to follow", face=PASSED, tone="good", waiting=True),
    State("RESCHEDULED", "审查通过，已改期", "Granted and rescheduled", face=PASSED, tone="done"),
    State("REJECTED", "审查不通过", "Refused", tone="back"),
    State("OVERTAKEN", "原定开庭已变更", "Hearing changed otherwise", tone="done"),
    State("WITHDRAWN", "已撤回", "Withdrawn", tone="done"),
)  # fmt: skip

GRANTED = ("RESCHEDULING", "RESCHEDULE_FAILED", "APPROVED", "RESCHEDULED")
"""What counts as a postponement of the case."""
OPEN = ("SUBMITTED", "RESCHEDULING", "RESCHEDULE_FAILED")
"""Where another change of the hearing overtakes the request."""
