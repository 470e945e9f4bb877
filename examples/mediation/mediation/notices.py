"""What the applicant is told, step by step."""

from core import Label

_ZH, _EN = (
    "【{court}】您的诉前调解申请（流水号{serial_no}）",
    "[{court}] Your request for mediation (No. {serial_no})",
)

SUBMITTED = Label(_ZH + "已收到，将于{due}前处理。", _EN + " has arrived and will be answered by {due}.")
RESUBMITTED = Label(
    _ZH + "修改后已重新提交，将于{due}前处理。", _EN + " was resubmitted and will be answered by {due}."
)
WITHDRAWN = Label(_ZH + "已按您的要求撤回。", _EN + " has been withdrawn as you asked.")
ASSIGNED = Label(
    _ZH + "已委派特邀调解员{mediator}调解，请留意调解员与您联系。诉前调解告知书可在平台查阅。",
    _EN + " was assigned to the mediator {mediator}, who will contact you. The paper is on the platform.",
)
RETURNED = Label(
    _ZH + "已退回，原因：{return_ground}。可在平台查看意见，修改后重新提交，也可以依法向本院起诉。",
    _EN + " was returned: {return_ground}. Read the opinion on the platform; correct it, or bring an action.",
)
SIGNED = Label(
    _ZH + "已由调解员签收，调解期限至{due}。",
    _EN + " was received by the mediator; the mediation lasts until {due}.",
)
EXTENDED = Label(
    _ZH + "经双方当事人同意，调解期限延长至{extended_until}。",
    _EN + ": as both sides agreed, the mediation is extended until {extended_until}.",
)
AGREED = Label(
    _ZH + "已于{agreed_on}达成调解协议。需要司法确认的，双方当事人可于{due}前共同申请（民事诉讼法第205条）。",
    _EN + " ended in an agreement on {agreed_on}. Both may ask together for confirmation by {due}.",
)
FAILED = Label(
    _ZH + "调解未达成协议，已终止。本院将依法移送登记立案，诉前调解结束告知书可在平台查阅。",
    _EN + " ended without an agreement. It will be passed on for docketing; see the notice.",
)
TIME_OVER = Label(
    _ZH + "调解期限届满，未达成协议，调解结束。本院将依法移送登记立案，诉前调解结束告知书可在平台查阅。",
    _EN + ": its time is over without an agreement. It will be passed on for docketing; see the notice.",
)
PASSED_ON = Label(
    _ZH + "已移送登记立案，请按要求在网上立案中提交起诉材料。",
    _EN + " was passed on for docketing: please file your complaint under online filing.",
)
CLOSED = Label(_ZH + "因您不再主张，已办结。", _EN + " is closed, as you no longer pursue it.")
