"""Case-type characters (类型代字) with their standard codes (《关于人民法院案件案号的若干规定》第7条)."""

from __future__ import annotations

import attrs

CATEGORIES: dict[str, tuple[str, str]] = {
    "01": ("管辖案件", "jurisdiction"),
    "02": ("刑事案件", "criminal"),
    "03": ("民事案件", "civil"),
    "04": ("行政案件", "administrative"),
    "05": ("国家赔偿与司法救助案件", "state compensation and judicial relief"),
    "06": ("区际司法协助案件", "interregional judicial assistance"),
    "07": ("国际司法协助案件", "international judicial assistance"),
    "08": ("司法制裁案件", "judicial sanctions"),
    "09": ("非诉保全审查案件", "preservation outside litigation"),
    "10": ("执行类案件", "enforcement"),
    "11": ("强制清算与破产案件", "compulsory liquidation and bankruptcy"),
}

# The characters of a category, each with its codes: "-" for a range, "/" between single ones.
# The codes of category 06 (0602-0635) are published for the category only.
_TABLE = {
    "01": "刑辖 0102/0103 民辖 0105-0108 民辖终 0109 民辖监 0110 行辖 0112/0113 行辖终 0114 赔辖 0116-0118 "
    "赔辖终 0119",
    "02": "刑初 0201 刑终 0202 刑监 0204 刑申 0205 刑抗 0206 刑再 0207 刑没 0208 刑核 0210-0212 刑医 0214 "
    "刑医解 0215 刑医复 0216 刑医监 0217 刑止 0219/0220 刑止调 0221 刑止核 0222 刑更 0224 刑更监 0225 "
    "刑更备 0226 刑他 0227 刑教 0229 刑教解 0230 刑教复 0231 刑教监 0232",
    "03": "民初 0301 民终 0302 民监 0304 民申 0305 民抗 0306 民再 0307 民撤 0308 民特 0310-0322 民特监 0323 "
    "民催 0325/0326 民督 0328 民督监 0329 民他 0330 民保令 0332 民保更 0333",
    "04": "行初 0401 行终 0402 行监 0404 行申 0405 行抗 0406 行再 0407 行审 0409 行审复 0410 行他 0411",
    "05": "行赔初 0502 行赔终 0503 行赔监 0504 行赔申 0505 行赔抗 0506 行赔再 0507 行赔他 0508 法赔 0510 "
    "委赔 0511 委赔监 0512 赔确监 0513 委赔提 0514 委赔再 0515 赔他 0516 司救刑 0518 司救民 0519 "
    "司救行 0520 司救赔 0521 司救执 0522 司救访 0523 司救他 0524",
    "06": "认台 认港 认澳 认复 认他 请台送 请港送 请澳送 台请送 港请送 澳请送 请台调 请港调 请澳调 "
    "台请调 港请调 澳请调 请移管 助移管 请移赃 助移赃",
    "07": "协外认 0702/0703 协他 0704 协外送 0706/0707 请外送 0708 协外调 0710/0711 请外调 0712 请外移 0714 "
    "协外移 0715 请外引 0717 协外引 0718",
    "08": "司惩 0802/0803 司惩复 0804",
    "09": "财保 0901 行保 0902 行保复 0903 证保 0904",
    "10": "执 1002 执恢 1003 执保 1004 执异 1006 执复 1007 执监 1008 执协 1009 执他 1010",
    "11": "清申 1102 破申 1103 清终 1105 破终 1106 清监 1108 破监 1109 强清 1110 破 1112-1114",
}


@attrs.frozen(slots=True)
class CaseType:
    """A case-type character: its name, its four-digit standard codes and its two-digit category."""

    name: str
    codes: tuple[str, ...]
    category: str


def _codes(text: str) -> tuple[str, ...]:
    first, _, last = text.partition("-")
    if last:
        return tuple(f"{code:04d}" for code in range(int(first), int(last) + 1))
    return tuple(text.split("/"))


def _types() -> dict[str, CaseType]:
    table: dict[str, CaseType] = {}
    for category, line in _TABLE.items():
        words = line.split()
        for word, follower in zip(words, [*words[1:], ""], strict=True):
            if not word[0].isascii():
                codes = _codes(follower) if follower[:1].isascii() and follower else ()
                table[word] = CaseType(word, codes, category)
    return table


CASE_TYPES: dict[str, CaseType] = _types()
"""Every standard case type by its characters."""

DEFAULT_EXTRA_TYPES: frozenset[str] = frozenset({"民诉前调", "诉前调书", "诉前调确"})
"""Types in use that the standard table does not list; a court may configure others."""
