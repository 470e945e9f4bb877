"""What the applicant and the others in the case are told (延期开庭规定第7条: that it is postponed, and why)."""

from core import Label

RECEIVED = Label(
    "【{court}】{name}：延期开庭申请（流水号{serial_no}）已于{date}收到，审查期间请仍按原定时间准备开庭。咨询12368。",
    "[{court}] {name}: your request to postpone (no. {serial_no}) was received on {date}; until it is decided the hearing stands. Questions: 12368.",
)
MOVED = Label(
    "【{court}】{name}：{case_number}案原定{old_words}的开庭延期至{new_words}（事由：{ground_words}），请按时到庭。咨询12368。",
    "[{court}] {name}: the hearing of {case_number} on {old_words} is postponed to {new_words} ({ground_words}). Questions: 12368.",
)
ADJOURNED = Label(
    "【{court}】{name}：{case_number}案原定{old_words}的开庭延期（事由：{ground_words}），新的时间另行通知。咨询12368。",
    "[{court}] {name}: the hearing of {case_number} on {old_words} is postponed ({ground_words}); a new date follows. Questions: 12368.",
)
REJECTED = Label(
    "【{court}】{name}：延期申请（流水号{serial_no}）未获准许，仍于{old_words}开庭。无正当理由拒不到庭的，原告可按撤诉处理，被告可缺席判决（民事诉讼法第146、147条）。咨询12368。",
    "[{court}] {name}: request no. {serial_no} is refused; the hearing on {old_words} stands. Absent without good reason, a plaintiff may be taken to withdraw and a defendant be judged in absence (arts. 146, 147). Questions: 12368.",
)
OVERTAKEN = Label(
    "【{court}】{name}：{case_number}案原定{hearing_before}的开庭已变更为{hearing_after}，延期申请（流水号{serial_no}）不再审查。咨询12368。",
    "[{court}] {name}: the hearing of {case_number} on {hearing_before} was changed to {hearing_after}; request no. {serial_no} is closed. Questions: 12368.",
)
DATED = Label(
    "【{court}】{name}：{case_number}案延期后的开庭定于{hearing_after}，请按时到庭。咨询12368。",
    "[{court}] {name}: the postponed hearing of {case_number} is on {hearing_after}. Questions: 12368.",
)
WITHDRAWN = Label(
    "【{court}】{name}：延期申请（流水号{serial_no}）已按您的申请撤回，仍按原定时间开庭。咨询12368。",
    "[{court}] {name}: request no. {serial_no} was withdrawn as you asked; the hearing stands. Questions: 12368.",
)
