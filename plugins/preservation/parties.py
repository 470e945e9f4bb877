"""Who asks for preservation, against whom, through whom, and what is to be preserved (财产保全规定第1条)."""

from datetime import date
from decimal import Decimal

from core import (
    choice,
    common,
    credit_code,
    day,
    field,
    licence,
    mobile,
    money,
    request_fields,
    resident_id,
    text,
)

APPLICANT = field("role") == "applicant"
NATURAL = field("kind") == "natural"
ORGANISED = field("kind").is_in("legal", "organisation")
ASSETS = {
    "deposit": ("银行存款", "Bank deposit"), "real_estate": ("房屋、土地", "Real estate"), "vehicle": ("机动车", "Vehicle"),
    "movable": ("其他动产", "Other movables"), "equity": ("股权、股份", "Equity"), "securities": ("证券、基金", "Securities"),
    "receivable": ("债权、收入", "Receivables, income"), "intellectual": ("知识产权", "Intellectual property"), "other": ("其他财产权", "Other rights"),
}  # fmt: skip
PROPERTY_KINDS = {"deposit": "deposit", "vehicle": "movable", "movable": "movable"}
"""By asset: which of the three longest times counts; all others are immovables or other rights (民诉法解释第485条)."""
PROVINCES = {
    name: (name, english)
    for name, _, english in (
        row.partition(" ")
        for row in (
            "北京 Beijing|天津 Tianjin|河北 Hebei|山西 Shanxi|内蒙古 Inner Mongolia|辽宁 Liaoning|吉林 Jilin|黑龙江 Heilongjiang|上海 Shanghai|"
            "江苏 Jiangsu|浙江 Zhejiang|安徽 Anhui|福建 Fujian|江西 Jiangxi|山东 Shandong|河南 Henan|湖北 Hubei|湖南 Hunan|广东 Guangdong|"
            "广西 Guangxi|海南 Hainan|重庆 Chongqing|四川 Sichuan|贵州 Guizhou|云南 Yunnan|西藏 Xizang|陕西 Shaanxi|甘肃 Gansu|青海 Qinghai|"
            "宁夏 Ningxia|新疆 Xinjiang|台湾 Taiwan|香港 Hong Kong|澳门 Macao"
        ).split("|")
    )
}


@request_fields
class Party:
    """The applicant, or the respondent; of each the identity, the address for service and how to reach them."""

    role: str = choice(
        "地位", "Standing", {"applicant": ("申请人", "Applicant"), "respondent": ("被申请人", "Respondent")}
    )
    kind: str = choice("当事人类型", "Kind of party", common.PERSONS)
    name: str = text("姓名或名称", "Name", max_length=100)
    resident_id: str | None = resident_id()
    other_id_no: str | None = text("其他证件号码", "Number of another document", max_length=40, personal=True)
    credit_code: str | None = credit_code(required_when=APPLICANT & ORGANISED)
    representative_name: str | None = text("法定代表人或主要负责人", "Legal representative or person in charge", max_length=100, required_when=APPLICANT & ORGANISED)  # fmt: skip
    service_address: str = text("送达地址", "Address for service", max_length=200)
    phone: str | None = mobile("手机", "Mobile phone", required_when=APPLICANT)


@request_fields
class Agent:
    """Who acts for an applicant."""

    party_name: str = text("所代理的申请人", "Applicant represented", max_length=100)
    name: str = text("代理人姓名", "Agent's name", max_length=50)
    licence_no: str | None = licence()
    firm: str | None = text("执业机构", "Firm", max_length=120)
    phone: str = mobile("代理人手机", "Agent's mobile phone")


@request_fields
class Asset:
    """What belongs to the respondent and is to be preserved: told definitely, or by a clue that can be followed."""

    owner: str = text("权利人", "Owner", max_length=100)
    type: str = choice("财产类型", "Type", ASSETS)
    province: str | None = choice("所在省份", "Province", PROVINCES)
    location: str | None = text("具体位置", "Location", max_length=200, help=("房屋坐落、车辆停放地、开户网点、登记机关等。", "Where it lies or is registered, or the bank's branch."))  # fmt: skip
    cert_no: str | None = text("权属证号", "Certificate or registration number", max_length=100)
    account: str | None = text("账号", "Account number", max_length=60, personal=True)
    est_value: Decimal | None = money("估值", "Estimated value")
    clue: str | None = text("财产线索说明", "Clue", max_length=1000, help=("确有困难不能提供明确信息的，写明具体线索（第10条）。", "Where nothing definite can be given (art. 10)."))  # fmt: skip


@request_fields
class Measure:
    """One measure: on what, how much, until when."""

    asset: str = text("保全标的", "What is preserved", max_length=300)
    measure: str = choice("措施", "Measure", {
        "freeze": ("冻结", "Freezing"), "seal": ("查封", "Sealing"), "seize": ("扣押", "Seizure"), "other": ("其他（行为、证据）", "Other (act, evidence)"),
    })  # fmt: skip
    property_kind: str | None = choice("期限类别", "Counts as", {
        "deposit": ("银行存款（最长1年）", "Bank deposit (1 year)"), "movable": ("动产（最长2年）", "Movable (2 years)"),
        "other": ("不动产、其他财产权（最长3年）", "Immovable or other right (3 years)"),
    }, required_when=field("measure").is_in("freeze", "seal", "seize"))  # fmt: skip
    amount: Decimal | None = money("金额", "Amount")
    expires_on: date | None = day("届满日", "Expires on", required_when=field("measure").is_in("freeze", "seal", "seize"))  # fmt: skip


def names(parties: "tuple[Party, ...]", role: str) -> str:
    """Return the names of the parties of this standing, as lists show them."""
    return "、".join(one.name for one in parties if one.role == role)
