"""Case numbers of the years up to 2015: （2013）陕民三终字第38号."""

from __future__ import annotations

import re

import attrs

from core.law.case_number_text import FIRST_YEAR, clean
from core.law.errors import LawError

EARLIEST_YEAR = 1949
_LEGACY = re.compile(
    r"（(?P<year>[0-9]{4})）"
    r"(?P<mark>(?:[\u4e00-\u9fff]|（[\u4e00-\u9fff]+）){2,20})字第"
    r"(?P<seq>[0-9]{1,8})号"
    r"(?P<suffix>(?:之[一二三四五六七八九十]{1,3}|-[1-9][0-9]?)?)"
)


@attrs.frozen(slots=True)
class LegacyCaseNumber:
    """The parts of an old number; ``mark`` is court, division and type, ``seq`` keeps its leading zeros."""

    year: int
    mark: str
    seq: str
    suffix: str = ""

    def __str__(self) -> str:
        return f"（{self.year}）{self.mark}字第{self.seq}号{self.suffix}"


def parse_legacy(text: str, *, strict: bool = True) -> LegacyCaseNumber:
    """Return the parts of a case number of 2015 or earlier; LawError when it is none.

    ``strict=False`` drops white space inside, as for a search box.
    """
    match = _LEGACY.fullmatch(clean(text, strict=strict))
    if match is None:
        raise LawError(
            "legacy_case_number_invalid",
            "旧案号不正确：正确写法例如 （2013）陕民三终字第38号。",
            "No old case number: write it as （2013）陕民三终字第38号.",
        )
    year = int(match["year"])
    if not EARLIEST_YEAR <= year < FIRST_YEAR:
        raise LawError(
            "legacy_case_number_year",
            f"旧案号只用到2015年，{year}年不适用；2016年起请按新案号登记。",
            f"Old case numbers were used up to 2015, not in {year}; since 2016 register the new form.",
        )
    return LegacyCaseNumber(year, match["mark"], match["seq"], match["suffix"])
