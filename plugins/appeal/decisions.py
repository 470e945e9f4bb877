"""What the court does with an appeal: it receives or returns it for its form, and takes the file to the second court."""

from datetime import date
from decimal import Decimal

from core import (
    Decision,
    Role,
    case_number,
    choice,
    choices,
    day,
    field,
    money,
    request_fields,
    text,
    whole,
    yes_no,
)

from . import guards, notices
from .limits import NOT_ACCEPTED, OPPOSED
from .prefills import for_copy, for_receipt, for_transfer
from .states import AFTER_RECEIPT

LADDER = frozenset({Role.HANDLING_JUDGE, Role.CLERK})
"""Who takes the steps towards the second court: what was done is registered, nothing is judged."""
REASONS = {
    "petition": ("上诉状内容欠缺", "The petition lacks something"),
    "no_power": ("无上诉特别授权", "No special authorisation to appeal"),
    "not_this_case": ("非本案", "Not of this case"),
    "final": ("一审终审，不得上诉", "Final in first instance"),
    "duplicate": ("重复提交", "Submitted twice"),
}
"""Matters of form only: whether an appeal is late or unfounded is not for this court (民事诉讼法第86、165、172条)."""
FEE_STATES = {
    "due": ("通知预交", "To be prepaid"),
    "paid": ("已交纳", "Paid"),
    "relief": ("准予缓减免", "Relief granted"),
    "none": ("不需交纳", "None due"),
}
CHECKLIST = {
    "papers": ("上诉状与一审裁判齐全", "Petition and decision complete"),
    "volumes": ("卷宗数与移送函相符", "Volumes as in the letter"),
    "in_time": ("上诉在期内，或附顺延申请", "In time, or with a request to extend"),
    "fee": ("附受理费单据或缓减免申请", "With the fee receipt or a request for relief"),
}


@request_fields
class Receipt:
    """What is checked when an appeal is received."""

    served_checked_on: date = day("核对后的送达日期", "Served on, as checked")
    expires_corrected_on: date | None = day("更正届满日", "Last day, corrected", help=("与系统计算一致的不填。", "Leave empty where the date worked out is right."))  # fmt: skip
    expiry_reason: str | None = text("更正理由", "Reason for the correction", max_length=500, required_when=field("expires_corrected_on").filled())  # fmt: skip
    power_checked: bool | None = yes_no("代理权限含“提起上诉”，已核对", "Authority to appeal checked", help=("代理人提交的必填。", "Needed where an agent submitted it."))  # fmt: skip
    fee_state: str = choice("上诉费", "Appeal fee", FEE_STATES)
    fee_due: Decimal | None = money(
        "应交上诉费", "Fee due", required_when=field("fee_state").is_in("due", "paid")
    )


@request_fields
class Return:
    """Why an appeal goes back."""

    reasons: tuple[str, ...] = choices("退回理由", "Reasons", REASONS)


@request_fields
class Correction:
    """The last day of the appeal period, set by hand."""

    expires_corrected_on: date = day("更正届满日", "Last day, corrected")
    expiry_reason: str = text("更正理由", "Reason for the correction", max_length=500)


@request_fields
class FeePaid:
    """The fee came in."""

    paid_amount: Decimal = money("实收金额", "Amount received")
    paid_on: date = day("缴费日期", "Date paid")


@request_fields
class CopyServed:
    """The petition went to the other side (民事诉讼法第174条)."""

    copy_served_on: date = day("送达日期", "Served on", help=("多名对方当事人的，填最后送达日。", "With several, the last of them."))  # fmt: skip
    copy_served_to: str = text("受送达人", "Served on whom", max_length=200)
    served_abroad: bool = yes_no("受送达人境内无住所", "Without domicile in the country", help=("答辩期为30日（民事诉讼法第286条）。", "The defence then has 30 days (art. 286)."))  # fmt: skip


@request_fields
class DefenceReceived:
    """A defence came in."""

    defence_received_on: date = day("收到答辩状日期", "Defence received on")
    defence_from: str = text("答辩人", "From", max_length=200)


@request_fields
class DefenceSent:
    """The defence went to the appellant."""

    defence_sent_on: date = day("送达日期", "Sent on")


@request_fields
class Closed:
    """Nothing more is waited for before the transfer."""

    defence_closed_on: date = day("答辩齐备日期", "Complete since")


@request_fields
class Transfer:
    """File and evidence go to the second court; what the letter says (民事诉讼法第174条)."""

    second_court: str = text("第二审人民法院", "Court of second instance", max_length=100)
    transferred_on: date = day("移送日期", "Transferred on")
    main_volumes: int = whole("正卷（册）", "Main volumes", maximum=999)
    side_volumes: int = whole("副卷（册）", "Side volumes", maximum=999)
    electronic_volumes: int = whole("电子卷宗（册）", "Electronic volumes", maximum=999)
    exhibits: str | None = text("证物", "Exhibits", max_length=500)
    checklist: tuple[str, ...] | None = choices("移送查对", "Checked", CHECKLIST)
    handed_over_by: str = text("移送人", "Handed over by", max_length=50)
    taken_over_by: str | None = text("接收人", "Taken over by", max_length=50)


@request_fields
class MaterialsRequested:
    """The second court found the file incomplete (法释〔2000〕29号第18条)."""

    found_on: date | None = day("二审发现日期", "Found incomplete on")
    requested_on: date = day("收到通知日期", "Notice received on")
    missing: str = text("所缺材料", "What is missing", max_length=500)


@request_fields
class MaterialsCompleted:
    """What was missing was sent."""

    completed_on: date = day("补齐日期", "Completed on")


@request_fields
class Docketed:
    """The second court docketed the appeal."""

    second_case_number: str = case_number("二审案号", "Case number of second instance")
    second_docketed_on: date = day("二审立案日期", "Docketed on")


@request_fields
class Deemed:
    """The ruling that an unpaid appeal counts as withdrawn (民诉法解释第318条)."""

    ruling_no: str = case_number("裁定文号", "Number of the ruling")
    ruled_on: date = day("裁定日期", "Date of the ruling")


DUE = field("payment").is_in("due", "overdue")
DEFENDED = field("defence_received_on").filled()
SECOND_NUMBER = {"second_case_number": "（2026）粤01民终1号"}

DECISIONS = (
    Decision("receive", "接收", "Receive", "SUBMITTED", "RECEIVED", fields=Receipt, prefill=for_receipt, guard=guards.receivable,
             notice=notices.RECEIVED, issues=["receipt", "fee_notice"]),
    Decision("return", "退回", "Return", "SUBMITTED", "RETURNED", opinion=True, fields=Return, notice=notices.RETURNED,
             confirm=("只能因形式问题退回。确定退回？", "Only matters of form are a reason. Return it?")),
    Decision("correct_expiry", "更正届满日", "Correct the last day", ["SUBMITTED", *AFTER_RECEIPT], None, direct=True, fields=Correction,
             notice=notices.EXPIRY_CORRECTED),
    Decision("fee_paid", "登记缴费", "Register the fee", AFTER_RECEIPT, None, direct=True, roles=LADDER, fields=FeePaid, meets="A-11",
             when=DUE, guard=guards.not_in_future, notice=notices.FEE_PAID),
    Decision("copy_served", "登记送达副本", "Register service of the copy", ["RECEIVED", "COPY_SERVED"], "COPY_SERVED", direct=True, roles=LADDER,
             fields=CopyServed, prefill=for_copy, when=OPPOSED, guard=guards.not_in_future, meets="A-5", notice=notices.COPY_SERVED),
    Decision("no_other_side", "无对方当事人，径行移送", "No other side, transfer next", "RECEIVED", "DEFENCE_OVER", direct=True, roles=LADDER,
             fields=Closed, when=field("document") == NOT_ACCEPTED, guard=guards.not_in_future, notice=notices.TO_TRANSFER),
    Decision("defence_received", "登记收到答辩状", "Register a defence", ["COPY_SERVED", "DEFENCE_OVER"], None, direct=True, roles=LADDER,
             fields=DefenceReceived, guard=guards.not_in_future),
    Decision("defence_sent", "登记送达答辩状副本", "Register sending the defence", ["COPY_SERVED", "DEFENCE_OVER", "TRANSFERRED"], None, direct=True,
             roles=LADDER, fields=DefenceSent, when=DEFENDED, guard=guards.not_in_future, meets="A-7", notice=notices.DEFENCE_SENT),
    Decision("defence_complete", "答辩齐备", "Defence complete", "COPY_SERVED", "DEFENCE_OVER", direct=True, roles=LADDER, fields=Closed,
             when=DEFENDED, guard=guards.not_in_future, meets="A-6", notice=notices.TO_TRANSFER),
    Decision("transfer", "登记移送", "Register the transfer", "DEFENCE_OVER", "TRANSFERRED", direct=True, roles=LADDER, fields=Transfer,
             prefill=for_transfer, guard=guards.transferable, meets=["A-8", "A-8N", "A-8P", "A-12"], notice=notices.TRANSFERRED,
             issues=["transfer_letter", "transfer_stub"], example={"main_volumes": 1}),
    Decision("materials_requested", "登记二审通知补材料", "Register a request for papers", "TRANSFERRED", None, direct=True, roles=LADDER,
             fields=MaterialsRequested, guard=guards.not_in_future),
    Decision("materials_completed", "登记材料补齐", "Register that the file is complete", "TRANSFERRED", None, direct=True, roles=LADDER,
             fields=MaterialsCompleted, when=field("requested_on").filled(), guard=guards.not_in_future, meets="A-9"),
    Decision("docketed_second", "登记二审立案", "Register docketing at second instance", "TRANSFERRED", "DOCKETED_SECOND", direct=True, roles=LADDER,
             fields=Docketed, guard=guards.second_instance, meets=["A-9", "A-10"], notice=notices.DOCKETED, example=SECOND_NUMBER),
    Decision("deem_withdrawn", "登记按撤回上诉处理的裁定", "Register the ruling that it counts as withdrawn", AFTER_RECEIPT, "DEEMED_WITHDRAWN", direct=True,
             fields=Deemed, when=field("payment") == "overdue", guard=guards.not_in_future, notice=notices.DEEMED_WITHDRAWN,
             confirm=("确定登记按自动撤回上诉处理的裁定？", "Register the ruling that the appeal counts as withdrawn?")),
)  # fmt: skip
