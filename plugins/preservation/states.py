"""Where a request for preservation stands: the court's three words, and 已办结 where the court has nothing left to do."""

from core import Label, State

RECEIVED, CLOSED = Label("已接收", "Received"), Label("已办结", "Closed")

STATES = (
    State("SUBMITTED", "待处理", "To do", applicant=("提交", "Submitted"), tone="todo", waiting=True),
    State("RETURNED", "退回", "Returned", applicant=("已退回，请补充后重交", "Returned, please complete"), tone="back"),
    State("RECEIVED", "已接收，待裁定", "Received, to be ruled on", applicant=("已接收", "Received"), face=RECEIVED, tone="todo", waiting=True),
    State("SECURITY_ORDERED", "责令担保", "Security ordered", applicant=("请提供担保", "Security to be provided"), face=RECEIVED, tone="busy"),
    State("GRANTED", "准许，待执行", "Granted, to be carried out", applicant=("裁定准许", "Granted"), face=RECEIVED, tone="alarm", waiting=True),
    State("PARTLY_GRANTED", "部分准许，待执行", "Partly granted, to be carried out", applicant=("裁定部分准许", "Partly granted"), face=RECEIVED, tone="alarm", waiting=True),
    State("REFUSED", "驳回", "Refused", applicant=("裁定驳回", "Refused"), face=CLOSED, tone="done"),
    State("WITHDRAWN", "撤回", "Withdrawn", face=CLOSED, tone="done"),
    State("CARRIED_OUT", "已实施保全", "Carried out", face=CLOSED, tone="good"),
    State("RENEWAL_ASKED", "申请续行，待处理", "Renewal asked for", applicant=("已申请续行", "Renewal asked for"), face=RECEIVED, tone="todo", waiting=True),
    State("RENEWED", "已续行", "Renewed", face=CLOSED, tone="good"),
    State("LIFTING_ASKED", "申请解除，待处理", "Lifting asked for", applicant=("已申请解除", "Lifting asked for"), face=RECEIVED, tone="todo", waiting=True),
    State("LIFTING_DUE", "应予解除", "To be lifted", applicant=("逾期未起诉或申请执行，将解除保全", "To be lifted: not pursued in time"), face=RECEIVED, tone="alarm", waiting=True),
    State("EXPIRED", "期限届满", "Expired", face=CLOSED, tone="done"),
    State("LIFTED", "已解除", "Lifted", face=CLOSED, tone="done"),
)  # fmt: skip

EVERY_STATE = tuple(state.code for state in STATES)
TO_RULE = ("SUBMITTED", "RECEIVED")
RULED = ("GRANTED", "PARTLY_GRANTED")
IN_FORCE = ("CARRIED_OUT", "RENEWAL_ASKED", "RENEWED", "LIFTING_ASKED", "LIFTING_DUE")
DISCLOSED = (*IN_FORCE, "EXPIRED", "LIFTED")
"""Only what was carried out is told to the other side (审判流程公开规定第8条)."""
