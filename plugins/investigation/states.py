"""Where an application stands. Lists show the manual's words: 待处理, 退回, 已接收, 已办结."""

from core import Label, State

TAKEN, CLOSED = Label("已接收", "Received"), Label("已办结", "Closed")

STATES = (
    State("SUBMITTED", "待处理", "To do", applicant=("提交", "Submitted"), tone="todo", waiting=True),
    State("RETURNED", "退回", "Returned", tone="back"),
    State("RECEIVED", "已接收，待签发", "Received, to be issued", applicant=("已接收", "Received"), face=TAKEN, tone="good", waiting=True),
    State("AWAITING_APPROVAL", "已接收，待庭长批准", "Received, awaiting approval", applicant=("已接收", "Received"), face=TAKEN, tone="good", waiting=True),
    State("ISSUED", "已签发", "Issued", face=TAKEN, tone="busy"),
    State("EXECUTED", "已办结（取得证据）", "Closed: evidence obtained", face=CLOSED, tone="done"),
    State("NOT_OBTAINED", "已办结（未取得证据）", "Closed: nothing obtained", face=CLOSED, tone="done"),
    State("EXPIRED", "到期失效，待缴回回执", "Expired, receipt awaited", face=CLOSED, tone="alarm"),
    State("REVOKED", "已撤销", "Revoked", face=CLOSED, tone="back"),
    State("REFUSED", "不予签发", "Refused", face=CLOSED, tone="back"),
    State("WITHDRAWN", "申请人已撤回", "Withdrawn by the applicant", applicant=("已撤回", "Withdrawn"), face=CLOSED, tone="done"),
)  # fmt: skip
