"""What the applicant is told at each step: the court's name, the serial number, what to do, and 12368."""

from core import Label

RECEIVED = Label(
    "【{court}】{name}：立案申请（流水号{serial_no}）已于{date}收到，将于{due}前处理。咨询12368。",
    "[{court}] {name}: your filing (no. {serial_no}) was received on {date} and will be handled by {due}. Questions: 12368.",
)
APPROVED = Label(
    "【{court}】{name}：流水号{serial_no}审查通过，正在办理立案登记。咨询12368。",
    "[{court}] {name}: filing no. {serial_no} qualifies and is being docketed. Questions: 12368.",
)
CORRECT = Label(
    "【{court}】{name}：流水号{serial_no}需补正{corrections_count}项，请于{due}前登录补正，逾期退回。咨询12368。",
    "[{court}] {name}: filing no. {serial_no} needs {corrections_count} correction(s); log in and correct by {due}, or it is sent back. Questions: 12368.",
)
NOT_ACCEPTED = Label(
    "【{court}】{name}：流水号{serial_no}裁定不予受理，裁定书另行送达；不服可自送达之日起10日内上诉。咨询12368。",
    "[{court}] {name}: filing no. {serial_no} is not accepted; the ruling follows and may be appealed within 10 days of service. Questions: 12368.",
)
REDIRECTED = Label(
    "【{court}】{name}：流水号{serial_no}不属本院受理，请向{authority}提出，理由见平台。咨询12368。",
    "[{court}] {name}: filing no. {serial_no} is not for this court; please turn to {authority}. Questions: 12368.",
)
REVOKED = Label(
    "【{court}】{name}：流水号{serial_no}的审查通过结论已撤回，将重新审查。咨询12368。",
    "[{court}] {name}: the approval of filing no. {serial_no} was revoked; it will be reviewed again. Questions: 12368.",
)
DOCKETED = Label(
    "【{court}】{name}：流水号{serial_no}已立案，案号{case_number}。{fee_words}。咨询12368。",
    "[{court}] {name}: filing no. {serial_no} is docketed as {case_number}. {fee_words}. Questions: 12368.",
)
MEDIATION = Label(
    "【{court}】{name}：流水号{serial_no}已委派{organisation}诉前调解。咨询12368。",
    "[{court}] {name}: filing no. {serial_no} was referred to {organisation} for mediation. Questions: 12368.",
)
FEE_PAID = Label(
    "【{court}】{name}：案号{case_number}的诉讼费{paid_amount}元已收到。咨询12368。",
    "[{court}] {name}: the fee of {paid_amount} yuan for {case_number} was received. Questions: 12368.",
)
RESUBMITTED = Label(
    "【{court}】{name}：流水号{serial_no}的补正材料已于{date}收到，期限重新起算。咨询12368。",
    "[{court}] {name}: corrections to filing no. {serial_no} were received on {date}; the time begins anew. Questions: 12368.",
)
WITHDRAWN = Label(
    "【{court}】{name}：流水号{serial_no}已按您的申请撤回。咨询12368。",
    "[{court}] {name}: filing no. {serial_no} was withdrawn as you asked. Questions: 12368.",
)
LAPSED = Label(
    "【{court}】{name}：流水号{serial_no}未在期限内补正，材料已退回，可重新申请。咨询12368。",
    "[{court}] {name}: filing no. {serial_no} was not corrected in time and is sent back; you may file again. Questions: 12368.",
)
