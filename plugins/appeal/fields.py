"""What is lodged: every field of an appeal, said once (民事诉讼法第62、85、171至173条; 民诉法解释第315至317条)."""

from datetime import date
from decimal import Decimal

from core import (
    case_number,
    choice,
    common,
    computed,
    day,
    derived,
    field,
    group,
    money,
    request_fields,
    telephone,
    text,
    yes_no,
)

from . import worked_out
from .limits import DOCUMENTS, JUDGMENT
from .rules import LATE, STANDINGS, TO_VERIFY

ROLES = {
    "appellant": ("上诉人", "Appellant"),
    "appellee": ("被上诉人", "Appellee"),
    "other": ("原审其他当事人", "Other party of first instance"),
}
FEES = ("prop", "divorce", "personality", "ip", "labour", "other")
"""The kinds of fee (诉讼费用交纳办法第13条) that an appeal against a civil judgment may fall under."""
LODGINGS = {
    "online": ("网上提交", "Online"),
    "post": ("邮寄", "By post"),
    "second_court": ("直接向第二审人民法院提交", "Handed to the court of second instance"),
}
PAYMENTS = {
    "none": ("不需交纳", "None due"), "unfixed": ("待核定", "To be fixed"), "due": ("待交纳", "To be paid"),
    "paid": ("已交纳", "Paid"), "relief": ("已准缓减免", "Relief granted"), "overdue": ("逾期未交", "Not paid in time"),
}  # fmt: skip
PROGRESS = {
    "to_serve": ("待送副本", "To be served"), "defending": ("答辩期内", "Defence running"), "to_transfer": ("待移送", "To be transferred"),
    "transferred": ("已移送", "Transferred"), "docketed": ("二审已立案", "Docketed"),
}  # fmt: skip
APPELLANT = field("role") == "appellant"
ORGANISED = field("kind").is_in("legal", "organisation")


@request_fields
class Party:
    """One party, with its standing in the appeal and in first instance (民诉法解释第315至317条)."""

    role: str = choice("上诉地位", "Standing in the appeal", ROLES, help=("提起上诉的都列为上诉人；未上诉的必要共同诉讼人依解释第317条列明。", "All who appeal are appellants; joint parties who do not are listed as art. 317 of the Interpretation says."))  # fmt: skip
    first_standing: str = choice("原审地位", "Standing in first instance", common.STANDINGS)
    kind: str = choice("当事人类型", "Kind of party", common.PERSONS)
    name: str = text("姓名或名称", "Name", max_length=100)
    representative: str | None = text("法定代表人或主要负责人", "Legal representative or person in charge", max_length=100, required_when=APPELLANT & ORGANISED)  # fmt: skip
    id_no: str | None = text("证件号码", "Identity or credit code", max_length=40, personal=True)
    residence: str = text("住所", "Residence or registered office", max_length=200)
    phone: str | None = telephone(required_when=APPELLANT)
    abroad: bool = yes_no("境内无住所", "Without domicile in the country", help=("境内无住所的，上诉期、答辩期为30日（民事诉讼法第286条）。", "Who has none has 30 days to appeal or to answer (Civil Procedure Law, art. 286)."))  # fmt: skip


@request_fields
class Request:
    """One thing the appeal asks for (民事诉讼法第172条)."""

    text: str = text("上诉请求", "Request", max_length=1000)


def names(parties: tuple[Party, ...], role: str) -> str:
    """Return the names of the parties of this standing, as lists show them."""
    return "、".join(party.name for party in parties if party.role == role)


@request_fields
class Appeal(common.ElectronicService):
    """An appeal against a judgment or ruling of first instance."""

    document: str = choice("被上诉裁判", "Decision appealed", DOCUMENTS, search=True, column=True)
    document_no: str = case_number("裁判文号", "Number of the decision")
    document_date: date = day("裁判日期", "Date of the decision")
    served_on: date = day("自报送达日期", "Served on, as the appellant says", help=("以送达回证为准，不一致的由法院核对。", "The proof of service counts; the court checks a difference."))  # fmt: skip
    parties: tuple[Party, ...] = group(Party, "当事人", "Parties", minimum=1)
    requests: tuple[Request, ...] = group(Request, "上诉请求", "Requests", minimum=1, maximum=50)
    grounds: str = text("上诉理由", "Grounds", max_length=10000)
    fee_category: str | None = choice("计费类别", "Fee category", common.fee_kinds(*FEES), required_when=field("document") == JUDGMENT)  # fmt: skip
    disputed_amount: Decimal | None = money("不服部分金额", "Amount disputed", required_when=field("fee_category").is_in(*common.on_amount(*FEES)), help=("按不服一审判决部分的上诉请求数额计费（诉讼费用交纳办法第17条）。", "The fee is reckoned on it (Litigation Fee Measures, art. 17)."))  # fmt: skip
    fee_relief: str = choice(
        "是否申请缓减免", "Applies for fee relief", {"none": ("否", "No")} | common.RELIEF
    )
    new_evidence: bool = yes_no("是否提交新证据", "Submits new evidence")
    has_appeal_power: bool | None = yes_no("代理权限含“提起上诉”", "Authorised to appeal", help=("由代理人提交的必填（民事诉讼法第62条特别授权）。", "Needed of an agent (special authorisation, Civil Procedure Law, art. 62)."))  # fmt: skip
    new_power: bool | None = yes_no("为上诉另行取得授权", "Authorised anew for the appeal", help=("本院登记的一审代理权限不含提起上诉，现另有授权委托书的选“是”。", "Yes where the authority on record does not cover the appeal but a new power of attorney does."))  # fmt: skip
    lodging: str = choice("提交方式", "How it was lodged", LODGINGS)
    posted_on: date | None = day("寄出日期", "Posted on", required_when=field("lodging") == "post")
    handed_on: date | None = day("二审法院收到日期", "Handed to the second court on", required_when=field("lodging") == "second_court")  # fmt: skip

    in_time: str | None = computed(worked_out.in_time, choice("期内否", "In time", STANDINGS, tones={LATE: "alarm", TO_VERIFY: "todo"}, column=True, search=True))  # fmt: skip
    expires_on: date | None = computed(worked_out.expires_on, day("届满日", "Period ends", column=True, search=True))  # fmt: skip
    progress: str | None = computed(worked_out.progress, choice("移送进度", "Transfer", PROGRESS, column=True, search=True))  # fmt: skip
    payment: str | None = computed(worked_out.payment, choice("缴费状态", "Fee", PAYMENTS, tones={"overdue": "alarm"}, column=True, search=True))  # fmt: skip
    appellants: str = derived(
        lambda one: names(one.parties, "appellant"), "上诉人", "Appellants", search=True
    )
    appellees: str = derived(lambda one: names(one.parties, "appellee"), "被上诉人", "Appellees", search=True, column=True)  # fmt: skip
    others: str = derived(lambda one: names(one.parties, "other"), "原审其他当事人", "Other parties of first instance")  # fmt: skip
    cause: str | None = computed(worked_out.cause, text("案由", "Cause of action", max_length=160, column=True))  # fmt: skip
    service_date: date | None = computed(worked_out.service_date, day("送达日", "Served on", column=True))
    lodged_on: date | None = computed(worked_out.lodged_on, day("上诉日", "Lodged on"))
