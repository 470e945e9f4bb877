"""Who sues whom, and who acts for them (民事诉讼法第61、62、124条; 民诉法解释第88、89、209条)."""

from datetime import date

from core import (
    choice,
    choices,
    common,
    credit_code,
    day,
    field,
    licence,
    mobile,
    postcode,
    request_fields,
    resident_id,
    text,
    whole,
)

DOCUMENTS = {
    "resident_id": ("居民身份证", "Resident identity card"),
    "passport": ("护照", "Passport"),
    "hk_macau_permit": ("港澳居民来往内地通行证", "Mainland travel permit (Hong Kong, Macau)"),
    "taiwan_permit": ("台湾居民来往大陆通行证", "Mainland travel permit (Taiwan)"),
    "permanent_residence": ("外国人永久居留身份证", "Foreign permanent resident card"),
    "officer": ("军官证、士兵证", "Military identity card"),
    "other": ("其他证件", "Other document"),
}

PLAINTIFF = field("role") == "plaintiff"
ORGANISED = field("kind").is_in("legal", "organisation")
PLAINTIFF_PERSON = PLAINTIFF & (field("kind") == "natural")
PLAINTIFF_BODY = PLAINTIFF & ORGANISED
LAWYER = field("kind").is_in("lawyer", "legal_aid")


@request_fields
class Party:
    """One party. Of a plaintiff all is asked; of a defendant what is known, so long as it tells the defendant apart."""

    role: str = choice("诉讼地位", "Standing", common.STANDINGS, help=("申请人、自诉人填原告，被申请人、被执行人填被告。", "An applicant is entered as plaintiff, a respondent as defendant."))  # fmt: skip
    kind: str = choice("当事人类型", "Kind of party", common.PERSONS)
    name: str = text("姓名或名称", "Name", max_length=100)
    sex: str | None = choice(
        "性别", "Sex", {"male": ("男", "Male"), "female": ("女", "Female")}, required_when=PLAINTIFF_PERSON
    )
    birth_date: date | None = day("出生日期", "Date of birth", personal=True)
    age: int | None = whole("年龄", "Age", minimum=0, maximum=150)
    nation: str | None = text("民族", "Ethnic group", max_length=40, required_when=PLAINTIFF_PERSON)
    occupation: str | None = text("职业", "Occupation", max_length=100, required_when=PLAINTIFF_PERSON)
    workplace: str | None = text("工作单位", "Employer", max_length=200, required_when=PLAINTIFF_PERSON, help=("没有的填“无”。", "Enter 无 where there is none."))  # fmt: skip
    residence: str = text("住所", "Residence or registered office", max_length=200)
    habitual_residence: str | None = text("经常居住地", "Habitual residence", max_length=200)
    phone: str | None = mobile("手机", "Mobile phone", required_when=PLAINTIFF)
    id_type: str | None = choice("证件类型", "Identity document", DOCUMENTS, required_when=PLAINTIFF_PERSON)
    resident_id: str | None = resident_id(required_when=field("id_type") == "resident_id")
    other_id_no: str | None = text("其他证件号码", "Number of another document", max_length=40, personal=True, required_when=field("id_type").is_in(*[name for name in DOCUMENTS if name != "resident_id"]))  # fmt: skip
    credit_code: str | None = credit_code(required_when=PLAINTIFF_BODY)
    representative_name: str | None = text("法定代表人或主要负责人", "Legal representative or person in charge", max_length=100, required_when=PLAINTIFF_BODY)  # fmt: skip
    representative_title: str | None = text("职务", "Position", max_length=100, required_when=PLAINTIFF_BODY)
    representative_phone: str | None = mobile(
        "法定代表人联系方式", "Representative's mobile phone", required_when=PLAINTIFF_BODY
    )
    distinguishing: str | None = text("足以区别他人的信息", "What tells the party apart", max_length=500, help=("被告为自然人，又没有证件号码、出生日期等信息的，在此说明。", "For a defendant without identity number, date of birth and the like."))  # fmt: skip
    service_address: str | None = text(
        "送达地址", "Address for service", max_length=200, required_when=PLAINTIFF
    )
    service_postcode: str | None = postcode("送达地址邮编", "Postcode for service", required_when=PLAINTIFF)
    service_electronic: str | None = text("电子送达地址", "Electronic address for service", max_length=120, personal=True, required_when=PLAINTIFF, help=("邮箱、手机号或诉讼服务平台账号。", "An e-mail address, mobile number or account of the service platform."))  # fmt: skip


@request_fields
class Agent:
    """An agent ad litem; a party may have one or two (民事诉讼法第61条)."""

    party_name: str = text("所代理的当事人", "Party represented", max_length=100)
    kind: str = choice("代理人类别", "Kind of agent", {
        "lawyer": ("律师", "Lawyer"), "legal_aid": ("法律援助律师", "Legal aid lawyer"), "legal_worker": ("基层法律服务工作者", "Legal worker"),
        "relative": ("近亲属", "Close relative"), "staff": ("单位工作人员", "Staff member"), "recommended": ("推荐的公民", "Recommended citizen"),
    })  # fmt: skip
    name: str = text("代理人姓名", "Agent's name", max_length=50)
    licence_no: str | None = licence(required_when=LAWYER)
    document_no: str | None = text("身份证件或工作证号码", "Number of identity or work card", max_length=40, personal=True, required_when=field("kind").is_in("legal_worker", "relative", "staff", "recommended"))  # fmt: skip
    firm: str | None = text(
        "执业机构",
        "Firm",
        max_length=120,
        required_when=field("kind").is_in("lawyer", "legal_aid", "legal_worker"),
    )
    phone: str = mobile("代理人手机", "Agent's mobile phone")
    authority: str = choice(
        "代理权限", "Authority", {"general": ("一般授权", "General"), "special": ("特别授权", "Special")}
    )
    special_powers: tuple[str, ...] | None = choices("特别授权事项", "Special powers", {
        "admit": ("代为承认诉讼请求", "Admit claims"), "waive": ("代为放弃诉讼请求", "Waive claims"), "alter": ("代为变更诉讼请求", "Alter claims"),
        "settle": ("进行和解", "Settle"), "counterclaim": ("提起反诉", "Counterclaim"), "appeal": ("提起上诉", "Appeal"),
    }, required_when=field("authority") == "special")  # fmt: skip


def names(parties: "tuple[Party, ...]", *roles: str) -> str:
    """Return the names of the parties of these standings (all where none is given), as lists show them."""
    return "、".join(party.name for party in parties if not roles or party.role in roles)
