"""Why a text is no case number: one refusal for each thing that can be wrong, with its cure."""

from __future__ import annotations

import re

from core.law.errors import LawError
from core.law.provinces import PROVINCES, SUPREME

EXAMPLE = "（2025）粤0104民初123号"
_OTHER_BRACKETS = re.compile(r"[〔〕\[\]【】［］{}｛｝<>《》]")


def refusal(code: str, zh: str, en: str) -> LawError:
    """Return a refusal of a case number; ``zh`` ends in a semicolon, ``en`` in a full stop."""
    return LawError(
        code, f"案号不正确：{zh}正确写法例如 {EXAMPLE}。", f"No case number: {en} Write it as {EXAMPLE}."
    )


def bad_heading(text: str) -> LawError:
    """The text does not begin with a four-digit year in round brackets."""
    if _OTHER_BRACKETS.search(text):
        return refusal(
            "case_number_bracket",
            "年份应放在一对圆括号（）内，〔〕、[]、【】不能代替；",
            "the year belongs in a pair of round brackets （）, not in 〔〕, [] or 【】.",
        )
    return refusal(
        "case_number_year_missing",
        "开头应是圆括号括起的四位年份；",
        "it must begin with a four-digit year in round brackets.",
    )


def bad_year(year: int, first: int, last: int) -> LawError:
    """The year lies before or after the years that have such numbers."""
    if year < first:
        return refusal(
            "case_number_before_2016",
            f"{year}年还没有这种案号（2016年起施行），旧案号请按旧案号登记；",
            f"{year} had no such numbers (in force since {first}); register an older one as a legacy number.",
        )
    return refusal(
        "case_number_year",
        f"收案年度 {year} 超出 {first} 至 {last} 年；",
        f"year {year} is not in {first}-{last}.",
    )


def missing_hao() -> LawError:
    """The number lacks 号."""
    return refusal("case_number_hao_missing", "编号后缺少“号”字；", "号 is missing after the serial number.")


def bad_court(body: str) -> LawError:
    """The court prefix is missing or has a wrong number of digits."""
    if body.startswith(SUPREME):
        return refusal(
            "case_number_supreme_digits", "“最高法”后面没有数字代码；", "最高法 is followed by no digits."
        )
    digits = re.match(rf"[{''.join(PROVINCES)}]([0-9]+)", body)
    if digits is None:
        return refusal(
            "case_number_court_missing",
            "年份后缺少法院代字（最高法，或粤、京等省级简称）；",
            "the court prefix (最高法, or a province's abbreviation such as 粤) is missing after the year.",
        )
    return refusal(
        "case_number_court_digits",
        f"法院代字的数字代码应为 0 位、2 位或 4 位，现在是 {len(digits[1])} 位；",
        f"a court prefix has no, two or four digits, not {len(digits[1])}.",
    )


def bad_type(words: str) -> LawError:
    """The characters between court and serial number are no case type."""
    if not words:
        return refusal(
            "case_number_type_missing",
            "法院代字后缺少类型代字（如 民初、执）；",
            "the case type (such as 民初 or 执) is missing after the court prefix.",
        )
    if words.endswith("第"):
        return refusal("case_number_di", "编号前多了“第”字；", "第 does not belong before the serial number.")
    return refusal(
        "case_number_type_unknown",
        f"没有“{words}”这个类型代字；",
        f'there is no case type "{words}".',
    )


def bad_sequence(sequence: str) -> LawError:
    """The serial number is missing, begins with zero, is too long or is no number."""
    if not sequence:
        return refusal(
            "case_number_seq_missing", "“号”前缺少案件编号；", "the serial number before 号 is missing."
        )
    if not (sequence.isascii() and sequence.isdigit()):
        return refusal(
            "case_number_seq_chars",
            f"案件编号“{sequence}”里有数字以外的字；",
            f'the serial number "{sequence}" holds more than digits.',
        )
    if sequence.startswith("0"):
        return refusal(
            "case_number_seq_zero",
            "案件编号是从 1 起的自然数，不能以 0 开头；",
            "the serial number counts from 1 and has no leading zero.",
        )
    return refusal("case_number_seq_long", "案件编号最多 8 位；", "the serial number has at most 8 digits.")


def bad_suffix(suffix: str) -> LawError:
    """What follows 号 is not 之一, 之二 and so on."""
    return refusal(
        "case_number_suffix",
        f"“号”后面的“{suffix}”不正确，只能是“之一”“之二”等汉字后缀；",
        f'"{suffix}" after 号 is not a suffix such as 之一 or 之二.',
    )
