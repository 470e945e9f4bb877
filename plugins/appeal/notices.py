"""What the appellant is told at each step: the court's name, the serial number, what to do, and 12368."""

from core import Label

SUBMITTED = Label(
    "【{court}】{name}：上诉（流水号{serial_no}）已于{date}提交，提交时间以此为准，待承办法官核对。咨询12368。",
    "[{court}] {name}: your appeal (no. {serial_no}) was submitted on {date}, which counts as its date; the judge will check it. Questions: 12368.",
)
RETURNED = Label(
    "【{court}】{name}：上诉（流水号{serial_no}）因形式问题退回，请登录查看并修改重交，仍以首次提交时间为准。咨询12368。",
    "[{court}] {name}: your appeal (no. {serial_no}) is returned for its form; please correct and resubmit, the first submission still counts. Questions: 12368.",
)
RESUBMITTED = Label(
    "【{court}】{name}：上诉（流水号{serial_no}）已于{date}重交，仍以首次提交时间为准。咨询12368。",
    "[{court}] {name}: your appeal (no. {serial_no}) was resubmitted on {date}; the first submission still counts. Questions: 12368.",
)
RECEIVED = Label(
    "【{court}】{name}：上诉（流水号{serial_no}）已接受。{fee_words}。咨询12368。",
    "[{court}] {name}: your appeal (no. {serial_no}) is received. {fee_words}. Questions: 12368.",
)
EXPIRY_CORRECTED = Label(
    "【{court}】{name}：上诉（流水号{serial_no}）的上诉期届满日更正为{expires_corrected_on}。咨询12368。",
    "[{court}] {name}: the last day to appeal (no. {serial_no}) is corrected to {expires_corrected_on}. Questions: 12368.",
)
FEE_PAID = Label(
    "【{court}】{name}：上诉（流水号{serial_no}）的上诉费{paid_amount}元已收到。咨询12368。",
    "[{court}] {name}: the appeal fee of {paid_amount} yuan (no. {serial_no}) was received. Questions: 12368.",
)
FEE_UNPAID = Label(
    "【{court}】{name}：上诉（流水号{serial_no}）未按期交纳上诉费，是否按自动撤回上诉处理由法院裁定。咨询12368。",
    "[{court}] {name}: the fee of your appeal (no. {serial_no}) was not paid in time; the court will rule whether it counts as withdrawn. Questions: 12368.",
)
COPY_SERVED = Label(
    "【{court}】{name}：上诉（流水号{serial_no}）的副本已于{copy_served_on}送达对方。咨询12368。",
    "[{court}] {name}: your appeal (no. {serial_no}) was served on the other side on {copy_served_on}. Questions: 12368.",
)
DEFENCE_SENT = Label(
    "【{court}】{name}：上诉（流水号{serial_no}）的答辩状副本已送您，请查收。咨询12368。",
    "[{court}] {name}: the defence to your appeal (no. {serial_no}) was sent to you. Questions: 12368.",
)
TO_TRANSFER = Label(
    "【{court}】{name}：上诉（流水号{serial_no}）的答辩程序已结束，案卷将于{due}前报送第二审人民法院。咨询12368。",
    "[{court}] {name}: the time for answering your appeal (no. {serial_no}) is over; the file goes to the second court by {due}. Questions: 12368.",
)
TRANSFERRED = Label(
    "【{court}】{name}：上诉（流水号{serial_no}）的案卷已于{transferred_on}移送{second_court}。咨询12368。",
    "[{court}] {name}: the file of your appeal (no. {serial_no}) was transferred to {second_court} on {transferred_on}. Questions: 12368.",
)
DOCKETED = Label(
    "【{court}】{name}：上诉（流水号{serial_no}）已由第二审人民法院立案，案号{second_case_number}。咨询12368。",
    "[{court}] {name}: your appeal (no. {serial_no}) is docketed at second instance as {second_case_number}. Questions: 12368.",
)
DEEMED_WITHDRAWN = Label(
    "【{court}】{name}：上诉（流水号{serial_no}）因未交上诉费，已裁定按自动撤回上诉处理。咨询12368。",
    "[{court}] {name}: your appeal (no. {serial_no}) was ruled withdrawn, as its fee was not paid. Questions: 12368.",
)
WITHDRAWN = Label(
    "【{court}】{name}：上诉（流水号{serial_no}）已按您的申请撤回。咨询12368。",
    "[{court}] {name}: your appeal (no. {serial_no}) was withdrawn as you asked. Questions: 12368.",
)
