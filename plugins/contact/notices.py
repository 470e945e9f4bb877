"""What the applicant, and the other side, is told."""

from core import Label

RECEIVED = Label(
    "【{court}】{name}：您联系法官的申请（流水号{serial_no}）已提交，将于{due}前答复。咨询12368。",
    "[{court}] {name}: your request to the judge (no. {serial_no}) will be answered by {due}. Questions: 12368.",
)
AGREED = Label(
    "【{court}】{name}：流水号{serial_no}已答复：{result_words}。会见：{appointment}，请携带身份证件。咨询12368。",
    "[{court}] {name}: no. {serial_no} was answered: {result_words}. Meeting: {appointment}. Questions: 12368.",
)
ANSWERED = Label(
    "【{court}】{name}：流水号{serial_no}已答复：{result_words}。答复内容请登录诉讼服务网查看，咨询12368。",
    "[{court}] {name}: no. {serial_no} was answered: {result_words}. Read the reply on the service site; questions: 12368.",
)
HANDED_OVER = Label(
    "【{court}】{name}：流水号{serial_no}已转由{colleague}办理。咨询12368。",
    "[{court}] {name}: no. {serial_no} is now handled by {colleague}. Questions: 12368.",
)
AGAIN = Label(
    "【{court}】{name}：流水号{serial_no}的追问已收到，将于{due}前答复。咨询12368。",
    "[{court}] {name}: your further question on no. {serial_no} will be answered by {due}. Questions: 12368.",
)
WITHDRAWN = Label(
    "【{court}】{name}：流水号{serial_no}已按您的申请撤回。咨询12368。",
    "[{court}] {name}: no. {serial_no} was withdrawn as you asked. Questions: 12368.",
)
OTHERS = Label(
    "【{court}】{name}：{case_number}案承办法官应一方申请，定于{appointment}会见，参与人：{participants}。如有意见或者要求到场，请联系法院。咨询12368。",
    "[{court}] {name}: in {case_number} the judge meets, at one side's request, on {appointment}: {participants}. Questions: 12368.",
)
CALLED_OFF = Label(
    "【{court}】{name}：{case_number}案原定{appointment}的会见取消。咨询12368。",
    "[{court}] {name}: the meeting in {case_number} on {appointment} is called off. Questions: 12368.",
)
