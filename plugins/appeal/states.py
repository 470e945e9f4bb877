"""Where an appeal stands. The manual's three words — 待处理, 退回, 已接受 — are faces; the way to the second court goes on below 已接受."""

from core import Label, State

ACCEPTED, MOVED, GONE = (
    Label("已接受", "Received"),
    Label("已移送", "Transferred"),
    Label("已撤回", "Withdrawn"),
)

STATES = (
    State("SUBMITTED", "待处理", "To do", applicant=("提交", "Submitted"), tone="todo", waiting=True),
    State("RETURNED", "退回", "Returned", tone="back"),
    State("RECEIVED", "已接受，待送副本", "Received, copy to be served", applicant=("已接受", "Received"), face=ACCEPTED, tone="good", waiting=True),
    State("COPY_SERVED", "副本已送达，答辩期内", "Copy served, time for defence running", applicant=("已接受，副本已送达对方", "Received, copy served"), face=ACCEPTED, tone="good"),
    State("DEFENCE_OVER", "答辩期满，待移送", "Defence over, file to be transferred", applicant=("已接受，即将移送", "Received, about to be transferred"), face=ACCEPTED, tone="good", waiting=True),
    State("TRANSFERRED", "卷宗已移送", "File transferred", applicant=("已移送第二审人民法院", "Transferred to the second court"), face=MOVED, tone="busy"),
    State("DOCKETED_SECOND", "二审已立案", "Docketed at second instance", face=MOVED, tone="done"),
    State("DEEMED_WITHDRAWN", "按自动撤回上诉处理", "Deemed withdrawn", face=GONE, tone="done"),
    State("WITHDRAWN", "上诉人已撤回", "Withdrawn by the appellant", applicant=("已撤回", "Withdrawn"), face=GONE, tone="done"),
)  # fmt: skip

BEFORE_TRANSFER = ("RECEIVED", "COPY_SERVED", "DEFENCE_OVER")
AFTER_RECEIPT = (*BEFORE_TRANSFER, "TRANSFERRED")
