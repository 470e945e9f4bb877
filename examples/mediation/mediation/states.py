"""Where a request for mediation stands."""

from core import State

STATES = [
    State("SUBMITTED", "待处理", "To do", applicant=("已提交", "Submitted"), tone="todo", waiting=True),
    State("RETURNED", "退回", "Returned", tone="back"),
    State("ASSIGNED", "已委派，待签收", "Assigned, to be signed for", tone="busy"),
    State("MEDIATING", "调解中", "In mediation", tone="busy"),
    State("AGREED", "达成协议", "Agreed", tone="good"),
    State("ENDED", "未达成协议，待移送立案", "No agreement, to be passed on", tone="todo", waiting=True),
    State("PASSED_ON", "已移送立案", "Passed on for docketing", tone="done"),
    State("CLOSED", "已办结", "Closed", tone="done"),
    State("WITHDRAWN", "已撤回", "Withdrawn", tone="done"),
]
