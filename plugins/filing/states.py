"""Where a request to docket stands. Lists show one character (face): 收 received, 符 qualified, 退 returned, 立 docketed."""

from core import Label, State

SHOU, FU, TUI, LI = (
    Label("收", "Received"),
    Label("符", "Qualified"),
    Label("退", "Returned"),
    Label("立", "Docketed"),
)

STATES = (
    State("SUBMITTED", "已收到，待审查", "Received, to be reviewed", applicant=("已收到，待审查", "Received, under review"), face=SHOU, tone="todo", waiting=True),
    State("APPROVED", "审查通过，待收案", "Qualified, to be docketed", applicant=("审查通过，待立案", "Qualified, to be docketed"), face=FU, tone="good", waiting=True),
    State("DOCKETING", "已推送审判系统，等待回执", "Sent to the trial system", applicant=("审查通过，正在办理立案登记", "Qualified, being docketed"), face=FU, tone="busy"),
    State("DOCKET_FAILED", "推送失败，请重新收案", "Docketing failed, to be tried again", applicant=("审查通过，正在办理立案登记", "Qualified, being docketed"), face=FU, tone="alarm", waiting=True),
    State("RETURNED_FOR_CORRECTION", "退回补正", "Returned for correction", applicant=("需补正", "To be corrected"), face=TUI, tone="back"),
    State("NOT_ACCEPTED", "不予受理", "Not accepted", face=TUI, tone="back"),
    State("REDIRECTED", "告知另行处理", "Referred elsewhere", applicant=("请另行处理", "To be taken elsewhere"), face=TUI, tone="back"),
    State("LAPSED", "逾期未补正，已退回", "Lapsed: not corrected in time", face=TUI, tone="back"),
    State("WITHDRAWN", "申请人已撤回", "Withdrawn by the applicant", applicant=("已撤回", "Withdrawn"), face=TUI, tone="done"),
    State("DOCKETED", "已立案", "Docketed", face=LI, tone="done"),
)  # fmt: skip

EVERY_STATE = tuple(state.code for state in STATES)
OPEN_STATES = ("SUBMITTED", "APPROVED", "DOCKETING", "DOCKET_FAILED")
"""Where the court still has to docket."""
