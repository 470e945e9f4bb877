"""What the lawyer is told at each step: the court's name, the serial number, what to do, and 12368."""

from core import Label

SUBMITTED = Label(
    "【{court}】{name}：调查令申请（流水号{serial_no}）已于{date}收到，将于{due}前决定。咨询12368。",
    "[{court}] {name}: your application for an investigation order (no. {serial_no}) was received on {date} and will be decided by {due}. Questions: 12368.",
)
TAKEN = Label(
    "【{court}】{name}：调查令申请（流水号{serial_no}）已接收，进入审批签发。咨询12368。",
    "[{court}] {name}: your application no. {serial_no} was taken and is being decided. Questions: 12368.",
)
RETURNED = Label(
    "【{court}】{name}：调查令申请（流水号{serial_no}）被退回，理由：{reasons}，可在原申请上更正后重新提交。咨询12368。",
    "[{court}] {name}: your application no. {serial_no} was returned: {reasons}. You may correct and resubmit it. Questions: 12368.",
)
ISSUED = Label(
    "【{court}】{name}：{order_number}调查令已签发，有效期至{valid_until}，请登录下载并持令调查；期满前后按令载期限缴回证据和回执。咨询12368。",
    "[{court}] {name}: investigation order {order_number} was issued, valid until {valid_until}. Download it; return evidence and receipt by the date it states. Questions: 12368.",
)
REFUSED = Label(
    "【{court}】{name}：调查令申请（流水号{serial_no}）不予签发，理由：{reasons}，告知书请登录查看。咨询12368。",
    "[{court}] {name}: no order is issued on application no. {serial_no}: {reasons}. See the notice on the service site. Questions: 12368.",
)
REVOKED = Label(
    "【{court}】{name}：{order_number}调查令已撤销（{revocation_ground}），请立即停止使用。咨询12368。",
    "[{court}] {name}: investigation order {order_number} was revoked ({revocation_ground}). Stop using it at once. Questions: 12368.",
)
EXPIRED = Label(
    "【{court}】{name}：{order_number}调查令已于{valid_until}到期失效，请于{due}前缴回证据和回执。咨询12368。",
    "[{court}] {name}: investigation order {order_number} expired on {valid_until}. Return evidence and receipt by {due}. Questions: 12368.",
)
OVERDUE = Label(
    "【{court}】{name}：{order_number}调查令的回执逾期未缴回，请立即缴回。咨询12368。",
    "[{court}] {name}: the receipt of investigation order {order_number} is overdue. Return it at once. Questions: 12368.",
)
CLOSED = Label(
    "【{court}】{name}：{order_number}调查令的回执已收到，此件办结。咨询12368。",
    "[{court}] {name}: the receipt of investigation order {order_number} was received; the matter is closed. Questions: 12368.",
)
RESUBMITTED = Label(
    "【{court}】{name}：更正后的调查令申请（流水号{serial_no}）已于{date}收到，将于{due}前决定。咨询12368。",
    "[{court}] {name}: your corrected application no. {serial_no} was received on {date} and will be decided by {due}. Questions: 12368.",
)
WITHDRAWN = Label(
    "【{court}】{name}：调查令申请（流水号{serial_no}）已按您的申请撤回。咨询12368。",
    "[{court}] {name}: application no. {serial_no} was withdrawn as you asked. Questions: 12368.",
)
