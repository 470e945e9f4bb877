"""People and companies that do not exist, with numbers that are well formed and can belong to nobody.

Resident numbers are of people born in the first half of the last century, credit codes and licences of regions that do not
exist (440199, 4499), telephones of a block that was never given out.
"""

from datetime import date
from random import Random
from typing import Any

from attrs import frozen

from core.law import resident_id, unified_code

_SURNAMES = "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹喻"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANDS = ("示例", "样本", "演示", "虚构", "假设", "举例")
_TRADES = (
    "贸易",
    "建材",
    "装饰工程",
    "餐饮管理",
    "物流",
    "科技",
    "物业服务",
    "家具",
    "服装",
    "教育咨询",
    "融资担保",
    "机械",
)
_STREETS = ("示例路", "样本街", "演示大道", "虚构巷", "举例南路", "假设西街")
_WORK = ("职员", "个体经营者", "教师", "司机", "厨师", "工程师", "退休人员", "自由职业者", "护士", "店员")
_NATIONS = ("汉族",) * 17 + ("壮族", "瑶族", "畲族")


@frozen
class Party:
    """Somebody in a filing."""

    kind: str
    name: str
    sex: str
    born: date
    number: str
    address: str
    phone: str
    head: str
    work: str
    nation: str

    @property
    def whole(self) -> dict[str, Any]:
        """All that is asked of a plaintiff, without the standing."""
        common = {
            "kind": self.kind, "name": self.name, "residence": self.address, "phone": self.phone,
            "service_address": self.address, "service_postcode": "510000", "service_electronic": self.phone,
        }  # fmt: skip
        if self.kind == "natural":
            return common | {
                "sex": self.sex, "birth_date": self.born.isoformat(), "nation": self.nation, "occupation": self.work,
                "workplace": "无", "id_type": "resident_id", "resident_id": self.number,
            }  # fmt: skip
        return common | {
            "credit_code": self.number, "representative_name": self.head, "representative_title": "经理",
            "representative_phone": self.phone,
        }  # fmt: skip

    @property
    def known(self) -> dict[str, Any]:
        """What a plaintiff knows of somebody else."""
        common = {"kind": self.kind, "name": self.name, "residence": self.address, "phone": self.phone}
        if self.kind == "natural":
            return common | {"sex": self.sex}
        return common | {"credit_code": self.number, "representative_name": self.head}

    def line(self, standing: str) -> str:
        """The party as a complaint introduces it."""
        if self.kind == "natural":
            sex = "男" if self.sex == "male" else "女"
            born = f"{self.born.year}年{self.born.month}月{self.born.day}日"
            return f"{standing}：{self.name}，{sex}，{born}出生，{self.nation}，住{self.address}，联系电话{self.phone}。"
        return f"{standing}：{self.name}，住所地{self.address}，统一社会信用代码{self.number}。法定代表人：{self.head}，经理。"


def phone(dice: Random) -> str:
    """Return a mobile number of the block 199 0000 0000, which is no one's."""
    return f"1990000{dice.randrange(10_000):04d}"


def person(dice: Random) -> Party:
    """Return a natural person."""
    sex = dice.choice(("male", "female"))
    born = date(dice.randrange(1921, 1950), dice.randrange(1, 13), dice.randrange(1, 29))
    serial = dice.randrange(50) * 20 + dice.randrange(10) * 2 + (1 if sex == "male" else 0)
    digits = f"440100{born:%Y%m%d}{serial:03d}"
    return Party(
        "natural", _somebody(dice), sex, born, digits + resident_id.check_character(digits), _address(dice), phone(dice), "",
        dice.choice(_WORK), dice.choice(_NATIONS),
    )  # fmt: skip


def company(dice: Random) -> Party:
    """Return a company."""
    subject = f"DEM{dice.randrange(100_000):05d}"
    digits = "91440199" + subject + unified_code.subject_check_character(subject)
    name = f"虚构市{dice.choice(_BRANDS)}{dice.choice(_STEMS)}{dice.choice(_TRADES)}有限公司"
    return Party(
        "legal", name, "", date(1949, 10, 1), digits + unified_code.check_character(digits), _address(dice), phone(dice),
        _somebody(dice), "", "",
    )  # fmt: skip


def lawyer(dice: Random, client: str) -> dict[str, Any]:
    """Return an agent of the party ``client``."""
    special = dice.random() < 0.6
    powers = {"special_powers": ["admit", "waive", "alter", "settle"]} if special else {}
    licence = f"14499{dice.randrange(1998, 2024)}1{dice.randrange(2)}{dice.randrange(1_000_000):06d}"
    return {
        "party_name": client, "kind": "lawyer", "name": _somebody(dice), "licence_no": licence,
        "firm": f"广东{dice.choice(_BRANDS)}律师事务所", "phone": phone(dice),
        "authority": "special" if special else "general", **powers,
    }  # fmt: skip


def _somebody(dice: Random) -> str:
    return f"{dice.choice(_SURNAMES)}某{dice.choice(_STEMS)}"


def _address(dice: Random) -> str:
    street, house = dice.choice(_STREETS), dice.randrange(1, 300)
    return f"广东省虚构市示例区{street}{house}号{dice.randrange(1, 30)}0{dice.randrange(1, 9)}房"
