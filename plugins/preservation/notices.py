"""What the applicant is told at each step. Nobody else is told anything."""

from core import Label

SUBMITTED = Label(
    "【{court}】{name}：诉讼保全申请（流水号{serial_no}）已于{date}收到，将于{due}前处理。咨询12368。",
    "[{court}] {name}: your request for preservation (no. {serial_no}) was received on {date} and will be handled by {due}. Questions: 12368.",
)
RECEIVED = Label(
    "【{court}】{name}：流水号{serial_no}的保全申请已接收。请预交保全申请费{fee}元。咨询12368。",
    "[{court}] {name}: your request no. {serial_no} is taken up. Please prepay the fee of {fee} yuan. Questions: 12368.",
)
RETURNED = Label(
    "【{court}】{name}：流水号{serial_no}的保全申请退回：{reasons}。请补充：{requirement}。咨询12368。",
    "[{court}] {name}: your request no. {serial_no} is returned: {reasons}. Please complete: {requirement}. Questions: 12368.",
)
RESUBMITTED = Label(
    "【{court}】{name}：流水号{serial_no}的补充材料已于{date}收到，期限重新起算。咨询12368。",
    "[{court}] {name}: what completes no. {serial_no} was received on {date}; the time begins anew. Questions: 12368.",
)
SECURITY = Label(
    "【{court}】{name}：流水号{serial_no}的保全申请，请于{due}前提供担保{security_amount}元，不提供的裁定驳回。咨询12368。",
    "[{court}] {name}: for no. {serial_no} provide security of {security_amount} yuan by {due}, or it is refused. Questions: 12368.",
)
PROVIDED = Label(
    "【{court}】{name}：流水号{serial_no}的担保材料已于{date}收到，将于{due}前裁定。咨询12368。",
    "[{court}] {name}: the security for no. {serial_no} was received on {date}; the court rules by {due}. Questions: 12368.",
)
MISSED = Label(
    "【{court}】{name}：流水号{serial_no}的保全申请未在期限内提供担保，将依法裁定。咨询12368。",
    "[{court}] {name}: no security was provided in time for no. {serial_no}; the court will rule. Questions: 12368.",
)
GRANTED = Label(
    "【{court}】{name}：流水号{serial_no}的保全申请裁定准许，文号{ruling_number}，裁定书另行送达。咨询12368。",
    "[{court}] {name}: your request no. {serial_no} is granted, ruling {ruling_number}; the ruling follows. Questions: 12368.",
)
PARTLY = Label(
    "【{court}】{name}：流水号{serial_no}的保全申请裁定部分准许，文号{ruling_number}，裁定书另行送达；不服可自收到之日起5日内申请复议一次。咨询12368。",
    "[{court}] {name}: your request no. {serial_no} is granted in part, ruling {ruling_number}; reconsideration may be asked for within 5 days of receipt. Questions: 12368.",
)
REFUSED = Label(
    "【{court}】{name}：流水号{serial_no}的保全申请裁定驳回，文号{ruling_number}，裁定书另行送达；不服可自收到之日起5日内申请复议一次。咨询12368。",
    "[{court}] {name}: your request no. {serial_no} is refused, ruling {ruling_number}; reconsideration may be asked for within 5 days of receipt. Questions: 12368.",
)
WITHDRAWN = Label(
    "【{court}】{name}：流水号{serial_no}的保全申请已按您的申请撤回。咨询12368。",
    "[{court}] {name}: your request no. {serial_no} was withdrawn as you asked. Questions: 12368.",
)
CARRIED_OUT = Label(
    "【{court}】{name}：流水号{serial_no}的保全已于{carried_out_on}实施。{expiry_words}。咨询12368。",
    "[{court}] {name}: the preservation of no. {serial_no} was carried out on {carried_out_on}. {expiry_words}. Questions: 12368.",
)
PROCEEDINGS = Label(
    "【{court}】{name}：流水号{serial_no}的保全，已登记{proceedings}。咨询12368。",
    "[{court}] {name}: for no. {serial_no}, {proceedings} is registered. Questions: 12368.",
)
NOT_PURSUED = Label(
    "【{court}】{name}：流水号{serial_no}的保全，未在期限内起诉、申请仲裁或申请执行，将依法解除。咨询12368。",
    "[{court}] {name}: no. {serial_no} was not pursued in time and will be lifted. Questions: 12368.",
)
RENEWAL_ASKED = Label(
    "【{court}】{name}：流水号{serial_no}的续行保全申请已于{date}收到。咨询12368。",
    "[{court}] {name}: your request to renew no. {serial_no} was received on {date}. Questions: 12368.",
)
RENEWED = Label(
    "【{court}】{name}：流水号{serial_no}的保全已续行，文号{renewal_number}。{expiry_words}。咨询12368。",
    "[{court}] {name}: the preservation of no. {serial_no} is renewed, ruling {renewal_number}. {expiry_words}. Questions: 12368.",
)
DECLINED = Label(
    "【{court}】{name}：流水号{serial_no}：续行（解除）的申请不予准许，保全维持不变，理由见平台。咨询12368。",
    "[{court}] {name}: no. {serial_no}: what you asked for is not granted, the preservation stays as it is; see the reasons on the platform. Questions: 12368.",
)
LIFTING_ASKED = Label(
    "【{court}】{name}：流水号{serial_no}的解除保全申请已于{date}收到，将于{due}前裁定。咨询12368。",
    "[{court}] {name}: your request to lift no. {serial_no} was received on {date}; the court rules by {due}. Questions: 12368.",
)
LIFTED = Label(
    "【{court}】{name}：流水号{serial_no}的保全已于{lifted_on}解除，文号{lifting_number}。咨询12368。",
    "[{court}] {name}: the preservation of no. {serial_no} was lifted on {lifted_on}, ruling {lifting_number}. Questions: 12368.",
)
EXPIRED = Label(
    "【{court}】{name}：流水号{serial_no}的保全期限已届满，保全措施自动解除。咨询12368。",
    "[{court}] {name}: the preservation of no. {serial_no} has expired. Questions: 12368.",
)
RECONSIDERATION = Label(
    "【{court}】{name}：流水号{serial_no}的保全裁定，法院已收到复议申请，复议期间不停止执行。咨询12368。",
    "[{court}] {name}: reconsideration of the ruling on no. {serial_no} was asked for; it does not stay enforcement. Questions: 12368.",
)
RECONSIDERED = Label(
    "【{court}】{name}：流水号{serial_no}的保全裁定复议结果：{reconsideration}。咨询12368。",
    "[{court}] {name}: on reconsideration of the ruling on no. {serial_no}: {reconsideration}. Questions: 12368.",
)
