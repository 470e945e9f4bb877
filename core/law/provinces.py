"""Province abbreviations of court codes (法院代字) and their six-digit ASCII form.

《关于人民法院案件案号的若干规定》第4、5条: 最高法; a province's abbreviation for its high court; two digits
more for an intermediate court, four for a basic one. Province numbers are GB/T 2260.
"""

from __future__ import annotations

import re
from typing import Literal

import attrs

from core.law.errors import LawError

SUPREME = "最高法"
CourtLevel = Literal["supreme", "high", "intermediate", "basic"]
COURT_LEVELS: dict[int, CourtLevel] = {0: "high", 2: "intermediate", 4: "basic"}
"""The level of a court by the number of digits in its prefix."""


@attrs.frozen(slots=True)
class Province:
    """An abbreviation, its two-digit number and its names."""

    abbreviation: str
    number: str
    name_zh: str
    name_en: str


# 军 (military courts) has no number in GB/T 2260; 90 is ours, outside the ranges the standard uses.
# 兵 (Xinjiang Production and Construction Corps) uses 66, the number customary beside GB/T 2260.
_ROWS = """
京 11 北京市 Beijing|津 12 天津市 Tianjin|冀 13 河北省 Hebei|晋 14 山西省 Shanxi
内 15 内蒙古自治区 Inner Mongolia|辽 21 辽宁省 Liaoning|吉 22 吉林省 Jilin|黑 23 黑龙江省 Heilongjiang
沪 31 上海市 Shanghai|苏 32 江苏省 Jiangsu|浙 33 浙江省 Zhejiang|皖 34 安徽省 Anhui
闽 35 福建省 Fujian|赣 36 江西省 Jiangxi|鲁 37 山东省 Shandong|豫 41 河南省 Henan
鄂 42 湖北省 Hubei|湘 43 湖南省 Hunan|粤 44 广东省 Guangdong|桂 45 广西壮族自治区 Guangxi
琼 46 海南省 Hainan|渝 50 重庆市 Chongqing|川 51 四川省 Sichuan|贵 52 贵州省 Guizhou
云 53 云南省 Yunnan|藏 54 西藏自治区 Xizang|陕 61 陕西省 Shaanxi|甘 62 甘肃省 Gansu
青 63 青海省 Qinghai|宁 64 宁夏回族自治区 Ningxia|新 65 新疆维吾尔自治区 Xinjiang
兵 66 新疆生产建设兵团 Xinjiang Production and Construction Corps|军 90 解放军 Military courts
"""

PROVINCES: dict[str, Province] = {
    row[0]: Province(*row.split(" ", 3)) for row in _ROWS.strip().replace("\n", "|").split("|")
}
"""Every province by its abbreviation."""

PROVINCE_BY_NUMBER: dict[str, Province] = {province.number: province for province in PROVINCES.values()}

_PREFIX = re.compile(rf"({'|'.join(PROVINCES)})([0-9]{{4}}|[0-9]{{2}})?")


def prefix_digits(prefix: str) -> str:
    """Return the digits of a valid court prefix (none, two or four); LawError naming what is wrong."""
    if prefix == SUPREME:
        return ""
    match = _PREFIX.fullmatch(prefix)
    if match is None:
        raise LawError(
            "court_prefix_invalid",
            f"法院代字“{prefix}”不正确：应为“最高法”，或省级简称后接 0 位、2 位或 4 位数字，"
            "例如 粤、粤01、粤0104。",
            f'"{prefix}" is no court prefix: write 最高法, or a province\'s abbreviation followed by '
            "no, two or four digits, for example 粤, 粤01, 粤0104.",
        )
    digits: str = match[2] or ""
    if digits.endswith("00"):
        raise LawError(
            "court_prefix_zero",
            f"法院代字“{prefix}”不正确：数字代码不能以 00 结尾，上级法院用更短的代字表示。",
            f'"{prefix}" is no court prefix: its digits cannot end in 00; higher courts have shorter ones.',
        )
    return digits


def court_digits(court_prefix: str) -> str:
    """Return six ASCII digits that no other prefix has: 粤0104 → 440104, 粤01 → 440100, 最高法 → 000000."""
    digits = prefix_digits(court_prefix)
    if court_prefix == SUPREME:
        return "000000"
    return PROVINCES[court_prefix[0]].number + digits.ljust(4, "0")


def court_level(prefix: str) -> CourtLevel:
    """Return the level of the court that ``prefix`` names; LawError when it names none."""
    digits = prefix_digits(prefix)
    return "supreme" if prefix == SUPREME else COURT_LEVELS[len(digits)]
